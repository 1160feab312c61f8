"""The search: which openings suit, how many of each kind, in what order. All from the index, in memory.

What was found for the same filters is remembered until the index changes: other pages, orders and likes find it ready.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select

from app.changes import ChangeLog
from app.introcalls.slots import EPOCH
from app.licensure.tracks import Track
from app.matching import filters, hours, keeper, order, packed, scoring, texts
from app.matching.calls import NEVER
from app.matching.counting import Facets, by_state, counted
from app.matching.criteria import PER_PAGE, Criteria
from app.matching.filters import Question, Reader
from app.matching.index import Index
from app.matching.memory import Memory
from app.matching.packed import Bits, Rows
from app.places import finding
from app.places.models import Place
from app.wishes.wishes import EMPTY, WISHES, Wishes


@dataclass(frozen=True)
class WayOut:
    """A filter that could be dropped, the search without it, and how many openings that gives."""

    name: str
    criteria: Criteria
    total: int


Loosened = tuple[tuple[str, ...], int]  # musts that would be likes together, and how many openings that gives


@dataclass(frozen=True)
class Results:
    """What a search found. `ids` are those of its page, in order; `places` the seats free in all that was found.

    `scores` are the fits of `ids`, empty without wishes. `facets` count each value of a filter with the other filters
    standing; those of the verdict are missing without a track. When nothing was found, `ways_out` are filters to drop
    and `loosened` the fewest musts (names of wishes.WISHES) that could be likes, with what that gives: the best first.
    `states` say how many are found when a state is chosen too, where none is chosen yet.
    """

    criteria: Criteria
    total: int
    places: int = 0
    ids: Sequence[int] = ()
    scores: Sequence[int] = ()
    facets: Facets = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)
    ways_out: Sequence[WayOut] = ()
    loosened: Sequence[Loosened] = ()

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    @property
    def first(self) -> int:
        """Which one this page begins with, counted from 1."""
        return (self.criteria.page - 1) * PER_PAGE + 1

    @property
    def shown(self) -> int:
        """How many have been shown at the end of this page."""
        return min(self.total, self.criteria.page * PER_PAGE)


@dataclass(frozen=True)
class Found:
    """What suits, whatever its order; `rows` where they are few, `places` the seats free in them."""

    bits: Bits
    rows: Rows | None
    total: int
    places: int
    facets: Facets
    states: Mapping[str, int]


FOUND: Memory[Found] = Memory(64)
SAID: Memory[Rows] = Memory(8)
FEW = 4096  # rows that are remembered by number
NEWEST = select(func.max(ChangeLog.__table__.c.seq))
FAIR = ("", "fit")  # the orders that go without saying


def search(
    criteria: Criteria,
    track: Track | None,
    place: Place | None,
    reader: Reader,
    wishes: Wishes | None = None,
    counting: bool = True,
) -> Results:
    """Find openings. `track` is whose verdicts are shown and ordered by; `place` that of the criteria's ZIP.

    Of `wishes` the musts hold like filters, and all of them make the scores by which openings are ordered unless the
    criteria say otherwise. Without `counting` there are no facets.
    """
    index = keeper.current()
    asked = _with_calls(index, _question(index, criteria, track, place, reader, wishes))
    with index.lock:
        found = _found(index, asked, counting)
        if not found.total:
            return _nothing(index, asked, found)
        criteria = criteria.on_page(min(criteria.page, -(-found.total // PER_PAGE)))
        first = (criteria.page - 1) * PER_PAGE
        rows = _ordered(index, found, asked, first + PER_PAGE)[first:]
        scores = _scores(index, rows, asked).tolist() if asked.wishes else ()
        ids = index.opening[rows].tolist()
        return Results(criteria, found.total, found.places, ids, scores, found.facets, found.states)


def count(
    criteria: Criteria, track: Track | None, place: Place | None, reader: Reader, wishes: Wishes | None = None
) -> int:
    """How many openings suit."""
    index = keeper.current()
    asked = _question(index, criteria, track, place, reader, wishes)
    with index.lock:
        return _found(index, asked, False).total


def numbers(
    criteria: Criteria, track: Track | None, place: Place | None, reader: Reader, wishes: Wishes | None = None
) -> Rows:
    """Numbers of all openings that suit, on no page and in no order. What others search for stays remembered."""
    index = keeper.looked_at()
    asked = _question(index, criteria, track, place, reader, wishes)
    with index.lock:
        known = None if criteria.q else FOUND.known(index, (_key(asked), False), index.version)
        found = known or _looked_up(index, asked, False)
        return index.opening[packed.rows_of(found.bits) if found.rows is None else found.rows]


def newest(openings: Rows, most: int, now: datetime) -> list[int]:
    """Numbers of at most so many of these openings, the last published first; what is not there is left out."""
    index = keeper.looked_at()
    with index.lock:
        rows = index.row_of.of(openings)
        found: list[int] = index.opening[order.newest(index, rows[rows >= 0], now, most)].tolist()
        return found


def _question(
    index: Index, criteria: Criteria, track: Track | None, place: Place | None, reader: Reader, wishes: Wishes | None
) -> Question:
    """What is asked, with all that has to be read from tables: nothing is, while the index is locked."""
    if wishes is None or not wishes.has_any:
        wishes = None
    there = finding.unit(place.latitude, place.longitude) if place else None
    said, at = _said(index, criteria.q) if criteria.q else (None, -1)
    return Question(criteria, track, there, reader, said, at, wishes, finding.point(wishes.zip) if wishes else None)


def _said(index: Index, text: str) -> tuple[Rows | None, int]:
    """Supervisors whose words match the text, and the version of the index for which this is known to hold, or -1."""
    with index.lock:
        known, at = SAID.known(index, text, index.version), index.version
    if known is not None:
        return known, at
    said, seen = texts.answering(text)
    with index.lock:
        if said is None or index.seq > seen:  # another thread has taken in more than this transaction sees
            return said, -1
        return SAID.keep(index, text, index.version, said), index.version


def _with_calls(index: Index, asked: Question) -> Question:
    """With the next free calls, where the order needs them: what is not remembered of them is read from tables."""
    if asked.criteria.sort != "soonest":
        return asked
    with index.lock:
        supervisors = index.supervisor[packed.rows_of(_found(index, asked, False).bits)]
    calls = np.full(int(supervisors.max(initial=0)) + 1, NEVER, np.int64)
    calls[supervisors] = index.calls.of(supervisors, asked.reader.now)
    return replace(asked, calls=calls)


def _found(index: Index, asked: Question, counting: bool) -> Found:
    """What suits; remembered until the index changes."""
    if asked.criteria.q and asked.said_at != index.version:
        return _looked_up(index, asked, counting)
    key = _key(asked), counting
    known = FOUND.known(index, key, index.version)
    return known or FOUND.keep(index, key, index.version, _looked_up(index, asked, counting))


def _key(asked: Question) -> Hashable:
    """What bears on what is found, and not only on its order."""
    criteria = replace(asked.criteria, sort="", page=1)
    is_timed = criteria.day or criteria.after is not None or criteria.before is not None
    when = (asked.reader.zone, (asked.reader.now - EPOCH) // hours.QUARTER) if is_timed or asked.musts else None
    wishes = (asked.wishes, asked.here, asked.forgiven) if asked.musts else None
    return criteria, asked.track, asked.there, when, wishes


def _looked_up(index: Index, asked: Question, counting: bool) -> Found:
    held = filters.held(index, asked, counting)
    bits = held.all()
    facets = counted(index, held, asked.track) if counting else {}
    states = _states(index, asked, held) if counting and not asked.criteria.state else {}
    total = packed.count(bits)
    rows = packed.rows_of(bits) if total <= FEW else None
    return Found(bits, rows, total, packed.sum_of(bits, index.free), facets, states)


def _states(index: Index, asked: Question, held: filters.Held) -> Mapping[str, int]:
    if asked.criteria.discipline:
        held = filters.held(index, replace(asked, criteria=replace(asked.criteria, discipline="")), False)
    return by_state(index, held, asked.criteria)


def _ordered(index: Index, found: Found, asked: Question, last: int) -> Rows:
    """The first `last` of what was found."""
    track, now, sort, rows = asked.track, asked.reader.now, asked.criteria.sort, found.rows
    if sort in FAIR and not asked.wishes:
        if rows is None:
            rows = order.leading(index, found.bits, track, now, last)
        return order.usual(index, rows, track, now, last)
    rows = packed.rows_of(found.bits) if rows is None else rows
    if sort == "fee":
        return order.by_fee(index, rows, track, now, last)
    if sort == "soonest" and asked.calls is not None:
        return order.soonest(index, rows, asked.calls, track, now, last)
    if sort == "newest":
        return order.newest(index, rows, now, last)
    return order.by_fit(index, rows, _scores(index, rows, asked), now, last)


def _scores(index: Index, rows: Rows, asked: Question) -> NDArray[np.uint8]:
    return scoring.scores(asked.wishes or EMPTY, index, rows, asked.reader.now, here=asked.here)


def _nothing(index: Index, asked: Question, found: Found) -> Results:
    """That nothing suits, and what would help."""
    ways, loosened = _ways_out(index, asked), _loosened(index, asked)
    page = asked.criteria.on_page(1)
    return Results(page, 0, facets=found.facets, states=found.states, ways_out=ways, loosened=loosened)


def _ways_out(index: Index, asked: Question) -> list[WayOut]:
    """Each applied filter that gives something when dropped alone, the most first."""
    found = []
    for name in asked.criteria.applied():
        left = asked.criteria.without(name)
        track = asked.track if left.track_id or not asked.criteria.track_id else None
        there, said = asked.there if left.zip else None, asked.said if left.q else None
        freed = replace(asked, criteria=left, track=track, there=there, said=said)
        if total := _found(index, freed, False).total:
            found.append(WayOut(name, left, total))
    return sorted(found, key=lambda way: -way.total)


def _loosened(index: Index, asked: Question) -> list[Loosened]:
    """Each must that gives something when it is a like, the most first; where none does, each two, or else all."""
    names = [name for name in WISHES if name in asked.musts]
    for sets in ([(name,) for name in names], list(combinations(names, 2)), [tuple(names)]):
        found = [(some, _found(index, replace(asked, forgiven=frozenset(some)), False).total) for some in sets if some]
        if given := sorted(((some, total) for some, total in found if total), key=lambda one: -one[1]):
            return given
    return []
