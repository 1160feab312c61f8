"""Cards come and go together: at least three at a time, so that nobody who watches can tell which one it was.

A card that is turned on waits until two others at least wait that are like it; then they appear at the same moment,
under new addresses. When one is turned off, all that came with it are gone with it, at once; those who stay rest until
the next morning, and come back with company, under new addresses again. So two looks at the list never differ by less
than three cards, and no card keeps its address from one company to the next.

What this does not hide: the line in its owner's own words, by which a reader may know a card again; how many companies
there are; and what someone learns who has two cards of her own beside the third. docs/ARCHITECTURE.md says more.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from app.accounts.models import Person
from app.db import db
from app.invitations import alike
from app.invitations.models import Card, Company
from app.invitations.mornings import next_morning
from app.wishes import packing

IS_WAITING = Card.on_at.is_not(None) & Card.company_id.is_(None)
CLOSED = select(Person.id).where(Person.closed_at.is_not(None))


def new_id() -> str:
    """An address that cannot be guessed."""
    return secrets.token_urlsafe(16)


def bring_together(now: datetime) -> int:
    """Give company to the cards that wait and have rested, who waits longest first; how many companies were made."""
    rested = or_(Card.rests_until.is_(None), Card.rests_until <= now)
    waiting = select(Card).where(IS_WAITING, rested, ~Card.person_id.in_(CLOSED))
    cards = {card.id: card for card in db.session.scalars(waiting.order_by(Card.id).with_for_update())}
    longest_first = sorted(cards, key=lambda id: (cards[id].on_at or now, id))
    made = alike.gather({id: packing.read(cards[id].says) for id in longest_first})
    for ids, says in made:
        company = Company(goal=alike.goal(says), says=packing.packed(says), size=len(ids))
        db.session.add(company)
        for id in ids:
            cards[id].company, cards[id].rests_until, cards[id].public_id = company, None, new_id()
    db.session.flush()
    return len(made)


def leave(card: Card, *, now: datetime) -> None:
    """Take a card out of its company, which ends with it: all of its cards rest until the next morning."""
    if card.company_id is None:
        return
    together = select(Card).where(Card.company_id == card.company_id).order_by(Card.id).with_for_update()
    _end(db.session.scalars(together).all(), now)


def end_broken(now: datetime) -> None:
    """End the companies that lost a card with its owner's account. Until then they are shown to nobody."""
    cards = select(Card.company_id).join(Company).group_by(Card.company_id, Company.size)
    for id in db.session.scalars(cards.having(func.count() < Company.size)).all():
        together = select(Card).where(Card.company_id == id).order_by(Card.id).with_for_update()
        _end(db.session.scalars(together).all(), now)


def _end(cards: Sequence[Card], now: datetime) -> None:
    companies = {card.company for card in cards if card.company}
    for card in cards:
        card.company, card.rests_until = None, next_morning(now)
    db.session.flush()
    for company in companies:
        db.session.delete(company)
    db.session.flush()
