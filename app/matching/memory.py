"""What was worked out of an index of late, kept while it is true."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from app.matching.index import Index

Thing = TypeVar("Thing")


class Memory(Generic[Thing]):
    """The `size` things asked for last, for each index. Each is true as long as its stamp is, such as the index's
    version. Use it with the index locked."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._kept: WeakKeyDictionary[Index, OrderedDict[Hashable, tuple[Hashable, Thing]]] = WeakKeyDictionary()

    def known(self, index: Index, key: Hashable, stamp: Hashable) -> Thing | None:
        """What was kept, None if nothing was or it is no longer true."""
        kept = self._kept.get(index)
        found = kept.get(key) if kept else None
        if kept is None or found is None or found[0] != stamp:
            return None
        kept.move_to_end(key)
        return found[1]

    def keep(self, index: Index, key: Hashable, stamp: Hashable, thing: Thing) -> Thing:
        """Keep it, in the place of what was asked for longest ago. Returns it."""
        kept = self._kept.setdefault(index, OrderedDict())
        kept[key] = stamp, thing
        kept.move_to_end(key)
        if len(kept) > self.size:
            kept.popitem(last=False)
        return thing
