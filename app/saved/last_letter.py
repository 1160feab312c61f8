"""The last letter about a person's searches: when it was written, and whether her mailbox refused it for good.

A mailbox that refuses mail and gets more of it day after day costs the site its name with mail servers. So letters rest
after a refusal, until she asks for them again, has another address, or a month has passed.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.models import Person
from app.db import db
from app.notifications import sending
from app.notifications.models import Letter
from app.saved import packing, rhythms, searches
from app.saved.models import LastAlert, SavedSearch, ToldOpening

REST = timedelta(days=30)  # then one is tried again: it may be the servers that did not understand each other


def written_at(person_id: int) -> datetime | None:
    """When it was written; None if there was none, or if she asked for letters again after a refusal."""
    return db.session.scalar(select(LastAlert.sent_at).where(LastAlert.person_id == person_id))


def key(person_id: int, at: datetime) -> str:
    """What a letter written at that moment is called in the outbox."""
    return f"alert/{person_id}/{at.isoformat()}"


def hold(person_id: int) -> LastAlert:
    """The row about it, held until the end of the transaction."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    db.session.execute(insert(LastAlert).values(person_id=person_id).on_conflict_do_nothing())
    row = select(LastAlert).where(LastAlert.person_id == person_id).with_for_update()
    return db.session.scalars(row.execution_options(populate_existing=True)).one()


def refusal(person: Person, now: datetime) -> Letter | None:
    """The letter, if the mailbox that she has still refused it for good, so that no other goes to it for now."""
    at = written_at(person.id)
    letter = sending.refused(key(person.id, at), after=now - REST) if at else None
    return letter if letter and letter.to_email == person.email else None


def ask_again(person: Person, *, now: datetime) -> None:
    """Letters go again, and what the refused one told is new again. Nothing happens where none was refused."""
    letter = refusal(person, now)
    if letter is None:
        return
    for saved in sorted(searches.of(person), key=lambda one: one.id):  # rows are held in the order of saved/alerts.py
        _take_back(saved, letter.created_at)
        saved.due_at = rhythms.next_due(saved.rhythm, now, saved.letters_zone)
    db.session.flush()
    hold(person.id).sent_at = None


def _take_back(saved: SavedSearch, at: datetime) -> None:
    """What the letter of that moment told of the search counts as told no more, and as found no more."""
    told = delete(ToldOpening).where(ToldOpening.search_id == saved.id, ToldOpening.told_at == at)
    if ids := db.session.scalars(told.returning(ToldOpening.opening_id)).all():
        saved.known = packing.pack(packing.without(packing.unpack(saved.known), packing.numbers(ids)))
