"""An instance says whether it can serve, and why not."""

import pytest
from sqlalchemy import text

from app import guards
from app.db import db as database


@pytest.fixture
def put_right(db):
    """Mend afterwards what a test breaks for all: guards and the migrations' mark."""
    yield
    with db.engine.begin() as connection:
        guards.put_up(connection)


def test_a_migrated_instance_is_ready_and_tells_of_its_worker(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["ready"]
    assert answer.json["letters_due"] == 0


def test_a_missing_guard_is_named(client, db, put_right):
    on = "" if db.engine.dialect.name == "sqlite" else " ON deeds"
    db.session.execute(text(f"DROP TRIGGER deeds_no_delete{on}"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "deeds_no_delete" in answer.json["faults"][0]


def test_an_older_schema_is_not_served(client, db):
    newest = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    answer = client.get("/readyz")
    db.session.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": newest})
    db.session.commit()
    assert answer.status_code == 503
    assert "flask db upgrade" in answer.json["faults"][0]


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.sqlite", "postgresql://nobody@127.0.0.1:1/nothing"])
def test_a_database_that_is_away_is_said_without_its_address(app_with, url):
    away = app_with(SC_DATABASE_URL=url)
    database.session.remove()
    answer = away.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json["faults"] == ["The database does not answer."]
    assert "nowhere" not in answer.text
    assert "nobody" not in answer.text
