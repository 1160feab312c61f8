"""Supervisors, what they say of themselves, their credentials and each check of one."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, UTCDateTime
from app.places.models import Located

STATUSES = ("self_reported", "pending", "verified", "refused")


class Supervisor(Located, Base):
    """A profile. `slug` is its address; `zone` the IANA zone she works in; `latitude` and `longitude` those of her ZIP.

    `figure` names a drawn portrait (the demo's; people upload photographs). `supervisees` is the number she states to
    supervise already, None when not said. Published when `published_at` is set. `fee_low_cents` to `fee_high_cents` is
    the range of her fees for a session, `reduced_places` how many places she keeps at a reduced fee. `links` are pairs
    {"label", "url"}. `photo` is the random name of her photograph, empty for none. `version` grows with each saving, so
    that two tabs notice each other. `removed_at` is when she asked to be removed: unseen at once, gone 30 days later.
    """

    __tablename__ = "supervisors"

    id: Mapped[int] = mapped_column(primary_key=True)
    external_key: Mapped[str | None] = mapped_column(String(80), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    pronouns: Mapped[str] = mapped_column(String(40), default="")
    headline: Mapped[str] = mapped_column(String(200), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    figure: Mapped[str] = mapped_column(String(2), default="")
    supervisees: Mapped[int | None]
    supervising_since: Mapped[int | None]
    fee_low_cents: Mapped[int | None]
    fee_high_cents: Mapped[int | None]
    reduced_places: Mapped[int | None]
    links: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")
    photo: Mapped[str] = mapped_column(String(40), default="", server_default="")
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship()
    credentials: Mapped[list["Credential"]] = relationship(
        back_populates="supervisor", cascade="all, delete-orphan", order_by="Credential.id"
    )
    terms: Mapped[list["SupervisorTerm"]] = relationship(
        cascade="all, delete-orphan", order_by="SupervisorTerm.position"
    )

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    def terms_of(self, kind: str) -> list[str]:
        """Ids of one vocabulary (app/taxonomies), in her own order."""
        return [t.term for t in self.terms if t.kind == kind]


class OldSlug(Base):
    """An address that a profile had before: it leads to the new one."""

    __tablename__ = "old_slugs"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("supervisors.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime] = mapped_column(UTCDateTime)


class SupervisorTerm(Base):
    """One word of a vocabulary that a supervisor chose: kind "specialty", term "trauma"."""

    __tablename__ = "supervisor_terms"
    __table_args__ = (Index("ix_supervisor_terms_kind_term", "kind", "term", "supervisor_id"),)

    supervisor_id: Mapped[int] = mapped_column(ForeignKey("supervisors.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    term: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class Credential(Base):
    """A license or designation. `state` is None for a national one.

    `status` is one of STATUSES and always that of the newest check (none: self_reported). `approved` says whether the
    state's board approved her as supervisor: None is not said. `training_hours` are hours of supervisor training.
    `proof` is the random name of an uploaded proof, which only she and stewards may open.
    """

    __tablename__ = "credentials"
    __table_args__ = (CheckConstraint("status in ('self_reported','pending','verified','refused')", name="status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("supervisors.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(12))
    state: Mapped[str | None] = mapped_column(String(2))
    number: Mapped[str] = mapped_column(String(40), default="")
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    suspended_on: Mapped[date | None]
    approved: Mapped[bool | None]
    training_hours: Mapped[int | None]
    training_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(20), default="self_reported")
    proof: Mapped[str] = mapped_column(String(60), default="", server_default="")

    supervisor: Mapped[Supervisor] = relationship(back_populates="credentials")
    checks: Mapped[list["CredentialCheck"]] = relationship(cascade="all, delete-orphan", order_by="CredentialCheck.id")


class CredentialCheck(Base):
    """One decision on a credential; when, by whom (None: an import, or the passing of time), on what ground.

    pending, verified, refused, asked (a question to her) or voided (she changed what had been verified).
    """

    __tablename__ = "credential_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    credential_id: Mapped[int] = mapped_column(ForeignKey("credentials.id", ondelete="CASCADE"), index=True)
    decision: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
