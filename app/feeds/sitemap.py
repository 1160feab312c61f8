"""What search engines may know of: published profiles and openings, in files of at most so many addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from app.db import db
from app.openings.models import Opening
from app.supervisors.models import Supervisor

LARGEST = 50_000  # addresses in one file, as sitemaps.org has it
KINDS = ("supervisors", "openings")


@dataclass(frozen=True)
class Known:
    """A slug or a number, and when what stands there last changed."""

    name: str
    changed: datetime


def counted() -> dict[str, int]:
    """How many published profiles and openings there are."""
    return {kind: db.session.scalar(select(func.count()).select_from(_of(kind).subquery())) or 0 for kind in KINDS}


def files(counts: dict[str, int], others: int) -> list[tuple[str, int]]:
    """The kind and number of each file that an index names; none where one file holds all, with `others` beside."""
    if sum(counts.values()) + others <= LARGEST:
        return []
    split = [(kind, number) for kind, n in counts.items() for number in range(1, -(-n // LARGEST) + 1)]
    return [("pages", 1), *split]


def known(kind: str, number: int) -> Sequence[Known]:
    """What the file of that number holds, counted from 1, in an order that does not change."""
    rows = db.session.execute(_of(kind).limit(LARGEST).offset((number - 1) * LARGEST))
    return [Known(str(name), at) for name, at in rows]


def _of(kind: str) -> Select[Any, datetime]:
    if kind == "supervisors":
        profiles = select(Supervisor.slug, Supervisor.updated_at)
        return profiles.where(Supervisor.published_at.is_not(None)).order_by(Supervisor.id)
    shown = Opening.status == "published", Supervisor.published_at.is_not(None)
    return select(Opening.id, Opening.updated_at).join(Opening.supervisor).where(*shown).order_by(Opening.id)
