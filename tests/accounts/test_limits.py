"""So many tries, by address and by network; counted in the database before the transaction opens."""

import sys

import pytest
from sqlalchemy import func, select, update
from structlog.testing import capture_logs

from app.config import BadSettings
from app.web import counts, limits
from app.web.counts import DatabaseStorage, LimitCount
from tests import people
from tests.accounts.conftest import NEW, is_in, sign_in, sign_up


def wrong(visitor, email, times=1, **kwargs):
    return [sign_in(visitor, email, "wrong", **kwargs).status_code for _ in range(times)]


@pytest.fixture
def nearly_used(db):
    """nearly_used("sign-in by network"): of each such count one is left."""

    def use(name, left=1):
        rate = int(next(rule.rate for rule in limits.RULES if rule.name == name).split()[0])
        used = update(LimitCount).where(LimitCount.key.contains(f"/{name}/{rate}/")).values(count=rate - left)
        assert db.session.execute(used).rowcount
        db.session.commit()

    return use


def from_network(address):
    return {"environ_base": {"REMOTE_ADDR": address}}


def test_the_twenty_first_wrong_password_within_the_hour_is_not_even_looked_at(client, clock, ana):
    assert set(wrong(client, ana.email, 20)) == {422}
    refused = sign_in(client, ana.email)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 24 * 3600 + 1
    assert "by a letter to your address" in refused.text
    assert not is_in(client)


def test_an_unknown_address_is_limited_alike(client, ana, nearly_used):
    for email in (ana.email, "unknown@example.org"):
        wrong(client, email)
        nearly_used("sign-in by mailbox and network")
        assert wrong(client, email, 2) == [422, 429]


def test_other_spellings_and_other_networks_are_the_same_account(client, ana):
    for n in range(20):
        spelt = (ana.email, ana.email.upper(), "ana.ruiz+x@example.org")[n % 3]
        assert wrong(client, spelt, **from_network(f"198.51.100.{n}")) == [422]
    assert wrong(client, ana.email, **from_network("198.51.100.99")) == [429]


def test_the_day_ends(client, clock, ana, nearly_used):
    wrong(client, ana.email)
    nearly_used("sign-in by mailbox", left=0)
    clock.forward(hours=23, minutes=59)
    assert sign_in(client, ana.email).status_code == 429
    clock.forward(minutes=2)
    assert sign_in(client, ana.email).status_code == 303


def test_what_succeeds_is_no_failed_try(client, guest, ana, nearly_used):
    wrong(client, ana.email)
    for name in ("sign-in by mailbox and network", "sign-in by mailbox", "sign-in by network"):
        nearly_used(name)
    assert [sign_in(guest(), ana.email).status_code for _ in range(3)] == [303] * 3
    assert wrong(client, ana.email, 2) == [422, 429]


def test_a_locked_account_opens_by_the_letter(client, guest, ana, path, nearly_used):
    wrong(guest(), ana.email)
    nearly_used("sign-in by mailbox", left=0)
    assert sign_in(guest(), ana.email).status_code == 429
    client.post("/reset", {"email": ana.email})
    client.post(path("reset"), {"password": NEW})
    assert is_in(client)


def test_one_network_that_tries_many_addresses_is_stopped(client, nearly_used):
    wrong(client, "person1@example.org")
    nearly_used("sign-in by network")
    assert [wrong(client, f"person{n}@example.org")[0] for n in (2, 3)] == [422, 429]
    assert wrong(client, "person3@example.org", **from_network("203.0.113.9")) == [422]


def test_five_letters_an_hour_to_one_address_known_or_not(client, guest, clock, ana, outbox):
    for email in (ana.email, "unknown@example.org"):
        assert {client.post("/reset", {"email": email}).status_code for _ in range(5)} == {303}
        assert client.post("/reset", {"email": email}).status_code == 429
    assert len(outbox()) == 5
    clock.forward(hours=1, seconds=1)
    assert client.post("/reset", {"email": ana.email}).status_code == 303


