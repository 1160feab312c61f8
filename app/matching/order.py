"""In what order openings are shown.

By fit: the score, then the class, then the turn. The usual order: the verdict (on a track), then the class, then the
turn. By fee and by the next free call: what was not confirmed for too long after the rest; equals by verdict and turn.
The newest: the same, and equals by number. So every order is one without ties, and pages neither repeat nor skip.

The classes are few, so that equals stay many and take turns: CURRENT, SLOW (known to take days to answer) and STALE
(not confirmed for too long although we asked). Whose answers we do not know is not called slow.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.introcalls.slots import EPOCH, MINUTE
from app.licensure.tracks import Track
from app.matching import packed
from app.matching.calls import NEVER
from app.matching.criteria import VERDICTS
from app.matching.index import Index
from app.matching.packed import Bits, Bools, Rows
from app.openings import freshness

CURRENT, SLOW, STALE = range(3)
SLOW_HOURS = 72
BEST = 100
MANY = 4096  # rows from which on it pays to look first at those whose turn it is
Keys = NDArray[Any]


def classes(index: Index, rows: Rows, now: datetime) -> NDArray[np.uint8]:
    """CURRENT, SLOW or STALE."""
    slow = (index.answer[rows] > SLOW_HOURS).astype(np.uint8)
    return np.where(stale(index, rows, now), np.uint8(STALE), slow)


def stale(index: Index, rows: Rows, now: datetime) -> Bools:
    """Whether they were not confirmed for too long."""
    confirmed = index.confirmed[rows]
    return np.asarray((confirmed > 0) & (confirmed <= micros(freshness.stale_before(now))))


def micros(at: datetime) -> int:
    """Microseconds since 1970."""
    return (at - EPOCH) // (MINUTE / 60_000_000)


def by_fit(index: Index, rows: Rows, scores: NDArray[np.uint8], now: datetime, last: int) -> Rows:
    """The first `last` rows by fit, which is in `scores`."""
    upward = np.bincount(scores, minlength=BEST + 1)[::-1].cumsum()
    least = BEST - int(np.searchsorted(upward, min(last, len(rows))))
    near = scores >= least  # nothing below comes on the page
    some = rows[near]
    lead = (BEST - scores[near].astype(np.int64)) * 4 + classes(index, some, now)
    return some[first([_with_turn(index, some, lead), -index.opening[some]], last)]


def usual(index: Index, rows: Rows, track: Track | None, now: datetime, last: int) -> Rows:
    """The first `last` rows in the usual order."""
    lead = _ranks(index, rows, track) * 4 + classes(index, rows, now)
    return rows[first([_with_turn(index, rows, lead), -index.opening[rows]], last)]


def leading(index: Index, found: Bits, track: Track | None, now: datetime, last: int) -> Rows:
    """Rows of what was found among which the first `last` in the usual order surely are; not many, whatever was found.

    Verdict by verdict; of the one in which the page ends only those whose turn comes early enough.
    """
    kept: list[Rows] = []
    need = last
    for part in _by_verdict(index, found, track):
        there = packed.count(part)
        if there > max(need, MANY):
            return np.concatenate([*kept, _early(index, part, there, now, need)])
        kept.append(packed.rows_of(part))
        need -= there
        if need <= 0:
            break
    return np.concatenate(kept)


def by_fee(index: Index, rows: Rows, track: Track | None, now: datetime, last: int) -> Rows:
    """The first `last` rows, the lowest full fee first."""
    lead = index.fee[rows] + (stale(index, rows, now).astype(np.int64) << 32)
    return rows[first([lead, *_equals(index, rows, track)], last)]


def soonest(index: Index, rows: Rows, calls: Rows, track: Track | None, now: datetime, last: int) -> Rows:
    """The first `last` rows, the next free intro call first; those without one after the others.

    `calls` has it by number of supervisor; of one who has appeared since they were looked up none is known.
    """
    whose = index.supervisor[rows]
    at = np.where(whose < len(calls), calls.take(whose, mode="clip"), NEVER)
    lead = at + (stale(index, rows, now).astype(np.int64) << 62)
    return rows[first([lead, *_equals(index, rows, track)], last)]


def newest(index: Index, rows: Rows, now: datetime, last: int) -> Rows:
    """The first `last` rows, what was published last first."""
    lead = (stale(index, rows, now).astype(np.int64) << 62) - index.published[rows]
    return rows[first([lead, -index.opening[rows]], last)]


def first(levels: Sequence[Keys], count: int) -> Rows:
    """Positions of the `count` least, in order; of equals those whose next key is less. Sorts only what it returns."""
    left = np.arange(len(levels[0]))
    count = min(count, len(left))
    taken: list[Rows] = []
    for keys in levels:
        some = keys[left]
        if count == 0 or count == len(left):
            break
        most = np.partition(some, count - 1)[count - 1]
        taken.append(left[some < most])
        left, count = left[some == most], count - len(taken[-1])
    near = np.concatenate([*taken, left[:count]])
    return near[np.lexsort([keys[near] for keys in reversed(levels)])]


def _ranks(index: Index, rows: Rows, track: Track | None) -> NDArray[np.int64]:
    """0 for what counts, 3 for what does not; 0 without a track."""
    if track is None:
        return np.zeros(len(rows), np.int64)
    return len(VERDICTS) - 1 - index.verdicts(track.id, rows).astype(np.int64)


def _with_turn(index: Index, rows: Rows, lead: NDArray[np.int64]) -> NDArray[np.int64]:
    return (lead << 32) | index.turn[rows]


def _equals(index: Index, rows: Rows, track: Track | None) -> tuple[Keys, Keys]:
    return _with_turn(index, rows, _ranks(index, rows, track)), -index.opening[rows]


def _by_verdict(index: Index, found: Bits, track: Track | None) -> Iterator[Bits]:
    if track is None:
        yield found
        return
    yield from (found & index.verdict_bits(track.id, value) for value in VERDICTS)


def _early(index: Index, part: Bits, there: int, now: datetime, need: int) -> Rows:
    """Rows of a part with the first `need` among them: turns are spread evenly, so those below a bound are about as
    many as one likes. The bound rises until enough of them are current."""
    share = (2 * need + 64) / there
    while share < 1:
        rows = packed.rows_below(part, index.turn, np.uint32(share * 2**32))
        if np.count_nonzero(classes(index, rows, now) == CURRENT) >= need:
            return rows
        share *= 8
    return packed.rows_of(part)
