"""What matching knows of one opening, and how it is read from the tables: a few Core statements for any number."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from app.db import db
from app.licensure.eligibility import default_value
from app.licensure.tracks import Track
from app.licensure.verdict import Value
from app.openings import freshness, seats
from app.openings.models import Opening, OpeningTime, OpeningVerdict
from app.places import finding
from app.places.finding import Point
from app.supervisors.models import Supervisor, SupervisorTerm
from app.taxonomies import vocabularies
from app.wishes.wishes import VOCABULARIES

# Columns of tables rather than of classes: a statement without classes passes by the ORM, at half the cost.
openings, supervisors = Opening.__table__.c, Supervisor.__table__.c
times, terms, stored = OpeningTime.__table__.c, SupervisorTerm.__table__.c, OpeningVerdict.__table__.c
COLUMNS = (
    "id", "supervisor_id", "format", "seats", "online", "in_person", "latitude", "longitude", "zone", "minutes",
    "rhythm", "fee_cents", "reduced_fee_cents", "confirmed_at",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """One opening, as far as a fit goes.

    `verdict` is its value on the track of whoever asks, None without one. `point` is where it meets in person, None if
    that is not said. `times` are (weekday, minute after midnight) local to `zone`, each `minutes` long. `terms` holds
    ids by vocabulary, in the supervisor's order; a vocabulary of which she says nothing is left out or empty.
    `answer_hours` is how long she usually takes to answer, None while that is not known.
    """

    opening_id: int
    supervisor_id: int
    first_name: str
    verdict: Value | None
    format: str
    seats: int
    free: int
    online: bool
    in_person: bool
    point: Point | None
    zone: str
    minutes: int
    rhythm: str
    times: tuple[tuple[int, int], ...]
    fee_cents: int
    reduced_fee_cents: int | None
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answer_hours: int | None = None
    confirmed_at: datetime | None = None


def load(opening_ids: Collection[int], track: Track | None, now: datetime) -> dict[int, Known]:
    """These openings by number, in the same order, those that do not exist left out; their verdicts on `track`."""
    if not opening_ids:
        return {}
    asked: dict[str, Any] = {"ids": list(opening_ids)} | ({"track": track.id} if track else {})
    rows = {row.id: row for row in db.session.execute(_query(track is not None), asked)}
    hers = {row.supervisor_id for row in rows.values()}
    weeks, said, answers = weekly(opening_ids), _terms(hers), freshness.answer_hours(hers, now)
    return {id: _known(rows[id], track, weeks.get(id, ()), said, answers) for id in opening_ids if id in rows}


def _known(
    row: Any,
    track: Track | None,
    times: Iterable[tuple[int, int]],
    said: Mapping[int, Mapping[str, tuple[str, ...]]],
    answers: Mapping[int, int],
) -> Known:
    is_placed = row.in_person and row.latitude is not None and row.longitude is not None
    return Known(
        opening_id=row.id,
        supervisor_id=row.supervisor_id,
        first_name=row.name.split()[0],
        verdict=Value(row.value or default_value(track)) if track else None,
        format=row.format,
        seats=row.seats,
        free=row.seats - row.taken,
        online=row.online,
        in_person=row.in_person,
        point=finding.unit(row.latitude, row.longitude) if is_placed else None,
        zone=row.zone,
        minutes=row.minutes,
        rhythm=row.rhythm,
        times=tuple(times),
        fee_cents=row.fee_cents,
        reduced_fee_cents=row.reduced_fee_cents,
        terms=said.get(row.supervisor_id, {}),
        answer_hours=answers.get(row.supervisor_id),
        confirmed_at=row.confirmed_at,
    )


def query(names: Iterable[str], more: Iterable[Any], on_track: bool) -> Select[Any]:
    """The openings `:ids`: columns of theirs by name, more of their supervisors', and how many seats are `taken`; on a
    track with the `value` stored for `:track`."""
    columns = [getattr(openings, name) for name in names]
    found = select(*columns, *more, seats.taken().label("taken"))
    if on_track:
        value = select(stored.value).where(stored.opening_id == openings.id, stored.track == bindparam("track"))
        found = found.add_columns(value.correlate(Opening.__table__).scalar_subquery().label("value"))
    return found.where(supervisors.id == openings.supervisor_id, openings.id.in_(bindparam("ids", expanding=True)))


@cache
def _query(on_track: bool) -> Select[Any]:
    return query(COLUMNS, (supervisors.name,), on_track)


def weekly(ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """The times of these openings, (weekday, minute after midnight) in order; those that have none are left out."""
    found: dict[int, list[tuple[int, int]]] = {}
    for opening_id, weekday, start in db.session.execute(_weekly(), {"ids": list(ids)}):
        found.setdefault(opening_id, []).append((weekday, start))
    return found


@cache
def _weekly() -> Select[Any]:
    columns = (times.opening_id, times.weekday, times.start_minute)
    return select(*columns).where(times.opening_id.in_(bindparam("ids", expanding=True))).order_by(*columns)


def _terms(supervisor_ids: Collection[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    query = select(terms.supervisor_id, terms.kind, terms.term).where(
        terms.supervisor_id.in_(supervisor_ids), terms.kind.in_(VOCABULARIES)
    )
    found: dict[int, dict[str, list[str]]] = {}
    for supervisor_id, kind, term in db.session.execute(query.order_by(terms.position, terms.term)):
        if vocabularies.exists(kind, term):
            found.setdefault(supervisor_id, {}).setdefault(kind, []).append(term)
    return {id: {kind: tuple(each) for kind, each in kinds.items()} for id, kinds in found.items()}
