"""How many seats are taken, counted by the database."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import ScalarSelect, Select, Subquery, bindparam, func, select

from app.db import db
from app.openings.models import Opening, Placement, Seat

# Tables rather than classes: a statement without classes passes by the ORM, at half the cost.
openings, seats, placements = Opening.__table__, Seat.__table__, Placement.__table__


@cache
def taken() -> ScalarSelect[int]:
    """Seats of the opening at hand with a live placement, for use inside a query on a few openings."""
    return (
        select(func.count())
        .select_from(placements.join(seats, seats.c.id == placements.c.seat_id))
        .where(seats.c.opening_id == openings.c.id, placements.c.ended_at.is_(None))
        .correlate(openings)
        .scalar_subquery()
    )


def occupied() -> Subquery:
    """Openings with live placements and their number (`opening_id`, `taken`), to join to a query on many openings."""
    return (
        select(seats.c.opening_id, func.count().label("taken"))
        .select_from(placements.join(seats, seats.c.id == placements.c.seat_id))
        .where(placements.c.ended_at.is_(None))
        .group_by(seats.c.opening_id)
        .subquery("occupied")
    )


def placements_of(supervisor_ids: Iterable[int]) -> dict[int, int]:
    """Live placements with each supervisor, in all of her openings; those without any are left out."""
    rows = db.session.execute(_placements(), {"ids": list(supervisor_ids)})
    return {row.supervisor_id: row.taken for row in rows}


@cache
def _placements() -> Select[int, int]:
    joined = openings.join(seats, seats.c.opening_id == openings.c.id)
    return (
        select(openings.c.supervisor_id, func.count().label("taken"))
        .select_from(joined.join(placements, placements.c.seat_id == seats.c.id))
        .where(placements.c.ended_at.is_(None), openings.c.supervisor_id.in_(bindparam("ids", expanding=True)))
        .group_by(openings.c.supervisor_id)
    )
