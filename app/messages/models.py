"""Threads between two people who know each other’s name."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, UTCDateTime
from app.openings.models import Opening


class Thread(Base):
    """What two people write to each other, about an opening if `opening_id` is set. Its address is `public_id`, random.

    `last_at` is when something last happened in it.
    """

    __tablename__ = "threads"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("openings.id", ondelete="SET NULL"), index=True)
    begun_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)

    opening: Mapped[Opening | None] = relationship()
    sides: Mapped[list["Side"]] = relationship(cascade="all, delete-orphan", order_by="Side.id")
    messages: Mapped[list["Message"]] = relationship(cascade="all, delete-orphan", order_by="Message.no")


class Side(Base):
    """One of the two. `read_no` is the number of the last message she has read; `told_at` when a letter told her of the
    first of those she has not, None while there are none. `person_id` is None once she has left the site; `left_at` is
    when she ended this thread, into which nobody writes from then on."""

    __tablename__ = "thread_sides"
    __table_args__ = (UniqueConstraint("thread_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    read_no: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person | None] = relationship()


class Message(Base):
    """Plain text into a thread, its `no`th. `kind` is "message", or "event" for what happened around it.

    `author_id` is None once the author has left the site.
    """

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("thread_id", "no"), Index("ix_messages_author_id_at", "author_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"))
    no: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8), default="message")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
