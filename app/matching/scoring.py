"""Fits of many openings at once, over the columns of an index: exactly fit.score and fit.misses, without their words.

Whole numbers throughout. Of many rows the columns are worked through as they lie and the wanted ones are taken at the
end; of few rows each column is gathered once. The caller holds the index's lock.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from app.formats import local
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
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
GROUP = FORMATS.index("group")
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
    def has(self, kind: str, value: str, rows: NDArray[Any], /) -> Bools: ...
    def verdict_bits(self, track_id: str, value: str, /) -> NDArray[np.uint64]: ...
    def verdicts(self, track_id: str, rows: NDArray[Any], /) -> NDArray[np.uint8]: ...


def scores(
    wishes: Wishes, index: Columns, rows: NDArray[Any], now: datetime, *, here: Point | None = None
) -> NDArray[np.uint8]:
    """The score of each of the rows; `here` as in fit.score."""
    asked, table = asking.of(wishes, here), _Rows(index, rows)
    points, always, known = np.zeros(table.count, np.int32), 0, None
    for part in asked.parts:
        weight, (grade, is_known) = weights.WEIGHTS[part], _graded(part, asked, table, now)
        points += np.multiply(grade, weight, dtype=np.int32)
        if is_known is None:
            always += weight
        else:
            known = np.multiply(is_known, weight, dtype=np.int32) + (0 if known is None else known)
    return table.done(_scored(points, always if known is None else known + always))


def meets(
    wishes: Wishes,
    index: Columns,
    rows: NDArray[Any],
    now: datetime,
    without: str = "",
    *,
    here: Point | None = None,
) -> Bools:
    """Which of the rows meet every must, but for the one named `without`."""
    asked, table = asking.of(wishes, here), _Rows(index, rows)
    met = np.ones(table.count, np.bool_)
    for part in asked.musts:
        if part != without:
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
        return self._unpacked(self.index.bits(kind, value)) if self.whole else self.index.has(kind, value, self.rows)

    def verdicts(self, track_id: str) -> NDArray[np.uint8]:
        if not self.whole:
            return self.index.verdicts(track_id, self.rows)
        found = np.zeros(self.count, np.uint8)
        for rank, value in enumerate(Value):
            if rank:
                found += self._unpacked(self.index.verdict_bits(track_id, value)) * np.uint8(rank)
        return found

    def done(self, result: NDArray[Any]) -> NDArray[Any]:
        return result[self.rows] if self.whole else result

    def _unpacked(self, bits: NDArray[np.uint64]) -> Bools:
        return np.unpackbits(bits.view(np.uint8), count=self.count, bitorder="little").view(np.bool_)


Graded = tuple[Grades, Bools | None]  # a grade for each row, and where it is known (None: everywhere)


def _graded(part: str, asked: Asked, table: _Rows, now: datetime) -> Graded:
    """The grades of one part; 0 where it is not known."""
    if part in VOCABULARIES:
        return _of_terms(part, asked.terms[part], table)
    return _GRADES[part](asked, table, now)


def _scored(points: NDArray[np.int32], weight: Any) -> NDArray[np.uint8]:
    """weights.scored of each row."""
    if isinstance(weight, int):
        if not weight:
            return np.full(points.size, weights.NEITHER, np.uint8)
        most = weights.FULL * weight
        return ((200 * points + most) // (2 * most)).astype(np.uint8)
    most = weights.FULL * weight
    found = (200 * points + most) // np.maximum(2 * most, 1)
    return np.where(most, found, weights.NEITHER).astype(np.uint8)


def _ladder(values: NDArray[Any], ladder: Sequence[tuple[Any, int]]) -> Grades:
    """grades.first of each value: the lower bounds overwrite the higher ones."""
    found = np.zeros(values.size, np.uint8)
    for bound, grade in reversed(ladder):
        found[values <= bound] = grade
    return found


def _verdict(asked: Asked, table: _Rows, _now: datetime) -> Graded:
    by_rank = np.array([weights.VERDICTS[value] for value in Value], np.uint8)
    return by_rank[table.verdicts(asked.track.id if asked.track else "")], None


def _times(asked: Asked, table: _Rows, now: datetime) -> Graded:
    numbers = table.take(table.index.times)
    named = np.count_nonzero(numbers, axis=1)
    usable = np.count_nonzero(_usable(asked, table.index, now)[numbers], axis=1)
    is_group = table.take(table.index.format) == GROUP
    return _usable_grades(numbers.shape[1])[is_group.astype(np.intp), named, usable], named > 0


@cache
def _usable_grades(most: int) -> Grades:
    """weights.usable_grade for each (is a group, times named, of these usable)."""
    found = np.zeros((2, most + 1, most + 1), np.uint8)
    for is_group in (False, True):
        for named in range(most + 1):
            for usable in range(named + 1):
                found[int(is_group), named, usable] = weights.usable_grade(usable, named, is_group)
    return found


def _usable(asked: Asked, index: Columns, now: datetime) -> Bools:
    """Whether each distinct weekly time of the index lies wholly in her free times; number 0 (no time) does not."""
    starts, minutes = _on_her_clock(asked.zone, index, now)
    free = np.zeros(WEEK, np.bool_)
    for first, last in asked.spans:
        free[first:last] = True
    so_far = np.concatenate([[0], np.cumsum(np.concatenate([free, free]))])  # Sunday night goes on into Monday
    usable: Bools = so_far[starts + minutes] - so_far[starts] == minutes
    usable[0] = False
    return usable


_clocks: WeakKeyDictionary[Columns, dict[tuple[str, tuple[date, ...]], NDArray[np.int64]]] = WeakKeyDictionary()


def _on_her_clock(zone: str, index: Columns, now: datetime) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each distinct weekly time begins in her week, and its minutes; kept for each zone and day, and added to."""
    weekly = index.weekly
    today = {each: local(now, each).date() for each in sorted({time[0] for time in weekly[1:]})}
    kept = _clocks.setdefault(index, {})
    key = zone, tuple(sorted(set(today.values())))
    done = kept.get(key)
    have = 1 if done is None else done.shape[1]
    rows = [(grades.on_her_clock(w[2], w[3], w[0], zone, today[w[0]]), w[1]) for w in weekly[have:]]
    new = np.array([(0, 1)] * (done is None) + rows, np.int64).reshape(-1, 2).T
    kept[key] = both = new if done is None else np.concatenate([done, new], axis=1)
    return both[0], both[1]


