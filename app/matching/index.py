"""The openings that have a seat free, in memory: one row each, one packed bit a row for each value of each filter.

Row r is bit r & 63 of word r >> 6. What a supervisor and an opening say is a matrix of bits with one line per value;
what an opening counts as on a track is a rank in two planes of bits; the rest is a column per figure. Rows are sorted
by state when the index is built, so that a filter by state touches few words; spare rows take in what comes later.
A row without an opening has no bit anywhere. `lock` guards reading and patching alike: hold it from the first row
number to the last use of one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.licensure import tracks
from app.licensure.eligibility import default_value
from app.licensure.kinds import DISCIPLINES
from app.licensure.verdict import Value
from app.matching.calls import FreeCalls
from app.matching.criteria import DELIVERIES, FORMATS
from app.matching.drawn import Drawn
from app.matching.rows import RowOf
from app.places import areas
from app.taxonomies import vocabularies
from app.wishes.wishes import VOCABULARIES

Bits = NDArray[np.uint64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Weekly = tuple[str, int, int, int]  # zone, minutes, weekday, start_minute

STATES = tuple(code for code, _ in areas.STATES)
# Each kind of filter with its values in the order of the matrix.
KINDS: Mapping[str, Sequence[str]] = {
    "open": ("",),
    "format": FORMATS,
    "delivery": DELIVERIES,
    "meets": STATES,
    "licensed": STATES,
    "discipline": tuple(DISCIPLINES),
    **{kind: tuple(vocabularies.vocabulary(kind).terms) for kind in VOCABULARIES},
    "says": VOCABULARIES,
}
# Figures of an opening: the type of each column, and what stands in a row without an opening.
COLUMNS: Mapping[str, tuple[Any, Any]] = {
    "opening": (np.int64, 0),
    "supervisor": (np.int64, 0),
    "format": (np.uint8, 0),
    "seats": (np.uint8, 0),
    "free": (np.uint8, 0),
    "fee": (np.int32, 0),
    "reduced": (np.int32, -1),
    "confirmed": (np.int64, 0),
    "fresh": (np.int64, 0),
    "published": (np.int64, 0),
    "answer": (np.int16, -1),
    "turn": (np.uint32, 0),
}
RANKS: Mapping[str, int] = {value.value: rank for rank, value in enumerate(Value)}
SPARE = 0.02
LEAST_SPARE = 64
ONE = np.uint64(1)
GOLDEN = 2_654_435_769  # 2^32 divided by the golden ratio


@dataclass
class Found:
    """Openings read from the tables, in no order; positions count them from 0. `columns` are those of COLUMNS without
    `turn`, and `points`; `state` is where to sort each; the rest are pairs of what is said and who says it."""

    columns: dict[str, NDArray[Any]]
    points: NDArray[np.float64]
    state: NDArray[np.int64]
    said: list[tuple[str, str, Ints]] = field(default_factory=list)  # kind, value, positions
    ranks: list[tuple[str, int, Ints]] = field(default_factory=list)  # track, rank, positions
    times: list[tuple[Weekly, Ints]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.columns["opening"])


class Index:
    """See above. `seq` is how far the log of changes was taken in, `at` when that row was written; `day` the ordinal of
    the day whose turn it is; `version` grows with each change of anything; `patched` counts the rows placed since it
    was built."""

    opening: Ints
    supervisor: Ints
    format: NDArray[np.uint8]
    seats: NDArray[np.uint8]
    free: NDArray[np.uint8]
    fee: NDArray[np.int32]
    reduced: NDArray[np.int32]
    confirmed: Ints
    fresh: Ints
    published: Ints
    answer: NDArray[np.int16]
    turn: NDArray[np.uint32]

    def __init__(self, rows: int, day: int) -> None:
        self.count = -(-rows // 64) * 64
        self.lock = RLock()
        self.seq, self.day, self.version, self.patched = 0, day, 0, 0
        self.at: datetime | None = None
        self.tracks = {track.id: n for n, track in enumerate(tracks.load())}
        self.lines = dict(zip(KINDS, _starts(), strict=True))
        self.matrices = np.zeros((_starts()[-1] + len(VOCABULARIES), self.words), np.uint64)
        self.planes = np.zeros((2 * len(self.tracks), self.words), np.uint64)
        for name, (dtype, empty) in COLUMNS.items():
            setattr(self, name, np.full(self.count, empty, dtype))
        self.point = np.full((self.count, 3), np.nan)
        self.times = np.zeros((self.count, 4), np.uint16)
        self.weekly: list[Weekly] = [("", 0, 0, 0)]
        self.number_of: dict[Weekly, int] = {}
        self.row_of = RowOf()
        self.calls = FreeCalls()
        self.drawn = Drawn()
        self.spare = list(range(self.count - 1, -1, -1))

    @property
    def words(self) -> int:
        return self.count // 64

    @property
    def live(self) -> int:
        """How many openings there are."""
        return self.count - len(self.spare)

    @property
    def nbytes(self) -> int:
        """Bytes in all arrays."""
        arrays = [self.matrices, self.planes, self.point, self.times, self.row_of.rows]
        figures = [getattr(self, name) for name in COLUMNS]
        return self.calls.nbytes + sum(int(array.nbytes) for array in (*arrays, *figures))

    @staticmethod
    def values(kind: str) -> Sequence[str]:
        """The values of a kind, in the order of its matrix."""
        return KINDS[kind]

    def line(self, kind: str, value: str) -> int:
        """Which line of all matrices this is. KeyError for what is not known."""
        return self.lines[kind] + PLACES[kind][value]

    def bits(self, kind: str, value: str) -> Bits:
        """Which rows say this: one packed line, not to be written to. KeyError for what is not known."""
        return _read_only(self.matrices[self.line(kind, value)])

    def matrix(self, kind: str) -> Bits:
        """All lines of a kind, for counting."""
        first = self.lines[kind]
        return _read_only(self.matrices[first : first + len(KINDS[kind])])

    def has(self, kind: str, value: str, rows: Ints) -> Bools:
        """Whether each of these rows says this."""
        return taken(self.bits(kind, value), rows)

    def verdict_bits(self, track_id: str, value: str) -> Bits:
        """Rows whose opening has this value ("counts" …) on a track."""
        low, high = self._planes(track_id)
        rank = RANKS[value]
        return self.bits("open", "") & (low if rank & 1 else ~low) & (high if rank & 2 else ~high)

    def verdicts(self, track_id: str, rows: Ints) -> NDArray[np.uint8]:
        """Ranks of rows on a track: 0 no, 1 check, 2 partly, 3 counts."""
        low, high = self._planes(track_id)
        return taken(low, rows).astype(np.uint8) + taken(high, rows).astype(np.uint8) * np.uint8(2)

    def times_of(self, openings: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
        """Weekly times (weekday, start_minute) in order, of those of the openings that have a row."""
        with self.lock:
            rows = self.row_of.of(np.array(openings, np.int64))
            numbers = self.times[rows].tolist()
            pairs = zip(openings, rows.tolist(), numbers, strict=True)
            return {id: [self.weekly[n][2:] for n in each if n] for id, row, each in pairs if row >= 0}

    def rows_of_supervisors(self, ids: Iterable[int]) -> Ints:
        """Rows of all their openings."""
        wanted = np.fromiter(ids, np.int64)
        match = self.supervisor == wanted[0] if len(wanted) == 1 else np.isin(self.supervisor, wanted)
        return np.flatnonzero(match & (self.opening != 0))

    def _planes(self, track_id: str) -> tuple[Bits, Bits]:
        at = 2 * self.tracks[track_id]
        return self.planes[at], self.planes[at + 1]


def _starts() -> list[int]:
    sizes = [len(values) for values in KINDS.values()]
    return [sum(sizes[:n]) for n in range(len(sizes))]


PLACES = {kind: {value: n for n, value in enumerate(values)} for kind, values in KINDS.items()}


@cache
def defaults() -> dict[str, int]:
    """The rank that an opening has on a track where nothing is stored for it, if that is not 0."""
    ranks = {track.id: RANKS[default_value(track).value] for track in tracks.load()}
    return {track: rank for track, rank in ranks.items() if rank}


def _read_only(view: Bits) -> Bits:
    view.flags.writeable = False
    return view


def taken(line: Bits, rows: Ints) -> Bools:
    """The bits of some rows of one packed line."""
    return np.asarray((line[rows >> 6] >> (rows & 63).astype(np.uint64)) & ONE, np.bool_)


def turns(openings: Ints, day: int) -> NDArray[np.uint32]:
    """The place of each opening in the order of a day: a fixed one on a circle, moved on by the golden ratio daily."""
    place = openings.astype(np.uint32)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        place = (place ^ (place >> np.uint32(shift))) * np.uint32(factor)
    place ^= place >> np.uint32(16)
    return place + np.uint32(day * GOLDEN % 2**32)
