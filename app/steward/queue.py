"""The verification queue: credentials that wait for a steward, the one that waited longest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, selectinload

from app.accounts.models import Person
from app.db import db
from app.licensure import tracks
from app.licensure.credentials import CODES
from app.openings import verdicts
from app.openings.models import Opening
from app.supervisors import verification
from app.supervisors.models import Credential, CredentialCheck, Supervisor
from app.supervisors.verification import Decision

PAGE = 20
_newest = (
    select(CredentialCheck.id)
    .where(CredentialCheck.credential_id == Credential.id)
    .order_by(CredentialCheck.id.desc())
    .limit(1)
    .correlate(Credential)
    .scalar_subquery()
)


@dataclass(frozen=True)
class Waiting:
    """A credential in the queue, and since when it waits."""

    credential: Credential
    since: datetime


@dataclass(frozen=True)
class Board:
    """A licensing board, and the page where its licenses are looked up (None where we know none)."""

    name: str
    url: str | None


def count() -> int:
    """How many wait for a steward. One that waits for its owner's answer is not among them."""
    return db.session.scalar(select(func.count()).select_from(_waiting(Credential.id).subquery())) or 0


def waiting(page: int = 1) -> list[Waiting]:
    """A page of the queue, PAGE long, the oldest first."""
    query = (
        _waiting(Credential, CredentialCheck.at)
        .options(contains_eager(Credential.supervisor), selectinload(Credential.checks))
        .order_by(CredentialCheck.at, CredentialCheck.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [Waiting(credential, at) for credential, at in db.session.execute(query)]


def oldest_at() -> datetime | None:
    """Since when the first of them waits."""
    query = _waiting(CredentialCheck.at).order_by(CredentialCheck.at).limit(1)
    first: datetime | None = db.session.scalar(query)
    return first


def boards(credential: Credential) -> list[Board]:
    """Where to look a credential up: the board of its state and discipline; without one, every board of the state."""
    code = CODES.get(credential.code)
    rules = tracks.load()
    if track := rules.find(credential.state, code.discipline if code else None):
        return [Board(track.board, track.board_url)]
    found = {track.board: track.board_url for track in rules if track.state == credential.state}
    return [Board(board, url) for board, url in found.items()]


def openings_shown(supervisor_id: int) -> int:
    """How many openings of a supervisor everybody sees: what a decision changes."""
    shown = select(func.count()).where(Opening.supervisor_id == supervisor_id, Opening.status == "published")
    return db.session.scalar(shown) or 0


def decide(credential: Credential, decision: Decision, *, by: Person, now: datetime) -> CredentialCheck:
    """Carry out a decision, and let her openings count by it. Refused with 409 when another steward was quicker."""
    check = verification.decide(credential, decision, by=by, now=now)
    verdicts.refresh_of(credential.supervisor_id, verdicts.today(now))
    return check


def _waiting(*what: Any) -> Any:
    """A select of columns of credentials and their newest check, where she asked last and is still here."""
    return (
        select(*what)
        .select_from(Credential)
        .join(CredentialCheck, CredentialCheck.id == _newest)
        .join(Credential.supervisor)
        .where(Credential.status == "pending", CredentialCheck.decision == "pending", Supervisor.removed_at.is_(None))
    )
