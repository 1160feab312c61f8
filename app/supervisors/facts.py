"""A supervisor as the rules see her: what licensure.eligibility is given."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from app.db import db
from app.licensure.credentials import CODES
from app.licensure.facts import Facts, Held
from app.supervisors.models import Credential, CredentialCheck, Supervisor

_people, _credentials = Supervisor.__table__, Credential.__table__
PEOPLE = select(_people.c.id, _people.c.name, _people.c.supervisees).where(
    _people.c.id.in_(bindparam("ids", expanding=True))
)
LISTED = (
    select(_credentials)
    .where(_credentials.c.supervisor_id.in_(bindparam("ids", expanding=True)))
    .order_by(_credentials.c.id)
)


def facts_of(supervisor: Supervisor, *, placements: int = 0) -> Facts:
    """What a verdict with all its sentences rests on. `placements` are the seats taken in her openings here."""
    held = tuple(_held(one, proof(one)) for one in supervisor.credentials if _is_held(one))
    return Facts(supervisor.first_name, held, supervisor.supervisees, placements)


def load(supervisor_ids: Iterable[int]) -> dict[int, Facts]:
    """Facts of many at once, in two statements; without placements, and without who verified what when."""
    ids = list(supervisor_ids)
    held = held_by(ids)
    people = db.session.execute(PEOPLE, {"ids": ids})
    return {row.id: Facts(row.name.split()[0], held.get(row.id, ()), row.supervisees) for row in people}


def held_by(supervisor_ids: Iterable[int]) -> dict[int, tuple[Held, ...]]:
    """Credentials of many at once, in one statement; those who hold none are left out."""
    held: dict[int, tuple[Held, ...]] = {}
    for row in db.session.execute(LISTED, {"ids": list(supervisor_ids)}):
        if _is_held(row):
            held[row.supervisor_id] = (*held.get(row.supervisor_id, ()), _held(row))
    return held


def proof(credential: Credential) -> CredentialCheck | None:
    """The check that made a credential verified, if it is."""
    if credential.status != "verified":
        return None
    return next((check for check in reversed(credential.checks) if check.decision == "verified"), None)


def _is_held(row: Any) -> bool:
    """What a check found not to hold is nothing that she holds."""
    return row.code in CODES and row.status != "refused"


def _held(row: Any, check: CredentialCheck | None = None) -> Held:
    """`row` is a Credential, or a row with its columns."""
    return Held(
        code=row.code,
        state=row.state,
        issued=row.issued_on,
        expires=row.expires_on,
        suspended=row.suspended_on,
        verified=row.status == "verified",
        verified_on=_day(check),
        verified_by=check.source or None if check else None,
        approved=row.approved,
        training_hours=row.training_hours,
    )


def _day(check: CredentialCheck | None) -> date | None:
    return check.at.date() if check else None
