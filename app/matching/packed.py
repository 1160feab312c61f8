"""Sets of rows as bits, 64 in a word: row r is bit r & 63 of word r >> 6. Pure."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Rows = NDArray[np.int64]
Bools = NDArray[np.bool_]

FEW = 4  # a set with bits in less than one word of so many is looked at word by word
AT_ONCE = 32_768  # words counted at a time, a quarter of a megabyte: as much as stays near the processor


def count(bits: Bits) -> int:
    """How many rows there are."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def rows_of(bits: Bits) -> Rows:
    """The numbers of the rows, ascending."""
    filled = np.flatnonzero(bits)
    if len(filled) * FEW > len(bits):
        return np.flatnonzero(bools_of(bits))
    at, bit = np.nonzero(bools_of(bits[filled]).reshape(-1, 64))
    return np.asarray((filled[at] << 6) + bit)


def bools_of(bits: Bits) -> Bools:
    """For each row whether it is there; as many as the words have bits."""
    return np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_)


def of_rows(rows: Rows, words: int) -> Bits:
    """The set of some rows, in so many words."""
    bools = np.zeros(words * 64, np.bool_)
    bools[rows] = True
    return of_bools(bools, words)


def of_bools(bools: NDArray[Any], words: int) -> Bits:
    """The set of the rows for which it is true; those beyond the last are not there."""
    octets = np.packbits(bools, bitorder="little")
    if len(octets) < words * 8:
        octets = np.concatenate([octets, np.zeros(words * 8 - len(octets), np.uint8)])
    return octets.view(np.uint64)


def counts(matrix: Bits, bits: Bits) -> NDArray[np.int64]:
    """How many rows each line of a matrix has in common with a set."""
    filled = np.flatnonzero(bits)
    if len(filled) * FEW < len(bits):
        return _counts(matrix.take(filled, axis=1), bits[filled])
    lines = max(1, AT_ONCE // max(1, len(bits)))
    parts = [_counts(matrix[at : at + lines], bits) for at in range(0, len(matrix), lines)]
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _counts(matrix: Bits, bits: Bits) -> NDArray[np.int64]:
    return np.asarray(np.bitwise_count(matrix & bits).sum(axis=1, dtype=np.int64))
