"""One's own account: what is said of oneself, the password, and where one is signed in."""

import pytest
from sqlalchemy import select

from app.accounts.models import SignIn
from tests import people
from tests.accounts.conftest import NEW, is_in, sign_in

DETAILS = {"name": "Ana Ruiz", "zone": "America/Phoenix", "goal": "licensure", "state": "", "discipline": ""}


def save(visitor, **typed):
    return visitor.post("/account", {**DETAILS, **typed})


def test_what_one_says_of_oneself_is_kept_and_shown(visit, ana):
    me = visit(ana)
    said = {"zone": "America/Denver", "goal": "consultation", "state": "TX", "discipline": "social_work"}
    assert save(me, name="Ana Ruiz-Łukasz", **said).location == "/account"
    assert (ana.name, {column: getattr(ana, column) for column in said}) == ("Ana Ruiz-Łukasz", said)
    page = me.get("/account").text
    assert 'value="Ana Ruiz-Łukasz"' in page
    assert "Saved." in page
    assert "Verdicts for <b>Texas LCSW</b>" in page


def test_a_zone_saved_is_the_zone_times_are_shown_in(visit, ana):
    me = visit(ana)
    me.set_cookie("tz", "America/New_York")
    save(me, zone="Pacific/Honolulu")
    assert "Hawaii time" in me.get("/dashboard").text


def test_a_track_can_be_taken_back(visit, ana):
    ana.state, ana.discipline = "TX", "counseling"
    save(visit(ana))
    assert (ana.state, ana.discipline) == (None, None)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\tb"}, "name"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"goal": "steward"}, "goal"),
        ({"state": "ZZ", "discipline": "counseling"}, "state"),
        ({"state": "TX"}, "discipline"),
        ({"state": "TX", "discipline": "astrology"}, "discipline"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(visit, ana, typed, field):
    refused = save(visit(ana), **typed)
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert ana.name == "Ana Ruiz"


def test_fields_that_the_form_does_not_have_are_ignored(visit, ana):
    before = ana.password_hash
    taken = {"email": "x@evil.example", "email_key": "x", "is_steward": "1", "closed_at": "2026-01-01"}
    save(visit(ana), **taken, password_hash="x", id="99", roles="steward", verified_at="")
    assert (ana.email, ana.password_hash, ana.closed_at) == ("ana.ruiz@example.org", before, None)
    assert not ana.is_steward


def test_a_supervisor_is_not_asked_what_she_works_toward(visit, sam):
    me = visit(sam)
    assert 'name="goal"' not in me.get("/account").text
    assert save(me, name="Sam Okafor", goal="consultation", state="TX", discipline="counseling").status_code == 303
    assert (sam.person.goal, sam.person.state) == ("licensure", None)


def change(visitor, current, password=NEW):
    return visitor.post("/account/password", {"current": current, "password": password})


def test_a_password_is_changed_with_the_present_one(visit, guest, ana, outbox):
    assert change(visit(ana), people.PASSWORD).location == "/account"
    assert sign_in(guest(), ana.email, NEW).status_code == 303
    assert sign_in(guest(), ana.email).status_code == 422
    assert [letter.kind for letter in outbox()] == ["accounts/password"]


@pytest.mark.parametrize(
    ("current", "password", "field"),
    [("wrong", NEW, "current"), ("", NEW, "current"), (people.PASSWORD, "short", "password")],
)
def test_but_not_without_it_nor_to_a_weak_one(visit, guest, ana, current, password, field):
    refused = change(visit(ana), current, password)
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert sign_in(guest(), ana.email).status_code == 303


def test_a_changed_password_ends_the_other_sessions_and_the_links(client, visit, guest, ana, path):
    other, me = visit(ana), visit(ana)
    client.post("/reset", {"email": ana.email})
    change(me, people.PASSWORD)
    assert is_in(me)
    assert not is_in(other)
    assert client.get(path("reset")).status_code == 404


def test_who_came_by_a_call_chooses_one_without_any_before(visit, guest, db):
    gale = people.make_person("Gale Guest")
    me = visit(gale)
    assert 'name="current"' not in me.get("/account").text
    assert "Choose a password" in me.get("/dashboard").text
    assert me.post("/account/password", {"password": NEW}).status_code == 303
    assert sign_in(guest(), gale.email, NEW).status_code == 303


def test_i_see_where_i_am_signed_in_and_sign_out_the_others(guest, db, ana):
    phone, desk = guest(), guest()
    sign_in(phone, ana.email, headers={"User-Agent": "Mozilla/5.0 (iPhone) Safari/600"})
    sign_in(desk, ana.email, headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    assert "Safari on iPhone" in desk.get("/account").text
    assert desk.post("/account/sign-out-others").location == "/account"
    assert "Signed out on 1 other device." in desk.get("/account").text
    assert (is_in(phone), is_in(desk)) == (False, True)


def test_nobody_elses_sessions_are_listed_or_ended(visit, db, ana, zoe):
    stranger, me = visit(zoe), visit(ana)
    me.post("/account/sign-out-others")
    assert is_in(stranger)
    assert db.session.scalars(select(SignIn.ended_at).where(SignIn.person_id == zoe.id)).one() is None


@pytest.mark.parametrize("url", ["/account", "/dashboard"])
def test_guests_are_asked_to_sign_in(client, url):
    assert client.get(url).location.startswith("/sign-in?next=")


@pytest.mark.parametrize("url", ["/account", "/account/password", "/account/sign-out-others"])
def test_guests_change_nothing(client, url):
    assert client.post(url, {"name": "x"}).location.startswith("/sign-in?next=")
