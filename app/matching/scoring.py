"""Fits of many openings at once, over the columns of an index: exactly fit.score and fit.misses, without their words.

Whole numbers throughout. Of many rows the columns are worked through as they lie and the wanted ones are taken at the
end; of few rows each column is gathered once. The caller holds the index's lock.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from app.formats import local
from app.introcalls.slots import EPOCH
from app.licensure.verdict import Value
from app.matching import asked as asking
from app.matching import grades, weights
from app.matching.asked import Asked
from app.matching.criteria import FORMATS
from app.matching.grades import LEAST
from app.places.finding import Point
from app.wishes.wishes import VOCABULARIES, WEEK, Wishes

Bools = NDArray[np.bool_]
Grades = NDArray[np.uint8]
Weekly = tuple[str, int, int, int]  # zone, minutes, weekday, minute after midnight
MICROSECOND = timedelta(microseconds=1)
GROUP = FORMATS.index("group")
MOST = weights.FULL * sum(weights.WEIGHTS.values())
KEPT = 256  # zones with days, and sets of free times, of which an index remembers what is usable
MANY = 3  # from a third of all rows on, whole columns are quicker than gathering


class Columns(Protocol):
    """What is read of an index; see app/matching/index.py."""

    count: int
    format: NDArray[np.uint8]
    fee: NDArray[np.int32]
    reduced: NDArray[np.int32]
    point: NDArray[np.float64]
    confirmed: NDArray[np.int64]
    answer: NDArray[np.int16]
    times: NDArray[np.uint16]
    weekly: list[tuple[str, int, int, int]]

    def bits(self, kind: str, value: str, /) -> NDArray[np.uint64]: ...
    def verdict_bits(self, track_id: str, value: str, /) -> NDArray[np.uint64]: ...
    def verdicts(self, track_id: str, rows: NDArray[Any], /) -> NDArray[np.uint8]: ...


def scores(
    wishes: Wishes, index: Columns, rows: NDArray[Any], now: datetime, *, here: Point | None = None
) -> NDArray[np.uint8]:
    """The score of each of the rows; `here` as in fit.score."""
    asked, table = asking.of(wishes, here), _Rows(index, rows)
    points, known, always = np.zeros(table.count, np.uint16), np.zeros(table.count, np.uint8), 0
    for part in asked.parts:
        weight, (grade, is_known) = weights.WEIGHTS[part], _graded(part, asked, table, now)
        more = grade.astype(np.uint16)
        more *= np.uint16(weight)
        points += more
        if is_known is None:
            always += weight
        else:
            known += is_known.view(np.uint8) * np.uint8(weight)
    return table.done(_scored(points, known, always))


def meets(
    wishes: Wishes,
    index: Columns,
    rows: NDArray[Any],
    now: datetime,
    without: Collection[str] = (),
    *,
    here: Point | None = None,
) -> Bools:
    """Which of the rows meet every must, but for those named in `without`."""
    asked, table = asking.of(wishes, here), _Rows(index, rows)
    met = np.ones(table.count, np.bool_)
    for part in asked.musts:
        if part not in without:
            grade, is_known = _graded(part, asked, table, now)
            met &= grade >= LEAST.get(part, 1)
            if is_known is not None:
                met &= is_known
    return table.done(met)


class _Rows:
    """The wanted rows of an index: each column gathered, or (of many rows) whole, and the result taken at the end."""

    def __init__(self, index: Columns, rows: NDArray[Any]) -> None:
        self.index, self.rows = index, rows
        self.whole = rows.size * MANY > index.count
        self.count = index.count if self.whole else rows.size

    def take(self, column: NDArray[Any]) -> NDArray[Any]:
        return column[: self.count] if self.whole else column[self.rows]

    def has(self, kind: str, value: str) -> Bools:
        return self._unpacked(self.index.bits(kind, value))

    def verdict_grades(self, track_id: str) -> Grades:
        if not self.whole:
            by_rank = np.array([weights.VERDICTS[value] for value in Value], np.uint8)
            return by_rank[self.index.verdicts(track_id, self.rows)]
        found = np.zeros(self.count, np.uint8)
        for value in (value for value in Value if weights.VERDICTS[value]):
            said = self._unpacked(self.index.verdict_bits(track_id, value))
            found += said.view(np.uint8) * np.uint8(weights.VERDICTS[value])
        return found

    def done(self, result: NDArray[Any]) -> NDArray[Any]:
        return result[self.rows] if self.whole else result

    def _unpacked(self, bits: NDArray[np.uint64]) -> Bools:
        if self.whole:
            return np.unpackbits(bits.view(np.uint8), count=self.count, bitorder="little").view(np.bool_)
        byte, bit = self._places
        found: Bools = (bits.view(np.uint8)[byte] & bit) != 0
        return found

    @cached_property
    def _places(self) -> tuple[NDArray[Any], NDArray[np.uint8]]:
        """Of each row the byte its bit is in, and that bit."""
        return self.rows >> 3, np.left_shift(1, self.rows & 7).astype(np.uint8)


Graded = tuple[Grades, Bools | None]  # a grade for each row, and where it is known (None: everywhere)


def _graded(part: str, asked: Asked, table: _Rows, now: datetime) -> Graded:
    """The grades of one part; 0 where it is not known."""
    if part in VOCABULARIES:
        return _of_terms(part, asked.terms[part], table)
    return _GRADES[part](asked, table, now)


def _scored(points: NDArray[np.uint16], known: NDArray[np.uint8], always: int) -> NDArray[np.uint8]:
    """weights.scored of each row, looked up: all that can be is a small table."""
    line = (known + np.uint8(always)).astype(np.int32)
    line *= MOST + 1
    line += points
    return _all_scores()[line]


@cache
def _all_scores() -> NDArray[np.uint8]:
    """By known weight and points."""
    most = np.arange(0, MOST + 1, weights.FULL, dtype=np.int64)[:, None]
    points = np.minimum(np.arange(MOST + 1), most)
    found = (200 * points + most) // np.maximum(2 * most, 1)
    found[0] = weights.NEITHER
    return found.astype(np.uint8).ravel()


def _ladder(values: NDArray[Any], ladder: Sequence[tuple[Any, int]]) -> Grades:
    """grades.first of each value: each bound that holds adds a step."""
    found = np.zeros(values.size, np.uint8)
    for (bound, grade), (_, next_grade) in pairwise([*ladder, (None, 0)]):
        found += (values <= bound).view(np.uint8) * np.uint8(grade - next_grade)
    return found


def _verdict(asked: Asked, table: _Rows, _now: datetime) -> Graded:
    return table.verdict_grades(asked.track.id if asked.track else ""), None


def _times(asked: Asked, table: _Rows, now: datetime) -> Graded:
    numbers = table.take(table.index.times)
    most = numbers.shape[1]
    codes = _named_and_usable(_usable(asked, table.index, now), most)
    found = codes[numbers[:, 0]]
    for place in range(1, most):
        found += codes[numbers[:, place]]
    is_group = table.take(table.index.format) == GROUP
    return _usable_grades(most)[found + is_group * np.uint16((most + 1) ** 2)], numbers[:, 0] > 0


def _named_and_usable(usable: Bools, most: int) -> NDArray[np.uint16]:
    """For each number a code to add up: of k named times and n usable ones the sum is k + (most + 1) n.

    No opening has more than writing.MOST_TIMES: the sums stay far below 2^16.
    """
    codes = 1 + usable.astype(np.uint16) * np.uint16(most + 1)
    codes[0] = 0
    return codes


@cache
def _usable_grades(most: int) -> Grades:
    """weights.usable_grade by such a sum; those of groups behind those of individual openings."""
    found = np.zeros((2, most + 1, most + 1), np.uint8)
    for is_group in (False, True):
        for named in range(1, most + 1):
            for usable in range(named + 1):
                found[int(is_group), usable, named] = weights.usable_grade(usable, named, is_group)
    return found.ravel()


class _Clocks:
    """The weekly times of an index on the clocks of readers, kept for each zone and day, and added to."""

    def __init__(self) -> None:
        self._zones: dict[str, None] = {}
        self._seen = 1
        self._starts: dict[tuple[Any, ...], NDArray[np.int64]] = {}
        self._usable: dict[tuple[Any, ...], Bools] = {}

    def usable(self, asked: Asked, weekly: Sequence[Weekly], now: datetime) -> Bools:
        """Whether each lies wholly in her free times; number 0 (no time) does not."""
        self._zones.update((time[0], None) for time in weekly[self._seen :])
        self._seen = len(weekly)
        today = {zone: local(now, zone).date() for zone in self._zones}
        key = (asked.zone, *today.values())
        if (kept := self._usable.get((*key, asked.spans))) is not None and kept.size == len(weekly):
            return kept
        if len(self._usable) >= KEPT:
            self._usable.clear()
        found = self._usable[(*key, asked.spans)] = _inside(asked, *self._on_her_clock(asked.zone, weekly, today, key))
        return found

    def _on_her_clock(
        self, zone: str, weekly: Sequence[Weekly], today: Mapping[str, date], key: tuple[Any, ...]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where each begins in her week, and its minutes."""
        if len(self._starts) >= KEPT:
            self._starts.clear()
        done = self._starts.get(key, np.array([[0], [1]], np.int64))
        rows = [(grades.on_her_clock(w[2], w[3], w[0], zone, today[w[0]]), w[1]) for w in weekly[done.shape[1] :]]
        both = np.concatenate([done, np.array(rows, np.int64).reshape(-1, 2).T], axis=1)
        self._starts[key] = both
        return both[0], both[1]


