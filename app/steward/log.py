"""The log of deeds, as a steward reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.accounts.models import Person
from app.audit import Deed
from app.db import db

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One deed: who did it (None: the machine, or someone who is gone), what, to what."""

    at: datetime
    by: str | None
    deed: str
    subject: str
    subject_id: int | None
    facts: dict[str, Any]


def newest(page: int = 1) -> list[Line]:
    """A page of the log, the newest first: PAGE lines, and one more where another page follows."""
    query = select(Deed, Person.name).outerjoin(Person, Person.id == Deed.by_id).order_by(Deed.id.desc())
    rows = db.session.execute(query.limit(PAGE + 1).offset((page - 1) * PAGE))
    return [Line(one.at, name, one.deed, one.subject, one.subject_id, one.facts) for one, name in rows]
