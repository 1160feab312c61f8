"""The PostgreSQL on which databases to measure and to test on are made: one that is named, or one on this machine."""

import getpass
import os

import psycopg
from sqlalchemy import URL, make_url

SETTING = "SC_TEST_DATABASE_URL"
USUAL = [(user, database) for user in (getpass.getuser(), "postgres") for database in ("postgres", "test")]


def find() -> URL | None:
    """The server that SC_TEST_DATABASE_URL names, else one on this machine; None where nobody may make databases."""
    named = os.environ.get(SETTING)
    usual = [URL.create("postgresql", user, host="127.0.0.1", port=5432, database=name) for user, name in USUAL]
    return next((url for url in ([make_url(named)] if named else usual) if _may_make_databases(url)), None)


def connect(url: URL) -> psycopg.Connection:
    """A connection on which each statement is a transaction of its own, as the making of a database must be."""
    text = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(text, connect_timeout=5, autocommit=True)


def _may_make_databases(url: URL) -> bool:
    try:
        with connect(url) as server:
            row = server.execute("SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and row[0])
