"""Indexes compared: whatever they say of each opening, wherever it stands."""

from datetime import datetime
from typing import Any

import numpy as np

from app.matching import filling, keeper, loading
from app.matching.index import COLUMNS, KINDS, Index
from app.openings import verdicts


def rebuilt(now: datetime) -> Index:
    """A new index of what the session at hand sees."""
    return filling.built(loading.load_all(now), verdicts.today(now).toordinal())


def told(index: Index) -> dict[int, dict[str, Any]]:
    """All that an index says, by opening; the words that hold no opening must be empty."""
    rows = np.flatnonzero(index.opening)
    bits = {name: np.unpackbits(getattr(index, name).view(np.uint8), axis=1, bitorder="little") for name in LINES}
    for name, lines in bits.items():
        assert lines.sum() == lines[:, rows].sum(), f"{name} has bits in rows without an opening"
    found = {}
    for row in rows.tolist():
        said = {name: getattr(index, name)[row].item() for name in COLUMNS}
        said |= {name: lines[:, row].tobytes() for name, lines in bits.items()}
        said["point"] = index.point[row].tobytes()
        said["times"] = [index.weekly[number] for number in index.times[row] if number]
        assert index.row_of[said["opening"]] == row
        found[said["opening"]] = said
    assert len(found) == index.live == len([row for row in index.row_of.rows if row >= 0])
    return found


LINES = ("matrices", "planes")


def says(index: Index, opening_id: int) -> set[tuple[str, str]]:
    """The kinds and values that an opening has."""
    rows = np.array([index.row_of[opening_id]])
    return {(kind, value) for kind in KINDS for value in index.values(kind) if index.has(kind, value, rows)[0]}


def assert_patched_is_rebuilt(now: datetime) -> Index:
    """The index at hand, taken on, says what a new one does."""
    current = keeper.current()
    assert told(current) == told(rebuilt(now))
    return current
