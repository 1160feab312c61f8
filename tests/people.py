"""The cast, and what they own: plain functions that add rows with believable defaults and flush.

Ana, an associate in Arizona counseling; Ben, another; Sam, a verified supervisor; Pat, not yet verified; Wes, the
steward; Zoe, a stranger. `now` is the frozen clock of the tests.
"""

import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import func, select

from app import clock
from app.accounts import passwords
from app.accounts.addresses import email_key
from app.accounts.models import Person, Role
from app.db import begin_writing, db
from app.introcalls.models import CELL_MINUTES, Call, CallCell, CallSettings, CallWindow
from app.openings.models import Opening, OpeningTime, Placement, Seat
from app.supervisors.models import Credential, CredentialCheck, Supervisor, SupervisorTerm

Row = TypeVar("Row")
PASSWORD = "a longer walk by the river"
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
WORKING_DAYS = tuple((day, 9 * 60, 17 * 60) for day in (MON, TUE, WED, THU, FRI))


def ana() -> Person:
    """An associate counselor in Arizona."""
    return make_person("Ana Ruiz", roles=("supervisee",), state="AZ", discipline="counseling", zone="America/Phoenix")


def ben() -> Person:
    """Another associate counselor in Arizona."""
    return make_person("Ben Carter", roles=("supervisee",), state="AZ", discipline="counseling", zone="America/Phoenix")


def sam() -> Supervisor:
    """A supervisor in Arizona with a verified licence."""
    return make_supervisor("Sam Okafor")


def pat() -> Supervisor:
    """A supervisor in Arizona whose licence nobody has checked."""
    return make_supervisor("Pat Lindqvist", status="self_reported")


def wes() -> Person:
    """The steward."""
    return make_person("Wes Hart", roles=("steward",))


def zoe() -> Person:
    """A stranger: signed in, party to nothing."""
    return make_person("Zoe Novak", roles=("supervisee",), state="TX", discipline="counseling", zone="America/Chicago")


def make_person(
    name: str = "Robin Vale",
    *,
    email: str | None = None,
    roles: Iterable[str] = ("supervisee",),
    is_verified: bool = True,
    password: str | None = None,
    **columns: Any,
) -> Person:
    """A person with an account, verified unless told otherwise, and without a password unless one is given."""
    now = clock.now()
    email = email or _email(name)
    person = Person(
        name=name,
        email=email,
        email_key=email_key(email),
        password_hash=hash_of(password) if password else None,
        created_at=now,
        verified_at=now if is_verified else None,
        roles=[Role(role=role, given_at=now) for role in roles],
        **columns,
    )
    return _added(person)


def make_supervisor(
    name: str = "Sam Okafor",
    *,
    code: str | None = "LPC",
    state: str = "AZ",
    status: str = "verified",
    specialties: Sequence[str] = ("trauma", "anxiety"),
    is_published: bool = True,
    person: Person | None = None,
    **columns: Any,
) -> Supervisor:
    """A published profile with one credential: `code` in `state`, of that `status` (code None: no credential)."""
    now = clock.now()
    place = {"city": "Tucson", "zip": "85701", "latitude": 32.2174, "longitude": -110.9699, "zone": "America/Phoenix"}
    supervisor = Supervisor(
        person=person or make_person(name, roles=("supervisor",), zone=columns.get("zone", place["zone"])),
        name=name,
        slug=_free_slug(name),
        state=state,
        created_at=now,
        updated_at=now,
        published_at=now if is_published else None,
        terms=[SupervisorTerm(kind="specialty", term=term, position=n) for n, term in enumerate(specialties)],
        **{**place, "headline": "Trauma-informed supervision for associates", **columns},
    )
    _added(supervisor)
    if code:
        make_credential(supervisor, code, state=state, status=status)
    return supervisor


def make_credential(
    supervisor: Supervisor, code: str = "LPC", *, state: str | None = "AZ", status: str = "verified", **columns: Any
) -> Credential:
    """A licence held since 2014 and good for two more years; with the check that gave it its status."""
    now = clock.now()
    usual = {
        "number": "15234",
        "issued_on": date(2014, 5, 1),
        "expires_on": now.date() + timedelta(days=730),
        "approved": True,
        "training_hours": 45,
        "training_on": date(2016, 3, 1),
    }
    credential = Credential(supervisor=supervisor, code=code, state=state, status=status, **{**usual, **columns})
    if status != "self_reported":
        credential.checks.append(CredentialCheck(decision=status, source="the board's public look-up", at=now))
    return _added(credential)


