"""Reads openings for the index from the tables: all that have a seat free, or some of them. The same code for both.

Rows come as the driver's own tuples and go into one array a column. What is said by many is asked for by value: the
database writes the numbers of all who say it into one text, which NumPy reads at once.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Executable,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from app.db import db
from app.licensure.credentials import CODES
from app.matching.index import PLACES, RANKS, STATES, Found, Ints
from app.openings import freshness, seats
from app.openings.models import Opening, OpeningTime, OpeningVerdict
from app.places import finding
from app.supervisors.models import Credential, Supervisor, SupervisorTerm
from app.wishes.wishes import VOCABULARIES

openings, supervisors, times = Opening.__table__.c, Supervisor.__table__.c, OpeningTime.__table__.c
terms, credentials, verdicts = SupervisorTerm.__table__.c, Credential.__table__.c, OpeningVerdict.__table__.c
NOWHERE = 999.0  # degrees of a place that is not known
CHUNK = 50_000  # rows fetched at a time, so that they are never all in memory as objects
NUMBERS = (
    "opening", "supervisor", "format", "seats", "free", "fee", "reduced", "confirmed", "fresh", "published",
)  # fmt: skip
FORMAT_NUMBER = case((openings.format == "group", 1), else_=0)
Said = tuple[str, str, Ints]


def load_all(now: datetime) -> Found:
    """Every opening that is shown."""
    return _found(_openings(_is_postgresql(), is_whole=True), {}, now)


def load(opening_ids: Collection[int], supervisor_ids: Collection[int], now: datetime) -> Found:
    """Those among these openings, and among the openings of these supervisors, that are shown."""
    asked = {"openings": list(opening_ids), "supervisors": list(supervisor_ids)}
    return _found(_openings(_is_postgresql(), is_whole=False), asked, now)


def answers(supervisors: Ints, now: datetime) -> NDArray[np.int16]:
    """How many hours each of these supervisors takes to answer, -1 where it is not known."""
    return _answers(supervisors, False, now)


def _found(query: Select[Any], asked: dict[str, Any], now: datetime) -> Found:
    columns = _columns(query, asked)
    owners = _Owners(columns["opening"], columns["supervisor"])
    found = Found({name: columns[name] for name in NUMBERS}, _points(columns), columns["state"])
    found.columns["answer"] = _answers(columns["supervisor"], bool(asked), now)
    found.said.extend(_own(columns))
    if found.count:
        for name, value, ids in _few(owners) if asked else _all():
            READINGS[name](found, owners, value, ids)
        found.said.extend(_says_any(found.said, found.count))
    return found


# Openings and their figures


@cache
def _openings(is_postgresql: bool, is_whole: bool) -> Select[Any]:
    """One row an opening that is shown and has a seat free: `:openings`, those of `:supervisors`, or all."""
    tables = Opening.__table__.join(Supervisor.__table__, supervisors.id == openings.supervisor_id)
    taken: ColumnElement[int] = seats.taken()
    if is_whole:
        occupied = seats.occupied()
        tables = tables.outerjoin(occupied, occupied.c.opening_id == openings.id)
        taken = func.coalesce(occupied.c.taken, 0)
    free = openings.seats - taken
    instant = _instant_postgresql if is_postgresql else _instant_sqlite
    query = select(
        openings.id.label("opening"),
        openings.supervisor_id.label("supervisor"),
        FORMAT_NUMBER.label("format"),
        openings.seats.label("seats"),
        free.label("free"),
        openings.fee_cents.label("fee"),
        func.coalesce(openings.reduced_fee_cents, -1).label("reduced"),
        instant(openings.confirmed_at).label("confirmed"),
        instant(func.coalesce(openings.confirmed_at, openings.published_at)).label("fresh"),
        instant(openings.published_at).label("published"),
        openings.latitude.label("latitude"),
        openings.longitude.label("longitude"),
        openings.state.label("state"),
        openings.online.label("online"),
        openings.in_person.label("in_person"),
    ).select_from(tables)
    query = query.where(openings.status == "published", supervisors.published_at.is_not(None), free >= 1)
    if is_whole:
        return query
    return query.where(or_(openings.id.in_(_some("openings")), openings.supervisor_id.in_(_some("supervisors"))))


def _some(name: str) -> BindParameter[Sequence[int]]:
    return bindparam(name, expanding=True)


def _instant_postgresql(column: Any) -> ColumnElement[Any]:
    return func.coalesce(cast(func.extract("epoch", column) * 1_000_000, BigInteger), 0)


def _instant_sqlite(column: Any) -> ColumnElement[Any]:
    return func.coalesce(type_coerce(column, String), "1970-01-01 00:00:00")


def _columns(query: Select[Any], asked: dict[str, Any]) -> dict[str, NDArray[Any]]:
    """What the query finds, an array a column."""
    names = [column.name for column in query.selected_columns]
    parts = [
        {name: _array(name, values) for name, values in zip(names, zip(*rows, strict=True), strict=True)}
        for rows in _tuples(query, asked)
    ]
    if not parts:
        return {name: _array(name, ()) for name in names}
    return {name: np.concatenate([part[name] for part in parts]) for name in names}


def _array(name: str, values: Sequence[Any]) -> NDArray[Any]:
    if name == "state":
        return np.array([PLACES["meets"].get(state, -1) for state in values], np.int64)
    if name in ("latitude", "longitude"):
        return np.array(values, np.float64)  # None becomes NaN
    if name in ("confirmed", "fresh", "published") and not (values and isinstance(values[0], int)):
        return np.array(values, "datetime64[us]").astype(np.int64)
    return np.array(values, np.int64)


def _points(columns: dict[str, NDArray[Any]]) -> NDArray[np.float64]:
    """Unit vectors, each place made once and by the same function as everywhere; NaN where the place is not known."""
    degrees = np.nan_to_num(columns["latitude"], nan=NOWHERE) + 1j * np.nan_to_num(columns["longitude"], nan=NOWHERE)
    places, which = np.unique(degrees, return_inverse=True)
    known = [at.real != NOWHERE and at.imag != NOWHERE for at in places.tolist()]
    units = [
        finding.unit(at.real, at.imag) if is_known else (np.nan,) * 3
        for at, is_known in zip(places.tolist(), known, strict=True)
    ]
    return np.array(units, np.float64).reshape(-1, 3)[which]


def _answers(of: Ints, is_some: bool, now: datetime) -> NDArray[np.int16]:
    """How many hours she of each row takes to answer, -1 where it is not known."""
    known = freshness.answer_hours(set(of.tolist()) if is_some else None, now) if len(of) else {}
    found = np.full(len(of), -1, np.int16)
    if known:
        ids = np.array(sorted(known), np.int64)
        hours = np.array([known[id] for id in ids.tolist()], np.int16)
        at = np.minimum(np.searchsorted(ids, of), len(ids) - 1)
        found[ids[at] == of] = hours[at][ids[at] == of]
    return found


def _own(columns: dict[str, NDArray[Any]]) -> Iterator[Said]:
    """What the opening's own columns say."""
    for number, format in enumerate(PLACES["format"]):
        yield "format", format, np.flatnonzero(columns["format"] == number)
    for way in PLACES["delivery"]:
        yield "delivery", way, np.flatnonzero(columns[way])
    for number in np.unique(columns["state"][columns["state"] >= 0]).tolist():
        yield "meets", STATES[number], np.flatnonzero((columns["state"] == number) & (columns["in_person"] != 0))


