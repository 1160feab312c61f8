"""Open places by state, for the map."""

from typing import Any

from sqlalchemy import FromClause, Select, func, select

from app.db import db
from app.matching.filters import FREE, TABLES, credentials, openings, supervisors
from app.supervisors.models import Credential


def by_state() -> dict[str, int]:
    """Seats that are free, by postal code, as the search's `state` finds them: online for each state of the license,
    in person where it meets. An opening is counted once in a state."""
    licensed = TABLES.join(Credential.__table__, credentials.supervisor_id == openings.supervisor_id)
    online = _free(licensed, credentials.state).where(
        openings.online.is_(True), credentials.status != "refused", credentials.state.is_not(None)
    )
    places = online.union(_free(TABLES, openings.state).where(openings.in_person.is_(True))).subquery()
    query = select(places.c.state, func.sum(places.c.free)).group_by(places.c.state)
    return {state: int(n) for state, n in db.session.execute(query) if n}


def all_places() -> int:
    """Seats that are free in all."""
    every = _free(TABLES, openings.state).subquery()
    return int(db.session.execute(select(func.sum(every.c.free))).scalar() or 0)


def _free(tables: FromClause, state: Any) -> Select[Any]:
    columns = openings.id, state.label("state"), FREE.label("free")
    published = openings.status == "published", supervisors.published_at.is_not(None)
    return select(*columns).select_from(tables).where(*published)
