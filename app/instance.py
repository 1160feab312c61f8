"""Facts about the instance itself, as rows: that it is a demonstration, for one."""

from datetime import datetime

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime, db


class InstanceFact(Base):
    """A fact such as "demo" and since when it holds."""

    __tablename__ = "instance_facts"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    since: Mapped[datetime] = mapped_column(UTCDateTime)


def is_demo() -> bool:
    """Whether every person on this instance is invented."""
    return db.session.scalar(select(InstanceFact.name).where(InstanceFact.name == "demo")) is not None


def mark_demo(*, now: datetime) -> None:
    """Say on every page that this instance is a demonstration. Safe to repeat."""
    if not is_demo():
        db.session.add(InstanceFact(name="demo", since=now))


def is_noted(kind: str, value: str) -> bool:
    """Whether this value of a kind is the one that was noted last."""
    return db.session.get(InstanceFact, f"{kind} {value}") is not None


def note(kind: str, value: str, *, now: datetime) -> bool:
    """Keep the newest value of a kind, at most 40 letters together; whether it differs from the one kept before."""
    if is_noted(kind, value):
        return False
    db.session.execute(delete(InstanceFact).where(InstanceFact.name.startswith(f"{kind} ")))
    db.session.add(InstanceFact(name=f"{kind} {value}", since=now))
    return True
