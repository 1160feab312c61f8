"""Choosing a password: by a letter when it is forgotten or was never set, or with the old one."""

from datetime import datetime

from app import audit
from app.accounts import links, people, registration, sign_ins
from app.accounts.models import Person, SignIn
from app.accounts.sign_ins import hash_of
from app.accounts.signing_in import Judged
from app.notifications.outbox import post
from app.refusals import Refused


def ask_reset(email: str, *, now: datetime) -> None:
    """Send a link to choose a password, good for 30 minutes, if someone has the address. Who asks learns nothing."""
    person = people.find(email)
    if person is None or person.closed_at is not None or not links.may_issue(person, now=now):
        return
    token = links.issue(person, "reset", now=now)
    post(
        "accounts/reset", to_email=person.email, to_name=person.name, key=f"accounts/reset/{hash_of(token)}", now=now,
        facts={"name": person.name}, secrets={"path": f"/reset/{token}"},
    )


def reset(token: str, password_hash: str, *, now: datetime) -> Person:
    """Choose a password by the link, which proves the address too. Refused if it is not good."""
    link = links.use(token, "reset", now=now)
    choose(link.person, password_hash, now=now)
    registration.prove(link.person, now=now)
    return link.person


def choose(person: Person, password_hash: str, *, now: datetime, keep: SignIn | None = None) -> None:
    """Set the password; every session but `keep` and every link ends, and a letter says that it happened."""
    person.password_hash = password_hash
    sign_ins.end_all(person, now=now, but=keep)
    links.end_all(person, now=now)
    audit.record("password.chosen", "person", person.id, by_id=person.id, now=now)
    post(
        "accounts/password", to_email=person.email, to_name=person.name,
        key=f"accounts/password/{person.id}/{now.isoformat()}", now=now, facts={"name": person.name},
    )


def change(person: Person, judged: Judged, password_hash: str, *, keep: SignIn | None, now: datetime) -> None:
    """Choose another password with the old one, unless she never had any. Refused if the old one is wrong."""
    if person.password_hash is not None and not (judged.matches and judged.kept == person.password_hash):
        raise Refused("This is not your present password.", field="current")
    choose(person, password_hash, now=now, keep=keep)
