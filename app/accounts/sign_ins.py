"""Sessions as rows: a random token in the browser, its SHA-256 here, and how long it lives."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.accounts.models import Person, SignIn
from app.db import db

IDLE, LONGEST = timedelta(days=14), timedelta(days=90)
STEWARD_IDLE, STEWARD_LONGEST = timedelta(hours=12), timedelta(days=7)
SEEN_EVERY = timedelta(hours=1)


def hash_of(token: str) -> str:
    """What is kept of a token. It is 256 random bits: a quick hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_alive(row: SignIn, *, is_steward: bool, now: datetime) -> bool:
    """Whether the session holds: not ended, seen within 14 days (a steward 12 hours), begun within 90 (7) days."""
    idle, longest = (STEWARD_IDLE, STEWARD_LONGEST) if is_steward else (IDLE, LONGEST)
    return row.ended_at is None and now - row.seen_at < idle and now - row.created_at < longest


def find(token: str, *, now: datetime) -> SignIn | None:
    """The living session of a token, if it has one; those of closed accounts are dead."""
    row = db.session.scalar(select(SignIn).where(SignIn.token_hash == hash_of(token)))
    if row is None or row.person.closed_at is not None:
        return None
    return row if is_alive(row, is_steward=row.person.is_steward, now=now) else None


def begin(person: Person, device: str, *, now: datetime) -> str:
    """Begin a session; the token for the browser, which is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    row = SignIn(person_id=person.id, token_hash=hash_of(token), created_at=now, seen_at=now, device=device[:120])
    db.session.add(row)
    db.session.flush()
    return token


def of(person: Person, *, now: datetime) -> list[SignIn]:
    """The living sessions of a person, the one seen last first."""
    rows = db.session.scalars(select(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None)))
    living = [row for row in rows if is_alive(row, is_steward=person.is_steward, now=now)]
    return sorted(living, key=lambda row: row.seen_at, reverse=True)


def end(row: SignIn, *, now: datetime) -> None:
    """End a session for good."""
    row.ended_at = row.ended_at or now


def end_all(person: Person, *, now: datetime, but: SignIn | None = None) -> int:
    """End every session of a person, but perhaps the one; how many."""
    ended = [row for row in of(person, now=now) if row is not but]
    for row in ended:
        end(row, now=now)
    return len(ended)


def is_due(row: SignIn, *, now: datetime) -> bool:
    """Whether it was last noted as seen an hour ago or longer."""
    return row.ended_at is None and now - row.seen_at >= SEEN_EVERY


def note_seen(sign_in_id: int, *, now: datetime) -> None:
    """Note a living session as seen, in a transaction of its own, whatever the request's own did."""
    living = update(SignIn).where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None), SignIn.seen_at < now)
    with db.engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        connection.execute(living.values(seen_at=now))
        connection.commit()
