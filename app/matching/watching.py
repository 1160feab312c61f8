"""Notices which openings, supervisors and free call times a transaction changes, for the index (app/changes.py).

What is dirty or deleted is looked at before it is written, while its columns are still there; what is new afterwards,
when it has a number. A row that goes with its parent (ON DELETE CASCADE) is covered by the parent.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.changes import noted_in
from app.db import Base, db
from app.introcalls.models import BusyCalendar, BusySpan, Call, CallException, CallSettings, CallWindow
from app.openings.models import FreshnessAsk, Opening, OpeningTime, OpeningVerdict, Placement, Seat
from app.supervisors.models import Credential, Supervisor, SupervisorTerm

# Of which kind a row is a change, and of which number.
CHANGES: Mapping[type[Base], tuple[str, str]] = {
    Supervisor: ("supervisor", "id"),
    SupervisorTerm: ("supervisor", "supervisor_id"),
    Credential: ("supervisor", "supervisor_id"),
    Opening: ("opening", "id"),
    OpeningTime: ("opening", "opening_id"),
    OpeningVerdict: ("opening", "opening_id"),
    Seat: ("opening", "opening_id"),
    Placement: ("seat", "seat_id"),
    FreshnessAsk: ("asked", "opening_id"),
    CallSettings: ("calls", "supervisor_id"),
    CallWindow: ("calls", "supervisor_id"),
    CallException: ("calls", "supervisor_id"),
    BusySpan: ("calls", "supervisor_id"),
    Call: ("calls", "supervisor_id"),
}
seats, openings = Seat.__table__.c, Opening.__table__.c


@event.listens_for(db.session, "before_flush")
def _before(session: Session, *_: Any) -> None:
    _note(session, (one for one in session.dirty if type(one) in CHANGES and session.is_modified(one)))
    _note(session, session.deleted)
    for one in session.deleted:
        if isinstance(one, BusyCalendar):  # its spans go with it
            noted_in(session, "calls", [one.supervisor_id])
        elif isinstance(one, Person):  # and with her a profile, perhaps
            noted_in(session, "all", [0])


@event.listens_for(db.session, "after_flush")
def _after(session: Session, _: Any) -> None:
    _note(session, session.new)


def _note(session: Session, rows: Iterable[object]) -> None:
    found: dict[str, set[int]] = {}
    for one in rows:
        if isinstance(one, Base) and (change := CHANGES.get(type(one))):
            kind, name = change
            if (id := getattr(one, name)) is not None:  # a child that left its parent; the parent is noted
                found.setdefault(kind, set()).add(id)
    for kind, ids in found.items():
        noted_in(session, *(LOOK_UPS[kind](session, ids) if kind in LOOK_UPS else (kind, ids)))


def _supervisors_of_seats(session: Session, ids: set[int]) -> tuple[str, set[int]]:
    """Boards limit how many she supervises at once: a seat taken in one opening is felt in all of hers."""
    query = select(openings.supervisor_id).where(openings.id == seats.opening_id, seats.id.in_(ids))
    return "supervisor", set(session.connection().scalars(query))


def _supervisors_asked(session: Session, ids: set[int]) -> tuple[str, set[int]]:
    """How soon she answers stands with each of her openings."""
    return "supervisor", set(session.connection().scalars(select(openings.supervisor_id).where(openings.id.in_(ids))))


LOOK_UPS: Mapping[str, Callable[[Session, set[int]], tuple[str, set[int]]]] = {
    "seat": _supervisors_of_seats,
    "asked": _supervisors_asked,
}
