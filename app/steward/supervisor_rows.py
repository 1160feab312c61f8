"""Supervisors from a file: a profile, its words, and when she takes intro calls."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.addresses import email_key
from app.accounts.models import Person, Role
from app.db import db
from app.introcalls.models import CallSettings, CallWindow
from app.introcalls.windows import MOST_CALLS
from app.places.models import Place
from app.steward import cells, locations
from app.steward.reading import Column, Fault, Row
from app.supervisors import slugs
from app.supervisors.models import Supervisor, SupervisorTerm

# Column of the file, kind of the vocabulary.
VOCABULARIES = {
    "specialties": "specialty", "modalities": "modality", "populations": "population", "settings": "setting",
    "styles": "style", "languages": "language", "affinities": "affinity",
}  # fmt: skip
PROFILE = ("name", "pronouns", "headline", "about", "figure", "supervisees", "supervising_since")
CALLS = {"call_minutes": "minutes", "call_buffer": "buffer_minutes", "calls_per_week": "max_per_week",
         "join_link": "join_link", "phone": "phone"}  # fmt: skip

COLUMNS = (
    Column("key", cells.key, is_required=True),
    Column("email", cells.email, is_required=True),
    Column("name", cells.text(120), is_required=True),
    Column("pronouns", cells.text(40), empty=""),
    Column("headline", cells.text(200), empty=""),
    Column("about", cells.text(4000, lines=True), empty=""),
    Column("city", cells.text(80), empty=""),
    Column("state", cells.state, is_required=True),
    Column("zip", cells.zip_code, empty=""),
    Column("zone", cells.zone, empty=""),
    *(Column(name, cells.terms(kind), empty=()) for name, kind in VOCABULARIES.items()),
    Column("supervisees", cells.whole(0, 200)),
    Column("supervising_since", cells.whole(1950, 2100)),
    Column("call_minutes", cells.whole(15, 20, step=5), empty=20),
    Column("call_windows", cells.windows, empty=()),
    Column("call_buffer", cells.whole(0, 60, step=5), empty=10),
    Column("call_notice_hours", cells.whole(1, 336), empty=24),
    Column("calls_per_week", cells.whole(1, MOST_CALLS)),
    Column("join_link", cells.link, empty=""),
    Column("phone", cells.phone, empty=""),
    Column("figure", cells.choice(*"abcdefghi"), empty=""),
)


@dataclass
class Known:
    """What the database knows of the rows: profiles by key, people by address, ZIP codes."""

    supervisors: Mapping[str, Supervisor]
    people: Mapping[str, Person]
    owners: Mapping[int, str | None]
    places: Mapping[str, Place]
    calls: Mapping[int, CallSettings]
    windows: Mapping[int, list[CallWindow]]


def look_up(rows: Sequence[Row]) -> Known:
    """Ask the database once for everything the rows may meet."""
    wanted = select(Supervisor).where(Supervisor.external_key.in_(row.values["key"] for row in rows))
    whole = wanted.options(selectinload(Supervisor.terms), joinedload(Supervisor.person))
    supervisors = db.session.scalars(whole).all()
    ids = [one.id for one in supervisors]
    calls = db.session.scalars(select(CallSettings).where(CallSettings.supervisor_id.in_(ids)))
    windows: dict[int, list[CallWindow]] = {}
    for window in db.session.scalars(select(CallWindow).where(CallWindow.supervisor_id.in_(ids))):
        windows.setdefault(window.supervisor_id, []).append(window)
    addresses = [email_key(row.values["email"]) for row in rows]
    people = db.session.scalars(select(Person).where(Person.email_key.in_(addresses))).all()
    owners = select(Supervisor.person_id, Supervisor.external_key)
    return Known(
        supervisors={str(one.external_key): one for one in supervisors},
        people={person.email_key: person for person in people},
        owners=dict(db.session.execute(owners.where(Supervisor.person_id.in_(p.id for p in people))).all()),
        places=locations.look_up(rows),
        calls={one.supervisor_id: one for one in calls},
        windows=windows,
    )


def faults(rows: Sequence[Row], known: Known, *, now: datetime) -> Iterator[Fault]:
    """What is wrong with rows whose cells are right, each by itself."""
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(email_key(row.values["email"]), row.line)
        if first != row.line:
            yield Fault(row.line, "email", f"stands in line {first} already.")
        yield from locations.faults(row, known.places)
        yield from _faults_of_address(row, known)
        yield from _faults_of_calls(row, known)
        if (row.values.get("supervising_since") or 0) > now.year:
            yield Fault(row.line, "supervising_since", "lies in the future.")


def _faults_of_address(row: Row, known: Known) -> Iterator[Fault]:
    key, person = row.values["key"], known.people.get(email_key(row.values["email"]))
    held = known.supervisors.get(key)
    if person and known.owners.get(person.id, key) != key:
        yield Fault(row.line, "email", "belongs to another supervisor here.")
    elif person and person.closed_at:
        yield Fault(row.line, "email", "belongs to an account that was closed.")
    elif held and (person or held.person) is not held.person:
        yield Fault(row.line, "email", "belongs to another account here.")
    elif held and not person and held.person.password_hash:
        yield Fault(row.line, "email", "she signs in with another address, which only she can change.")


def _faults_of_calls(row: Row, known: Known) -> Iterator[Fault]:
    windows = row.values.get("call_windows") or ()
    if not windows:
        return
    held = known.supervisors.get(row.values["key"])
    settings = known.calls.get(held.id) if held else None
    reached = (row.values.get(name) or (settings and getattr(settings, name)) for name in ("join_link", "phone"))
    if not any(reached):
        yield Fault(row.line, "join_link", "intro calls need a join_link or a phone.")
    length = row.values.get("call_minutes") or (settings.minutes if settings else 20)
    if any(end - start < length for _, start, end in windows):
        yield Fault(row.line, "call_windows", f"a stretch is shorter than a call of {length} minutes.")


def apply(rows: Sequence[Row], known: Known, *, now: datetime) -> tuple[int, int]:
    """Write the rows; how many are new, and how many were there before. The rows have no faults."""
    taken = set(db.session.scalars(select(Supervisor.slug)))
    added: list[Supervisor] = []
    for row in rows:
        supervisor = known.supervisors.get(row.values["key"])
        if supervisor is None:
            supervisor = _new(row, known, taken, now)
            added.append(supervisor)
        _fill(supervisor, row, known, now)
    db.session.flush()
    by_key = {**known.supervisors, **{str(one.external_key): one for one in added}}
    for row in rows:
        _take_calls(by_key[row.values["key"]], row, known)
    return len(added), len(rows) - len(added)


def _new(row: Row, known: Known, taken: set[str], now: datetime) -> Supervisor:
    values = row.values
    person = known.people.get(email_key(values["email"])) or Person(name=values["name"], created_at=now, roles=[])
    slug = slugs.free(values["name"], taken)
    taken.add(slug)
    supervisor = Supervisor(person=person, external_key=values["key"], slug=slug, created_at=now, published_at=now)
    db.session.add(supervisor)
    return supervisor


def _fill(supervisor: Supervisor, row: Row, known: Known, now: datetime) -> None:
    _fill_person(supervisor, row, now)
    for name in PROFILE:
        if name in row.values:
            setattr(supervisor, name, row.values[name])
    place = locations.place_of(row, known.places, before=supervisor)
    for name, value in place.items():
        setattr(supervisor, name, value)
    if supervisor.person.zone is None:
        supervisor.person.zone = supervisor.zone
    _choose_words(supervisor, row)
    if db.session.is_modified(supervisor):
        supervisor.updated_at = now


def _fill_person(supervisor: Supervisor, row: Row, now: datetime) -> None:
    """The import vouches for the address. Whoever signed up with it before and never proved it loses that password."""
    person = supervisor.person
    if person.verified_at is None:
        person.verified_at, person.password_hash = now, None
    person.email, person.email_key = row.values["email"], email_key(row.values["email"])
    if supervisor.name in (None, person.name):
        person.name = row.values["name"]
    role = next((role for role in person.roles if role.role == "supervisor"), None)
    if role is None:
        person.roles.append(Role(role="supervisor", given_at=now))
    else:
        role.ended_at = None


def _choose_words(supervisor: Supervisor, row: Row) -> None:
    """Replace the words of each vocabulary that the file speaks of; leave the others."""
    said = {kind: row.values[name] for name, kind in VOCABULARIES.items() if name in row.values}
    before = {(word.kind, word.term): word for word in supervisor.terms}
    kept = [word for word in supervisor.terms if word.kind not in said]
    for kind, terms in said.items():
        for position, term in enumerate(terms):
            word = before.get((kind, term)) or SupervisorTerm(kind=kind, term=term)
            word.position = position
            kept.append(word)
    if {(word.kind, word.term) for word in kept} != before.keys():
        supervisor.terms = kept


def _take_calls(supervisor: Supervisor, row: Row, known: Known) -> None:
    """Set when she takes intro calls, if the file says anything of that."""
    said: dict[str, Any] = {field: row.values[name] for name, field in CALLS.items() if name in row.values}
    if "call_notice_hours" in row.values:
        said["notice_minutes"] = row.values["call_notice_hours"] * 60
    settings = known.calls.get(supervisor.id)
    windows = row.values.get("call_windows")
    if settings is None and not windows:
        return
    if settings is None:
        settings = CallSettings(supervisor_id=supervisor.id)
        db.session.add(settings)
    for name, value in {**said, "zone": supervisor.zone}.items():
        setattr(settings, name, value)
    if windows is not None:
        _replace_windows(supervisor.id, known.windows.get(supervisor.id, []), windows)


def _replace_windows(supervisor_id: int, held: list[CallWindow], windows: Sequence[tuple[int, int, int]]) -> None:
    if sorted((one.weekday, one.start_minute, one.end_minute) for one in held) == list(windows):
        return
    for window in held:
        db.session.delete(window)
    for weekday, start, end in windows:
        window = CallWindow(supervisor_id=supervisor_id, weekday=weekday, start_minute=start, end_minute=end)
        db.session.add(window)
