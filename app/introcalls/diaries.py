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
# Tables rather than classes: a statement without classes passes by the ORM, at half the cost.
_settings, _windows, _exceptions = CallSettings.__table__, CallWindow.__table__, CallException.__table__
_calls, _cells, _busy = Call.__table__, CallCell.__table__, BusySpan.__table__
HABITS = (
    select(_settings, _windows.c.weekday, _windows.c.start_minute, _windows.c.end_minute)
    .outerjoin(_windows, _windows.c.supervisor_id == _settings.c.supervisor_id)
    .where(_settings.c.supervisor_id.in_(IDS))
)
EXCEPTIONS = select(_exceptions).where(
    _exceptions.c.supervisor_id.in_(IDS), _exceptions.c.on >= bindparam("since_date")
)
# First and last cell of each live call; a hold that ran out claims nothing.
TAKEN = (
    select(_cells.c.supervisor_id, func.min(_cells.c.cell), func.max(_cells.c.cell))
    .join(_calls, _calls.c.id == _cells.c.call_id)
    .where(_cells.c.supervisor_id.in_(IDS), _cells.c.cell >= bindparam("since_cell"))
    .where(or_(_calls.c.status != "held", _calls.c.held_until > bindparam("now")), _calls.c.id != bindparam("but"))
    .group_by(_cells.c.supervisor_id, _cells.c.call_id)
)
BUSY = select(_busy.c.supervisor_id, _busy.c.starts_at, _busy.c.ends_at).where(
    _busy.c.supervisor_id.in_(IDS), _busy.c.ends_at > bindparam("now"), _busy.c.starts_at < bindparam("until")
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