_clocks: WeakKeyDictionary[Columns, _Clocks] = WeakKeyDictionary()


def _usable(asked: Asked, index: Columns, now: datetime) -> Bools:
    return _clocks.setdefault(index, _Clocks()).usable(asked, index.weekly, now)


def _inside(asked: Asked, starts: NDArray[np.int64], minutes: NDArray[np.int64]) -> Bools:
    free = np.zeros(WEEK, np.bool_)
    for first, last in asked.spans:
        free[first:last] = True
    so_far = np.concatenate([[0], np.cumsum(np.concatenate([free, free]))])  # Sunday night goes on into Monday
    found: Bools = so_far[starts + minutes] - so_far[starts] == minutes
    found[0] = False
    return found


def _place(asked: Asked, table: _Rows, _now: datetime) -> Graded:
    full = np.uint8(weights.FULL)
    online = None if asked.place in ("near", "in_person") else table.has("delivery", "online")
    if asked.place == "online" and online is not None:
        return online.view(np.uint8) * full, None
    in_person = table.has("delivery", "in_person")
    if asked.place == "in_person":
        return in_person.view(np.uint8) * full, None
    asks_how_far = in_person if online is None else in_person & ~online
    grade = np.zeros(table.count, np.uint8) if online is None else online.view(np.uint8) * full
    at = np.flatnonzero(asks_how_far)
    apart2 = _apart2(asked, table, at)
    grade[at] = _ladder(apart2, asked.distances)
    is_known = np.ones(table.count, np.bool_)
    is_known[at] = ~np.isnan(apart2)
    return grade, is_known


