"""Cards come and go together: at least three at a time, so that nobody who watches can tell which one it was.

A card that is turned on waits until two others at least wait that are like it; then they appear at the same moment,
under new addresses. When one is turned off, all that came with it are gone with it, at once; those who stay rest until
the next morning, and come back with company, under new addresses again. So two looks at the list never differ by less
than three cards, and no card keeps its address from one company to the next.

What this does not hide: the line in its owner's own words, by which a reader may know a card again; how many companies
there are; and what someone learns who has two cards of her own beside the third. docs/ARCHITECTURE.md says more.
"""

import secrets
from datetime import datetime

from sqlalchemy import delete, func, or_, select

from app.accounts.models import Person
from app.db import db
from app.invitations import alike
from app.invitations.models import Card, Company
from app.invitations.mornings import next_morning
from app.wishes import packing

LOCK = 7_263_483  # of PostgreSQL's advisory locks; the log of changes has the number before
IS_WAITING = Card.on_at.is_not(None) & Card.company_id.is_(None)
CLOSED = select(Person.id).where(Person.closed_at.is_not(None))


def new_id() -> str:
    """An address that cannot be guessed."""
    return secrets.token_urlsafe(16)


def hold() -> None:
    """Let nobody else turn cards on or off, or bring them together, until this transaction ends.

    On SQLite nobody else writes anyway. What was read of a card before is to be read again.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def hold_with(card: Card) -> None:
    """The same, and see this card as it stands then."""
    db.session.flush()
    hold()
    db.session.refresh(card, with_for_update=True)


def bring_together(now: datetime) -> int:
    """Give company to the cards that wait and have rested, who waits longest first; how many companies were made."""
    hold()
    rested = or_(Card.rests_until.is_(None), Card.rests_until <= now)
    waiting = select(Card).where(IS_WAITING, rested, ~Card.person_id.in_(CLOSED))
    cards = {card.id: card for card in db.session.scalars(waiting.with_for_update())}
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
    hold_with(card)
    if card.company_id is not None:
        _end(card.company_id, now)


def end_broken(now: datetime) -> None:
    """End the companies that lost a card with its owner's account. Until then they are shown to nobody."""
    hold()
    cards = select(Card.company_id).join(Company).group_by(Card.company_id, Company.size)
    for id in db.session.scalars(cards.having(func.count() < Company.size)).all():
        _end(id, now)


def _end(company_id: int | None, now: datetime) -> None:
    for card in db.session.scalars(select(Card).where(Card.company_id == company_id).with_for_update()):
        card.company, card.rests_until = None, next_morning(now)
    db.session.flush()
    db.session.execute(delete(Company).where(Company.id == company_id))
