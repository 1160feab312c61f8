"""How many seats are taken, counted by the database."""

from collections.abc import Iterable

from sqlalchemy import Integer, ScalarSelect, func, select

from app.db import db
from app.openings.models import Opening, Placement, Seat


def taken() -> ScalarSelect[int]:
    """Seats of the opening at hand with a live placement, for use inside a query on openings."""
    return (
        select(func.count(Placement.id))
        .join(Seat, Seat.id == Placement.seat_id)
        .where(Seat.opening_id == Opening.id, Placement.ended_at.is_(None))
        .correlate(Opening)
        .scalar_subquery()
    )


def placements_of(supervisor_ids: Iterable[int]) -> dict[int, int]:
    """Live placements with each supervisor, in all of her openings; those without any are left out."""
    query = (
        select(Opening.supervisor_id, func.count(Placement.id).cast(Integer))
        .join(Seat, Seat.opening_id == Opening.id)
        .join(Placement, Placement.seat_id == Seat.id)
        .where(Placement.ended_at.is_(None), Opening.supervisor_id.in_(list(supervisor_ids)))
        .group_by(Opening.supervisor_id)
    )
    return dict(db.session.execute(query).all())
