"""Many numbers in few bytes: which openings a search was found to hold. Pure."""

import zlib
from collections.abc import Collection

import numpy as np

NOTHING = b""


def pack(numbers: Collection[int]) -> bytes:
    """Distinct positive numbers as what lies between them, compressed: near ones take a few bits each."""
    if not numbers:
        return NOTHING
    apart = np.diff(np.array(sorted(numbers), dtype="<i8"), prepend=0)
    return zlib.compress(apart.astype("<u4").tobytes())


def unpack(packed: bytes) -> frozenset[int]:
    """The numbers that were packed."""
    if not packed:
        return frozenset()
    return frozenset(np.cumsum(np.frombuffer(zlib.decompress(packed), dtype="<u4"), dtype="i8").tolist())
