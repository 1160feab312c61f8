"""Which supervisor somebody means who types her name, or the address of her profile."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.db import db
from app.refusals import Refused
from app.supervisors.models import Supervisor

NOBODY = "There is no profile of this name or address. Please copy the address of the profile."
SEVERAL = "There are several of this name. Please copy the address of the profile."


def meant(text: str) -> Supervisor:
    """The published profile that is meant. Refused where there is none, or more than one of that name."""
    text = text.strip()
    slug = text.partition("?")[0].rstrip("/").rpartition("/")[2].lower()
    shown = select(Supervisor).where(Supervisor.published_at.is_not(None))
    if supervisor := db.session.scalar(shown.where(Supervisor.slug == slug[:80])):
        return supervisor
    found = db.session.scalars(shown.where(_plain(Supervisor.name) == _plain(text[:120])).limit(2)).all()
    if len(found) == 1:
        return found[0]
    raise Refused(SEVERAL if found else NOBODY, "whom")


def _plain(name: Any) -> ColumnElement[str]:
    """Small letters, with one kind of apostrophe. The database does it to both: SQLite knows no small ł."""
    return func.replace(func.lower(name), "’", "'")