# What supervisors and openings say, by value


class _Owners:
    """From numbers of supervisors and openings to positions."""

    def __init__(self, openings: Ints, supervisors: Ints) -> None:
        self.openings, self.supervisors = openings, supervisors
        self._by_opening, self._by_supervisor = np.argsort(openings), np.argsort(supervisors)
        self._openings, self._supervisors = openings[self._by_opening], supervisors[self._by_supervisor]

    def of_openings(self, ids: Ints) -> Ints:
        return _positions(self._by_opening, self._openings, ids)

    def of_supervisors(self, ids: Ints) -> Ints:
        return _positions(self._by_supervisor, self._supervisors, ids)


def _positions(order: Ints, ordered: Ints, ids: Ints) -> Ints:
    first, last = np.searchsorted(ordered, ids, "left"), np.searchsorted(ordered, ids, "right")
    each = last - first
    ends = np.cumsum(each)
    within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - each, each)
    return np.asarray(order[np.repeat(first, each) + within])


# Each table of what is said: whose number its rows have, the columns with values, and which rows matter.
LINKS: Mapping[str, tuple[str, Any, Sequence[Any], Sequence[Any]]] = {
    "terms": ("supervisors", terms.supervisor_id, (terms.kind, terms.term), ()),
    "held": (
        "supervisors", credentials.supervisor_id, (credentials.state, credentials.code),
        (credentials.status != "refused",),
    ),
    "verdicts": ("openings", verdicts.opening_id, (verdicts.track, verdicts.value), ()),
    "times": (
        "openings", times.opening_id, (openings.zone, openings.minutes, times.weekday, times.start_minute),
        (times.opening_id == openings.id, openings.status == "published"),
    ),
}  # fmt: skip
Value = tuple[Any, ...]


