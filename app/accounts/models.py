"""People, their roles, their sessions, and the one-use links sent to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UTCDateTime


class Person(Base):
    """Someone with an account. `email_key` is the address in the form that makes it unique (folded case).

    A person without `password_hash` came by a confirmed call and has not chosen a password yet; without `verified_at`
    the address is not proven and the account cannot sign in. `state` and `discipline` are the chosen track, `goal` is
    "licensure" or "consultation", `zone` an IANA zone.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    goal: Mapped[str] = mapped_column(String(20), default="licensure")
    state: Mapped[str | None] = mapped_column(String(2))
    discipline: Mapped[str | None] = mapped_column(String(20))
    zone: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    verified_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    roles: Mapped[list["Role"]] = relationship(back_populates="person", foreign_keys="Role.person_id", lazy="selectin")

    def has_role(self, role: str) -> bool:
        """Whether the person holds "supervisor", "supervisee" or "steward" now."""
        return any(r.role == role and r.ended_at is None for r in self.roles)

    @property
    def is_supervisor(self) -> bool:
        return self.has_role("supervisor")

    @property
    def is_steward(self) -> bool:
        return self.has_role("steward")

    # What Flask-Login asks of whom it signs in. The cookie holds a session's token, not this id.
    is_active = is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        return str(self.id)

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.name


class Role(Base):
    """A role held from one moment to another, with who gave it (None: the person, or a command)."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(back_populates="roles", foreign_keys=[person_id])


class SignIn(Base):
    """A session. The cookie holds a random token, this row its SHA-256; ended rows are dead for good."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    device: Mapped[str] = mapped_column(String(120), default="")

    person: Mapped[Person] = relationship(lazy="joined")


class Link(Base):
    """A one-use link mailed to a person: the SHA-256 of its token, what it is for, until when.

    `purpose` is "verify" (24 hours) or "reset" (30 minutes). `email_key` is the address it was sent to: a change of
    address kills it. `claims` is what was typed at sign-up (name, role, password hash …): it comes to stand on the
    person when the link is used, for until then anyone may have typed it.
    """

    __tablename__ = "links"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email_key: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    claims: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    person: Mapped[Person] = relationship()
