"""When each supervisor can be called next, remembered for as long as it holds.

A start holds until its notice has passed, or a guest's hold in the diary runs out; that there is none, until the
horizon reaches one. Whatever changes a diary voids what is remembered (kind "calls" of app/changes.py). What is out of
date is worked out in one go, with the session of whoever asks.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, func, select

from app.changes import ChangeLog
from app.db import db
from app.introcalls import diaries, slots
from app.introcalls.availability import SOON
from app.introcalls.diaries import Diary
from app.introcalls.models import Call

NEVER = 2**30  # minutes since 1970: after any call
FOREVER = 2**31 - 1
AT_ONCE = 500
BEYOND = timedelta(days=14)  # how far past her horizon it is looked for what the days will bring
Ints = NDArray[np.int64]
Plain = dict[object, datetime | None]  # the same habits and windows, and nothing in the way: the same start
_calls, _log = Call.__table__.c, ChangeLog.__table__.c
HELD = (
    select(_calls.supervisor_id, func.min(_calls.held_until))
    .where(_calls.supervisor_id.in_(bindparam("ids", expanding=True)))
    .where(_calls.status == "held", _calls.held_until > bindparam("now"))
    .group_by(_calls.supervisor_id)
)
LAST = select(func.max(_log.seq))


class FreeCalls:
    """By number of supervisor: minutes since 1970 of her next free start, NEVER for none, and until when that holds."""

    def __init__(self) -> None:
        self._at = np.full(64, NEVER, np.int32)
        self._until = np.zeros(64, np.int32)
        self._seq = 0
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        return self._at.nbytes + self._until.nbytes

    def of(self, supervisors: Ints, now: datetime) -> Ints:
        """The next free start of each, as minutes since 1970 UTC; NEVER for those who have none."""
        with self._lock:
            self._reach(supervisors)
            found, holds = self._at[supervisors].astype(np.int64), self._until[supervisors] >= slots.minute_up(now)
        if not holds.all():
            lost, which = np.unique(supervisors[~holds], return_inverse=True)
            plain: Plain = {}
            parts = [self._work_out(lost[at : at + AT_ONCE], now, plain) for at in range(0, len(lost), AT_ONCE)]
            found[~holds] = np.concatenate(parts)[which]
        return found

    def lacking(self, supervisors: Ints, now: datetime) -> Ints:
        """Those of whom nothing is remembered that holds, each once, ascending."""
        with self._lock:
            self._reach(supervisors)
            wanted = np.zeros(len(self._until), np.bool_)
            wanted[supervisors] = True
            return np.flatnonzero(wanted & (self._until < slots.minute_up(now)))

    def void(self, supervisors: Iterable[int], seq: int) -> None:
        """Their diaries have changed, up to the number `seq` of the log."""
        ids = np.fromiter(supervisors, np.int64)
        with self._lock:
            self._reach(ids)
            self._until[ids] = 0
            self._seq = max(self._seq, seq)

    def _work_out(self, ids: Ints, now: datetime, plain: Plain) -> Ints:
        """Find out, and remember it unless it was read from tables that are older than what voided it."""
        seen = db.session.scalar(LAST) or 0
        found = _found(ids.tolist(), now, plain)
        starts = np.array([at for at, _ in found], np.int64)
        with self._lock:
            if seen >= self._seq:
                self._at[ids] = starts
                self._until[ids] = [until for _, until in found]
        return starts

    def _reach(self, supervisors: Ints) -> None:
        """Make room for the highest number."""
        if len(supervisors) and (most := int(supervisors.max())) >= len(self._at):
            more = most + most // 50 + 64 - len(self._at)
            self._at = np.pad(self._at, (0, more), constant_values=NEVER)
            self._until = np.pad(self._until, (0, more))


def _found(ids: list[int], now: datetime, plain: Plain) -> list[tuple[int, int]]:
    """The next free start of each, and the last minute at which that is still so."""
    near = diaries.load(ids, now, ahead=SOON)
    soon = {id: _first(diary, now, now + SOON, plain) for id, diary in near.items()}
    far = diaries.load([id for id, at in soon.items() if at is None], now)
    held = {row[0]: row[1] for row in db.session.execute(HELD, {"ids": ids, "now": now})} if near else {}
    return [_lasting(near.get(id), soon.get(id), far.get(id), held.get(id), now) for id in ids]


def _first(diary: Diary, now: datetime, until: datetime, plain: Plain) -> datetime | None:
    if diary.taken or diary.busy or diary.exceptions:
        return next(diary.free(now, until=until), None)
    key = diary.habits, tuple((day, *stretches) for day, stretches in sorted(diary.windows.items()))
    if key not in plain:
        plain[key] = next(diary.free(now, until=until), None)
    return plain[key]


def _lasting(
    near: Diary | None, soon: datetime | None, far: Diary | None, held_until: datetime | None, now: datetime
) -> tuple[int, int]:
    """`near` is her diary of the next weeks with the first start in it, `far` all of it where there is none."""
    if near is None:  # she takes no calls
        return NEVER, FOREVER
    at = soon if soon or far is None else next(far.free(now), None)
    most = slots.minute(held_until) - 1 if held_until else FOREVER
    if at is not None:
        return slots.minute(at), min(most, slots.minute(at) - near.habits.notice)
    return NEVER, min(most, _empty_until(far or near, now))


def _empty_until(diary: Diary, now: datetime) -> int:
    """Until when a diary without a free start has none."""
    days = diary.habits.horizon_days
    further = replace(diary, habits=replace(diary.habits, horizon_days=days + BEYOND.days))
    later = next(further.free(now), None)
    end = slots.minute(later) - days * slots.DAY if later else slots.minute(now + BEYOND)
    return end - 1
