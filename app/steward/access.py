"""Who may sit at the steward's desk, and what lies on it: the look-up is the permission."""

from app.accounts.models import Person
from app.db import db
from app.refusals import Missing
from app.supervisors.models import Credential

LARGEST = 2**31 - 1  # what the database can hold as a number


def steward(person: Person) -> Person:
    """The person, if she is a steward. Missing for everybody else: they learn nothing of these pages."""
    if person.is_steward:
        return person
    raise Missing


def credential(person: Person, credential_id: int) -> Credential:
    """Anybody's credential, for a steward."""
    steward(person)
    if found := db.session.get(Credential, min(credential_id, LARGEST)):
        return found
    raise Missing
