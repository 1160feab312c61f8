"""One-use links in letters: a random token in the letter, its SHA-256 here, good for one purpose and a while."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from app.accounts.models import Link, Person
from app.accounts.sign_ins import hash_of
from app.db import db
from app.refusals import Refused

GOOD_FOR = {"verify": timedelta(hours=24), "reset": timedelta(minutes=30)}
AN_HOUR = 5  # letters with a link to one person
Claims = dict[str, Any]


def issue(person: Person, purpose: str, *, now: datetime, claims: Claims | None = None) -> str:
    """Make a link to the person's present address; its token, which is kept nowhere else.

    `claims` is what was said along with asking for it; it stands for nothing until the link is used.
    """
    token = secrets.token_urlsafe(32)
    link = Link(
        person_id=person.id, purpose=purpose, token_hash=hash_of(token), email_key=person.email_key,
        created_at=now, expires_at=now + GOOD_FOR[purpose], claims=claims,
    )
    db.session.add(link)
    db.session.flush()
    return token


def may_issue(person: Person, *, now: datetime) -> bool:
    """Whether the person got fewer than five links within the hour."""
    recent = select(func.count()).where(Link.person_id == person.id, Link.created_at > now - timedelta(hours=1))
    return (db.session.scalar(recent) or 0) < AN_HOUR


def find(token: str, purpose: str, *, now: datetime) -> Link | None:
    """The link of a token if it is still good: of this purpose, unused, in time, sent to the present address."""
    query = select(Link).join(Link.person).where(
        Link.token_hash == hash_of(token), Link.purpose == purpose, Link.used_at.is_(None), Link.expires_at > now,
        Link.email_key == Person.email_key, Person.closed_at.is_(None),
    )
    return db.session.scalar(query)


def use(token: str, purpose: str, *, now: datetime) -> Link:
    """Use a link up. Refused if it is not good; of two at once, one gets it."""
    link = find(token, purpose, now=now)
    if link is not None:
        unused = update(Link).where(Link.id == link.id, Link.used_at.is_(None)).values(used_at=now).returning(Link.id)
        if db.session.scalar(unused):
            return link
    raise Refused("This link has been used, or its time has passed.", status=409)


def end_all(person: Person, *, now: datetime) -> None:
    """No link sent to the person so far does anything any more."""
    db.session.execute(update(Link).where(Link.person_id == person.id, Link.used_at.is_(None)).values(used_at=now))
