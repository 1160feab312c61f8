"""What a supervisee keeps: openings, searches, and the alerts that tell of what is new."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, UTCDateTime

RHYTHMS = ("at_once", "daily", "weekly", "never")
LONGEST_NAME, LONGEST_NOTE = 80, 300


class SavedOpening(Base):
    """An opening that a person keeps, with a note of her own that nobody else sees.

    `facts` are the opening as it was when she saved it or last said that she had seen what changed (`seen_at`).
    """

    __tablename__ = "saved_openings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id", ondelete="CASCADE"), primary_key=True, index=True)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class SavedSearch(Base):
    """A search that a person keeps: its query string, and how often she is written to about what is new in it.

    `digest` is that of the query, for a query may be longer than an index takes. `zone` is the IANA zone its times of
    day are meant in. `due_at` is when it is looked through next, None while its rhythm is never. `known` are the
    openings it was found to hold last, packed (saved/packing.py): what is not among them is new.
    """

    __tablename__ = "saved_searches"
    __table_args__ = (
        UniqueConstraint("person_id", "digest"),
        CheckConstraint("rhythm in ('at_once','daily','weekly','never')", name="rhythm"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    query: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    zone: Mapped[str] = mapped_column(String(64))
    rhythm: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    known: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    person: Mapped[Person] = relationship()

    @property
    def letters_zone(self) -> str:
        """By whose clock letters are written: hers, or the one she had when she saved it."""
        return self.person.zone or self.zone


class ToldOpening(Base):
    """An opening that a letter told of for a search: she is not told of it again, should it go and come back, nor for
    another search of hers."""

    __tablename__ = "told_openings"

    search_id: Mapped[int] = mapped_column(ForeignKey("saved_searches.id", ondelete="CASCADE"), primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id", ondelete="CASCADE"), primary_key=True, index=True)
    told_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class LastAlert(Base):
    """When a person was last written to about her searches. Whoever writes to her holds this row meanwhile.

    None as well if the letter was refused and she asked for letters again: nobody has read it.
    """

    __tablename__ = "last_alerts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class AlertStop(Base):
    """A link in a letter that ends alerts without a sign-in: of one search, or (`scope` all) of every search.

    The token is kept as a hash alone, and stays good when it was used: mail programs ask twice. Of a search that was
    deleted since, `search_id` is None.
    """

    __tablename__ = "alert_stops"
    __table_args__ = (CheckConstraint("scope in ('one','all')", name="scope"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    search_id: Mapped[int | None] = mapped_column(ForeignKey("saved_searches.id", ondelete="SET NULL"), index=True)
    scope: Mapped[str] = mapped_column(String(3))
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship()
    search: Mapped[SavedSearch | None] = relationship()
