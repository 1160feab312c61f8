"""Credentials from a file: one a line, with the decision on it if one was made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import db
from app.licensure.credentials import CODES
from app.steward import cells
from app.steward.reading import Column, Fault, Row
from app.supervisors.models import Credential, CredentialCheck, Supervisor

FACTS = {"number": "number", "issued": "issued_on", "expires": "expires_on", "suspended": "suspended_on",
         "approved": "approved", "training_hours": "training_hours", "training_on": "training_on"}  # fmt: skip

COLUMNS = (
    Column("supervisor_key", cells.key, is_required=True),
    Column("code", cells.code, is_required=True),
    Column("state", cells.state),
    Column("number", cells.text(40), empty=""),
    Column("issued", cells.day),
    Column("expires", cells.day),
    Column("suspended", cells.day),
    Column("approved", cells.flag),
    Column("training_hours", cells.whole(0, 2000)),
    Column("training_on", cells.day),
    Column("decision", cells.choice("pending", "verified", "refused")),
    Column("decided_on", cells.day),
    Column("source", cells.text(200), empty=""),
    Column("held", cells.flag, empty=True),
)
Name = tuple[str, str, str | None]


@dataclass
class Known:
    """Supervisors by key, and their credentials by (key, code, state)."""

    supervisors: Mapping[str, Supervisor]
    credentials: Mapping[Name, Credential]


def look_up(rows: Sequence[Row]) -> Known:
    """Ask the database once for everything the rows may meet."""
    wanted = select(Supervisor).where(Supervisor.external_key.in_({row.values["supervisor_key"] for row in rows}))
    whole = wanted.options(selectinload(Supervisor.credentials).selectinload(Credential.checks))
    supervisors = {str(one.external_key): one for one in db.session.scalars(whole)}
    held = {(key, one.code, one.state): one for key, who in supervisors.items() for one in who.credentials}
    return Known(supervisors, held)


def name_of(row: Row) -> Name:
    """What makes a credential the same one: whose it is, its code, its state."""
    return row.values["supervisor_key"], row.values["code"], row.values.get("state")


def faults(rows: Sequence[Row], known: Known, *, now: datetime) -> Iterator[Fault]:
    """What is wrong with rows whose cells are right, each by itself."""
    seen: dict[Name, int] = {}
    for row in rows:
        first = seen.setdefault(name_of(row), row.line)
        if first != row.line:
            yield Fault(row.line, "code", f"this credential stands in line {first} already.")
        if row.values["supervisor_key"] not in known.supervisors:
            yield Fault(row.line, "supervisor_key", "no supervisor here has this key; import supervisors first.")
        yield from _faults_of_state(row)
        yield from _faults_of_dates(row, now.date())
        yield from _faults_of_decision(row)


def _faults_of_state(row: Row) -> Iterator[Fault]:
    code, state = CODES[row.values["code"]], row.values.get("state")
    if code.kind == "national" and state:
        yield Fault(row.line, "state", f"{code.code} is given by a national body; leave the state empty.")
    if code.kind != "national" and not state:
        yield Fault(row.line, "state", f"{code.code} is given by a state: which?")


def _faults_of_dates(row: Row, today: date) -> Iterator[Fault]:
    for name in ("issued", "training_on", "decided_on"):
        if (day := row.values.get(name)) and day > today:
            yield Fault(row.line, name, "lies in the future.")
    issued, expires = row.values.get("issued"), row.values.get("expires")
    if issued and expires and expires < issued:
        yield Fault(row.line, "expires", "is before the day of issue.")


def _faults_of_decision(row: Row) -> Iterator[Fault]:
    made = [name for name in ("decision", "decided_on", "source") if row.values.get(name)]
    if not made:
        return
    yield from (
        Fault(row.line, name, "a decision needs decision, decided_on and source.")
        for name in ("decision", "decided_on", "source")
        if name not in made
    )


def apply(rows: Sequence[Row], known: Known, *, now: datetime) -> tuple[int, int]:
    """Write the rows; how many are new, and how many were there before. The rows have no faults."""
    added = 0
    for row in rows:
        supervisor = known.supervisors[row.values["supervisor_key"]]
        credential = known.credentials.get(name_of(row))
        if not row.values.get("held", True):
            if credential:
                supervisor.credentials.remove(credential)
            continue
        if credential is None:
            _, code, state = name_of(row)
            credential = Credential(code=code, state=state, number="", status="self_reported")
            supervisor.credentials.append(credential)
            added += 1
        _fill(credential, row, now)
    db.session.flush()
    return added, len(rows) - added


def _fill(credential: Credential, row: Row, now: datetime) -> None:
    number, newest = credential.number, credential.checks[-1] if credential.checks else None
    for name, field in FACTS.items():
        if name in row.values:
            setattr(credential, field, row.values[name])
    if newest and credential.number != number:
        note = "The number changed in an import; what was decided before holds for the old one."
        _decide(credential, "pending", source="import", note=note, at=now)
    if row.values.get("decision"):
        _take_decision(credential, row, newest, now)


def _take_decision(credential: Credential, row: Row, newest: CredentialCheck | None, now: datetime) -> None:
    """Record the file's decision, unless the newest before was made later, or is the very same."""
    decided_on: date = row.values["decided_on"]
    at = min(now, datetime.combine(decided_on, time(12), UTC))
    if newest and (newest.at > at or (newest.decision, newest.at.date()) == (row.values["decision"], decided_on)):
        return
    _decide(credential, row.values["decision"], source=row.values["source"], note="", at=at)


def _decide(credential: Credential, decision: str, *, source: str, note: str, at: datetime) -> None:
    credential.checks.append(CredentialCheck(decision=decision, source=source, note=note, at=at))
    credential.status = decision
