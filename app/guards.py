"""Rules that the database itself holds and Alembic does not know: the log of deeds cannot be changed, and on SQLite the
full text follows the words (PostgreSQL's index does so by itself).

Alembic's batch mode copies tables on SQLite and drops their triggers without a word, so `put_up` runs at the end of
every upgrade (migrations/env.py), and /readyz and the tests ask for each by name.
"""

from sqlalchemy import Connection, inspect, text

NAMES = ("deeds_no_update", "deeds_no_delete")
FOLLOWERS = ("search_texts_added", "search_texts_changed", "search_texts_gone")

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

_FORGET = "INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', old.supervisor_id, old.words);"
_ADD = "INSERT INTO search_words (rowid, words) VALUES (new.supervisor_id, new.words);"
_FOLLOWING = [
    f"CREATE TRIGGER search_texts_added AFTER INSERT ON search_texts BEGIN {_ADD} END",
    f"CREATE TRIGGER search_texts_changed AFTER UPDATE ON search_texts BEGIN {_FORGET} {_ADD} END",
    f"CREATE TRIGGER search_texts_gone AFTER DELETE ON search_texts BEGIN {_FORGET} END",
]


def put_up(connection: Connection) -> None:
    """Create the guards anew. Safe to repeat; needs the table `deeds`."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)
    if connection.dialect.name == "sqlite" and inspect(connection).has_table("search_texts"):
        stop_following(connection)
        follow(connection)


def stop_following(connection: Connection) -> None:
    """Let the full text of SQLite stay as it is, whatever words are written: for many at once."""
    for name in FOLLOWERS:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")


def follow(connection: Connection) -> None:
    """Let it follow every change again."""
    for statement in _FOLLOWING:
        connection.exec_driver_sql(statement)


def missing(connection: Connection) -> list[str]:
    """Names of guards that do not stand."""
    names = (*NAMES, *FOLLOWERS) if connection.dialect.name == "sqlite" else NAMES
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    standing = set(connection.scalars(text(query)))
    return [name for name in names if name not in standing]
