"""Signing in: by password, to where one wanted to go, and without a word on who is here."""


import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select
from structlog.testing import capture_logs

from app import clock, instance
from app.accounts import passwords
from app.accounts.models import SignIn
from app.db import db as database
from app.steward import demo
from tests import people
from tests.accounts.conftest import is_in, sign_in, sign_up
from tests.pages import forms

SECRETS = (people.PASSWORD, "ana.ruiz@example.org", "ana.ruiz")


@pytest.mark.parametrize("email", ["ana.ruiz@example.org", "  Ana.Ruiz@EXAMPLE.org "])
def test_address_and_password_open_the_account(client, ana, email):
    assert sign_in(client, email).location == "/dashboard"
    assert is_in(client)


@pytest.mark.parametrize("change", [lambda p: "", lambda p: "wrong", str.upper, lambda p: p + " ", lambda p: p[:-1]])
def test_another_password_does_not(client, ana, change):
    password = change(people.PASSWORD)
    assert sign_in(client, ana.email, password).status_code == 422
    assert not is_in(client)


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client, guest, ana):
    known, unknown = sign_in(client, ana.email, "wrong"), sign_in(guest(), "n" + ana.email[1:], "wrong")
    assert known.status_code == unknown.status_code == 422
    assert set(known.headers.keys()) == set(unknown.headers.keys())
    assert len(known.data) == len(unknown.data)
    assert "do not go together" in known.text


def test_both_cost_one_argon2_at_the_same_price_before_the_lock_is_taken(client, ana, monkeypatch):
    held, verify = [], PasswordHasher.verify

    def watched(self: PasswordHasher, kept: str, typed: str) -> bool:
        held.append((kept.split("$")[:4], database.session().in_transaction(), writing()))
        return verify(self, kept, typed)

    def writing() -> bool:
        return database.session.connection().get_execution_options().get("sqlite_begin") == "IMMEDIATE"

    passwords.verify("so that nobody's hash is there", None)
    monkeypatch.setattr(PasswordHasher, "verify", watched)
    sign_in(client, ana.email, "wrong")
    sign_in(client, "unknown@example.org", "wrong")
    assert len(held) == 2
    assert held[0][0] == held[1][0]
    assert not any(in_write for _, _, in_write in held)


def test_what_was_typed_is_kept_but_never_the_password(client, ana):
    page = sign_in(client, ana.email, "the wrong password of mine").text
    assert f'value="{ana.email}"' in page
    assert "the wrong password of mine" not in page


def test_a_person_who_came_by_a_call_cannot_sign_in_by_any_password(client, db):
    person = people.make_person("Gale Guest")
    assert sign_in(client, person.email, "").status_code == 422
    assert sign_in(client, person.email, "nobody has this password").status_code == 422


def test_a_closed_account_is_closed(client, ana):
    ana.closed_at = clock.now()
    assert sign_in(client, ana.email).status_code == 422


def test_the_right_password_of_an_unproven_address_sends_a_new_link(client, guest, outbox):
    sign_up(client)
    other = guest()
    assert sign_in(other, "ana@example.org").location.endswith("/check-mail")
    assert not is_in(other)
    assert len(outbox("accounts/verify")) == 2
    assert sign_in(guest(), "ana@example.org", "wrong").status_code == 422
    assert len(outbox("accounts/verify")) == 2


def test_a_password_of_a_lower_cost_is_kept_anew_at_the_next_sign_in(client, db, ana):
    ana.password_hash = before = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(people.PASSWORD)
    sign_in(client, ana.email)
    assert ana.password_hash != before
    assert not passwords.needs_rehash(ana.password_hash)
    assert passwords.verify(people.PASSWORD, ana.password_hash)


@pytest.mark.parametrize("to", ["/openings?state=TX&page=2", "/account", "/supervisors/sam#slots"])
def test_one_goes_where_one_wanted_to(client, ana, to):
    assert sign_in(client, ana.email, data={"next": to}).location == to


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://evil.example",
        "\t//evil.example",
        "/\t/evil.example",
        "//evil.example/%2e%2e",
        "javascript:alert(1)",
        "evil.example",
        "\\\\evil.example",
        "/\r\nLocation: https://evil.example",
        "http:///evil.example",
    ],
)
def test_but_never_to_another_site(client, ana, to):
    assert 'name="next" value="/dashboard"' in client.get("/sign-in", query_string={"next": to}).text
    assert sign_in(client, ana.email, data={"next": to}).location == "/dashboard"


@pytest.mark.parametrize("to", ["/%2F%2Fevil.example", "/%5Cevil.example", "/..//evil.example"])
def test_what_is_encoded_stays_a_path_of_this_site(client, ana, to):
    location = sign_in(client, ana.email, data={"next": to}).location
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def test_a_page_that_asks_for_a_sign_in_is_where_one_ends(client, ana):
    asked = client.get("/account?a=1")
    assert asked.location == "/sign-in?next=%2Faccount%3Fa%3D1"
    assert 'value="/account?a=1"' in client.get(asked.location).text


def test_who_is_signed_in_is_sent_on(visit, ana):
    assert visit(ana).get("/sign-in?next=/account").location == "/account"


def test_the_track_of_the_account_becomes_that_of_the_reader(client, ana):
    ana.state, ana.discipline = "TX", "counseling"
    sign_in(client, ana.email)
    assert client.get_cookie("track").decoded_value == "TX/counseling"


def test_log_lines_tell_what_happened_and_name_nobody(client, ana):
    with capture_logs() as lines:
        sign_in(client, ana.email, "wrong")
        sign_in(client, ana.email)
        client.get("/verify/" + "t" * 43)
    assert [line["event"] for line in lines] == ["sign-in refused", "signed in", "link refused"]
    assert lines[0]["key"] == lines[1]["key"]
    assert not any(secret in str(lines) for secret in (*SECRETS, "t" * 43))


def test_each_sign_in_is_a_session_of_its_own(client, guest, db, ana):
    sign_in(client, ana.email, headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    sign_in(guest(), ana.email, headers={"User-Agent": "Mozilla/5.0 (iPhone) Safari/600"})
    assert sorted(db.session.scalars(select(SignIn.device))) == ["Firefox on Windows", "Safari on iPhone"]
    assert db.session.scalar(select(func.count(SignIn.id.distinct()))) == 2


def test_extra_fields_do_nothing(client, ana):
    data = {"person_id": "1", "is_steward": "1", "verified_at": "2020-01-01", "zone": "Asia/Tokyo"}
    sign_in(client, ana.email, data=data)
    assert ana.zone == "America/Phoenix"
    assert not ana.is_steward


def test_a_demonstration_shows_whom_one_can_sign_in_as_and_nothing_else_does(client, db):
    shown = [*demo.SIGN_INS[0], demo.DEMO_PASSWORD]
    assert not any(words in client.get("/sign-in").text for words in shown)
    instance.mark_demo(now=clock.now())
    page = client.get("/sign-in").text
    assert all(words in page for words in shown)
    ready = [form.values["email"] for form in forms(page) if form.action == "/sign-in" and form.values["email"]]
    assert ready == [email for _, email in demo.SIGN_INS]
