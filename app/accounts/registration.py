"""Opening an account: nothing that is said of an address stands until a letter to it was answered."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from app import audit
from app.accounts import links, people
from app.accounts.models import Link, Person
from app.accounts.sign_ins import hash_of
from app.db import db
from app.licensure.tracks import Track
from app.notifications.outbox import post
from app.refusals import Refused

ROLES = ("supervisee", "supervisor")
GOALS = ("licensure", "consultation")


@dataclass(frozen=True)
class Claim:
    """What someone typed at sign-up. `browser` is the SHA-256 of a mark that only the browser she used carries."""

    name: str
    password_hash: str
    role: str = "supervisee"
    goal: str = "licensure"
    zone: str | None = None
    state: str | None = None
    discipline: str | None = None
    browser: str = ""


def register(email: str, claim: Claim, *, now: datetime) -> None:
    """Ask for an account. The letter tells whether there is one already; the caller cannot.

    A verified person gets word that she has an account. Anyone else gets a new link that carries the claim.
    """
    person = people.find_or_make(email, claim.name, now=now)
    if person.closed_at is not None or not links.may_issue(person, now=now):
        return
    if person.verified_at is not None:
        _post_already(person, now=now)
        return
    _post_link(person, asdict(claim), now=now)


def ask_again(email: str, *, now: datetime) -> None:
    """Send the link of a sign-up anew, if one is unanswered. The caller learns nothing."""
    person = people.find(email)
    if person is not None and person.verified_at is None and person.closed_at is None:
        resend(person, now=now)


def resend(person: Person, *, now: datetime) -> None:
    """Send the newest unanswered link anew, five an hour at most."""
    link = unanswered(person)
    if link is not None and links.may_issue(person, now=now):
        _post_link(person, link.claims or {}, now=now)


def unanswered(person: Person) -> Link | None:
    """The newest verification link that was never used, though its time may have passed."""
    newest = select(Link).where(Link.person_id == person.id, Link.purpose == "verify", Link.used_at.is_(None))
    return db.session.scalar(newest.order_by(Link.created_at.desc(), Link.id.desc()).limit(1))


def is_from(link: Link, browser: str) -> bool:
    """Whether the link was asked for in the browser that carries this mark."""
    return bool(browser) and (link.claims or {}).get("browser") == hash_of(browser)


def verify(token: str, *, now: datetime, password_hash: str | None = None) -> Person:
    """Answer the letter: the address is proven, and what was claimed along with it holds. Refused if it is not good.

    `password_hash` replaces the claimed password. Whoever answers from another browser than the one of the sign-up must
    choose one: a stranger may have signed up with her address and a password that he knows.
    """
    link = links.use(token, "verify", now=now)
    person, claims = link.person, link.claims or {}
    for column in ("name", "goal", "zone", "state", "discipline"):
        setattr(person, column, claims.get(column) or getattr(person, column))
    person.password_hash = password_hash or claims["password_hash"]
    people.give_role(person, claims["role"], by=None, now=now)
    prove(person, now=now)
    return person


def open_by_call(email: str, name: str, zone: str, now: datetime) -> Person:
    """The person who answered a letter about a call; an account is opened if she has none.

    Refused when her account was closed.
    """
    person = people.find_or_make(email, name, now=now)
    if person.closed_at is not None:
        raise Refused("The account with this address is closed. Write to us to open it again.", status=409)
    if person.verified_at is None:
        person.zone = person.zone or zone
        if not any(person.has_role(role) for role in ROLES):
            people.give_role(person, "supervisee", by=None, now=now)
        prove(person, now=now)
    return person


def follow(person: Person, track: Track | None) -> None:
    """Take over the track that a new person chose while she was a guest, if she did and has none."""
    if track and person.state is None:
        person.state, person.discipline = track.state, track.discipline


def prove(person: Person, *, now: datetime) -> None:
    """Note that the person reads the mail of her address, and end the links sent to it."""
    if person.verified_at is None:
        person.verified_at = now
        audit.record("person.verified", "person", person.id, by_id=person.id, now=now)
    links.end_all(person, now=now)


def _post_link(person: Person, claims: links.Claims, *, now: datetime) -> None:
    """The letter repeats nothing that was typed but the address: anyone may have typed it, to anyone."""
    token = links.issue(person, "verify", now=now, claims=claims)
    post(
        "accounts/verify", to_email=person.email, to_name="", key=f"accounts/verify/{hash_of(token)}", now=now,
        facts={}, secrets={"path": f"/verify/{token}"},
    )


def _post_already(person: Person, *, now: datetime) -> None:
    post(
        "accounts/already", to_email=person.email, to_name=person.name,
        key=f"accounts/already/{person.id}/{now.isoformat()}", now=now, facts={"name": person.name},
    )
