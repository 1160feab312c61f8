"""Openings, their weekly times, seats, placements, and the precomputed verdicts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, UTCDateTime
from app.places.models import Located
from app.supervisors.models import Supervisor

RHYTHMS = ("weekly", "fortnightly", "monthly")
STATUSES = ("draft", "published", "paused", "closed")


class Opening(Located, Base):
    """An advertised place: `format` individual (one seat, or two: a dyad) or group.

    Fees are cents for one session (a meeting, in a group) and one person. `minutes` is the length of a session; its
    times are rows of OpeningTime, local to `zone`. `nth` says which week of the month a monthly one meets (1–4, 5 the
    last). `zip` and the point are where it meets in person. `confirmed_at` is when she last said it is still open.
    `about` says what a session looks like, `who_for` for whom it is. `removed_at` is when she removed it: closed at
    once, gone 30 days later. `version` grows with each saving, so that two tabs notice each other.
    """

    __tablename__ = "openings"
    __table_args__ = (
        CheckConstraint("format in ('individual','group')", name="format"),
        CheckConstraint("status in ('draft','published','paused','closed')", name="status"),
        CheckConstraint("rhythm in ('weekly','fortnightly','monthly')", name="rhythm"),
        CheckConstraint("seats between 1 and 40", name="seats"),
        CheckConstraint("fee_cents >= 0", name="fee"),
        CheckConstraint("reduced_fee_cents is null or reduced_fee_cents < fee_cents", name="reduced_fee"),
        CheckConstraint("online or in_person", name="delivery"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    external_key: Mapped[str | None] = mapped_column(String(80), unique=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("supervisors.id", ondelete="CASCADE"), index=True)
    format: Mapped[str] = mapped_column(String(12))
    seats: Mapped[int]
    title: Mapped[str] = mapped_column(String(120), default="")
    line: Mapped[str] = mapped_column(String(200), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    who_for: Mapped[str] = mapped_column(Text, default="", server_default="")
    online: Mapped[bool]
    in_person: Mapped[bool]
    rhythm: Mapped[str] = mapped_column(String(12), default="weekly")
    nth: Mapped[int | None]
    minutes: Mapped[int] = mapped_column(default=60)
    starts_on: Mapped[date | None]
    fee_cents: Mapped[int]
    reduced_fee_cents: Mapped[int | None]
    reduced_places: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(12), default="published")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    supervisor: Mapped[Supervisor] = relationship()
    times: Mapped[list["OpeningTime"]] = relationship(
        cascade="all, delete-orphan", order_by="OpeningTime.weekday, OpeningTime.start_minute"
    )
    seat_rows: Mapped[list["Seat"]] = relationship(cascade="all, delete-orphan", order_by="Seat.no")

    @property
    def is_dyad(self) -> bool:
        return self.format == "individual" and self.seats == 2

    @property
    def open_seats(self) -> int:
        """Seats without a live placement (loads the seats)."""
        return sum(1 for seat in self.seat_rows if not any(p.ended_at is None for p in seat.placements))


class OpeningTime(Base):
    """A weekly start, local to the opening's zone: weekday 0 is Monday, start_minute minutes after midnight."""

    __tablename__ = "opening_times"
    __table_args__ = (
        CheckConstraint("weekday between 0 and 6", name="weekday"),
        CheckConstraint("start_minute between 0 and 1439", name="start_minute"),
    )

    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id", ondelete="CASCADE"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    start_minute: Mapped[int] = mapped_column(primary_key=True)


class Seat(Base):
    """One place in an opening; as many rows as the opening has seats."""

    __tablename__ = "seats"
    __table_args__ = (UniqueConstraint("opening_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id", ondelete="CASCADE"))
    no: Mapped[int]

    placements: Mapped[list["Placement"]] = relationship(lazy="selectin")


class Placement(Base):
    """A seat taken, by a person here or (person_id None) by someone placed elsewhere. The index forbids two at once."""

    __tablename__ = "placements"
    __table_args__ = (
        Index(
            "uq_placements_live_seat",
            "seat_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seats.id", ondelete="RESTRICT"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person | None] = relationship()


class OpeningVerdict(Base):
    """What an opening counts as on a track ("TX/counseling"), where that differs from the track's default.

    A cache of licensure.eligibility.judge, kept by openings/verdicts.py; absent means the default of the track.
    """

    __tablename__ = "opening_verdicts"
    __table_args__ = (Index("ix_opening_verdicts_track_value", "track", "value"),)

    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id", ondelete="CASCADE"), primary_key=True)
    track: Mapped[str] = mapped_column(String(24), primary_key=True)
    value: Mapped[str] = mapped_column(String(8))


class OpeningChange(Base):
    """One saving of an opening: by whom, when, and each field that changed as {"field": [before, after]}."""

    __tablename__ = "opening_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    deed: Mapped[str] = mapped_column(String(20))
    fields: Mapped[dict[str, list[Any]]] = mapped_column(JSON, default=dict)


class FreshnessAsk(Base):
    """Whether an opening is still open, asked by letter; the answer is open, full or paused. The token is hashed."""

    __tablename__ = "freshness_asks"

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(String(12), default="")


class OpeningViews(Base):
    """How often an opening's page was looked at on a day (UTC), whoever looked."""

    __tablename__ = "opening_views"

    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id", ondelete="CASCADE"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
