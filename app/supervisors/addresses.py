"""The address of a profile: chosen by its owner, and the old ones lead to the new one."""

import re
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Person
from app.db import db
from app.refusals import Missing, Refused
from app.supervisors import access
from app.supervisors.models import OldSlug, Supervisor

SHAPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 70


def move(supervisor: Supervisor, slug: str, *, now: datetime) -> None:
    """Give the profile another address and let the present one lead to it. Refused, beside `slug`, if it is taken.

    An address stays with whoever had it first: nobody is given one that once led to another.
    """
    if slug == supervisor.slug:
        return
    if not SHAPE.fullmatch(slug) or len(slug) > LONGEST:
        raise Refused("Small letters, digits and single hyphens between them, such as sam-okafor.", "slug")
    before = db.session.get(OldSlug, slug)
    taken = select(Supervisor.id).where(Supervisor.slug == slug)
    if (before and before.supervisor_id != supervisor.id) or db.session.scalar(taken):
        raise Refused("Someone else has this address. Please choose another.", "slug")
    if before:
        db.session.delete(before)
    db.session.add(OldSlug(slug=supervisor.slug, supervisor_id=supervisor.id, since=now))
    supervisor.slug = slug


def found(slug: str) -> Supervisor:
    """The published profile at this address, or at one it led to before. Missing where there is none."""
    try:
        return access.published(slug)
    except Missing:
        return access.published(moved(slug))


def shown_to(person: Person | None, slug: str) -> Supervisor:
    """As `found`; to its owner her own too while nobody else sees it, for her preview works like the page itself."""
    try:
        return found(slug)
    except Missing:
        hers = access.begun(person) if person else None
        if hers is None or hers.slug != slug:
            raise
        return hers


def moved(slug: str) -> str:
    """The address that an old one leads to. Missing if it was never one of a profile that is published."""
    held = OldSlug.supervisor_id == Supervisor.id
    query = select(Supervisor.slug).join(OldSlug, held).where(OldSlug.slug == slug[:80])
    if found := db.session.scalar(query.where(Supervisor.published_at.is_not(None))):
        return found
    raise Missing
