"""A profile from its first draft to the day it is shown: what its owner does to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, union
from sqlalchemy.exc import IntegrityError

from app import audit
from app.accounts.models import Person
from app.db import db
from app.places import areas
from app.refusals import Missing, Refused
from app.supervisors import slugs
from app.supervisors.access import begun
from app.supervisors.models import OldSlug, Supervisor

USUAL_ZONE = "America/New_York"


@dataclass(frozen=True)
class Point:
    """A thing to do before or after a profile is shown: the step it belongs to, what, and why it matters.

    Without `is_needed` nothing is shown. What is not `is_hers` waits for somebody else.
    """

    step: str
    words: str
    why: str
    is_needed: bool = False
    is_hers: bool = True


HEADLINE = Point("you", "Write a headline.", "It is the line people see first.", True)
STATE = Point("you", "Say in which state you work.", "Boards ask where supervision is given.", True)
LICENSE = Point("credentials", "Add a license.", "Without a verified credential no card says “counts”.")
ASK = Point("credentials", "Have your license verified.", "Until a steward has looked it up no card says “counts”.")
WAITS = Point(
    "credentials", "Your license is being verified.", "Until it is, no card says “counts”.", is_hers=False
)
WORK = Point("work", "Say how you work.", "People choose by what you know, and by how you speak of it.")
OPENING = Point("opening", "Add an opening.", "People search openings: a profile alone is not found.")
TIMES = Point("times", "Say when you take calls.", "With times on the page a first call is booked at once.")


def start(*, by: Person, now: datetime) -> Supervisor:
    """The profile she has, or a new draft with name, state and zone of her account. Missing if she does not supervise.

    A draft without a state ("") waits for one: the editors ask for it, and nothing is published without. Of two
    requests at once one makes the draft, and both are given it.
    """
    if not by.is_supervisor:
        raise Missing
    if supervisor := begun(by):
        return supervisor
    state = by.state or ""
    supervisor = Supervisor(
        person=by, slug=free_slug(by.name), name=by.name, state=state, created_at=now, updated_at=now,
        zone=by.zone or (areas.main_zone(state) if state else USUAL_ZONE),
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(supervisor)
    except IntegrityError:
        return db.session.scalars(select(Supervisor).where(Supervisor.person_id == by.id)).one()
    audit.record("profile.started", "supervisor", supervisor.id, by_id=by.id, now=now)
    return supervisor


def show_photo(supervisor: Supervisor, name: str, *, now: datetime) -> str:
    """Let the photograph of that name be hers ("" for none); the name of the one before it."""
    before, supervisor.photo, supervisor.updated_at = supervisor.photo, name, now
    return before


def publish(supervisor: Supervisor, *, by: Person, now: datetime) -> None:
    """Show the profile to everyone. Refused while something needed is missing."""
    if needed := [point.words for point in missing(supervisor) if point.is_needed]:
        raise Refused(f"Before it can be shown: {' '.join(needed)}")
    if supervisor.published_at is None:
        supervisor.published_at = now
        audit.record("profile.published", "supervisor", supervisor.id, by_id=by.id, now=now)


def withdraw(supervisor: Supervisor, *, by: Person, now: datetime) -> None:
    """Show the profile, and with it its openings, to nobody but her."""
    if supervisor.published_at is not None:
        supervisor.published_at = None
        audit.record("profile.withdrawn", "supervisor", supervisor.id, by_id=by.id, now=now)


def missing(supervisor: Supervisor, *, has_opening: bool = False, has_times: bool = False) -> list[Point]:
    """What is still to be done, in the order of the steps, each with the reason. Pure.

    `has_opening` and `has_times` say whether she has an opening that is not closed, and times for calls.
    """
    held = [credential for credential in supervisor.credentials if credential.status != "refused"]
    statuses = {credential.status for credential in held}
    is_asked = bool(statuses & {"verified", "pending"})
    points = (
        (supervisor.headline, HEADLINE),
        (supervisor.state, STATE),
        (held, LICENSE),
        (is_asked or not held, ASK),
        ("verified" in statuses or not is_asked, WAITS),
        (supervisor.about and supervisor.terms_of("specialty"), WORK),
        (has_opening, OPENING),
        (has_times, TIMES),
    )
    return [point for is_there, point in points if not is_there]


def free_slug(name: str) -> str:
    """The address made of a name that no profile has, or had."""
    return slugs.free(name, set(_taken(slugs.slug(name))))


def _taken(base: str) -> Iterable[str]:
    """Addresses that begin so, of profiles now and before."""
    both = (select(table.slug).where(table.slug.startswith(base, autoescape=True)) for table in (Supervisor, OldSlug))
    return db.session.scalars(union(*both))
