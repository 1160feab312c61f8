"""Supervisees with a card, and what becomes of it: plain functions that add rows, as tests/people.py."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app import clock
from app.accounts.models import Person
from app.db import db
from app.invitations import alike, cards, companies
from app.invitations.models import Card, Invitation
from app.openings import verdicts
from app.openings.models import Opening
from app.supervisors.models import Supervisor
from app.wishes import keeping
from app.wishes.wishes import Wishes
from tests import people

TUESDAY_EVENING = (1440 + 17 * 60, 1440 + 20 * 60)
USUAL = {
    "state": "AZ", "discipline": "counseling", "format": ("individual",), "free": (TUESDAY_EVENING,),
    "zone": "America/Phoenix", "specialty": ("trauma",),
}  # fmt: skip
LINES = (
    "Second-year associate in a school", "I like to be asked why", "New to private practice", "Back after a year",
    "Curious about groups",
)  # fmt: skip


def wish(person: Person, **said: Any) -> Person:
    """Let her want what fits Sam: an individual hour on Tuesday evenings, for Arizona counseling."""
    wishes = Wishes(**{**USUAL, **said})
    keeping.keep(person, wishes, now=clock.now())
    assert keeping.of(person.id) == wishes  # a term that does not exist would hide whatever is tested with it
    return person


def show_card(person: Person, line: str = "", fields: tuple[str, ...] = (*alike.USUAL, "specialty")) -> Card:
    """Her card, on."""
    return cards.turn_on(cards.choose(person, fields, line), keeping.of(person.id), now=clock.now())


def three(*names: str, **said: Any) -> list[Person]:
    """Three (or as many as are named) with cards that are alike, in company."""
    names = names or ("Ida Lowell", "Una Price", "Eve Marsh")
    everyone = [wish(people.make_person(name), **said) for name in names]
    for person, line in zip(everyone, LINES, strict=False):
        cards.choose(person, (), "").rests_until = clock.now() + timedelta(days=1)  # until all of them are there
        show_card(person, line)
    for person in everyone:
        card_of(person).rests_until = None
    companies.bring_together(clock.now())
    return everyone


def card_of(person: Person) -> Card:
    """Her card as the database has it."""
    return db.session.scalars(select(Card).where(Card.person_id == person.id)).one()


def seat_at(supervisor: Supervisor, **columns: Any) -> Opening:
    """An opening with a free seat, in which three of the cast would fit."""
    opening = people.make_opening(supervisor, title="Tuesday hour", **columns)
    verdicts.refresh([opening.id], verdicts.today(clock.now()))
    return opening


def candidates_page(opening: Opening, person: Person | None = None) -> str:
    """The address of the list, or of one person's card in it."""
    base = f"/my/openings/{opening.id}/candidates"
    return f"{base}/{card_of(person).public_id}" if person else base


def invitation_to(person: Person) -> Invitation:
    """The invitation she got."""
    return db.session.scalars(select(Invitation).where(Invitation.person_id == person.id)).one()


def in_the_morning(clock: Any) -> datetime:
    """The next day has begun, and the worker has been at work."""
    now = clock.forward(days=1)
    companies.bring_together(now)
    return now


def answered(visit: Callable, invitation: Invitation, said: str) -> Any:
    """The answer she gets who presses one of the three."""
    return visit(invitation.person).post(f"/invitations/{invitation.public_id}", {"answer": said})
