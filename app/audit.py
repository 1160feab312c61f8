"""The log of deeds: who did what, to what, when. Append-only; the database refuses changes (app/guards.py)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime, db


class Deed(Base):
    """One act. `by_id` is a person's id, or None for the machine itself; facts hold no personal data."""

    __tablename__ = "deeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    by_id: Mapped[int | None]
    deed: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def record(deed: str, subject: str, subject_id: int | None, *, by_id: int | None, now: datetime, **facts: Any) -> None:
    """Add a deed to the running transaction, e.g. record("call.confirmed", "call", 7, by_id=3, now=now)."""
    db.session.add(Deed(at=now, by_id=by_id, deed=deed, subject=subject, subject_id=subject_id, facts=facts))
