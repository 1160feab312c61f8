"""The search as plain SQL and plain rules, one opening at a time: what the index must agree with, however slow it is.

Filters are conditions on the tables (reference_filters.py), musts and scores are those of fit.py, words are looked for
one by one; what meets them all is counted and sorted as a list.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import combinations
from typing import Any

from sqlalchemy import Select, and_, func, literal, select

from app.db import db
from app.introcalls import availability
from app.licensure import tracks
from app.licensure.eligibility import default_value
from app.licensure.tracks import Track
from app.matching import documents, fit, known
from app.matching import words as words_of
from app.matching.criteria import DELIVERIES, FORMATS, PER_PAGE, VERDICTS, Criteria
from app.matching.filters import Reader
from app.openings import freshness, verdicts
from app.openings.models import OpeningVerdict
from app.places import finding
from app.places.models import Place
from app.supervisors.models import SupervisorTerm
from app.taxonomies import vocabularies
from app.wishes.wishes import VOCABULARIES, WISHES, Wishes
from tests.matching import reference_filters as filters
from tests.matching.reference_filters import openings, supervisors

stored, terms = OpeningVerdict.__table__.c, SupervisorTerm.__table__.c
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Tables:
    """What is read once for any number of searches, while nothing changes."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._known: dict[Track | None, dict[int, known.Known]] = {}

    @cached_property
    def terms(self) -> dict[int, list[tuple[str, str]]]:
        """By supervisor, the vocabularies and terms that she chose."""
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for row in db.session.execute(select(terms.supervisor_id, terms.kind, terms.term)):
            found[row.supervisor_id].append((row.kind, row.term))
        return found

    @cached_property
    def words(self) -> dict[int, set[str]]:
        """By supervisor, the words under which she is found."""
        return documents.said(db.session.scalars(select(supervisors.id)).all())

    @cached_property
    def answers(self) -> dict[int, int]:
        return freshness.answer_hours(None, self.now)

    @cached_property
    def calls(self) -> dict[int, datetime | None]:
        return availability.next_free(self.words, self.now)

    def known(self, track: Track | None) -> dict[int, known.Known]:
        """Every opening, with its verdict on a track."""
        if track not in self._known:
            self._known[track] = known.load(db.session.scalars(select(openings.id)).all(), track, self.now)
        return self._known[track]