def make_opening(
    supervisor: Supervisor,
    *,
    format: str = "individual",
    seats: int | None = None,
    taken: int = 0,
    times: Iterable[tuple[int, int]] = ((TUE, 17 * 60 + 30),),
    fee: int = 100,
    **columns: Any,
) -> Opening:
    """A published opening, online, weekly; `fee` in dollars, `times` as (weekday, local minute), `taken` seats gone."""
    now = clock.now()
    usual = {
        "title": "Individual supervision" if format == "individual" else "Consultation group",
        "online": True,
        "in_person": False,
        "fee_cents": fee * 100,
        "city": supervisor.city,
        "state": supervisor.state,
        "zip": supervisor.zip,
        "latitude": supervisor.latitude,
        "longitude": supervisor.longitude,
        "zone": supervisor.zone,
        "minutes": 60 if format == "individual" else 90,
        "created_at": now,
        "updated_at": now,
        "published_at": now,
        "confirmed_at": now,
    }
    seats = seats or (1 if format == "individual" else 6)
    opening = Opening(
        supervisor=supervisor,
        format=format,
        seats=seats,
        times=[OpeningTime(weekday=day, start_minute=minute) for day, minute in times],
        seat_rows=[Seat(no=no) for no in range(1, seats + 1)],
        **{**usual, **columns},
    )
    for seat in opening.seat_rows[:taken]:
        seat.placements.append(Placement(started_at=now))
    return _added(opening)


def make_call_settings(
    supervisor: Supervisor, *, windows: Iterable[tuple[int, int, int]] = WORKING_DAYS, **columns: Any
) -> CallSettings:
    """Intro calls of 20 minutes on working days from 9 to 5; `windows` as (weekday, from, to) in local minutes."""
    usual = {"zone": supervisor.zone, "join_link": "https://meet.example.org/sam"}
    settings = _added(CallSettings(supervisor_id=supervisor.id, **{**usual, **columns}))
    for weekday, start, end in windows:
        _added(CallWindow(supervisor_id=supervisor.id, weekday=weekday, start_minute=start, end_minute=end))
    return settings


def make_call(
    supervisor: Supervisor,
    person: Person | None = None,
    *,
    starts_at: datetime,
    minutes: int = 20,
    buffer: int = 10,
    status: str = "confirmed",
    **columns: Any,
) -> Call:
    """A call, with the cells it claims while it is held or confirmed; a guest's when `person` is None."""
    now = clock.now()
    name, email = (person.name, person.email) if person else ("Gale Guest", "gale@example.org")
    usual = {
        "public_id": secrets.token_urlsafe(16),
        "created_at": now,
        "held_until": now + timedelta(minutes=30) if status == "held" else None,
        "confirmed_at": now if status == "confirmed" else None,
        "zone": "America/Phoenix",
    }
    call = Call(
        supervisor=supervisor,
        person=person,
        name=name,
        email=email,
        email_key=email_key(email),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        status=status,
        **{**usual, **columns},
    )
    if status in {"held", "confirmed"}:
        first = int(starts_at.astimezone(UTC).timestamp()) // (60 * CELL_MINUTES)
        claimed = range(first, first + (minutes + buffer) // CELL_MINUTES)
        call.cells = [CallCell(supervisor_id=supervisor.id, cell=cell) for cell in claimed]
    return _added(call)


@cache
def hash_of(password: str) -> str:
    """The hash of a password, made once: it is slow on purpose."""
    return passwords.hash(password)


def _writing() -> None:
    """Take SQLite's write lock with the first statement, for a running instance may write in between."""
    if not db.session.registry().in_transaction():
        begin_writing()


def _added(row: Row) -> Row:
    _writing()
    db.session.add(row)
    db.session.flush()
    return row


def _email(name: str) -> str:
    """name@example.org, or with a number behind it when another has that already."""
    _writing()
    base = _dashed(name).replace("-", ".")
    namesakes = db.session.scalar(select(func.count()).where(Person.email_key.startswith(base, autoescape=True)))
    return f"{base}{namesakes or ''}@example.org"


def _free_slug(name: str) -> str:
    _writing()
    base = _dashed(name)
    namesakes = db.session.scalar(select(func.count()).where(Supervisor.slug.startswith(base, autoescape=True)))
    return f"{base}-{namesakes}" if namesakes else base


def _dashed(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
