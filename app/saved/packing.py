"""Many numbers in few bytes: which openings a search was found to hold. Pure."""

import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

NOTHING = b""
Numbers = NDArray[np.int64]
NONE: Numbers = np.zeros(0, np.int64)


def numbers(some: Iterable[int]) -> Numbers:
    """These numbers."""
    return np.array(list(some), np.int64)


def pack(numbers: Numbers) -> bytes:
    """Distinct positive numbers as what lies between them, compressed: near ones take a few bits each."""
    if not len(numbers):
        return NOTHING
    apart = np.diff(np.sort(numbers), prepend=0)
    return zlib.compress(apart.astype("<u4").tobytes())


def unpack(packed: bytes) -> Numbers:
    """The numbers that were packed, ascending."""
    if not packed:
        return NONE
    return np.cumsum(np.frombuffer(zlib.decompress(packed), dtype="<u4"), dtype=np.int64)


def without(numbers: Numbers, others: Numbers) -> Numbers:
    """Those that are none of the others: looked up in a table as long as the highest, quicker than by sorting."""
    table = np.zeros(max(int(numbers.max(initial=0)), int(others.max(initial=0))) + 1, np.bool_)
    table[others] = True
    return numbers[~table[numbers]]
