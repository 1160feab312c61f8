"""Where wishes are kept: a guest's in her cookie, an account's in the database, and from the one into the other."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from app import clock
from app.accounts.models import Person
from app.introcalls import booking
from app.wishes import keeping, session
from app.wishes.models import KeptWishes
from app.wishes.wishes import EMPTY, Wishes
from tests import people
from tests.conftest import TUESDAY
from tests.pages import forms

FEE, OTHER = Wishes(max_fee=90, musts=frozenset({"fee"})), Wishes(max_fee=40)


@pytest.fixture
def dora(app) -> Person:
    return people.make_person("Dora Wintergreen", password=people.PASSWORD)


def sign_in(visitor, person: Person):
    return visitor.post("/sign-in", {"email": person.email, "password": people.PASSWORD})


def say(visitor, dollars: str = "90"):
    return visitor.post("/match/fee", {"max_fee": dollars, "must_fee": "must"})


def in_cookie(visitor) -> bool:
    with visitor.session_transaction() as cookie:
        return session.KEY in cookie


def test_what_is_kept_is_found_again(ana):
    keeping.keep(ana, FEE, now=clock.now())
    assert keeping.of(ana.id) == FEE


def test_the_later_takes_the_place_of_the_earlier(db, ana):
    keeping.keep(ana, FEE, now=clock.now())
    keeping.keep(ana, OTHER, now=clock.now())
    assert keeping.of(ana.id) == OTHER
    assert db.session.scalar(select(func.count()).select_from(KeptWishes)) == 1


def test_who_said_nothing_wishes_for_nothing(ana, ben):
    keeping.keep(ben, EMPTY, now=clock.now())
    assert keeping.of(ana.id) == keeping.of(ben.id) == EMPTY


def test_they_go_when_the_person_does(db, zoe):
    keeping.keep(zoe, FEE, now=clock.now())
    db.session.execute(delete(Person).where(Person.id == zoe.id))
    assert db.session.scalar(select(func.count()).select_from(KeptWishes)) == 0


def test_a_guest_keeps_hers_in_her_browser(db, client):
    assert say(client).location == "/match/work"
    assert in_cookie(client)
    assert "at most $90 (a must)" in client.get("/match/work").text
    assert db.session.scalar(select(func.count()).select_from(KeptWishes)) == 0


def test_another_guest_has_none_of_it(app, client):
    say(client)
    assert "at most $90" not in app.test_client().get("/match/work").text


def test_an_account_keeps_them_in_the_database(visit, ana):
    visitor = visit(ana)
    say(visitor)
    assert keeping.of(ana.id) == FEE
    assert not in_cookie(visitor)
    assert "at most $90 (a must)" in visit(ana).get("/match/work").text


def test_a_guests_become_the_accounts_at_a_sign_in(client, dora):
    say(client)
    assert sign_in(client, dora).status_code == 303
    assert keeping.of(dora.id) == FEE
    assert not in_cookie(client)


@pytest.mark.parametrize(("before", "after"), [(None, "TX"), ("AZ", "AZ")])
def test_with_them_comes_her_board_where_the_account_knew_of_none(client, dora, before, after):
    dora.state, dora.discipline = before, before and "counseling"
    client.post("/match/goal", {"state": "TX", "discipline": "counseling"})
    sign_in(client, dora)
    assert keeping.of(dora.id).track_id == "TX/counseling"
    assert (dora.state, dora.discipline) == (after, "counseling")


def test_an_account_that_has_wishes_keeps_its_own(client, dora):
    keeping.keep(dora, OTHER, now=clock.now())
    say(client)
    sign_in(client, dora)
    assert keeping.of(dora.id) == OTHER


def test_she_is_told_that_what_she_said_before_the_sign_in_does_not_hold(client, dora):
    keeping.keep(dora, OTHER, now=clock.now())
    say(client)
    sign_in(client, dora)
    assert "Your account has answers of its own" in client.get("/dashboard").text
    assert "Your account has answers of its own" not in client.get("/dashboard").text


@pytest.mark.parametrize("own", [EMPTY, FEE])
def test_nothing_is_told_where_nothing_is_lost(client, dora, own):
    keeping.keep(dora, own, now=clock.now())
    say(client)
    sign_in(client, dora)
    assert "Your account has answers of its own" not in client.get("/dashboard").text


def test_a_refused_sign_in_leaves_them_with_the_guest(client, dora):
    say(client)
    client.post("/sign-in", {"email": dora.email, "password": "wrong"})
    assert in_cookie(client)
    assert keeping.of(dora.id) == EMPTY


def test_they_are_not_left_behind_at_a_sign_out(client, dora):
    say(client)
    sign_in(client, dora)
    client.post("/sign-out")
    assert "at most $90" not in client.get("/match/work").text


def test_the_next_to_sign_in_at_the_same_browser_gets_none_of_them(client, dora, zoe):
    say(client)
    sign_in(client, dora)
    client.sign_in(zoe)
    assert "at most $90" not in client.get("/match/work").text
    assert keeping.of(zoe.id) == EMPTY


def test_a_guests_become_those_of_the_account_that_her_call_opens(db, client, sam, outbox):
    people.make_call_settings(sam)
    say(client)
    about = {"name": "Gale Guest", "email": "gale@example.org", "note": "", "zone": "America/Phoenix"}
    booking.hold(sam, TUESDAY + timedelta(days=1, hours=3), **about, sender_key="a network", now=clock.now())
    client.post(outbox("introcalls/confirm")[-1].secrets["path"])
    gale = db.session.scalars(select(Person).where(Person.email == "gale@example.org")).one()
    assert keeping.of(gale.id) == FEE


def test_forgotten_answers_are_kept_nowhere(client, visit, ana):
    say(client)
    say(visitor := visit(ana))
    for one in (client, visitor):
        action = next(form.action for form in forms(one.get("/match").text) if form.action.endswith("/forget"))
        assert one.post(action).location == "/"
        assert one.get("/match").location == "/match/goal"
    assert not in_cookie(client)
    assert keeping.of(ana.id) == EMPTY


def test_a_cookie_of_old_does_no_harm(client):
    with client.session_transaction() as cookie:
        cookie[session.KEY] = {"max_fee": 90, "style": ["gone"], "free": "never", "oddity": 1}
    assert "at most $90" in client.get("/match").text
