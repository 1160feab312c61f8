"""Supervisees who let themselves be found, without a name, and the invitations that supervisors send them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, UTCDateTime
from app.messages.models import Thread
from app.openings.models import Opening
from app.supervisors.models import Supervisor

ANSWERS = ("yes", "no", "mute")
NOT_QUIET = text("NOT is_quiet")


class Company(Base):
    """At least three cards that are shown together, and say the same: `says` is all they have in common.

    `goal` is what they look for, "TX/counseling" or "TX/consultation" ("/consultation" in no state). It is made once
    and never changes; a card that leaves ends it. `size` is how many they are: with fewer, somebody has left the site,
    and it is shown no more. It keeps no time, for nobody is to know one.
    """

    __tablename__ = "card_companies"

    id: Mapped[int] = mapped_column(primary_key=True)
    goal: Mapped[str] = mapped_column(String(24), index=True)
    says: Mapped[dict[str, Any]] = mapped_column(JSON)
    size: Mapped[int] = mapped_column(server_default="0")


class Card(Base):
    """What one supervisee lets supervisors see of her.

    `fields` and `draft` are what she chose last: names of what may be shown, and a line of her own. Only while `on_at`
    is set is anything shown: then `says` is the most that may be (as wishes/packing.py writes it), `line` hers.
    Off, both are empty. It rests until `rests_until`, and waits until it has company. `public_id` is new each time it
    is turned on or gets company. `warned_at` is when a letter told her that it ends.
    """

    __tablename__ = "cards"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), unique=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("card_companies.id", ondelete="SET NULL"), index=True)
    fields: Mapped[list[str]] = mapped_column(JSON)
    draft: Mapped[str] = mapped_column(String(200), default="")
    says: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    line: Mapped[str] = mapped_column(String(200), default="")
    on_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    rests_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    warned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship()
    company: Mapped[Company | None] = relationship()


class Mute(Base):
    """A supervisor who never sees a person's card again. She is told nothing.

    `hides_from` is from when on cards that are shown already are hidden, too; None for at once.
    """

    __tablename__ = "card_mutes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    supervisor_id: Mapped[int] = mapped_column(
        ForeignKey("supervisors.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    hides_from: Mapped[datetime | None] = mapped_column(UTCDateTime)

    supervisor: Mapped[Supervisor] = relationship()


class Invitation(Base):
    """A supervisor's invitation into an opening, to whoever showed a card. The answer is one of ANSWERS, or empty.

    Where it has both, an answer and `withdrawn_at`, its sender took it back before she could know of the answer.

    `card` is the public id that the card had then, which is all that the supervisor knows. An invitation `is_quiet`
    when its reader was invited to the same opening before, under another card, or has muted its sender: it is never
    shown to her.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("opening_id", "card"),
        Index(
            "uq_invitations_opening_person", "opening_id", "person_id", unique=True,
            sqlite_where=NOT_QUIET, postgresql_where=NOT_QUIET,
        ),
        CheckConstraint("answer in ('','yes','no','mute')", name="answer"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("supervisors.id", ondelete="CASCADE"), index=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    card: Mapped[str] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(String(500), default="")
    is_quiet: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(String(4), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id", ondelete="SET NULL"))

    supervisor: Mapped[Supervisor] = relationship()
    opening: Mapped[Opening] = relationship()
    person: Mapped[Person] = relationship()
    thread: Mapped[Thread | None] = relationship()
