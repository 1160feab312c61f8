"""Signing in with a password: judged before the write lock is taken, carried out within it."""

from dataclasses import dataclass
from datetime import datetime

from app.accounts import passwords, people, registration
from app.accounts.models import Person
from app.db import db
from app.refusals import Refused

NO_MATCH = "The address and the password do not go together."


@dataclass(frozen=True)
class Judged:
    """Whether a password is that of a person. `kept` is the hash it was held against, `newer` one at today's cost."""

    person_id: int | None
    kept: str | None
    matches: bool
    newer: str | None = None


def judge(email: str, password: str) -> Judged:
    """Hold a password against the one of an address. Takes as long for an address that nobody has."""
    person = people.find(email)
    return judge_person(person, password)


def judge_person(person: Person | None, password: str) -> Judged:
    """Hold a password against a person's; before the address is proven, against the one claimed at sign-up."""
    kept = _kept(person) if person else None
    matches = passwords.verify(password, kept)
    newer = passwords.hash(password) if matches and kept and passwords.needs_rehash(kept) else None
    return Judged(person.id if person else None, kept, matches, newer)


def admit(judged: Judged, *, now: datetime) -> Person:
    """The person, whom the caller signs in if her address is proven; otherwise she was sent a new link.

    Refused, in the same words, for an unknown address, a wrong password, and one that was changed since it was judged.
    """
    person = db.session.get(Person, judged.person_id) if judged.matches else None
    if person is None or person.closed_at is not None or _kept(person) != judged.kept:
        raise Refused(NO_MATCH)
    if person.verified_at is None:
        registration.resend(person, now=now)
    elif judged.newer:
        person.password_hash = judged.newer
    return person


def _kept(person: Person) -> str | None:
    if person.verified_at is not None:
        return person.password_hash
    link = registration.unanswered(person)
    return (link.claims or {}).get("password_hash") if link else None
