"""A profile from its first draft to the day it is shown: what its owner does to it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, union
from sqlalchemy.exc import IntegrityError

from app import audit
from app.accounts.models import Person
from app.db import db
from app.places import areas
from app.refusals import Missing
from app.supervisors import slugs
from app.supervisors.access import begun
from app.supervisors.models import OldSlug, Supervisor

USUAL_ZONE = "America/New_York"


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


def free_slug(name: str) -> str:
    """The address made of a name that no profile has, or had."""
    return slugs.free(name, set(_taken(slugs.slug(name))))


def _taken(base: str) -> Iterable[str]:
    """Addresses that begin so, of profiles now and before."""
    both = (select(table.slug).where(table.slug.startswith(base, autoescape=True)) for table in (Supervisor, OldSlug))
    return db.session.scalars(union(*both))
