"""Who may see a profile: the look-up is the permission."""

from sqlalchemy import select

from app.db import db
from app.refusals import Missing
from app.supervisors.models import Supervisor


def published(slug: str) -> Supervisor:
    """The published profile at this address. Missing when there is none, or it is not published."""
    query = select(Supervisor).where(Supervisor.slug == slug[:80], Supervisor.published_at.is_not(None))
    if supervisor := db.session.scalar(query):
        return supervisor
    raise Missing
