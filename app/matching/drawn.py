"""Cards as they were made, for the next reader on the same track and clock: until something of the supervisor changes.

What goes into a card and is not the supervisor's (the hour, the reader) is part of its key. A card that was made of
tables older than the last change is not kept, and none outlives its hour.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from threading import Lock
from typing import Any

MOST = 2000  # supervisors whose cards are kept
EACH = 32  # cards of one
Card = dict[str, Any]


class Drawn:
    """Cards by supervisor, opening and key. They are not to be written to."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, dict[tuple[int, Hashable], Card]] = OrderedDict()
        self._seq = self._hour = 0
        self._lock = Lock()

    def known(self, owners: Mapping[int, int], key: Hashable) -> dict[int, Card]:
        """Those of these openings (each with its supervisor) that are kept, by opening."""
        found = {}
        with self._lock:
            for opening, supervisor in owners.items():
                if (card := self._kept.get(supervisor, {}).get((opening, key))) is not None:
                    self._kept.move_to_end(supervisor)
                    found[opening] = card
        return found

    def keep(self, cards: Mapping[int, Card], owners: Mapping[int, int], key: Hashable, hour: int, seen: int) -> None:
        """Keep cards of an hour, made of tables as they were at the number `seen` of the log of changes."""
        with self._lock:
            if seen < self._seq:
                return
            if hour != self._hour:
                self._kept.clear()
                self._hour = hour
            for opening, card in cards.items():
                hers = self._kept.setdefault(owners[opening], {})
                if len(hers) >= EACH:
                    hers.clear()
                hers[opening, key] = card
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def void(self, supervisors: Iterable[int], seq: int) -> None:
        """Something of these has changed, up to the number `seq` of the log."""
        with self._lock:
            for supervisor in supervisors:
                self._kept.pop(supervisor, None)
            self._seq = max(self._seq, seq)