def _apart2(asked: Asked, table: _Rows, at: NDArray[Any]) -> NDArray[np.float64]:
    """finding.apart2 of her place and that of some of the rows, in the same steps."""
    point = table.index.point[at if table.whole else table.rows[at]]
    x, y, z = (here - point[:, axis] for axis, here in enumerate(asked.here or (np.nan,) * 3))
    found: NDArray[np.float64] = x * x + y * y + z * z
    return found


def _fee(asked: Asked, table: _Rows, _now: datetime) -> Graded:
    reduced = table.take(table.index.reduced)
    at_reduced = _ladder(reduced, asked.reduced_fees) * (reduced >= 0).view(np.uint8)
    return np.maximum(_ladder(table.take(table.index.fee), asked.fees), at_reduced), None


def _format(asked: Asked, table: _Rows, _now: datetime) -> Graded:
    is_so = table.take(table.index.format) == FORMATS.index(asked.format)
    return is_so.view(np.uint8) * np.uint8(weights.FULL), None


def _answer(_asked: Asked, table: _Rows, _now: datetime) -> Graded:
    hours = table.take(table.index.answer)
    is_known = hours >= 0
    return _ladder(hours, weights.ANSWER) * is_known.view(np.uint8), is_known


def _freshness(_asked: Asked, table: _Rows, now: datetime) -> Graded:
    confirmed = table.take(table.index.confirmed)
    instant = (now - EPOCH) // MICROSECOND
    since = [(bound // MICROSECOND - instant - 1, grade) for bound, grade in weights.FRESH]
    is_known = confirmed != 0
    return _ladder(-confirmed, since) * is_known.view(np.uint8), is_known


def _of_terms(kind: str, wished: Sequence[str], table: _Rows) -> Graded:
    hits = np.zeros(table.count, np.uint8)
    for term in wished:
        hits += table.has(kind, term).view(np.uint8)
    needed = min(len(wished), weights.ENOUGH[kind])
    return np.minimum(hits, np.uint8(needed)) * np.uint8(weights.FULL // needed), table.has("says", kind)


_GRADES: Mapping[str, Callable[[Asked, _Rows, datetime], Graded]] = {
    "verdict": _verdict,
    "times": _times,
    "place": _place,
    "fee": _fee,
    "format": _format,
    "answer": _answer,
    "freshness": _freshness,
}
