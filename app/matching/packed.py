"""Sets of rows as bits, 64 in a word: row r is bit r & 63 of word r >> 6. Pure."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Rows = NDArray[np.int64]
Bools = NDArray[np.bool_]
Words = NDArray[np.int64] | slice

FEW = 3  # a set with rows in at most one word of so many is looked at word by word
AT_ONCE = 65_536  # words counted at a time, half a megabyte: as much as stays near the processor


def count(bits: Bits) -> int:
    """How many rows there are."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def filled(bits: Bits) -> Words:
    """The words that have a row: their numbers where they are few, else all of them."""
    found = np.flatnonzero(bits)
    return found if len(found) * FEW <= len(bits) else slice(None)


def rows_of(bits: Bits) -> Rows:
    """The numbers of the rows, ascending."""
    words = filled(bits)
    if isinstance(words, slice):
        return np.flatnonzero(bools_of(bits))
    at, bit = np.nonzero(bools_of(bits[words]).reshape(-1, 64))
    return np.asarray((words[at] << 6) + bit)


def rows_below(bits: Bits, column: NDArray[Any], bound: Any) -> Rows:
    """The numbers of the rows of which a column is below a bound, ascending."""
    words = filled(bits)
    if isinstance(words, slice):
        return np.flatnonzero(bools_of(bits) & (column < bound))
    at, bit = np.nonzero(bools_of(bits[words]).reshape(-1, 64) & (column.reshape(-1, 64)[words] < bound))
    return np.asarray((words[at] << 6) + bit)


def sum_of(bits: Bits, column: NDArray[Any]) -> int:
    """The sum of a column over the rows."""
    words = filled(bits)
    if not isinstance(words, slice):
        bits, column = bits[words], column.reshape(-1, 64)[words].ravel()
    return int((column * bools_of(bits)).sum(dtype=np.int64))


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
    words = filled(bits)
    if not isinstance(words, slice):
        some = matrix.take(words, axis=1)
        return _counted(np.bitwise_and(some, bits[words], out=some))  # a second copy would cost more than all the rest
    lines = max(1, AT_ONCE // max(1, len(bits)))
    parts = [_counted(matrix[at : at + lines] & bits) for at in range(0, len(matrix), lines)]
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _counted(matrix: Bits) -> NDArray[np.int64]:
    return np.asarray(np.bitwise_count(matrix).sum(axis=1, dtype=np.uint32).astype(np.int64))
