"""Open places by state, for the map."""

from collections.abc import Mapping

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


def _by_state(index: Index) -> dict[str, int]:
    online = index.bits("delivery", "online")
    found = {}
    for state in index.values("licensed"):
        rows = packed.rows_of(online & index.bits("licensed", state) | index.bits("meets", state))
        found[state] = int(index.free[rows].sum(dtype=np.int64))
    return {state: n for state, n in found.items() if n}
