"""A supervisor's figures as tables: a head and rows of plain values."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db import db
from app.formats import local
from app.introcalls import reach
from app.introcalls.models import Call
from app.openings.funnel import mondays
from app.supervisors.models import Supervisor

Table = tuple[Sequence[str], Iterable[Sequence[Any]]]


def weeks(supervisor: Supervisor, now: datetime) -> Table:
    """Looks, calls booked and seats taken by week, the oldest first."""
    found = reach.of(supervisor, reach.openings_of(supervisor, and_closed=True), now)
    head = "week of", "looks", "calls booked", "seats taken"
    return head, [(week.monday.isoformat(), week.views, week.calls, week.seats) for week in found.weeks]


def openings(supervisor: Supervisor, now: datetime) -> Table:
    """Looks and seats taken by opening and week."""
    mine = reach.openings_of(supervisor, and_closed=True)
    found, status = reach.of(supervisor, mine, now), {opening.id: opening.status for opening in mine}
    on = [monday.isoformat() for monday in mondays(local(now, supervisor.zone).date())]
    rows = [
        (line.opening_id, line.title, status[line.opening_id], *figures)
        for line in found.lines
        for figures in zip(on, line.views, line.seats, strict=True)
    ]
    return ("opening", "title", "status", "week of", "looks", "seats taken"), rows


def calls(supervisor: Supervisor, now: datetime) -> Table:
    """Every call that was booked with her, the oldest first, with its times in her zone."""
    mine = select(Call).where(Call.supervisor_id == supervisor.id, Call.confirmed_at.is_not(None))
    rows = [
        (
            *(local(at, supervisor.zone).strftime("%Y-%m-%d %H:%M") for at in (call.starts_at, call.ends_at)),
            supervisor.zone,
            call.name,
            call.status,
            call.note,
        )
        for call in db.session.scalars(mine.order_by(Call.starts_at, Call.id))
    ]
    return ("starts", "ends", "zone", "name", "status", "note"), rows


TABLES: dict[str, Callable[[Supervisor, datetime], Table]] = {"weeks": weeks, "openings": openings, "calls": calls}
