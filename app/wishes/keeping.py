"""The wishes of people with an account, in the database."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.models import Person
from app.db import db
from app.wishes import packing
from app.wishes.models import KeptWishes
from app.wishes.wishes import EMPTY, Wishes


def of(person_id: int, *, held: bool = False) -> Wishes:
    """What that person wishes for; EMPTY when she said nothing.

    `held`: until this transaction ends nobody else writes them, so that what is kept next rests on what was read.
    """
    if held:
        db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    return packing.read(db.session.scalar(select(KeptWishes.said).where(KeptWishes.person_id == person_id)))


def keep(person: Person, wishes: Wishes, *, now: datetime) -> None:
    """Let these be what the person wishes for, in the place of whatever she wished for before."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    row = {"person_id": person.id, "said": packing.packed(wishes), "updated_at": now}
    put = insert(KeptWishes).values(row)
    db.session.execute(put.on_conflict_do_update(index_elements=["person_id"], set_=row))


def follow_track(person: Person, wishes: Wishes) -> None:
    """Let the board that the person asks about be that of her account, or consultation her goal."""
    if wishes.is_consultation:
        person.goal = "consultation"
    elif wishes.track_id:
        person.goal, person.state, person.discipline = "licensure", wishes.state, wishes.discipline


def forget(person: Person) -> None:
    """Keep nothing of what the person wished for."""
    db.session.execute(delete(KeptWishes).where(KeptWishes.person_id == person.id))


def take_over(person: Person, wishes: Wishes, *, now: datetime) -> bool:
    """Let what a guest wished for be the person's, if she said nothing herself; whether that is what she wishes for.

    Her board is that of her account too, if it knows of none: many an account is opened by a call and never asked.
    """
    own = of(person.id)
    if own.has_any or wishes == EMPTY:
        return wishes in (own, EMPTY)
    keep(person, wishes, now=now)
    if wishes.track_id and person.goal == "licensure" and not person.state:
        follow_track(person, wishes)
    return True
