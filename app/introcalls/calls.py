"""Who may see a call, and how it stands."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager

from app.accounts.models import Person
from app.db import db
from app.introcalls.ics import Meeting, Organizer
from app.introcalls.models import Call, CallSettings
from app.refusals import Missing
from app.supervisors.models import Supervisor


def for_party(public_id: str, person: Person) -> Call:
    """The call at this address, for the two who have it. Missing for everybody else, and for what was merely held."""
    query = (
        select(Call)
        .join(Call.supervisor)
        .options(contains_eager(Call.supervisor))
        .where(Call.public_id == public_id[:32], Call.status.in_(("confirmed", "cancelled")), _is_of(person))
    )
    if call := db.session.scalar(query):
        return call
    raise Missing


def find(public_id: str) -> Call | None:
    """The call of that address, whoever asks: for those who proved to have made it."""
    return db.session.scalar(select(Call).where(Call.public_id == public_id[:32]))


def for_person(person: Person, now: datetime) -> list[Call]:
    """The calls a person has before her, as supervisee or supervisor, the next one first."""
    query = (
        select(Call)
        .join(Call.supervisor)
        .options(contains_eager(Call.supervisor))
        .where(Call.status == "confirmed", Call.ends_at > now, _is_of(person))
        .order_by(Call.starts_at)
    )
    return list(db.session.scalars(query))


def is_supervisors(call: Call, person: Person) -> bool:
    """Whether the person is the call's supervisor, rather than the one who asked for it."""
    return call.supervisor.person_id == person.id


def state(call: Call, now: datetime) -> str:
    """held, confirmed, over, cancelled or expired."""
    if call.status == "held" and call.held_until is not None and call.held_until <= now:
        return "expired"
    return "over" if call.status == "confirmed" and call.ends_at <= now else call.status


def settings_of(call: Call) -> CallSettings | None:
    """How the supervisor is reached: `link` or `phone`."""
    return db.session.get(CallSettings, call.supervisor_id)


def meeting(call: Call, organizer: Organizer, now: datetime) -> Meeting:
    """The call as calendars are told of it now. What was written to one another stays out."""
    settings = settings_of(call)
    where = (settings.link or settings.phone) if settings else ""
    url = f"{organizer.base_url}/calls/{call.public_id}" if organizer.base_url else ""
    how = f"{'Join' if settings and settings.link else f'Call {call.supervisor.name}'}: {where}" if where else ""
    return Meeting(
        uid=f"{call.public_id}@second-chair",
        summary=f"Intro call: {call.supervisor.name} and {call.name}",
        description="\n".join(part for part in (how, f"The call: {url}" if url else "") if part),
        location=where,
        url=url,
        starts_at=call.starts_at,
        ends_at=call.ends_at,
        attendees=((call.supervisor.name, call.supervisor.person.email), (call.name, call.email)),
        sequence=call.sequence,
        told_at=now,
    )


def _is_of(person: Person) -> ColumnElement[bool]:
    return or_(Call.person_id == person.id, Supervisor.person_id == person.id)
