"""Choosing a password by a letter."""

import pytest
from sqlalchemy import select

from app.accounts import recovery
from app.accounts.models import SignIn
from app.audit import Deed
from app.refusals import Refused
from tests import people
from tests.accounts.conftest import NEW, is_in, sign_in, sign_up


def ask(visitor, email):
    return visitor.post("/reset", {"email": email})


def test_a_forgotten_password_is_chosen_anew_by_the_link(client, guest, ana, path, outbox):
    assert ask(client, ana.email).location.endswith("/check-mail")
    assert client.get(path("reset")).status_code == 200
    assert client.post(path("reset"), {"password": NEW}).location.endswith("/dashboard")
    assert is_in(client)
    assert sign_in(guest(), ana.email).status_code == 422
    assert sign_in(guest(), ana.email, NEW).status_code == 303
    assert outbox("accounts/password")[0].to_email == ana.email


def test_a_known_and_an_unknown_address_are_answered_alike(client, guest, ana, outbox):
    known, unknown = ask(client, ana.email), ask(guest(), "unknown@example.org")
    assert (known.status_code, known.location, known.data) == (unknown.status_code, unknown.location, unknown.data)
    assert set(known.headers.keys()) == set(unknown.headers.keys())
    assert [letter.to_email for letter in outbox()] == [ana.email]


def test_every_session_from_before_ends(client, guest, ana, path):
    thief = guest()
    sign_in(thief, ana.email)
    ask(client, ana.email)
    client.post(path("reset"), {"password": NEW})
    assert not is_in(thief)


def test_it_ends_the_session_of_the_browser_itself_and_begins_a_new_one(client, db, ana, path):
    sign_in(client, ana.email)
    ask(client, ana.email)
    client.post(path("reset"), {"password": NEW})
    ended = list(db.session.scalars(select(SignIn.ended_at).order_by(SignIn.id)))
    assert [moment is None for moment in ended] == [False, True]


def test_a_link_works_once_and_ends_its_sisters(client, guest, ana, outbox):
    ask(client, ana.email)
    ask(client, ana.email)
    first, second = (letter.secrets["path"] for letter in outbox("accounts/reset"))
    assert client.post(second, {"password": NEW}).status_code == 303
    for path in (first, second):
        assert guest().post(path, {"password": "six pigeons on the chimney"}).status_code == 404


def test_a_link_is_good_for_half_an_hour(client, clock, ana, path):
    ask(client, ana.email)
    clock.forward(minutes=29)
    assert client.get(path("reset")).status_code == 200
    clock.forward(minutes=1)
    assert client.get(path("reset")).status_code == 404
    assert client.post(path("reset"), {"password": NEW}).status_code == 404


def test_a_reset_link_does_not_verify(client, ana, path):
    ask(client, ana.email)
    assert client.get(path("reset").replace("reset", "verify")).status_code == 404


def test_a_change_of_address_kills_the_link(client, ana, path):
    ask(client, ana.email)
    ana.email = ana.email_key = "ana@elsewhere.example"
    assert client.get(path("reset")).status_code == 404


def test_a_used_link_and_a_made_up_one_are_answered_alike(client, guest, ana, path):
    ask(client, ana.email)
    client.post(path("reset"), {"password": NEW})
    used, made_up = guest().get(path("reset")), guest().get("/reset/" + "x" * 43)
    assert (used.status_code, len(used.data)) == (made_up.status_code, len(made_up.data))


def test_a_refused_password_leaves_the_link_good(client, ana, path):
    ask(client, ana.email)
    refused = client.post(path("reset"), {"password": "ruiz ruiz ruiz"})
    assert refused.status_code == 422
    assert 'id="password-error"' in refused.text
    assert client.post(path("reset"), {"password": NEW}).status_code == 303


def test_who_came_by_a_call_chooses_her_first_password_the_same_way(client, guest, db, path):
    gale = people.make_person("Gale Guest")
    ask(client, gale.email)
    client.post(path("reset"), {"password": NEW})
    assert sign_in(guest(), gale.email, NEW).status_code == 303


def test_a_reset_proves_the_address_and_ends_the_link_of_the_sign_up(client, guest, path):
    sign_up(client)
    ask(guest(), "ana@example.org")
    guest().post(path("reset"), {"password": NEW})
    assert sign_in(guest(), "ana@example.org", NEW).status_code == 303
    assert client.get(path("verify")).status_code == 404


def test_nobody_gets_a_letter_for_a_closed_account(client, clock, ana, outbox):
    ana.closed_at = clock.now()
    ask(client, ana.email)
    assert not outbox()


def test_links_begin_with_the_sites_own_address_whatever_host_was_asked(client, ana, outbox):
    token = client.csrf_token()
    client.set_cookie("session", client.get_cookie("session").value, domain="evil.example")
    answer = client.post("/reset", {"email": ana.email, "csrf_token": token}, bare=True, base_url="http://evil.example")
    assert answer.location == "/check-mail"
    letter = outbox("accounts/reset")[0]
    assert letter.secrets["path"].startswith("/reset/")
    assert "evil" not in str(letter.facts)


def test_of_two_who_use_one_link_at_once_one_gets_it(client, db, clock, ana, path):
    ask(client, ana.email)
    token = path("reset").rsplit("/", 1)[1]
    recovery.reset(token, "a hash", now=clock.now())
    with pytest.raises(Refused):
        recovery.reset(token, "another hash", now=clock.now())
    assert ana.password_hash == "a hash"


def test_the_deed_is_recorded_without_a_word_of_whom(client, db, ana, path):
    ask(client, ana.email)
    client.post(path("reset"), {"password": NEW})
    deed = db.session.scalars(select(Deed).where(Deed.deed == "password.chosen")).one()
    assert (deed.subject_id, deed.facts) == (ana.id, {})