def test_sign_ups_and_resends_count_as_letters(client, ana):
    for _ in range(3):
        sign_up(client, ana.email)
    for _ in range(2):
        client.post("/check-mail", {"email": ana.email})
    assert client.post("/reset", {"email": ana.email}).status_code == 429


def test_ten_sign_ups_an_hour_from_one_network(client, outbox):
    answers = [sign_up(client, f"person{n}@example.org").status_code for n in range(11)]
    assert answers == [303] * 10 + [429]
    assert len(outbox()) == 10


def test_twenty_wrong_present_passwords_an_hour(visit, ana, nearly_used):
    me, typed = visit(ana), {"current": "wrong", "password": NEW}
    assert me.post("/account/password", typed).status_code == 422
    nearly_used("password by network", left=0)
    assert me.post("/account/password", {**typed, "current": people.PASSWORD}).status_code == 429


def test_everything_that_acts_is_limited_generously_and_reading_is_not(client, nearly_used):
    client.post("/appearance", {"theme": "dark"})
    nearly_used("request by network")
    assert [client.post("/appearance", {"theme": "dark"}).status_code for _ in range(2)] == [303, 429]
    assert client.get("/sign-in").status_code == 200


def test_a_forwarded_address_is_believed_only_from_proxies_we_trust(client, app_with, nearly_used):
    def another(visitor, n):
        return wrong(visitor, f"person{n}@example.org", headers={"X-Forwarded-For": f"203.0.113.{n}"})

    behind = app_with(SC_TRUSTED_PROXIES="1").test_client()
    another(client, 1), another(behind, 1)
    nearly_used("sign-in by network", left=0)
    assert another(client, 2) == [429]
    assert another(behind, 2) == [422]
    assert another(behind, 1) == [429]


def test_an_ipv6_household_is_one_network(app):
    def of(address):
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            return limits.network()

    assert of("2001:db8:1:2:3::4") == of("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    assert of("2001:db8:1:3::1") != of("2001:db8:1:2::1")
    assert (of("192.0.2.7"), of("")) == ("192.0.2.7", "unknown")


def test_a_refusal_is_logged_with_a_keyed_hash_and_stored_likewise(client, db, ana):
    with capture_logs() as lines:
        wrong(client, ana.email, 21)
    assert [line["limit"] for line in lines if line["event"] == "limit reached"]
    rows = db.session.execute(select(LimitCount.key)).scalars().all()
    assert rows
    assert not any("ana" in text or "127.0.0.1" in text for text in (*rows, str(lines)))


def test_a_refused_request_is_counted_although_it_is_rolled_back(client, db):
    client.post("/reset", {"email": "no address"})
    assert db.session.scalar(select(func.count()).select_from(LimitCount)) == 2


def test_a_form_without_its_token_uses_up_nobodys_tries(client, db, ana):
    client.post("/sign-in", {"email": ana.email, "password": "x"}, bare=True)
    assert db.session.scalar(select(func.count()).select_from(LimitCount)) == 0


def test_counts_begin_anew_when_they_are_over(app, clock):
    storage = DatabaseStorage()
    assert [storage.incr("a", 60), storage.incr("a", 60, amount=3), storage.incr("b", 60)] == [1, 4, 1]
    assert storage.get_expiry("a") == clock.now().timestamp() + 60
    clock.forward(seconds=60)
    assert storage.get("a") == 0
    assert storage.incr("a", 60) == 1
    assert (storage.get("a"), storage.get("never")) == (1, 0)
    storage.clear("a")
    assert (storage.get("a"), storage.check(), storage.reset()) == (0, True, 1)


def test_counts_that_are_over_are_forgotten(app, db, clock):
    storage = DatabaseStorage()
    storage.incr("old", 60)
    clock.forward(seconds=61)
    storage.incr("new", 60)
    assert counts.forget(before=clock.now()) == 1
    assert db.session.scalars(select(LimitCount.key)).all() == ["new"]


def test_redis_without_its_package_is_refused_with_a_sentence(app_with, monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(BadSettings, match="needs the package redis"):
        app_with(SC_REDIS_URL="redis://127.0.0.1:1")
