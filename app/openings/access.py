"""Who may see an opening: the look-up is the permission."""

from sqlalchemy import select

from app.accounts.models import Person
from app.db import db
from app.openings.models import Opening
from app.refusals import Missing
from app.supervisors.models import Supervisor

LARGEST = 2**31 - 1  # what the database can hold as a number of an opening


def published(opening_id: int) -> Opening:
    """The opening, published or paused, of a published profile.

    A paused one keeps its address, for those who were sent it, and says that it rests. Drafts and closed ones are
    Missing.
    """
    stands = Opening.status.in_(("published", "paused")) & Supervisor.published_at.is_not(None)
    query = select(Opening).join(Supervisor).where(Opening.id == opening_id, stands)
    if opening_id <= LARGEST and (opening := db.session.scalar(query)):
        return opening
    raise Missing


def published_ids(supervisor_id: int, *, but: int | None = None) -> list[int]:
    """Numbers of a supervisor's published openings, the newest first; `but` leaves one out."""
    query = select(Opening.id).where(Opening.supervisor_id == supervisor_id, Opening.status == "published")
    return list(db.session.scalars(query.where(Opening.id != (but or 0)).order_by(Opening.id.desc())))


def own(person: Person, opening_id: int) -> Opening:
    """An opening of the person's own, whatever its status. Missing for everybody else's."""
    query = select(Opening).join(Supervisor).where(Opening.id == opening_id, Supervisor.person_id == person.id)
    if opening_id <= LARGEST and (opening := db.session.scalar(query)):
        return opening
    raise Missing
