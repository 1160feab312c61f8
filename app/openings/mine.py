"""A supervisor's own openings: by status, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import selectinload

from app.db import db
from app.openings.models import Opening, Seat
from app.supervisors.models import Supervisor

PER_PAGE = 20
SHELVES = ("published", "paused", "draft", "closed", "removed")


@dataclass(frozen=True)
class Mine:
    """One page of them. `counts` has how many there are of each shelf; `shelf` is the one shown, empty for all but
    the removed."""

    openings: Sequence[Opening]
    counts: dict[str, int]
    shelf: str
    page: int
    pages: int


def mine(supervisor: Supervisor, shelf: str, page: int) -> Mine:
    """Those of a shelf, what is shown to readers first and what was changed last before others. An unknown shelf is
    all, a page too far the last."""
    shelf = shelf if shelf in SHELVES else ""
    own = Opening.supervisor_id == supervisor.id
    rows = db.session.execute(select(_shelf().label("shelf"), func.count()).where(own).group_by("shelf"))
    counts: dict[str, int] = {str(shelf): int(count) for shelf, count in rows}
    total = counts.get(shelf, 0) if shelf else sum(counts.values()) - counts.get("removed", 0)
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    which = _shelf() == shelf if shelf else _shelf() != "removed"
    order = case({name: n for n, name in enumerate(SHELVES)}, value=_shelf())
    query = select(Opening).where(own, which).order_by(order, Opening.updated_at.desc(), Opening.id.desc())
    loaded = selectinload(Opening.seat_rows).selectinload(Seat.placements)
    query = query.options(selectinload(Opening.times), loaded).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return Mine(db.session.scalars(query).all(), counts, shelf, page, pages)


def _shelf() -> ColumnElement[str]:
    return case((Opening.removed_at.is_not(None), "removed"), else_=Opening.status)
