"""Availability for intro calls, the calls, and the cells that forbid two of them to overlap."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, UTCDateTime
from app.supervisors.models import Supervisor

CELL_MINUTES = 5


class CallSettings(Base):
    """How a supervisor takes intro calls. Lengths in minutes; all multiples of 5. `zone` is that of the windows.

    The grid of starts is `step_minutes`; after each call `buffer_minutes` stay free. `join_link` or `phone` is told to
    a confirmed party only.
    """

    __tablename__ = "call_settings"
    __table_args__ = (
        CheckConstraint("minutes in (15, 20)", name="minutes"),
        CheckConstraint("step_minutes % 5 = 0 and step_minutes > 0", name="step"),
        CheckConstraint("buffer_minutes % 5 = 0 and buffer_minutes >= 0", name="buffer"),
    )

    supervisor_id: Mapped[int] = mapped_column(ForeignKey("supervisors.id", ondelete="CASCADE"), primary_key=True)
    zone: Mapped[str] = mapped_column(String(64))
    minutes: Mapped[int] = mapped_column(default=20)
    step_minutes: Mapped[int] = mapped_column(default=15)
    buffer_minutes: Mapped[int] = mapped_column(default=10)
    notice_minutes: Mapped[int] = mapped_column(default=24 * 60)
    horizon_days: Mapped[int] = mapped_column(default=60)
    max_per_week: Mapped[int | None]
    no_calls_before: Mapped[date | None]
    join_link: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    @property
    def link(self) -> str:
        """The link to join by; empty when there is none, or none that a browser may be sent to."""
        return self.join_link if self.join_link.startswith(("https://", "http://")) else ""

    @property
    def is_by_video(self) -> bool:
        """By a link, rather than by telephone."""
        return bool(self.link) or not self.phone

    def end_of(self, starts_at: datetime) -> datetime:
        """When a call ends that begins then."""
        return starts_at + timedelta(minutes=self.minutes)


class CallWindow(Base):
    """A weekly stretch in which calls may start and must end; local minutes after midnight, end up to 1440."""

    __tablename__ = "call_windows"
    __table_args__ = (
        CheckConstraint("weekday between 0 and 6", name="weekday"),
        CheckConstraint("start_minute >= 0 and start_minute < end_minute and end_minute <= 1440", name="stretch"),
        CheckConstraint("start_minute % 5 = 0 and end_minute % 5 = 0", name="grid"),
        Index("ix_call_windows_supervisor_id", "supervisor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("supervisors.id", ondelete="CASCADE"))
    weekday: Mapped[int]
    start_minute: Mapped[int]
    end_minute: Mapped[int]


class CallException(Base):
    """A local date that differs from the week: its stretch replaces the weekly windows; no stretch means no calls."""

    __tablename__ = "call_exceptions"
    __table_args__ = (Index("ix_call_exceptions_supervisor_id_on", "supervisor_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("supervisors.id", ondelete="CASCADE"))
    on: Mapped[date]
    start_minute: Mapped[int | None]
    end_minute: Mapped[int | None]


class BusyCalendar(Base):
    """A calendar that a supervisor subscribed to, so that its events keep calls away. The address is a secret of hers.

    `checked_at` is the last try, `read_at` the last that succeeded, `check_at` when the next is due. `error` is what
    went wrong since, in words for her, `failures` how often in a row.
    """

    __tablename__ = "busy_calendars"

    id: Mapped[int] = mapped_column(primary_key=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("supervisors.id", ondelete="CASCADE"), index=True)
    url: Mapped[str] = mapped_column(String(2000))
    label: Mapped[str] = mapped_column(String(80), default="")
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    check_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    error: Mapped[str] = mapped_column(String(300), default="")
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    etag: Mapped[str] = mapped_column(String(200), default="")


class BusySpan(Base):
    """A stretch in which a subscribed calendar is busy. Nothing of the event itself is kept."""

    __tablename__ = "busy_spans"
    __table_args__ = (Index("ix_busy_spans_supervisor_id_ends_at", "supervisor_id", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("busy_calendars.id", ondelete="CASCADE"), index=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("supervisors.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Call(Base):
    """An intro call. `public_id` is its random address, and with the site's name its calendar UID.

    held (a guest has not opened the link yet; until `held_until`) → confirmed, or expired; confirmed → cancelled.
    A guest's `name` and `email` stand on the call; `person_id` is set once there is an account. `zone` is the zone the
    supervisee saw. `sequence` counts the changes told to calendars. `confirm_hash` is the SHA-256 of the link's token;
    `sender_key` a keyed hash of a guest's network address, for the limit on holds.
    """

    __tablename__ = "calls"
    __table_args__ = (
        CheckConstraint("status in ('held','confirmed','cancelled','expired')", name="status"),
        CheckConstraint("ends_at > starts_at", name="length"),
        Index("ix_calls_supervisor_id_starts_at", "supervisor_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("supervisors.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), index=True)
    note: Mapped[str] = mapped_column(String(1000), default="")
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    zone: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(12))
    sequence: Mapped[int] = mapped_column(default=0)
    confirm_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    sender_key: Mapped[str] = mapped_column(String(64), default="", index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    held_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    cancelled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    cancel_note: Mapped[str] = mapped_column(String(1000), default="")

    supervisor: Mapped[Supervisor] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    cells: Mapped[list["CallCell"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class CallCell(Base):
    """One five-minute cell (minutes since 1970 divided by 5) that a live call claims. The primary key is the rule:

    two calls of one supervisor that overlap would need the same cell, and the database has it only once.
    """

    __tablename__ = "call_cells"

    supervisor_id: Mapped[int] = mapped_column(ForeignKey("supervisors.id", ondelete="CASCADE"), primary_key=True)
    cell: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), index=True)
