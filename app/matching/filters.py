"""Criteria as sets of rows of the index.

Where: an online opening can be used in a state if its supervisor lists a license of that state; one in person if it
meets there, or near the reader's ZIP with a supervisor licensed in the state. A ZIP restricts openings in person only:
what is online has no distance, so it stays unless in person is asked for.

What the index keeps as bits is put together whole, and so are fee and seats. The rest (words, distance, hours, musts)
is looked at only in the rows that are left.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce

import numpy as np

from app.licensure.tracks import Track
from app.matching import hours, packed, scoring
from app.matching.criteria import DELIVERIES, Criteria
from app.matching.index import Index
from app.matching.packed import Bits, Bools, Rows
from app.places import finding
from app.places.finding import Point
from app.wishes.wishes import VOCABULARIES, Wishes

FACETS = ("verdict", "format", "delivery", *VOCABULARIES)  # filters whose values are counted


@dataclass(frozen=True)
class Reader:
    """Who looks: the IANA zone her times are in, and when."""

    zone: str
    now: datetime


@dataclass(frozen=True)
class Question:
    """All that decides what is found and in what order.

    `track` is whose verdicts count, `there` the point of the criteria's ZIP. `said` are the supervisors whose words
    match the criteria's text, None where it has none, and `said_at` the version of the index that this was read for.
    Of `wishes` the musts hold but for those that are `forgiven`; `here` is the point of their ZIP. `calls` are next
    free calls by number of supervisor, in minutes since 1970, where they are asked for.
    """

    criteria: Criteria
    track: Track | None
    there: Point | None
    reader: Reader
    said: Rows | None = None
    said_at: int = -1
    wishes: Wishes | None = None
    here: Point | None = None
    forgiven: frozenset[str] = frozenset()
    calls: Rows | None = None

    @property
    def musts(self) -> frozenset[str]:
        return self.wishes.musts - self.forgiven if self.wishes else frozenset()


@dataclass
class Held:
    """The rows that suit, so that each facet can be counted with the other filters standing.

    `base` meets everything that is no facet; `chosen` has the rows that suit the values chosen of a facet; `ways` those
    that can be used online and in person.
    """

    base: Bits
    ways: Mapping[str, Bits]
    chosen: dict[str, Bits] = field(default_factory=dict)

    def all(self, but: str = "") -> Bits:
        """The rows that suit, whatever they are of the facet `but`."""
        found = self.base
        for name, bits in self.chosen.items():
            if name != but:
                found = found & bits
        return found

    def any(self, is_counted: bool) -> Bits:
        """The rows that matter: for finding those that suit, for counting those too that a facet alone rules out."""
        if not is_counted or len(self.chosen) < 2:
            return self.base if is_counted else self.all()
        found = self.all(but=next(iter(self.chosen)))
        for name in self.chosen:
            found = found | self.all(but=name)
        return found


def held(index: Index, asked: Question, is_counted: bool = True) -> Held:
    """What suits; `is_counted` when facets are to be counted. Call it with the index locked."""
    criteria = asked.criteria
    found = Held(_base(index, criteria), {way: index.bits("delivery", way) for way in DELIVERIES})
    for name, values in _values(criteria):
        found.chosen[name] = _either(index, name, values)
    if asked.track and criteria.verdict:
        found.chosen["verdict"] = _judged(index, asked.track, criteria.verdict)
    if criteria.state or asked.there:
        found.ways = _ways(index, asked, found.any(is_counted))
        found.base = found.base & (found.ways["online"] | found.ways["in_person"])
    if criteria.delivery:
        found.chosen["delivery"] = found.ways[criteria.delivery]
    if tests := list(_tests(index, asked)):
        rows = packed.rows_of(found.any(is_counted))
        for test in tests:
            rows = rows[test(rows)]
        found.base = found.base & packed.of_rows(rows, index.words)
    return found


def _base(index: Index, criteria: Criteria) -> Bits:
    """What is open (published, by a published supervisor, with a seat free) within the fee, and with as many seats; and
    of the discipline, where no state says more."""
    bits = index.bits("open", "")
    if criteria.max_fee is not None:
        bits = bits & packed.of_bools(index.fee <= criteria.max_fee * 100, index.words)
    if criteria.seats:
        bits = bits & packed.of_bools(index.free >= criteria.seats, index.words)
    if criteria.discipline and not criteria.is_consultation and not criteria.state:
        bits = bits & index.bits("discipline", criteria.discipline)
    return bits


def _values(criteria: Criteria) -> Iterator[tuple[str, tuple[str, ...]]]:
    if criteria.format:
        yield "format", criteria.format
    yield from criteria.terms().items()


def _either(index: Index, kind: str, values: tuple[str, ...]) -> Bits:
    found = index.bits(kind, values[0])
    for value in values[1:]:
        found = found | index.bits(kind, value)
    return found


def _judged(index: Index, track: Track, values: tuple[str, ...]) -> Bits:
    found = index.verdict_bits(track.id, values[0])
    for value in values[1:]:
        found = found | index.verdict_bits(track.id, value)
    return found


def _ways(index: Index, asked: Question, among: Bits) -> dict[str, Bits]:
    """What can be used online and what in person, where the reader is; of `among` at least."""
    state = asked.criteria.state
    online, in_person = index.bits("delivery", "online"), index.bits("delivery", "in_person")
    if state:
        licensed, there = index.bits("licensed", state), index.bits("meets", state)
        online = online & licensed
        in_person = in_person & (there | licensed) if asked.there else in_person & there
    if asked.there:
        rows = packed.rows_of(in_person & among)
        near = rows[_is_near(index, rows, asked.there, asked.criteria.within)]
        in_person = packed.of_rows(near, index.words)
    return {"online": online, "in_person": in_person}


def _is_near(index: Index, rows: Rows, there: Point, miles: int) -> Bools:
    """Within so many miles over the ground. A chord is longer the longer its arc: no formula of the arc is needed."""
    x, y, z = (index.point[rows, axis] - there[axis] for axis in range(3))
    return np.asarray(x * x + y * y + z * z <= finding.chord2(miles))


def _tests(index: Index, asked: Question) -> Iterator[Callable[[Rows], Bools]]:
    """What has to be looked at row by row, the cheaper first."""
    criteria = asked.criteria
    if asked.said is not None:
        said = asked.said
        yield lambda rows: _are_among(index.supervisor[rows], said)
    if criteria.day or criteria.after is not None or criteria.before is not None:
        suits = hours.suiting(index, criteria, asked.reader.zone, asked.reader.now)
        yield lambda rows: reduce(np.logical_or, (suits[index.times[rows, n]] for n in range(index.times.shape[1])))
    if asked.wishes and asked.musts:
        wishes, now, here = asked.wishes, asked.reader.now, asked.here
        yield lambda rows: scoring.meets(wishes, index, rows, now, asked.forgiven, here=here)


def _are_among(numbers: Rows, ids: Rows) -> Bools:
    """Which of the numbers are ids: looked up in a table as long as the highest."""
    table = np.zeros(max(int(numbers.max(initial=0)), int(ids.max(initial=0))) + 1, np.bool_)
    table[ids] = True
    return table[numbers]
