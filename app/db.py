"""The database handle, the typed base of all tables, and the settings that make SQLite safe to write to.

SQLite: we say BEGIN ourselves (IMMEDIATE for writers, so that a reader never turns into a writer half-way and loses an
update), WAL with synchronous=FULL (a confirmed action survives a power cut), foreign keys on.
"""

from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

try:
    import pysqlite3 as sqlite_driver
except ImportError:  # no wheel for this machine; SQLite before 3.51.3 has a WAL bug, /readyz says which one runs
    import sqlite3 as sqlite_driver

PRAGMAS = (
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-65536",
    "mmap_size=268435456",
)


class Base(DeclarativeBase):
    """Every table inherits from this."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(metadata=Base.metadata)


class UTCDateTime(TypeDecorator[datetime]):
    """An instant. Takes aware datetimes only, stores UTC, gives back aware UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        instant: datetime = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return instant


def engine_options(url: str) -> dict[str, Any]:
    """Keyword arguments of create_engine for this database."""
    common = {"hide_parameters": True}  # a fault is written to the log, and what people typed must not be
    if url.startswith("sqlite"):
        return common | {"module": sqlite_driver, "connect_args": {"check_same_thread": False, "timeout": 10}}
    options = "-c timezone=UTC -c jit=off -c lock_timeout=15000"
    return common | {"pool_pre_ping": True, "connect_args": {"options": options}}


def prepare(engine: Engine) -> None:
    """Hook the SQLite settings and our own BEGIN onto an engine. Nothing to do for PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")


def begin_writing() -> None:
    """Take the write lock before the first statement of a transaction that will write.

    On SQLite a transaction that reads first and writes later is refused at once when another has written between.
    Must be called while the session has no transaction open.
    """
    db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
