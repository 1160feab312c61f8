"""A supervisee's card: chosen field by field, looked at, turned on and off, renewed. Off until she says so."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from app.accounts.models import Person
from app.db import db
from app.invitations import alike, companies, letters, lines
from app.invitations.models import Card
from app.invitations.mornings import last_morning
from app.refusals import Refused
from app.wishes import packing
from app.wishes.wishes import Wishes

LASTS, WARN = timedelta(days=60), timedelta(days=7)
NOT_SEEN = "This has changed since you looked, perhaps in another window. Please look once more before it is on."
NO_TRACK = "Say first which license you work toward, or that you look for consultation."


def of(person: Person) -> Card | None:
    """Her card, on or off; None if she never chose anything for one."""
    return db.session.scalar(select(Card).where(Card.person_id == person.id))


def choose(person: Person, fields: Collection[str], line: str) -> Card:
    """Note what she would show. What is shown already does not change. Refused for a line that would name her.

    Of two windows that begin her card at the same moment the later finds it begun.
    """
    line = " ".join(line.split())
    if len(line) > lines.LONGEST:
        raise Refused(f"Please keep this to {lines.LONGEST} characters; it has {len(line)} now.", "line")
    if words := lines.fault(line, person.name):
        raise Refused(words, "line")
    # Whoever invites her meanwhile holds her card and writes her id, which is no reason to wait for each other.
    db.session.refresh(person, ["name"], with_for_update={"key_share": True})
    card = of(person)
    if card is None:
        card = Card(person=person, public_id=companies.new_id(), says={}, line="")
        db.session.add(card)
    card.fields, card.draft = [name for name in alike.FIELDS if name in fields], line
    return card


def turn_on(card: Card, wishes: Wishes, *, now: datetime, seen: str | None = None) -> Card:
    """Show what was chosen, as her wishes stand: with company, and not before the morning if it was on today already.

    `seen` is the mark() of what she has looked at. Refused where that is something else, she has not said what she
    looks for, or her name has come to stand in her line.
    """
    companies.hold_with(card)
    if not alike.is_enough(wishes):
        raise Refused(NO_TRACK)
    if words := lines.fault(card.draft, card.person.name):
        raise Refused(words, "line")
    if seen is not None and seen != mark(card, wishes):
        raise Refused(NOT_SEEN, status=409)
    companies.leave(card, now=now)
    card.public_id, card.on_at, card.expires_at, card.warned_at = companies.new_id(), now, _end(now), None
    card.says, card.line = _would_show(card, wishes)
    db.session.flush()
    companies.bring_together(now)
    return card


def turn_off(card: Card, *, now: datetime) -> None:
    """Nobody is shown anything of it from now on. What is off already stays so."""
    companies.leave(card, now=now)
    card.says, card.line, card.on_at, card.expires_at, card.warned_at = {}, "", None, None, None


def renew(card: Card, *, now: datetime) -> None:
    """Let it stay on for another 60 days; nothing that is shown changes. Refused if it is off."""
    companies.hold_with(card)
    if card.on_at is None:
        raise Refused("Your card is off. Look at it once more, then turn it on.", status=409)
    card.expires_at, card.warned_at = _end(now), None


def _end(now: datetime) -> datetime:
    """After 60 days, in a morning, as everything that comes by itself: its hour would tell when it was turned on."""
    return last_morning(now + LASTS)


def is_outdated(card: Card, wishes: Wishes) -> bool:
    """Whether a card that is on would show something else if it were turned on again."""
    return card.on_at is not None and _would_show(card, wishes) != (card.says, card.line)


def stands(card: Card, wishes: Wishes) -> str:
    """How it stands: off; on, but outdated; on, and waiting for company; shown."""
    if card.on_at is None:
        return "off"
    return "outdated" if is_outdated(card, wishes) else "shown" if card.company_id else "waiting"


def preview(card: Card, wishes: Wishes) -> Wishes:
    """The most that would be shown; fewer things where fewer than three would share them."""
    return alike.card(wishes, card.fields)


def mark(card: Card, wishes: Wishes) -> str:
    """What the preview shows in a few letters, so that nothing else is turned on from it."""
    return sha256(json.dumps(_would_show(card, wishes)).encode()).hexdigest()[:16]


def _would_show(card: Card, wishes: Wishes) -> tuple[dict[str, Any], str]:
    return packing.packed(preview(card, wishes)), card.draft


def turn_off_closed(now: datetime) -> None:
    """Turn off the cards of accounts that were closed, so that those beside them find other company."""
    companies.hold()
    closed = select(Card).where(Card.on_at.is_not(None), Card.person_id.in_(companies.CLOSED))
    for card in db.session.scalars(closed):
        turn_off(card, now=now)


def see_to_ends(now: datetime) -> None:
    """Turn off what is at its end, and write to those whose card ends within a week, once. Once an hour is enough."""
    companies.hold()
    for card in db.session.scalars(select(Card).where(Card.expires_at <= now)):
        letters.tell_ended(card, now=now)
        turn_off(card, now=now)
    due = select(Card).where(Card.expires_at <= now + WARN, Card.expires_at > now, Card.warned_at.is_(None))
    for card in db.session.scalars(due):
        letters.warn_of_end(card, now=now)
        card.warned_at = now
