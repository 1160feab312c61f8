"""Open places by state, and the shades of a map of them."""

from collections.abc import Iterable, Mapping
from itertools import accumulate
from math import log10, sqrt

import numpy as np

from app.matching import keeper, packed
from app.matching.index import Index
from app.matching.memory import Memory

PLACES: Memory[Mapping[str, int]] = Memory(1)


def by_state() -> Mapping[str, int]:
    """Seats that are free, by postal code, as the search's `state` finds them: online for each state of the license,
    in person where it meets. An opening is counted once in a state."""
    index = keeper.current()
    with index.lock:
        known = PLACES.known(index, "", index.version)
        return known if known is not None else PLACES.keep(index, "", index.version, _by_state(index))


def all_places() -> int:
    """Seats that are free in all."""
    index = keeper.current()
    with index.lock:
        return int(index.free.sum(dtype=np.int64))


def steps(counts: Iterable[int]) -> tuple[int, int, int, int]:
    """The least count of each of the four shades of a map: one, and three between the least and the most.

    They are even steps of the square root, as if each count were a square drawn to scale: so few large states do not
    leave all others pale, nor a full site all of them dark. Rounded to what reads well; never two alike. Pure.
    """
    found = {n for n in counts if n} or {1}
    least, most = min(found) if len(found) > 1 else 0, max(found)
    unit = max(1, 10 ** int(log10(max(1, (most - least) / 4))) // 2)
    roots = (sqrt(least) + (sqrt(most) - sqrt(least)) * part / 4 for part in (1, 2, 3))
    even = (round(root**2 / unit) * unit for root in roots)
    first, second, third, fourth = accumulate((1, *even), lambda before, bound: max(bound, before + 1))
    return first, second, third, fourth


def _by_state(index: Index) -> dict[str, int]:
    online = index.bits("delivery", "online")
    found = {}
    for state in index.values("licensed"):
        rows = packed.rows_of(online & index.bits("licensed", state) | index.bits("meets", state))
        found[state] = int(index.free[rows].sum(dtype=np.int64))
    return {state: n for state, n in found.items() if n}
