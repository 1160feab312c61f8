"""Openings that a person keeps: save, let go, note, and what changed since she looked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Person
from app.db import db
from app.licensure.tracks import Track
from app.openings.history import Line
from app.openings.models import Opening, Seat
from app.refusals import Missing, Refused
from app.saved import snapshots
from app.saved.models import LONGEST_NOTE, SavedOpening

MOST = 200
PER_PAGE = 10


@dataclass(frozen=True)
class Kept:
    """A saved opening: the opening, `standing` (published, paused, closed), and what changed since she looked."""

    saved: SavedOpening
    opening: Opening
    standing: str
    changes: Sequence[Line]


@dataclass(frozen=True)
class Shelf:
    """One page of them, `total` in all."""

    kept: Sequence[Kept]
    total: int
    page: int
    pages: int


def of(person_id: int | None, ids: Collection[int]) -> set[int]:
    """Which of these openings the person has saved; none for a guest."""
    if person_id is None or not ids:
        return set()
    mine = SavedOpening.person_id == person_id, SavedOpening.opening_id.in_(ids)
    return set(db.session.scalars(select(SavedOpening.opening_id).where(*mine)))


def save(person: Person, opening: Opening, track: Track | None, *, now: datetime) -> SavedOpening:
    """Keep an opening that she is shown; twice is once. Refused beyond MOST."""
    db.session.scalars(select(Person.id).where(Person.id == person.id).with_for_update()).one()  # counts one by one
    if saved := db.session.get(SavedOpening, (person.id, opening.id)):
        return saved
    if count(person) >= MOST:
        raise Refused(f"You have saved {MOST} openings. Let one go before you save another.")
    facts = snapshots.taken(opening, track, snapshots.verdicts([opening.id], track).get(opening.id, ""))
    saved = SavedOpening(person_id=person.id, opening_id=opening.id, saved_at=now, seen_at=now, facts=facts)
    db.session.add(saved)
    db.session.flush()
    return saved


def drop(person: Person, opening_id: int) -> None:
    """Let it go; nothing happens if it is not kept."""
    if opening_id in of(person.id, [opening_id]):
        db.session.delete(own(person, opening_id))


def own(person: Person, opening_id: int) -> SavedOpening:
    """One that she saved. Missing for everything else."""
    if opening_id in of(person.id, [opening_id]):
        return db.session.get_one(SavedOpening, (person.id, opening_id))
    raise Missing


def note(saved: SavedOpening, words: str) -> SavedOpening:
    """Write beside it what only she reads."""
    if len(words) > LONGEST_NOTE:
        raise Refused(f"Please keep this to {LONGEST_NOTE} characters; it has {len(words)} now.", "note")
    saved.note = words
    return saved


def see(person: Person, track: Track | None, *, now: datetime, opening_id: int | None = None) -> int:
    """She has seen what changed, in one of them or in all: it counts from now on. How many."""
    mine = SavedOpening.person_id == person.id
    one = SavedOpening.opening_id == opening_id if opening_id is not None else mine
    kept = _with_openings(db.session.scalars(select(SavedOpening).where(mine, one)).all(), track)
    for saved, _, facts in kept:
        saved.facts, saved.seen_at = facts, now
    return len(kept)


def count(person: Person) -> int:
    """How many she keeps."""
    mine = select(func.count()).select_from(SavedOpening).where(SavedOpening.person_id == person.id)
    return db.session.scalar(mine) or 0


def shelf(person: Person, track: Track | None, page: int) -> Shelf:
    """A page of them, what was saved last first; verdicts are compared on the track. A page too far is the last."""
    total = count(person)
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    query = select(SavedOpening).where(SavedOpening.person_id == person.id)
    query = query.order_by(SavedOpening.saved_at.desc(), SavedOpening.opening_id.desc())
    rows = db.session.scalars(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    kept = [
        Kept(saved, opening, snapshots.standing(opening), snapshots.differences(saved.facts, facts))
        for saved, opening, facts in _with_openings(rows, track)
    ]
    return Shelf(kept, total, page, pages)


def _with_openings(
    rows: Sequence[SavedOpening], track: Track | None
) -> list[tuple[SavedOpening, Opening, snapshots.Facts]]:
    """Each with its opening and how that stands now, in a few statements for all."""
    ids = [saved.opening_id for saved in rows]
    seats = selectinload(Opening.seat_rows).selectinload(Seat.placements)
    loaded = select(Opening).options(joinedload(Opening.supervisor), selectinload(Opening.times), seats)
    openings = {opening.id: opening for opening in db.session.scalars(loaded.where(Opening.id.in_(ids)))}
    values = snapshots.verdicts(ids, track)
    return [
        (saved, opening, snapshots.taken(opening, track, values.get(opening.id, "")))
        for saved in rows
        if (opening := openings.get(saved.opening_id))
    ]