@dataclass(frozen=True)
class Search:
    """One search; its answers are worked out as they are asked for."""

    tables: Tables
    criteria: Criteria
    track: Track | None
    place: Place | None
    reader: Reader
    wishes: Wishes | None = None

    @cached_property
    def total(self) -> int:
        return len(self._found())

    @cached_property
    def places(self) -> int:
        return sum(row.free for row in self._found())

    @cached_property
    def ids(self) -> list[int]:
        """Those of the page, or of the last page there is."""
        page = min(self.criteria.page, max(1, -(-self.total // PER_PAGE)))
        return self.everything[(page - 1) * PER_PAGE : page * PER_PAGE]

    @cached_property
    def everything(self) -> list[int]:
        return [row.id for row in sorted(self._found(), key=self._key)]

    @property
    def scores(self) -> list[int]:
        return [self._score(id) for id in self.ids] if self.wishes else []

    @property
    def facets(self) -> dict[str, dict[str, int]]:
        counts = {kind: self._terms(kind) for kind in VOCABULARIES}
        counts["format"] = _by(FORMATS, (row.format for row in self._found(but="format")))
        counts["delivery"] = {way: self._usable(way) for way in DELIVERIES}
        if self.track:
            counts["verdict"] = _by(VERDICTS, (row.value for row in self._found(but="verdict")))
        return counts

    @property
    def loosened(self) -> dict[tuple[str, ...], int]:
        """By must how many suit when it is a like; where that is nothing, by two of them, or by all."""
        assert self.wishes
        musts = [must for must in WISHES if must in self.wishes.musts]
        for many in (1, 2, len(musts)):
            if gives := {freed: total for freed in combinations(musts, many) if (total := self._without(freed))}:
                return gives
        return {}

    def _without(self, freed: tuple[str, ...]) -> int:
        assert self.wishes
        return replace(self, wishes=replace(self.wishes, musts=self.wishes.musts.difference(freed))).total

    def _usable(self, way: str) -> int:
        """How many can be used online, or in person."""
        asked = filters.conditions(replace(self.criteria, delivery=way), self.place, self.reader)
        ids = set(db.session.scalars(_among([openings.id]).where(asked["where"])))
        return sum(row.id in ids for row in self._found(but="where"))

    def _found(self, but: str = "") -> list[Any]:
        """What suits; whatever it is of the filter `but`."""
        key = but if but in self._suiting else ""
        if key not in self._kept:
            suiting = [ids for name, ids in self._suiting.items() if name != key]
            self._kept[key] = [row for row in self._rows if all(row.id in ids for ids in suiting)]
        return self._kept[key]

    @cached_property
    def _kept(self) -> dict[str, list[Any]]:
        return {}

    @cached_property
    def _suiting(self) -> dict[str, set[int]]:
        """By filter, the openings that meet it."""
        held = filters.conditions(self.criteria, self.place, self.reader)
        found = {name: set(db.session.scalars(_among([openings.id]).where(held[name]))) for name in held}
        if self.track and self.criteria.verdict:
            found["verdict"] = {row.id for row in self._rows if row.value in self.criteria.verdict}
        if asked := words_of.asked(self.criteria.q):
            who = {id for id, said in self.tables.words.items() if all(_says(said, *one) for one in asked)}
            found["q"] = {row.id for row in self._rows if row.supervisor_id in who}
        if self.wishes:
            said = {"now": self.reader.now, "here": self._here}
            found["musts"] = {id for id, one in self._known.items() if not fit.misses(self.wishes, one, **said)}
        return found

    @cached_property
    def _rows(self) -> Sequence[Any]:
        """Every opening, with its verdict on the track."""
        columns = openings.id, openings.supervisor_id, openings.format, openings.fee_cents, openings.published_at
        value: Any = func.coalesce(stored.value, default_value(self.track).value) if self.track else literal("")
        query = _among([*columns, openings.confirmed_at, filters.FREE.label("free"), value.label("value")], self.track)
        return db.session.execute(query).all()

    def _terms(self, kind: str) -> dict[str, int]:
        said = (self.tables.terms.get(row.supervisor_id, ()) for row in self._found(but=kind))
        every = (term for chosen in said for of, term in chosen if of == kind)
        return _by(vocabularies.vocabulary(kind).terms, every)

    @cached_property
    def _known(self) -> dict[int, known.Known]:
        assert self.wishes
        return self.tables.known(tracks.load().find(self.wishes.state, self.wishes.discipline))

    @cached_property
    def _here(self) -> finding.Point | None:
        return finding.point(self.wishes.zip) if self.wishes else None

    def _score(self, id: int) -> int:
        assert self.wishes
        return fit.score_alone(self.wishes, self._known[id], now=self.reader.now, here=self._here)

    def _key(self, row: Any) -> tuple[Any, ...]:
        """What comes before what."""
        is_stale = row.confirmed_at is not None and row.confirmed_at <= freshness.stale_before(self.reader.now)
        rank = VERDICTS.index(row.value) if self.track else 0
        group = 2 if is_stale else int(self.tables.answers.get(row.supervisor_id, 0) > 72)
        its_turn = turn(row.id, verdicts.today(self.reader.now).toordinal())
        match self.criteria.sort:
            case "fee":
                return is_stale, row.fee_cents, rank, its_turn
            case "newest":
                return is_stale, -((row.published_at or LONG_AGO) - LONG_AGO), -row.id
            case "soonest":
                return is_stale, self.tables.calls.get(row.supervisor_id) or NEVER, rank, its_turn
            case _:
                return -self._score(row.id) if self.wishes else rank, group, its_turn


def _says(said: set[str], word: str, is_beginning: bool) -> bool:
    return word in said or (is_beginning and any(one.startswith(word) for one in said))


def _by(values: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    counts = Counter(found)
    return {value: counts[value] for value in values}


def turn(opening_id: int, day: int) -> int:
    """An opening's place on the circle of 2^32, scattered by two multiplications, moved by the golden ratio daily."""
    place = opening_id
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        place = (place ^ place >> shift) * factor % 2**32
    return ((place ^ place >> 16) + day * 2_654_435_769) % 2**32


def by_state() -> dict[str, int]:
    """Seats that are free, by postal code."""
    licensed = filters.TABLES.join(filters.Credential.__table__, filters.credentials.supervisor_id == supervisors.id)
    holds = filters.credentials.status != "refused", filters.credentials.state.is_not(None)
    online = _free(licensed, filters.credentials.state).where(openings.online.is_(True), *holds)
    there = _free(filters.TABLES, openings.state).where(openings.in_person.is_(True))
    places = online.union(there).subquery()
    query = select(places.c.state, func.sum(places.c.free)).group_by(places.c.state)
    return {state: int(n) for state, n in db.session.execute(query) if n}


def all_places() -> int:
    """Seats that are free in all."""
    every = _free(filters.TABLES, openings.state).subquery()
    return int(db.session.scalar(select(func.sum(every.c.free))) or 0)


def _free(tables: Any, state: Any) -> Select[Any]:
    columns = openings.id, state.label("state"), filters.FREE.label("free")
    published = openings.status == "published", supervisors.published_at.is_not(None)
    return select(*columns).select_from(tables).where(*published)


def _among(columns: Sequence[Any], track: Track | None = None) -> Select[Any]:
    """From openings with their supervisors and, on a track, their stored verdicts."""
    tables = filters.TABLES
    if track:
        own = and_(stored.opening_id == openings.id, stored.track == track.id)
        tables = tables.outerjoin(OpeningVerdict.__table__, own)
    return select(*columns).select_from(tables)
