"""How a supervisor is reached: looks at her openings, calls booked with her, seats taken."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import db
from app.formats import local
from app.introcalls.models import Call
from app.openings import views, words
from app.openings.funnel import Funnel, funnel, mondays
from app.openings.models import Opening, Placement, Seat
from app.supervisors.models import Supervisor


def of(supervisor: Supervisor, openings: Sequence[Opening], now: datetime) -> Funnel:
    """The last weeks of these openings of hers. Calls and seats fall on days of her zone, looks on days in UTC."""
    today = local(now, supervisor.zone).date()
    since, ids = mondays(today)[0], [opening.id for opening in openings]
    return funnel(
        [(opening.id, called(opening)) for opening in openings],
        views=views.by_day(ids, since),
        calls=_calls(supervisor, since),
        seats=_seats(supervisor, ids, since),
        today=today,
    )


def openings_of(supervisor: Supervisor, *, and_closed: bool = False) -> list[Opening]:
    """Her openings that are not closed, or all but those she removed, the oldest first."""
    mine = select(Opening).where(Opening.supervisor_id == supervisor.id, Opening.removed_at.is_(None))
    seated = selectinload(Opening.seat_rows).selectinload(Seat.placements)
    query = mine if and_closed else mine.where(Opening.status != "closed")
    return list(db.session.scalars(query.options(seated).order_by(Opening.id)))


def called(opening: Opening) -> str:
    """What its supervisor knows it by: its title, or its kind."""
    return opening.title or words.kind(opening.format, opening.seats, opening.online, opening.in_person, opening.city)


def _calls(supervisor: Supervisor, since: date) -> list[date]:
    """The days on which calls were booked, those cancelled later among them."""
    mine = select(Call.confirmed_at).where(Call.supervisor_id == supervisor.id)
    booked = db.session.scalars(mine.where(Call.confirmed_at >= _begin(since, supervisor.zone)))
    return [local(at, supervisor.zone).date() for at in booked if at]


def _seats(supervisor: Supervisor, opening_ids: Sequence[int], since: date) -> list[tuple[int, date]]:
    """Opening and day of each seat taken, by someone from here or from elsewhere."""
    taken = select(Seat.opening_id, Placement.started_at).join(Seat, Seat.id == Placement.seat_id)
    rows = db.session.execute(
        taken.where(Seat.opening_id.in_(opening_ids), Placement.started_at >= _begin(since, supervisor.zone))
    )
    return [(opening_id, local(at, supervisor.zone).date()) for opening_id, at in rows]


def _begin(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
