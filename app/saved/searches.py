"""Searches that a person keeps, and how often she hears of what is new in them."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import undefer

from app import audit
from app.accounts.models import Person
from app.db import db
from app.matching.criteria import Criteria
from app.refusals import Missing, Refused
from app.saved import finding, packing, rhythms
from app.saved.models import LONGEST_NAME, RHYTHMS, SavedSearch, ToldOpening
from app.saved.packing import Numbers

MOST = 20
USUAL = "daily"
LARGEST = 2**31 - 1


def keep(person: Person, asked: Criteria, zone: str, *, now: datetime) -> SavedSearch:
    """Save a search: what it finds today is known, what comes later is new. The same one twice is one.

    Refused beyond MOST. `asked` is canonical, `zone` the IANA zone its times of day are meant in.
    """
    db.session.scalars(select(Person.id).where(Person.id == person.id).with_for_update()).one()  # counts one by one
    digest = hashlib.sha256(asked.query().encode()).hexdigest()
    same = SavedSearch.person_id == person.id, SavedSearch.digest == digest
    if saved := db.session.scalar(select(SavedSearch).where(*same)):
        return saved
    if count(person) >= MOST:
        raise Refused(f"You have saved {MOST} searches. Delete one before you save another.")
    saved = SavedSearch(
        person=person, name=finding.name(asked), query=asked.query(), digest=digest, zone=zone, rhythm=USUAL,
        created_at=now, due_at=rhythms.next_due(USUAL, now, person.zone or zone), known=packing.NOTHING,
    )  # fmt: skip
    db.session.add(saved)
    see(saved, now=now)
    db.session.flush()
    audit.record("search.saved", "saved_search", saved.id, by_id=person.id, now=now)
    return saved


def own(person: Person, search_id: int) -> SavedSearch:
    """A search of hers. Missing for everybody else's."""
    mine = SavedSearch.id == search_id, SavedSearch.person_id == person.id
    if search_id <= LARGEST and (saved := db.session.scalar(select(SavedSearch).where(*mine))):
        return saved
    raise Missing


def of(person: Person) -> Sequence[SavedSearch]:
    """Her searches, what was saved last first."""
    return db.session.scalars(_hers(person)).all()


def count(person: Person) -> int:
    """How many she keeps."""
    mine = select(func.count()).select_from(SavedSearch).where(SavedSearch.person_id == person.id)
    return db.session.scalar(mine) or 0


def change(saved: SavedSearch, name: str, rhythm: str, *, now: datetime) -> SavedSearch:
    """Call it otherwise, and write to her as often as she says. Refused for an odd name or rhythm.

    After a time without letters what is there already counts as known.
    """
    if not name or len(name) > LONGEST_NAME:
        raise Refused(f"Give it a name of up to {LONGEST_NAME} characters.", "name")
    if rhythm not in RHYTHMS:
        raise Refused("Please choose one of these.", "rhythm")
    saved.name = name
    if rhythm != saved.rhythm:
        if saved.rhythm == "never":
            see(saved, now=now)
        saved.rhythm, saved.due_at = rhythm, rhythms.next_due(rhythm, now, saved.letters_zone)
    return saved


def drop(saved: SavedSearch) -> None:
    """Delete it: nothing is written about it any more."""
    db.session.delete(saved)


def see(saved: SavedSearch, *, now: datetime, shown: int | None = None) -> bool:
    """What it finds now is known, unless more is new by now than the `shown` that she saw; whether it is."""
    found = finding.found(finding.meant(saved, saved.person), now)
    if shown is not None and len(unknown(saved, found, told(saved.person_id))) > shown:
        return False
    saved.known = packing.pack(found)
    return True


def news(person: Person, now: datetime) -> list[tuple[SavedSearch, int]]:
    """Her searches in the same order, each with how many openings it finds now that it did not find before and no
    letter told of."""
    mine = db.session.scalars(_hers(person).options(undefer(SavedSearch.known))).all()
    told_of = told(person.id)
    found = {saved.id: finding.found(finding.meant(saved, person), now) for saved in mine}
    return [(saved, len(unknown(saved, found[saved.id], told_of))) for saved in mine]


def unknown(saved: SavedSearch, found: Numbers, told_of: Collection[int]) -> Numbers:
    """What is new of what it finds: not found before, and told of in no letter."""
    new = packing.without(found, packing.unpack(saved.known))
    return packing.without(new, packing.numbers(told_of)) if told_of else new


def told(person_id: int) -> set[int]:
    """Openings that a letter told her of, for whichever of her searches."""
    hers = select(ToldOpening.opening_id).join(SavedSearch).where(SavedSearch.person_id == person_id)
    return set(db.session.scalars(hers))


def silence(person_id: int, search_id: int | None) -> None:
    """No letters about one of her searches any more, or (None) about any."""
    mine = update(SavedSearch).where(SavedSearch.person_id == person_id)
    which = mine if search_id is None else mine.where(SavedSearch.id == search_id)
    db.session.execute(which.values(rhythm="never", due_at=None))


def _hers(person: Person) -> Select[SavedSearch]:
    mine = select(SavedSearch).where(SavedSearch.person_id == person.id)
    return mine.order_by(SavedSearch.created_at.desc(), SavedSearch.id.desc())
