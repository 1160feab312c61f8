"""What decides a supervisor's free starts, read from the tables for many at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import BindParameter, bindparam, func, or_, select

from app.db import db
from app.introcalls import slots
from app.introcalls.models import CELL_MINUTES, BusySpan, Call, CallCell, CallException, CallSettings, CallWindow
from app.introcalls.slots import Habits, Span, Stretch, UnknownZone

log = structlog.get_logger()

IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
HABITS = (
    select(CallSettings.__table__, CallWindow.weekday, CallWindow.start_minute, CallWindow.end_minute)
    .outerjoin(CallWindow, CallWindow.supervisor_id == CallSettings.supervisor_id)
    .where(CallSettings.supervisor_id.in_(IDS))
)
EXCEPTIONS = select(CallException.__table__).where(
    CallException.supervisor_id.in_(IDS), CallException.on >= bindparam("since_date")
)
# First and last cell of each live call; a hold that ran out claims nothing.
TAKEN = (
    select(CallCell.supervisor_id, func.min(CallCell.cell), func.max(CallCell.cell))
    .join(Call, Call.id == CallCell.call_id)
    .where(CallCell.supervisor_id.in_(IDS), CallCell.cell >= bindparam("since_cell"))
    .where(or_(Call.status != "held", Call.held_until > bindparam("now")), Call.id != bindparam("but"))
    .group_by(CallCell.supervisor_id, CallCell.call_id)
)
BUSY = select(BusySpan.supervisor_id, BusySpan.starts_at, BusySpan.ends_at).where(
    BusySpan.supervisor_id.in_(IDS), BusySpan.ends_at > bindparam("now"), BusySpan.starts_at < bindparam("until")
)
FAR = timedelta(days=366)  # beyond every horizon
BACK = timedelta(days=9)  # the calls of a week are counted from its Monday on


@dataclass
class Diary:
    """What decides the free starts of one supervisor: see slots.free."""

    habits: Habits
    windows: dict[int, list[Stretch]] = field(default_factory=dict)
    exceptions: dict[date, list[Stretch]] = field(default_factory=dict)
    taken: list[Span] = field(default_factory=list)
    busy: list[Span] = field(default_factory=list)

    def free(self, now: datetime, since: datetime | None = None, until: datetime | None = None) -> Iterator[datetime]:
        """Free starts in order. A zone that nobody knows has none, and the log says so."""
        try:
            yield from slots.free(
                self.windows, self.exceptions, self.taken, self.habits,
                now=now, since=since, until=until, busy=self.busy,
            )
        except UnknownZone as fault:
            log.error("no free calls", reason=str(fault))

    def is_free(self, starts_at: datetime, now: datetime) -> bool:
        """Whether a call may start at that instant."""
        return starts_at in self.free(now, starts_at, starts_at + timedelta(minutes=1))


def load(
    supervisor_ids: Iterable[int], now: datetime, but: Call | None = None, *, ahead: timedelta = FAR
) -> dict[int, Diary]:
    """The diaries of those who take calls, in four statements; as if the call `but` were not there.

    They know what calendars keep busy up to `ahead` from now on.
    """
    diaries: dict[int, Diary] = {}
    ids = list(supervisor_ids)
    if not ids:
        return diaries
    for row in db.session.execute(HABITS, {"ids": ids}):
        if row.supervisor_id not in diaries:
            diaries[row.supervisor_id] = Diary(_habits_of(row))
        if row.weekday is not None:
            diaries[row.supervisor_id].windows.setdefault(row.weekday, []).append((row.start_minute, row.end_minute))
    for row in db.session.execute(EXCEPTIONS, {"ids": ids, "since_date": (now - BACK).date()}):
        if row.supervisor_id in diaries:
            stretches = diaries[row.supervisor_id].exceptions.setdefault(row.on, [])
            if row.start_minute is not None and row.end_minute is not None:
                stretches.append((row.start_minute, row.end_minute))
    oldest = slots.minute(now - BACK) // CELL_MINUTES
    live = {"ids": ids, "since_cell": oldest, "now": now, "but": but.id if but else 0}
    for supervisor_id, first, last in db.session.execute(TAKEN, live):
        if supervisor_id in diaries:
            diaries[supervisor_id].taken.append((first * CELL_MINUTES, (last + 1) * CELL_MINUTES))
    for supervisor_id, starts_at, ends_at in db.session.execute(BUSY, {"ids": ids, "now": now, "until": now + ahead}):
        if supervisor_id in diaries:
            diaries[supervisor_id].busy.append(_outward(starts_at, ends_at))
    return diaries


def _outward(starts_at: datetime, ends_at: datetime) -> Span:
    """The whole five-minute cells that a stretch touches."""
    return slots.minute(starts_at) // CELL_MINUTES * CELL_MINUTES, slots.minute_up(ends_at, CELL_MINUTES)


def _habits_of(row: Any) -> Habits:
    return Habits(
        row.zone, row.minutes, row.step_minutes, row.buffer_minutes, row.notice_minutes, row.horizon_days,
        row.max_per_week, row.no_calls_before,
    )
