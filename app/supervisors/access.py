"""Who may see a profile: the look-up is the permission."""

from sqlalchemy import select

from app.accounts.models import Person
from app.db import db
from app.refusals import Missing
from app.supervisors.models import Credential, Supervisor

LARGEST = 2**31 - 1  # what the database can hold as a number


class NotBegun(Missing):
    """A supervisor's own page was asked for before she began a profile."""


def published(slug: str) -> Supervisor:
    """The published profile at this address. Missing when there is none, or it is not published."""
    query = select(Supervisor).where(Supervisor.slug == slug[:80], Supervisor.published_at.is_not(None))
    if supervisor := db.session.scalar(query):
        return supervisor
    raise Missing


def own(person: Person) -> Supervisor:
    """The profile of this person, published or not. Missing when she has none; NotBegun if she may have one."""
    if supervisor := begun(person):
        return supervisor
    raise NotBegun if person.is_supervisor else Missing


def begun(person: Person) -> Supervisor | None:
    """The same where none is no fault: None when she has begun none."""
    return db.session.scalar(select(Supervisor).where(Supervisor.person_id == person.id))


def credential(person: Person, credential_id: int) -> Credential:
    """A credential of her own. Missing for everybody else's."""
    mine = select(Credential).join(Supervisor).where(Supervisor.person_id == person.id)
    if credential_id <= LARGEST and (found := db.session.scalar(mine.where(Credential.id == credential_id))):
        return found
    raise Missing


def proof(person: Person, credential_id: int) -> Credential:
    """A credential whose proof this person may open: her own, and a steward anybody's. Missing where there is none."""
    found = db.session.get(Credential, min(credential_id, LARGEST)) if person.is_steward else None
    found = found or credential(person, credential_id)
    if found.proof:
        return found
    raise Missing
