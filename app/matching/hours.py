"""When openings meet, by the reader's clock.

Offsets differ by zone and by date, and may move a meeting to another weekday. So every distinct weekly time is carried
over to the reader's zone at its next occurrence, as the cards show it, once for all openings that have it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from app.formats import local
from app.introcalls.slots import EPOCH
from app.matching.criteria import DAYS, Criteria
from app.matching.index import Index, Weekly
from app.matching.memory import Memory
from app.matching.packed import Bools
from app.openings import words

DAY = 24 * 60
QUARTER = timedelta(minutes=15)  # no zone's day begins within one
Carried = tuple[NDArray[np.int16], NDArray[np.int16], NDArray[np.int16]]  # weekday, start and end, by number
CARRIED: Memory[Carried] = Memory(16)


def carried(weekly: Sequence[Weekly], zone: str, now: datetime) -> Carried:
    """The weekly times (the first of them stands for none) as a clock in `zone` shows them next."""
    today = cache(lambda there: local(now, there).date())
    rows = [(-1, -1, -1)]
    for there, minutes, weekday, start in weekly[1:]:
        day, minute, _ = words.shifted(weekday, start, there, zone, today(there))
        rows.append((day, minute, minute + minutes))
    days, starts, ends = np.array(rows, np.int16).T
    return days, starts, ends


def suiting(index: Index, criteria: Criteria, zone: str, now: datetime) -> Bools:
    """By number, whether a weekly time of the index is on one of the days and within the hours."""
    key, stamp = (zone, (now - EPOCH) // QUARTER), len(index.weekly)
    days, starts, ends = CARRIED.known(index, key, stamp) or CARRIED.keep(
        index, key, stamp, carried(index.weekly, zone, now)
    )
    wanted = np.array([not criteria.day or day in criteria.day for day in DAYS] + [False])  # -1, the last: no time
    return np.asarray(wanted[days] & (starts >= (criteria.after or 0)) & (ends <= (criteria.before or DAY + DAY)))
