"""Whether this instance can serve: the database answers, is migrated, and holds the guards that keep it honest."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import guards
from app.config import ROOT
from app.db import db
from app.matching import keeper
from app.notifications import recurring, sending

SOUND_SQLITE = (3, 51, 3)


@dataclass(frozen=True)
class Readiness:
    """`faults` keep the instance from serving, `warnings` do not; the rest tells of the worker."""

    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    letters_due: int | None = None
    worker_seen_at: datetime | None = None

    @property
    def is_ready(self) -> bool:
        return not self.faults


def judge(*, now: datetime) -> Readiness:
    """Look at the database as it is now. Never raises for a database that is away."""
    try:
        faults = _faults()
        if faults:
            return Readiness(faults)
        due, seen = sending.count(now).due, recurring.seen_at()
    except DBAPIError:
        return Readiness(["The database does not answer."])
    return Readiness([], _warnings(), due, seen)


def _faults() -> list[str]:
    connection = db.session.connection()
    if MigrationContext.configure(connection).get_current_revision() != _newest():
        return ["The database is not migrated: run flask db upgrade."]
    found = [f"The guard {name} is missing: run flask db upgrade." for name in guards.missing(connection)]
    return found or ([] if keeper.is_ready() else ["The index of openings is being made; the search waits for it."])


def _warnings() -> list[str]:
    if db.engine.dialect.name != "sqlite":
        return []
    version = str(db.session.scalar(text("SELECT sqlite_version()")))
    if tuple(map(int, version.split("."))) < SOUND_SQLITE:
        return ["This SQLite can damage a database in WAL mode: install pysqlite3, or use PostgreSQL."]
    return []


@cache
def _newest() -> str | None:
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()
