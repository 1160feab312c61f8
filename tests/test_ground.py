"""The tests' own ground holds: two databases, each test on empty tables, the clock standing still."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import IntegrityError

from app import audit, clock
from app.accounts.models import Person
from app.introcalls.models import CallCell
from app.openings.models import OpeningTime
from tests import people


def test_every_test_begins_on_empty_tables(db, ana):
    audit.record("person.joined", "person", ana.id, by_id=ana.id, now=clock.now())
    db.session.commit()
    assert db.session.scalar(select(func.count(Person.id))) == 1
    assert db.session.scalar(select(func.count(audit.Deed.id))) == 1


test_and_so_does_the_next = test_every_test_begins_on_empty_tables


def test_a_failed_statement_leaves_nothing_for_the_next_test(db, ana):
    db.session.add(Person(name="", email="", email_key=ana.email_key, created_at=clock.now()))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_database_is_the_one_it_says(db, request):
    assert db.engine.dialect.name == request.node.callspec.params["house"]
    assert inspect(db.engine).has_table("people")


def test_sqlite_runs_with_foreign_keys_and_a_write_ahead_log(db):
    if db.engine.dialect.name == "sqlite":
        assert db.session.scalar(text("PRAGMA foreign_keys")) == 1
        assert db.session.scalar(text("PRAGMA journal_mode")) == "wal"


def test_the_clock_stands_until_it_is_moved(clock):
    assert clock.now() == datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    clock.forward(minutes=31)
    assert clock.now() == datetime(2026, 11, 24, 15, 31, tzinfo=UTC)


def test_the_cast_have_what_they_are_known_for(db, ana, sam, pat):
    assert ana.email == "ana.ruiz@example.org"
    assert [c.status for c in sam.credentials + pat.credentials] == ["verified", "self_reported"]
    assert sam.person.is_supervisor
    assert not ana.is_supervisor


def test_namesakes_get_addresses_of_their_own(db):
    first, second = people.make_supervisor("Kim Lee"), people.make_supervisor("Kim Lee")
    assert (first.slug, second.slug) == ("kim-lee", "kim-lee-1")
    assert first.person.email_key != second.person.email_key


def test_a_group_has_its_seats_and_those_taken(db, sam):
    group = people.make_opening(sam, format="group", seats=8, taken=3, times=[(people.MON, 720), (people.WED, 720)])
    assert group.open_seats == 5
    assert db.session.scalar(select(func.count()).select_from(OpeningTime)) == 2


def test_a_confirmed_call_claims_its_minutes_and_the_buffer(db, sam, ana):
    call = people.make_call(sam, ana, starts_at=datetime(2026, 12, 1, 17, 0, tzinfo=UTC), minutes=20, buffer=10)
    assert db.session.scalar(select(func.count()).where(CallCell.call_id == call.id)) == 6


def test_a_post_without_its_token_is_refused_and_one_with_it_is_not(client):
    assert client.post("/appearance", {"theme": "dark"}, bare=True).status_code == 400
    assert client.post("/appearance", {"theme": "dark", "next": "/about"}).status_code == 303
