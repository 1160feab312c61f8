"""Who may see a profile: the look-up is the permission."""

from sqlalchemy import select

from app.accounts.models import Person
from app.db import db
from app.refusals import Missing
from app.supervisors.models import Supervisor


def published(slug: str) -> Supervisor:
    """The published profile at this address. Missing when there is none, or it is not published."""
    query = select(Supervisor).where(Supervisor.slug == slug[:80], Supervisor.published_at.is_not(None))
    if supervisor := db.session.scalar(query):
        return supervisor
    raise Missing


def own(person: Person) -> Supervisor:
    """The profile of this person, published or not. Missing when she has begun none."""
    if supervisor := begun(person):
        return supervisor
    raise Missing


def begun(person: Person) -> Supervisor | None:
    """The same where none is no fault: None when she has begun none."""
    return db.session.scalar(select(Supervisor).where(Supervisor.person_id == person.id))
