"""Supervisees of the demonstration who let themselves be found: three who are shown, and others who wait for a third.

So that whoever is signed in as Ana sees her card find company at once, whichever format she asks for; and whoever is
Farida sees somebody who would fit her free seat.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.accounts.models import Person
from app.db import db
from app.invitations import alike, cards
from app.wishes import keeping, week
from app.wishes.wishes import Wishes

ALONE, GROUP = "individual", "group"
TEXAN = Wishes(
    state="TX", discipline="counseling", format=(ALONE,), delivery="online", zone="America/Chicago", max_fee=125,
    free=week.spans([(day, part) for day in range(5) for part in week.PARTS], ()),
    specialty=("trauma", "anxiety", "grief"), population=("teens", "adults"),
)  # fmt: skip
# Who is shown, and who waits: her name, the formats she asks for, the line on her card.
SHOWN = (
    ("Mina Larkspur", (ALONE,), "Second-year associate in a middle school"),
    ("Odell Finch", (ALONE,), "New to private practice after four years in a clinic"),
    ("Rosa Thornbury", (ALONE,), "I like to be asked why"),
)
WAITING = tuple(
    (name, format, line)
    for format, pair in {
        (): (("Ines Calloway", "Back after a year away"), ("Theo Marsh", "")),
        (ALONE,): (("Lena Quince", "Hospice, and what comes home with me"), ("Abe Winter", "")),
        (GROUP,): (("Cora Fielding", "I would rather think aloud with others"), ("Joss Reed", "")),
        (ALONE, GROUP): (("Wanda Birch", "Rural, so mostly alone with it"), ("Eli Stone", "")),
    }.items()
    for name, line in pair
)


def show(person_of: Callable[[str, str], Person], now: datetime) -> None:
    """Turn their cards on. `person_of` gives the person of a name and an address. Who has a card already keeps it."""
    for name, format, line in (*SHOWN, *WAITING):
        person = person_of(name, f"{name.lower().replace(' ', '.')}@demo.example")
        db.session.flush()
        if cards.of(person) is None:
            wishes = replace(TEXAN, format=format)
            keeping.keep(person, wishes, now=now)
            cards.turn_on(cards.choose(person, alike.FIELDS, line), wishes, now=now)
