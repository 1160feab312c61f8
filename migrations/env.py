"""Runs migrations: each in one transaction on both databases, one machine at a time, guards put up again at the end."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

from app import guards, tables
from app.db import Base, UTCDateTime

assert tables  # imported for its tables
LOCK = 7_263_481


def render_item(kind: str, item: Any, autogen: Any) -> str | bool:
    """Write our column types as plain SQLAlchemy: a migration must not change when the code does."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


def compare_type(ctx: Any, inspected: Any, declared: Any, inspected_type: Any, declared_type: Any) -> bool | None:
    """UTCDateTime is a DateTime to the database."""
    return False if isinstance(declared_type, UTCDateTime) and isinstance(inspected_type, sa.DateTime) else None


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Leave out what reads the words of the search: FTS5 with its own tables on SQLite, a GIN index on PostgreSQL."""
    return not (name or "").startswith(("search_words", "ix_search_texts_words"))


def run() -> None:
    """Upgrade or downgrade the database of the current application."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        postgresql = connection.dialect.name == "postgresql"
        if postgresql:
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK})")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=compare_type,
            include_name=include_name,
            transactional_ddl=True,
            transaction_per_migration=True,
        )
        try:
            with context.begin_transaction():
                context.run_migrations()
            if sa.inspect(connection).has_table("deeds"):
                guards.put_up(connection)
            connection.commit()
        finally:
            if postgresql:
                connection.rollback()
                connection.exec_driver_sql(f"SELECT pg_advisory_unlock({LOCK})")
                connection.commit()


run()
