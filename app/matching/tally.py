"""Open places by state, for the map."""

from sqlalchemy import func, select

from app.db import db
from app.openings import seats
from app.openings.models import Opening
from app.supervisors.models import Credential, Supervisor


def by_state() -> dict[str, int]:
    """Seats that are free, by postal code, as the search's `state` finds them: online for each state of the license,
    in person where it meets. An opening is counted once in a state."""
    free = (Opening.seats - seats.taken()).label("free")
    open_ones = select(Opening.id, free).join(Supervisor, Supervisor.id == Opening.supervisor_id).where(
        Opening.status == "published", Supervisor.published_at.is_not(None)
    )  # fmt: skip
    licensed = Credential.supervisor_id == Opening.supervisor_id
    online = open_ones.add_columns(Credential.state.label("state")).join(Credential, licensed).where(
        Opening.online.is_(True), Credential.status != "refused", Credential.state.is_not(None)
    )  # fmt: skip
    in_person = open_ones.add_columns(Opening.state.label("state")).where(Opening.in_person.is_(True))
    places = online.union(in_person).subquery()
    query = select(places.c.state, func.sum(places.c.free)).group_by(places.c.state)
    return {state: int(n) for state, n in db.session.execute(query) if n}


def all_places() -> int:
    """Seats that are free in all."""
    query = (
        select(func.sum(Opening.seats - seats.taken()))
        .join(Supervisor, Supervisor.id == Opening.supervisor_id)
        .where(Opening.status == "published", Supervisor.published_at.is_not(None))
    )
    return int(db.session.execute(query).scalar() or 0)
