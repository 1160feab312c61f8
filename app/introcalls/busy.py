"""The calendars a supervisor subscribed to: added, removed, and their state."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import select

from app import audit
from app.accounts.models import Person
from app.db import db
from app.introcalls import fetching
from app.introcalls.fetching import Unreachable
from app.introcalls.models import BusyCalendar
from app.refusals import Missing, Refused
from app.supervisors.models import Supervisor

MOST = 5
LATELY = timedelta(minutes=1)
SHOWN = 6  # characters of a secret address that are shown again


def of(supervisor: Supervisor) -> list[BusyCalendar]:
    """Her calendars in the order she added them."""
    query = select(BusyCalendar).where(BusyCalendar.supervisor_id == supervisor.id).order_by(BusyCalendar.id)
    return list(db.session.scalars(query))


def own(supervisor: Supervisor, calendar_id: int) -> BusyCalendar:
    """That calendar of hers. Missing when it is another's, or gone."""
    calendar = db.session.get(BusyCalendar, calendar_id)
    if calendar is None or calendar.supervisor_id != supervisor.id:
        raise Missing
    return calendar


def add(supervisor: Supervisor, url: str, label: str, *, by: Person, now: datetime) -> BusyCalendar:
    """Subscribe to a calendar; the worker reads it within a minute. Refused: no web address, had already, too many."""
    try:
        url = fetching.cleaned(url)
    except Unreachable as fault:
        raise Refused(str(fault), field="url") from None
    db.session.execute(select(Supervisor.id).where(Supervisor.id == supervisor.id).with_for_update())
    kept = of(supervisor)
    if any(calendar.url == url for calendar in kept):
        raise Refused("You have added this calendar already.", field="url", status=409)
    if len(kept) >= MOST:
        raise Refused(f"{MOST} calendars are the most. Remove one to add another.", field="url", status=409)
    calendar = BusyCalendar(supervisor_id=supervisor.id, url=url, label=label, added_at=now, check_at=now)
    db.session.add(calendar)
    db.session.flush()
    audit.record("calendar.added", "busy_calendar", calendar.id, by_id=by.id, now=now, supervisor_id=supervisor.id)
    return calendar


def remove(calendar: BusyCalendar, *, by: Person, now: datetime) -> None:
    """Forget a calendar, and what it kept busy."""
    facts = {"supervisor_id": calendar.supervisor_id}
    audit.record("calendar.removed", "busy_calendar", calendar.id, by_id=by.id, now=now, **facts)
    db.session.delete(calendar)


def check_soon(supervisor: Supervisor, *, now: datetime) -> None:
    """Let the worker read all her calendars next, but for those it read within the last minute."""
    for calendar in of(supervisor):
        if calendar.checked_at is None or now - calendar.checked_at >= LATELY:
            calendar.check_at = min(calendar.check_at, now)


def read_anew(supervisor: Supervisor, *, now: datetime) -> None:
    """Let all her calendars be read from the beginning: what they said was for another zone."""
    for calendar in of(supervisor):
        calendar.check_at, calendar.etag = now, ""


def hidden(url: str) -> str:
    """A secret address as it may be shown: its host, and the last characters to tell it from another."""
    rest = url.split("//", 1)[-1].partition("/")[2]
    return f"{_host(url)}/…{rest[-min(SHOWN, len(rest) // 3):] if len(rest) > 2 else ''}"


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "")[:80]
