"""Read the subscribed calendars that are due: fetched many at a time, outside any transaction, kept in short ones.

A calendar that cannot be read keeps what it said last; it is tried again, later and later, and its owner sees why.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, func, insert, select

from app import changes, clock
from app.db import db
from app.introcalls import apart, fetching
from app.introcalls.feeds import Busy, Unreadable
from app.introcalls.fetching import Fetched, Unreachable
from app.introcalls.models import BusyCalendar, BusySpan, Call, CallSettings
from app.notifications.leases import transaction
from app.supervisors.models import Supervisor

EVERY = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=6)
LEAST_AHEAD = 92  # days: two beyond the furthest horizon to choose, so that an unchanged calendar may be left for a day
AT_ONCE = 16
THREADS = 8
SECONDS = 30.0  # after these no further ones are fetched, after twice that none is read: letters wait too

UNKNOWN = "It could not be read; the fault may be ours."

log = structlog.get_logger()
Fetch = Callable[[str, str], Fetched]


@dataclass(frozen=True)
class Due:
    """A calendar to be read; `etag` is empty when all of it is wanted."""

    id: int
    url: str
    etag: str
    zone: str
    ahead: timedelta
    calls: frozenset[str]


@dataclass(frozen=True)
class Read:
    """What came of it: spans, None if they are as before; or `error`, in words."""

    spans: Sequence[Busy] | None = None
    etag: str = ""
    error: str = ""


def check_due(now: datetime, fetch: Fetch = fetching.fetch) -> None:
    """Read what is due, the longest overdue first, as far as the time goes. To be called outside a transaction."""
    ends = time.monotonic() + SECONDS
    while (batch := due(clock.now())) and time.monotonic() < ends:
        with ThreadPoolExecutor(THREADS) as pool:
            answers = list(pool.map(lambda one: _fetched(one, fetch), batch))
        for calendar, answer in zip(batch, answers, strict=True):
            if time.monotonic() > ends + SECONDS:  # several that take long to work out; the rest comes next time
                return
            keep(calendar.id, _read(calendar, answer, clock.now()), clock.now())


def due(now: datetime) -> list[Due]:
    """The next calendars that are due. Leaves no transaction open."""
    zone = func.coalesce(CallSettings.zone, Supervisor.zone)
    query = (
        select(BusyCalendar, zone, CallSettings.horizon_days)
        .join(Supervisor, Supervisor.id == BusyCalendar.supervisor_id)
        .outerjoin(CallSettings, CallSettings.supervisor_id == BusyCalendar.supervisor_id)
        .where(BusyCalendar.check_at <= now)
        .order_by(BusyCalendar.check_at, BusyCalendar.id)
        .limit(AT_ONCE)
    )
    found = [
        Due(
            one.id, one.url, one.etag if _is_of_today(one, now) else "", zone,
            timedelta(days=max(LEAST_AHEAD, (horizon or 0) + 2)), _calls(one.supervisor_id, now),
        )
        for one, zone, horizon in db.session.execute(query)
    ]
    db.session.rollback()
    return found


def keep(calendar_id: int, read: Read, now: datetime) -> None:
    """Write down what was read, in a transaction of its own; nothing if the calendar was removed in between."""
    with transaction():
        calendar = db.session.get(BusyCalendar, calendar_id, with_for_update=True)
        if calendar is None:
            return
        calendar.checked_at = now
        if read.error:
            calendar.failures += 1
            calendar.error, calendar.check_at = read.error[:300], now + pause_after(calendar.failures)
            log.info("calendar not read", calendar=calendar.id, failures=calendar.failures, error=read.error)
            return
        calendar.read_at, calendar.check_at = now, now + EVERY
        calendar.error, calendar.failures, calendar.etag = "", 0, read.etag
        if read.spans is not None:
            _replace(calendar, read.spans)


def pause_after(failures: int) -> timedelta:
    """How long to wait after so many failures in a row: a quarter of an hour, then twice that, up to six hours."""
    return min(timedelta(minutes=15 << min(failures - 1, 10)), LONGEST_PAUSE)


def _is_of_today(calendar: BusyCalendar, now: datetime) -> bool:
    """Whether it was read today already. Once a day all is read anew, for the window moves on with the date."""
    return calendar.read_at is not None and calendar.read_at.date() == now.date()


def _calls(supervisor_id: int, now: datetime) -> frozenset[str]:
    """UIDs of her own calls, which come back with her calendar; here their minutes are claimed anyway."""
    ids = select(Call.public_id).where(Call.supervisor_id == supervisor_id, Call.ends_at > now)
    return frozenset(f"{public_id}@second-chair" for public_id in db.session.scalars(ids))


def _fetched(calendar: Due, fetch: Fetch) -> Fetched | Read:
    try:
        return fetch(calendar.url, calendar.etag)
    except Unreachable as fault:
        return Read(error=str(fault))
    except Exception as fault:  # one address at fault must not keep the others from being read
        log.error("calendar cannot be fetched", calendar=calendar.id, exc_info=fault)
        return Read(error=UNKNOWN)


def _read(calendar: Due, answer: Fetched | Read, now: datetime) -> Read:
    if isinstance(answer, Read):
        return answer
    if answer.text is None:
        return Read(None, answer.etag or calendar.etag)
    try:
        spans = apart.busy(answer.text, calendar.zone, now, now + calendar.ahead, but=calendar.calls)
        return Read(spans, answer.etag)
    except Unreadable as fault:
        return Read(error=str(fault))
    except Exception as fault:  # no process to be had, say
        log.error("calendar cannot be worked out", calendar=calendar.id, exc_info=fault)
        return Read(error=UNKNOWN)


def _replace(calendar: BusyCalendar, spans: Sequence[Busy]) -> None:
    changes.note("calls", [calendar.supervisor_id])
    db.session.execute(delete(BusySpan).where(BusySpan.calendar_id == calendar.id))
    both = {"calendar_id": calendar.id, "supervisor_id": calendar.supervisor_id}
    if spans:
        db.session.execute(insert(BusySpan), [{**both, "starts_at": start, "ends_at": end} for start, end in spans])
