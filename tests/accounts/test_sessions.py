"""Sessions: a new token at each sign-in, dead on the server when they end, and not for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select
from werkzeug.http import parse_cookie

from app import clock
from app.accounts import session, sign_ins
from app.accounts.models import SignIn
from tests import people
from tests.accounts.conftest import is_in, sign_in

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def with_cookie_of(visitor, guest):
    """Another browser with a copy of the visitor's cookie."""
    thief = guest()
    thief.set_cookie("session", visitor.get_cookie("session").value)
    return thief


def test_the_cookie_holds_a_token_of_256_bits_and_the_row_its_hash(client, db, ana):
    sign_in(client, ana.email)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    row = db.session.scalars(select(SignIn)).one()
    assert len(token) >= 43
    assert row.token_hash == sign_ins.hash_of(token) != token


def test_a_session_given_to_me_beforehand_is_not_the_one_i_sign_in_with(client, guest, ana):
    stranger = people.make_person("Zoe Novak", password=people.PASSWORD)
    sign_in(client, stranger.email)
    planted = with_cookie_of(client, guest)
    client.set_cookie("session", planted.get_cookie("session").value)
    client.post("/sign-in", {"email": ana.email, "password": people.PASSWORD})
    assert ana.email in client.get("/account").text
    assert not is_in(planted)


def test_a_guests_cookie_does_not_become_a_signed_in_one(client, guest, ana):
    client.get("/sign-in")
    planted = with_cookie_of(client, guest)
    before = client.csrf_token()
    sign_in(client, ana.email)
    assert not is_in(planted)
    assert client.post("/sign-out", {"csrf_token": before}, bare=True).status_code == 400


def test_after_sign_out_an_old_cookie_is_dead_on_the_server(client, guest, ana):
    sign_in(client, ana.email)
    copy = with_cookie_of(client, guest)
    assert is_in(copy)
    gone = client.post("/sign-out")
    assert gone.status_code == 303
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(copy)
    assert not is_in(client)


def test_signing_out_twice_or_as_a_guest_does_no_harm(client):
    assert client.post("/sign-out").status_code == 303
    assert client.post("/sign-out").status_code == 303


def test_a_closed_account_has_no_sessions(client, ana):
    sign_in(client, ana.email)
    ana.closed_at = clock.now()
    assert not is_in(client)


@pytest.mark.parametrize("token", ["", "made up", "1", "x" * 5000, "é"])
def test_a_made_up_token_is_nobodys(client, ana, token):
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert not is_in(client)


@pytest.mark.parametrize(
    ("is_steward", "begun", "seen", "lives"),
    [
        (False, 13 * DAY, 13 * DAY + 23 * HOUR, True),
        (False, 20 * DAY, 14 * DAY, False),
        (False, 89 * DAY, HOUR, True),
        (False, 90 * DAY, HOUR, False),
        (True, DAY, 11 * HOUR, True),
        (True, DAY, 12 * HOUR, False),
        (True, 6 * DAY, HOUR, True),
        (True, 7 * DAY, HOUR, False),
    ],
)
def test_a_session_lives_as_long_as_it_is_used_and_not_for_ever(is_steward, begun, seen, lives):
    now = clock.now()
    row = SignIn(created_at=now - begun, seen_at=now - seen, ended_at=None)
    assert sign_ins.is_alive(row, is_steward=is_steward, now=now) is lives


def test_reading_keeps_a_session_alive(client, clock, ana):
    sign_in(client, ana.email)
    for _ in range(8):
        clock.forward(days=11)
        assert is_in(client)
    clock.forward(days=2)  # the ninetieth day
    assert not is_in(client)


def test_a_steward_who_went_home_is_signed_out_in_the_morning(visit, clock, wes):
    steward = visit(wes)
    clock.forward(hours=11)
    assert is_in(steward)
    clock.forward(hours=13)
    assert not is_in(steward)


def test_being_here_is_noted_once_an_hour_and_by_reading_too(client, db, clock, ana):
    sign_in(client, ana.email)
    begun = clock.now()
    clock.forward(minutes=59)
    client.get("/account")
    assert db.session.scalars(select(SignIn.seen_at)).one() == begun
    clock.forward(minutes=1)
    client.get("/account")
    assert db.session.scalars(select(SignIn.seen_at)).one() == clock.now()


def test_it_is_noted_after_the_answer_in_a_transaction_of_its_own(client, db, clock, ana):
    sign_in(client, ana.email)
    clock.forward(hours=2)
    statements = []

    def watch(_connection, _cursor, statement, *_rest):
        statements.append(statement.split()[0])

    event.listen(db.engine, "before_cursor_execute", watch)
    client.get("/account")
    event.remove(db.engine, "before_cursor_execute", watch)
    assert statements.count("UPDATE") == 1
    assert statements[-1] == "UPDATE"


def test_an_ended_session_is_not_noted_as_seen(client, db, clock, ana):
    sign_in(client, ana.email)
    clock.forward(hours=2)
    client.post("/sign-out")
    row = db.session.scalars(select(SignIn)).one()
    assert (row.ended_at, row.seen_at) == (clock.now(), clock.now() - 2 * HOUR)


def test_over_https_the_cookie_is_bound_to_the_host(app_with, ana, db):
    db.session.commit()
    secure = app_with(SC_BASE_URL="https://supervision.example").test_client()
    page = secure.get("/sign-in", base_url="https://localhost")
    flags = parse_flags(page.headers["Set-Cookie"])
    assert flags["name"] == "__Host-session"
    assert (flags["secure"], flags["httponly"], flags["samesite"], flags["path"]) == (True, True, "Lax", "/")
    assert "domain" not in flags


def parse_flags(header):
    first, *rest = (part.strip() for part in header.split(";"))
    flags = {name.lower(): value or True for name, _, value in (part.partition("=") for part in rest)}
    return {"name": next(iter(parse_cookie(first))), **flags}


def test_signed_in_pages_are_kept_by_no_cache(client, ana):
    sign_in(client, ana.email)
    for page in ("/account", "/dashboard", "/openings", "/nowhere"):
        assert client.get(page).headers["Cache-Control"] == "no-store"


def test_the_cookie_is_set_at_sign_in_and_left_alone_afterwards(client, ana):
    sign_in(client, ana.email)
    client.get("/account")
    assert "Set-Cookie" not in client.get("/account").headers


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Version/18.0 Safari/605", "Safari on Mac"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/142.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.0", "A browser"),
        ("<script>" * 50, "A browser"),
    ],
)
def test_a_device_is_named_as_its_owner_would(agent, words):
    assert session.device_words(agent) == words
