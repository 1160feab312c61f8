"""Puts openings into an index: all of them when it is built, some when they changed. The same code for both."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from app.matching import packed
from app.matching.index import COLUMNS, LEAST_SPARE, ONE, SPARE, Bits, Found, Index, Ints, Weekly, defaults, turns

FEW = 256  # up to so many bits of a line are set one by one


def built(found: Found, day: int) -> Index:
    """An index of these openings, sorted by state, then supervisor."""
    index = Index(found.count + max(LEAST_SPARE, int(found.count * SPARE)), day)
    order = np.lexsort((found.columns["opening"], found.columns["supervisor"], found.state))
    rows = np.empty(found.count, np.int64)
    rows[order] = np.arange(found.count)
    index.spare = list(range(index.count - 1, found.count - 1, -1))
    _write(index, rows, found)
    return index


def patch(index: Index, openings: Iterable[int], supervisors: Iterable[int], found: Found) -> None:
    """Take in what became of some openings, and of all openings of some supervisors: `found` has those that are shown.

    To be called under the index's lock. An opening that had a row keeps it.
    """
    before = index.row_of.of(np.fromiter(openings, np.int64))
    hers = index.rows_of_supervisors(supervisors)
    _clear(index, np.unique(np.concatenate([before[before >= 0], hers, _standing(index, found)])), found)
    _write(index, _rows_for(index, found), found)
    index.patched += found.count
    index.version += 1


def turn_to(index: Index, day: int, answers: NDArray[np.int16] | None = None) -> None:
    """The order of another day, and how soon each row's supervisor answers by then. Under the index's lock."""
    index.turn = turns(index.opening, day)
    if answers is not None:
        index.answer = answers
    index.turn[index.opening == 0] = 0
    index.day = day
    index.version += 1


def _standing(index: Index, found: Found) -> Ints:
    rows = index.row_of.of(found.columns["opening"])
    return rows[rows >= 0]


def _clear(index: Index, rows: Ints, found: Found) -> None:
    """Empty these rows; those of openings that are found again are kept for them."""
    if not len(rows):
        return
    words = np.unique(rows >> 6)
    gone = np.zeros(len(words), np.uint64)
    np.bitwise_or.at(gone, np.searchsorted(words, rows >> 6), ONE << (rows & 63).astype(np.uint64))
    for matrix in (index.matrices, index.planes):
        matrix[:, words] &= ~gone
    lost = ~np.isin(index.opening[rows], found.columns["opening"])
    index.row_of.put(index.opening[rows][lost], np.full(int(lost.sum()), -1))
    index.spare.extend(sorted(rows[lost].tolist(), reverse=True))
    for name, (_, empty) in COLUMNS.items():
        getattr(index, name)[rows] = empty
    index.point[rows] = np.nan
    index.times[rows] = 0


def _rows_for(index: Index, found: Found) -> Ints:
    """A row for each: the one it has, or a spare one; more are made when there are none left."""
    rows = index.row_of.of(found.columns["opening"])
    new = np.flatnonzero(rows < 0)
    if len(new) > len(index.spare):
        _widen(index, len(new))
    rows[new] = [index.spare.pop() for _ in range(len(new))]
    return rows


def _widen(index: Index, needed: int) -> None:
    """More spare rows, at the end."""
    before = index.count
    more = -(-max(needed, LEAST_SPARE, int(before * SPARE)) // 64) * 64
    index.count = before + more
    index.matrices = np.pad(index.matrices, ((0, 0), (0, more // 64)))
    index.planes = np.pad(index.planes, ((0, 0), (0, more // 64)))
    for name, (_, empty) in COLUMNS.items():
        setattr(index, name, np.pad(getattr(index, name), (0, more), constant_values=empty))
    index.point = np.pad(index.point, ((0, more), (0, 0)), constant_values=np.nan)
    index.times = np.pad(index.times, ((0, more), (0, 0)))
    index.spare = [*range(index.count - 1, before - 1, -1), *index.spare]


def _write(index: Index, rows: Ints, found: Found) -> None:
    """Into rows that are empty."""
    for name, values in found.columns.items():
        getattr(index, name)[rows] = values
    index.turn[rows] = turns(found.columns["opening"], index.day)
    index.point[rows] = found.points
    index.row_of.put(found.columns["opening"], rows)
    _set(index.matrices, [(0, rows), *((index.line(kind, value), rows[at]) for kind, value, at in found.said)])
    _rank(index, rows, found)
    _meet(index, rows, found.times)


def _rank(index: Index, rows: Ints, found: Found) -> None:
    """What is usual on each track, then what is stored of one."""
    _set(index.planes, [one for track, rank in defaults().items() for one in _planes(index, track, rank, rows)])
    known = [(track, rank, rows[at]) for track, rank, at in found.ranks if track in index.tracks]
    for track, _, which in known:
        if track in defaults():
            for line, _ in _planes(index, track, 3, which):
                index.planes[line] &= ~packed.of_rows(which, index.words)
    _set(index.planes, [one for track, rank, which in known for one in _planes(index, track, rank, which)])


def _planes(index: Index, track: str, rank: int, rows: Ints) -> list[tuple[int, Ints]]:
    """The lines of a track that are set for a rank."""
    return [(2 * index.tracks[track] + bit, rows) for bit in (0, 1) if rank >> bit & 1]


def _meet(index: Index, rows: Ints, times: list[tuple[Weekly, Ints]]) -> None:
    """Weekly times by number, each row's in the order of the week."""
    if not times:
        return
    ordered = sorted(times, key=lambda one: one[0][2:])
    numbers = np.concatenate([np.full(len(at), _number(index, weekly)) for weekly, at in ordered])
    owners = np.concatenate([rows[at] for _, at in ordered])
    order = np.argsort(owners, kind="stable")
    owners, numbers = owners[order], numbers[order]
    first = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
    places = np.arange(len(owners)) - np.repeat(first, np.diff(np.r_[first, len(owners)]))
    if (most := int(places.max()) + 1) > index.times.shape[1]:
        index.times = np.pad(index.times, ((0, 0), (0, most - index.times.shape[1])))
    if len(index.weekly) > np.iinfo(index.times.dtype).max:
        index.times = index.times.astype(np.uint32)
    index.times[owners, places] = numbers


def _number(index: Index, weekly: Weekly) -> int:
    if (number := index.number_of.get(weekly)) is None:
        number = index.number_of[weekly] = len(index.weekly)
        index.weekly.append(weekly)
    return number


def _set(matrix: Bits, lines: list[tuple[int, Ints]]) -> None:
    """Set the bits of rows in lines; few of them all at once, many line by line."""
    few = [(line, rows) for line, rows in lines if len(rows) <= FEW]
    if few:
        which = np.repeat([line for line, _ in few], [len(rows) for _, rows in few])
        rows = np.concatenate([rows for _, rows in few])
        np.bitwise_or.at(matrix, (which, rows >> 6), ONE << (rows & 63).astype(np.uint64))
    for line, rows in lines:
        if len(rows) > FEW:
            matrix[line] |= packed.of_rows(rows, matrix.shape[1])
