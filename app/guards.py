"""Rules that the database itself holds and Alembic does not know: the log of deeds cannot be changed.

Alembic's batch mode copies tables on SQLite and drops their triggers without a word, so `put_up` runs at the end of
every upgrade (migrations/env.py), and /readyz and the tests ask for each by name.
"""

from sqlalchemy import Connection, text

NAMES = ("deeds_no_update", "deeds_no_delete")

_SQLITE = [
    "DROP TRIGGER IF EXISTS deeds_no_update",
    "DROP TRIGGER IF EXISTS deeds_no_delete",
    "CREATE TRIGGER deeds_no_update BEFORE UPDATE ON deeds BEGIN SELECT RAISE(ABORT, 'deeds are never changed'); END",
    "CREATE TRIGGER deeds_no_delete BEFORE DELETE ON deeds BEGIN SELECT RAISE(ABORT, 'deeds are never removed'); END",
]
_POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION deeds_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'deeds are never changed or removed'; END $$",
    "DROP TRIGGER IF EXISTS deeds_no_update ON deeds",
    "DROP TRIGGER IF EXISTS deeds_no_delete ON deeds",
    "CREATE TRIGGER deeds_no_update BEFORE UPDATE ON deeds FOR EACH ROW EXECUTE FUNCTION deeds_refuse()",
    "CREATE TRIGGER deeds_no_delete BEFORE DELETE ON deeds FOR EACH ROW EXECUTE FUNCTION deeds_refuse()",
]


def put_up(connection: Connection) -> None:
    """Create the guards anew. Safe to repeat; needs the table `deeds`."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)


def missing(connection: Connection) -> list[str]:
    """Names of guards that do not stand."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    standing = set(connection.scalars(text(query)))
    return [name for name in NAMES if name not in standing]