def _place(asked: Asked, table: _Rows, _now: datetime) -> Graded:
    full = np.uint8(weights.FULL)
    if asked.place == "online":
        return table.has("delivery", "online") * full, None
    in_person = table.has("delivery", "in_person")
    if asked.place == "in_person" or asked.here is None:
        return in_person * full, None
    point = table.take(table.index.point)
    x, y, z = (point[:, axis] - asked.here[axis] for axis in range(3))
    apart2 = x * x + y * y + z * z
    grade, is_known = _ladder(apart2, asked.distances) * in_person, ~(in_person & np.isnan(apart2))
    if asked.place == "near":
        return grade, is_known
    online = table.has("delivery", "online")
    return np.where(online, full, grade), is_known | online


def _fee(asked: Asked, table: _Rows, _now: datetime) -> Graded:
    reduced = table.take(table.index.reduced)
    at_reduced = _ladder(reduced, asked.reduced_fees) * (reduced >= 0)
    return np.maximum(_ladder(table.take(table.index.fee), asked.fees), at_reduced), None


def _format(asked: Asked, table: _Rows, _now: datetime) -> Graded:
    return (table.take(table.index.format) == FORMATS.index(asked.format)) * np.uint8(weights.FULL), None


def _answer(_asked: Asked, table: _Rows, _now: datetime) -> Graded:
    hours = table.take(table.index.answer)
    is_known = hours >= 0
    return _ladder(hours, weights.ANSWER) * is_known, is_known


def _freshness(_asked: Asked, table: _Rows, now: datetime) -> Graded:
    confirmed = table.take(table.index.confirmed)
    age = (now - EPOCH) // timedelta(microseconds=1) - confirmed
    ladder = [(bound // timedelta(microseconds=1) - 1, grade) for bound, grade in weights.FRESH]
    is_known = confirmed != 0
    return _ladder(age, ladder) * is_known, is_known


def _of_terms(kind: str, wished: Sequence[str], table: _Rows) -> Graded:
    hits = np.zeros(table.count, np.uint8)
    for term in wished:
        hits += table.has(kind, term)
    by_hits = [weights.share(n, len(wished), weights.ENOUGH[kind]) for n in range(len(wished) + 1)]
    return np.array(by_hits, np.uint8)[hits], table.has("says", kind)


_GRADES: Mapping[str, Callable[[Asked, _Rows, datetime], Graded]] = {
    "verdict": _verdict,
    "times": _times,
    "place": _place,
    "fee": _fee,
    "format": _format,
    "answer": _answer,
    "freshness": _freshness,
}
