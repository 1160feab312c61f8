"""Finding people by their address, making them, and the roles they hold."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.addresses import email_key
from app.accounts.models import Person, Role
from app.db import db


def find(email: str) -> Person | None:
    """The person of an address, in whatever way it is written."""
    return db.session.scalar(select(Person).where(Person.email_key == email_key(email)))


def find_or_make(email: str, name: str, *, now: datetime) -> Person:
    """The person of an address; if there is none a new one, unproven, without roles. Of two at once, one makes her."""
    if person := find(email):
        return person
    person = Person(email=email.strip(), email_key=email_key(email), name=name.strip(), created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:
        return db.session.scalars(select(Person).where(Person.email_key == email_key(email))).one()
    return person


def describe(person: Person, *, name: str, zone: str, **toward: str | None) -> None:
    """Note what a person says of herself; `toward` may hold goal, state and discipline."""
    person.name, person.zone = name, zone
    for column in toward.keys() & {"goal", "state", "discipline"}:
        setattr(person, column, toward[column])


def give_role(person: Person, role: str, *, by: Person | None, now: datetime) -> None:
    """Let the person hold "supervisor", "supervisee" or "steward" from now; nothing changes if she does."""
    held = next((r for r in person.roles if r.role == role), None)
    if held is None:
        person.roles.append(Role(role=role, given_at=now, given_by_id=by.id if by else None))
    elif held.ended_at is not None:
        held.given_at, held.given_by_id, held.ended_at = now, by.id if by else None, None
