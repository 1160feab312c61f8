"""The migrations make what the models say, with every guard standing, on both databases."""

import pytest
from flask_migrate import check
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from app import audit, clock, guards
from app.audit import Deed


def test_the_migrated_tables_are_those_of_the_models(db: SQLAlchemy):
    check()  # exits when Alembic would write another migration


def test_every_guard_stands_after_the_upgrade(db: SQLAlchemy):
    with db.engine.connect() as connection:
        assert guards.missing(connection) == []


@pytest.mark.parametrize("change", [update(Deed).values(deed="person.left"), delete(Deed)], ids=["changed", "removed"])
def test_a_deed_is_never(db: SQLAlchemy, change):
    audit.record("person.joined", "person", 1, by_id=1, now=clock.now())
    db.session.commit()
    with pytest.raises(DBAPIError, match="deeds are never"):
        db.session.execute(change)
