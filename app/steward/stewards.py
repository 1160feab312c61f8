"""Who is a steward."""

from datetime import datetime

from app import audit
from app.accounts import people
from app.accounts.models import Person
from app.refusals import Refused


def add(email: str, *, now: datetime) -> tuple[Person, bool]:
    """Give the role to the account of an address; the person, and whether that is new.

    Refused if there is no such account, its address was never confirmed, or it is closed. By a command, so by nobody.
    """
    person = people.find(email)
    if person is None or person.closed_at:
        raise Refused(f"There is no account with the address {email}. Sign up first.")
    if person.verified_at is None:
        raise Refused(f"{email} is not confirmed yet: open the link in the e-mail first.")
    if person.is_steward:
        return person, False
    people.give_role(person, "steward", by=None, now=now)
    audit.record("role.given", "person", person.id, by_id=None, now=now, role="steward")
    return person, True