def _all() -> Iterator[tuple[str, Value, Ints]]:
    """Each table's values, with the numbers of all who say it."""
    for name in LINKS:
        for rows in _tuples(_whole(name), {}):
            for row in rows:
                yield name, row[:-1], np.fromstring(row[-1], np.int64, sep=",")


@cache
def _whole(name: str) -> Select[Any]:
    _, owner, values, conditions = LINKS[name]
    everyone = func.aggregate_strings(cast(owner, String), ",")
    return select(*values, everyone).where(*conditions).group_by(*values)


def _few(owners: "_Owners") -> Iterator[tuple[str, Value, Ints]]:
    """The same of some, all tables in one statement."""
    asked = {"openings": owners.openings.tolist(), "supervisors": sorted(set(owners.supervisors.tolist()))}
    who: dict[tuple[str, Value], list[int]] = {}
    for rows in _tuples(_some_of_all(), asked):
        for row in rows:
            who.setdefault((row[0], row[1:-1]), []).append(row[-1])
    for (name, value), ids in who.items():
        yield name, value, np.array(ids, np.int64)


@cache
def _some_of_all() -> CompoundSelect[Any]:
    """Tables one under the other, their values as four texts."""
    parts = []
    for name, (whose, owner, values, conditions) in LINKS.items():
        texts = [cast(value, String) for value in values] + [literal("", String)] * (4 - len(values))
        query = select(literal(name, String), *texts, owner)
        if name == "times":  # said twice, for PostgreSQL does not conclude it
            query = query.where(openings.id.in_(_some(whose)))
        parts.append(query.where(owner.in_(_some(whose)), *conditions))
    return union_all(*parts)


def _read_term(found: Found, owners: "_Owners", value: Value, ids: Ints) -> None:
    kind, term = value[:2]
    if kind in VOCABULARIES and term in PLACES[kind]:
        found.said.append((kind, term, owners.of_supervisors(ids)))


def _read_credential(found: Found, owners: "_Owners", value: Value, ids: Ints) -> None:
    """States of the credentials that she lists, and disciplines of their codes."""
    state, code = value[:2]
    if state in PLACES["licensed"]:
        found.said.append(("licensed", state, owners.of_supervisors(ids)))
    if code in CODES and CODES[code].discipline:
        found.said.append(("discipline", str(CODES[code].discipline), owners.of_supervisors(ids)))


def _read_verdict(found: Found, owners: "_Owners", value: Value, ids: Ints) -> None:
    found.ranks.append((value[0], RANKS[value[1]], owners.of_openings(ids)))


def _read_time(found: Found, owners: "_Owners", value: Value, ids: Ints) -> None:
    zone, minutes, weekday, start = value
    found.times.append(((zone, int(minutes), int(weekday), int(start)), owners.of_openings(ids)))


READINGS = {"terms": _read_term, "held": _read_credential, "verdicts": _read_verdict, "times": _read_time}


def _says_any(said: Sequence[Said], count: int) -> Iterator[Said]:
    for kind in VOCABULARIES:
        says = np.zeros(count, np.bool_)
        for positions in (positions for of, _, positions in said if of == kind):
            says[positions] = True
        yield "says", kind, np.flatnonzero(says)


def _tuples(query: Executable, asked: dict[str, Any]) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The driver's own tuples, so many at a time."""
    result = db.session.execute(query, asked)
    cursor = result.cursor  # type: ignore[attr-defined]
    while rows := cursor.fetchmany(CHUNK):
        yield rows
    result.close()


def _is_postgresql() -> bool:
    return bool(db.engine.dialect.name == "postgresql")
