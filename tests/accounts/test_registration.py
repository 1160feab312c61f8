"""Opening an account: nothing stands until the letter is answered, and the page tells nobody who is here."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.accounts import links, registration
from app.accounts.models import Link, Person
from app.refusals import Refused
from tests import people
from tests.accounts.conftest import NEW, find, is_in, sign_in, sign_up

NOW = clock.now


def test_signing_up_opens_the_account_by_the_link_in_the_letter(client, path):
    assert sign_up(client).location.endswith("/check-mail")
    assert "ana@example.org" in client.get("/check-mail").text
    page = client.get(path("verify"))
    assert "Hello, Ana Ruiz" in page.text
    assert client.post(path("verify")).location.endswith("/dashboard")
    assert is_in(client)
    assert find("ANA@example.org").verified_at is not None


@pytest.mark.parametrize(
    ("here_for", "role", "goal"),
    [
        ("licensure", "supervisee", "licensure"),
        ("consultation", "supervisee", "consultation"),
        ("supervisor", "supervisor", "licensure"),
    ],
)
def test_one_is_here_for_what_one_said(client, path, here_for, role, goal):
    sign_up(client, here_for=here_for)
    client.post(path("verify"))
    person = find("ana@example.org")
    assert ([r.role for r in person.roles], person.goal) == ([role], goal)


def test_opening_the_link_verifies_nobody_for_scanners_open_links(client, path):
    sign_up(client)
    for _ in range(3):
        assert client.get(path("verify")).status_code == 200
    assert find("ana@example.org").verified_at is None


def test_the_chosen_zone_and_track_come_along(client, path):
    client.set_cookie("tz", "America/Chicago")
    client.set_cookie("track", "TX/counseling")
    sign_up(client)
    client.post(path("verify"))
    person = find("ana@example.org")
    assert (person.zone, person.state, person.discipline) == ("America/Chicago", "TX", "counseling")


def test_a_known_and_an_unknown_address_get_the_same_answer_and_different_letters(client, guest, ana, outbox):
    known, unknown = sign_up(client, ana.email), sign_up(guest(), "new.here@example.org")
    assert (known.status_code, known.location, known.data) == (unknown.status_code, unknown.location, unknown.data)
    assert set(known.headers.keys()) == set(unknown.headers.keys())
    assert [(letter.kind, letter.to_email) for letter in outbox()] == [
        ("accounts/already", ana.email),
        ("accounts/verify", "new.here@example.org"),
    ]


def test_the_pages_after_it_are_the_same_too(client, guest, ana):
    pages = []
    for visitor, email in ((client, ana.email), (guest(), "unknown@example.org")):
        sign_up(visitor, email)
        with visitor.session_transaction() as cookie:
            pages.append((sorted(cookie), cookie["sent"] == [email, "verify"]))
        assert visitor.post("/check-mail", {"email": email}).location.endswith("/check-mail")
    assert pages[0] == pages[1]


def test_signing_up_again_changes_nothing_for_someone_who_is_here(client, ana, db):
    sign_up(client, ana.email, name="Someone Else", password=NEW)
    assert ana.name == "Ana Ruiz"
    assert db.session.scalar(select(func.count(Link.id))) == 0


def test_signing_up_again_before_answering_sends_a_new_link(client, outbox, path):
    sign_up(client)
    sign_up(client, name="Ana Ruiz-Vega")
    assert len(outbox("accounts/verify")) == 2
    client.post(path("verify"))
    assert find("ana@example.org").name == "Ana Ruiz-Vega"


def test_a_stranger_who_signs_up_with_my_address_gets_nowhere_with_the_password_he_chose(client, guest, path):
    sign_up(client, name="A stranger", password="six pigeons on the chimney")
    mine = guest()
    assert "choose its password here" in mine.get(path("verify")).text
    assert mine.post(path("verify")).status_code == 422
    assert mine.post(path("verify"), {"password": NEW}).status_code == 303
    assert sign_in(guest(), "ana@example.org", "six pigeons on the chimney").status_code == 422
    assert sign_in(guest(), "ana@example.org", NEW).status_code == 303


def test_his_later_sign_up_does_not_slip_under_my_button(client, guest, path):
    sign_up(client, password=NEW)
    sign_up(guest(), password="six pigeons on the chimney")
    assert client.post(path("verify")).status_code == 422


def test_a_link_works_once(client, guest, path):
    sign_up(client)
    client.post(path("verify"))
    again = guest()
    assert again.get(path("verify")).status_code == 404
    assert again.post(path("verify")).status_code == 404


def test_a_link_is_good_for_a_day(client, clock, path):
    sign_up(client)
    clock.forward(hours=23, minutes=59)
    assert client.get(path("verify")).status_code == 200
    clock.forward(minutes=1)
    assert client.get(path("verify")).status_code == 404


def test_a_verification_link_does_not_reset(client, path):
    sign_up(client)
    token = path("verify").rsplit("/", 1)[1]
    assert client.get(f"/reset/{token}").status_code == 404
    assert client.post(f"/reset/{token}", {"password": NEW}).status_code == 404


def test_only_the_hash_of_a_link_is_kept(client, db, path):
    sign_up(client)
    token = path("verify").rsplit("/", 1)[1]
    row = db.session.scalars(select(Link)).one()
    assert len(token) >= 43  # 256 bits
    assert token not in str(vars(row))


def test_the_letter_repeats_nothing_that_was_typed_but_the_address(client, outbox):
    sign_up(client, name="Win money at evil.example")
    letter = outbox("accounts/verify")[0]
    assert (letter.facts, letter.to_name) == ({}, "")


@pytest.mark.parametrize("name", ["O'Brien-Łukasz", "Nguyễn Thị Hạnh", "<b>Ana</b>", "x" * 120])
def test_names_are_kept_and_shown_as_they_are_written(client, path, name):
    sign_up(client, name=name)
    client.post(path("verify"))
    assert find("ana@example.org").name == name
    assert "<b>Ana</b>" not in client.get("/account").text


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"name": "  "}, "name", "Please give your name."),
        ({"name": "x" * 121}, "name", "120 characters"),
        ({"name": "Ana\nBcc: all"}, "name", "in one line"),
        ({"email": "ana.example.org"}, "email", "lacks an @ sign"),
        ({"email": "ana@example"}, "email", "no ending"),
        ({"email": "ana@" + "x" * 300 + ".org"}, "email", "does not look like"),
        ({"password": "short"}, "password", "at least 12"),
        ({"password": "second chair 12"}, "password", "leans on"),
        ({"here_for": "steward"}, "here_for", "Please choose one of these."),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field_and_the_rest_kept(client, outbox, typed, field, words):
    answer = sign_up(client, **{"name": "Ana Ruiz", **typed})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert words in answer.text
    assert people.PASSWORD not in answer.text
    assert not outbox()


def test_nobody_becomes_a_steward_by_typing_it(client, path):
    sign_up(client, is_steward="1", role="steward", verified_at="2020-01-01", roles="steward", closed_at="", id="7")
    assert find("ana@example.org").verified_at is None
    client.post(path("verify"), {"role": "steward"})
    assert [r.role for r in find("ana@example.org").roles] == ["supervisee"]


def test_a_call_opens_a_verified_account_without_a_password(db):
    person = registration.open_by_call("Gale@Example.org", "Gale Guest", "America/Denver", NOW())
    db.session.flush()
    assert (person.email_key, person.zone, person.password_hash) == ("gale@example.org", "America/Denver", None)
    assert person.verified_at == NOW()
    assert person.has_role("supervisee")


def test_a_call_finds_the_account_there_is_and_leaves_it_as_it_is(db, ana):
    ana.zone, before = "America/Phoenix", ana.password_hash
    assert registration.open_by_call(ana.email.upper(), "Other Name", "America/Denver", NOW()) is ana
    assert (ana.name, ana.zone, ana.password_hash) == ("Ana Ruiz", "America/Phoenix", before)


def test_a_call_proves_an_address_but_not_a_password_someone_claimed_for_it(client, guest, db, path):
    sign_up(client)
    registration.open_by_call("ana@example.org", "Ana Ruiz", "America/Denver", NOW())
    db.session.commit()
    assert sign_in(guest(), "ana@example.org").status_code == 422
    assert client.get(path("verify")).status_code == 404


def test_a_closed_account_is_not_opened_by_a_call(db, ana):
    ana.closed_at = NOW()
    with pytest.raises(Refused):
        registration.open_by_call(ana.email, "Ana Ruiz", "America/Denver", NOW())


def test_no_more_than_five_links_an_hour_go_to_one_person(db, outbox, clock):
    claim = registration.Claim("Ana Ruiz", "a hash")
    for _ in range(7):
        registration.register("ana@example.org", claim, now=NOW())
    assert len(outbox()) == links.AN_HOUR
    registration.register("ana@example.org", claim, now=NOW() + timedelta(hours=1, seconds=1))
    assert len(outbox()) == links.AN_HOUR + 1


def test_of_two_who_make_the_same_person_at_once_one_does(db, monkeypatch):
    first = people.make_person("Ana Ruiz", email="ana@example.org")
    looks = iter([None])
    monkeypatch.setattr(registration.people, "find", lambda email: next(looks))
    assert registration.people.find_or_make("ana@example.org", "Ana", now=NOW()) is first
    assert db.session.scalar(select(func.count(Person.id))) == 1
