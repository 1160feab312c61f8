"""Which call has which minutes: claim rows that the database holds only once, so that calls never overlap.

Always in this order, so that no two transactions wait for each other: the person's lock, the supervisor's lock, cells
in ascending order.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app import changes
from app.db import db
from app.introcalls import diaries, slots
from app.introcalls.models import CELL_MINUTES, Call, CallCell, CallSettings
from app.refusals import Refused
from app.supervisors.models import Supervisor

TAKEN = "That time is no longer free."


def claim(call: Call, supervisor: Supervisor, starts_at: datetime, *, now: datetime) -> None:
    """Put the call at that start and take its minutes and the pause after it; what it had before is let go.

    `call` may be new, or one to be moved. Refused (409) when the start is not among her free ones, or when somebody
    was quicker. Unpublished supervisors, and those who take no calls, have none.
    """
    _one_at_a_time_with(supervisor)
    expire(now, supervisor)
    try:
        with db.session.begin_nested():
            release(call)
            _take(call, supervisor, starts_at, now)
    except IntegrityError:
        raise Refused(TAKEN, field="starts_at", status=409) from None


def release(call: Call) -> None:
    """Let the call's minutes go."""
    if call.id is not None:
        db.session.execute(delete(CallCell).where(CallCell.call_id == call.id))
        changes.note("calls", [call.supervisor_id])


def expire(now: datetime, supervisor: Supervisor | None = None) -> int:
    """End the holds that ran out and let their minutes go; how many.

    Those of one supervisor, in whose way they are; or of all, but for those that somebody else is dealing with.
    """
    ran_out = select(Call.id, Call.supervisor_id).where(Call.status == "held", Call.held_until <= now).order_by(Call.id)
    if supervisor is not None:
        ran_out = ran_out.where(Call.supervisor_id == supervisor.id)
    rows = db.session.execute(ran_out.with_for_update(skip_locked=supervisor is None)).all()
    ids = [row.id for row in rows]
    if ids:
        db.session.execute(update(Call).where(Call.id.in_(ids)).values(status="expired"))
        db.session.execute(delete(CallCell).where(CallCell.call_id.in_(ids)))
        changes.note("calls", {row.supervisor_id for row in rows})
    return len(ids)


def one_at_a_time(*keys: str) -> None:
    """Let nobody else count this person's calls until we are done (PostgreSQL; SQLite has one writer anyway)."""
    if db.engine.dialect.name == "postgresql":
        for key in keys:
            db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def cells(starts_at: datetime, minutes: int) -> range:
    """The five-minute cells, counted from 1970, that a stretch touches."""
    first = slots.minute(starts_at)
    return range(first // CELL_MINUTES, -(-(first + minutes) // CELL_MINUTES))


def _take(call: Call, supervisor: Supervisor, starts_at: datetime, now: datetime) -> None:
    diary = diaries.load([supervisor.id], now).get(supervisor.id)
    if diary is None or supervisor.published_at is None or not diary.is_free(starts_at, now):
        raise Refused(TAKEN, field="starts_at", status=409)
    call.starts_at, call.ends_at = starts_at, starts_at + timedelta(minutes=diary.habits.minutes)
    db.session.add(call)
    db.session.flush()
    claimed = cells(starts_at, diary.habits.minutes + diary.habits.buffer)
    db.session.execute(
        insert(CallCell), [{"supervisor_id": supervisor.id, "cell": cell, "call_id": call.id} for cell in claimed]
    )


def _one_at_a_time_with(supervisor: Supervisor) -> None:
    """Take turns: the cells alone would keep calls apart, but not her calls of a week within their number."""
    db.session.execute(
        select(CallSettings.supervisor_id).where(CallSettings.supervisor_id == supervisor.id).with_for_update()
    )
