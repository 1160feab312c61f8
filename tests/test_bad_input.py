"""Whatever is typed into an address or a form: a clear answer, never a fault, and nothing of it comes back alive."""

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.accounts.models import Person
from app.db import db
from app.web.counts import LimitCount
from app.wishes.wishes import WISHES
from tests import people
from tests.conftest import Visitor
from tests.pages import SeenForm, forms

LIVE = '"><img src=x onerror=alert(1)>'
NASTY = (
    LIVE,
    "'; DROP TABLE calls; --",
    "{{ 7 * 7 }}${7*7}",
    "-1",
    "0",
    "9223372036854775808",
    "1e400",
    "NaN",
    "\u202e\u0000\ufeff",
    "é" * 5_000,
    "../../etc/passwd",
    "2026-13-45",
    "99:99",
    "America/../../etc/localtime",
    "[]",
    " ",
)
QUERY_NAMES = (
    *("state", "discipline", "format", "delivery", "zip", "within", "specialty", "modality", "population", "style"),
    *("setting", "language", "affinity", "max_fee", "day", "after", "before", "seats", "verdict", "q", "sort", "page"),
    *("from", "tz", "next", "starts_at", "token", "id"),
)
READ = "/openings", "/matches", "/compare", "/feeds/openings.atom", "/match/goal", "/saved"  # what reads an address


def is_sound(visitor: Visitor, url: str, value: str, query: dict[str, list[str]]) -> None:
    response = visitor.get(url, query_string=query)
    assert response.status_code < 500, f"{url} {query}"
    assert LIVE not in response.text, f"{url} {query}"


@pytest.fixture
def town(clock: object, app: object) -> list[str]:
    """Addresses of a small town: an opening, its supervisor, and the pages that take something from the reader."""
    sam = people.sam()
    opening = people.make_opening(sam)
    return [
        "/",
        "/openings",
        f"/openings/{opening.id}",
        f"/supervisors/{sam.slug}",
        f"/supervisors/{sam.slug}/slots",
        f"/supervisors/{sam.slug}/calls/new",
        "/rules",
        "/rules/tx",
        "/sign-in",
        "/sign-up",
        "/reset",
        "/match",
        "/matches",
        "/compare",
    ]


@pytest.mark.parametrize("value", NASTY)
def test_every_query_name_takes_anything(client: Visitor, town: list[str], value: str) -> None:
    is_sound(client, "/openings", value, {name: [value, "tx"] for name in QUERY_NAMES})
    for url in town:
        is_sound(client, url, value, {name: [value] for name in QUERY_NAMES})


@pytest.mark.parametrize("name", QUERY_NAMES)
def test_no_query_name_breaks_the_search_by_itself(client: Visitor, town: list[str], name: str) -> None:
    for value in (LIVE, "9223372036854775808", "é" * 5_000):
        is_sound(client, "/openings", value, {"state": ["TX"], name: [value]})


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(url=st.sampled_from(READ), name=st.sampled_from(QUERY_NAMES), value=st.text(max_size=200))
def test_any_text_in_any_query_name(client: Visitor, town: list[str], url: str, name: str, value: str) -> None:
    assert client.get(url, query_string={name: [value, "1"]}).status_code < 500


KEPT = st.fixed_dictionaries({}, optional={
    "state": st.sampled_from(["AZ", "GU", "XX"]),
    "discipline": st.sampled_from(["counseling", "consultation", "law"]),
    "delivery": st.sampled_from(["online", "in_person", "by post"]),
    "zip": st.sampled_from(["00000", "85701", "x"]),
    "within": st.integers(-1, 501),
    "free": st.lists(st.integers(-1, 10_081), max_size=6),
    "zone": st.sampled_from(["America/Phoenix", "Asia/Kathmandu", "Factory", "localtime", "Mars"]),
    "max_fee": st.integers(-1, 10**20),
    "affinity": st.lists(st.sampled_from(["black", "gone", "\0"])),
    "musts": st.lists(st.sampled_from([*WISHES, "gone"])),
})  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(kept=KEPT)
def test_whatever_was_wished_for_once_never_fails_a_search(client: Visitor, town: list[str], kept: dict) -> None:
    with client.session_transaction() as cookie:
        cookie["wishes"] = kept
    for url in ("/matches", "/openings?zip=85701", "/compare?id=1", "/match/goal", "/match/meeting"):
        assert client.get(url).status_code == 200, url


SYNTAX = "\"'*()&|!:^-+\\{}[]<>~%_. \u202e\ufdfa\U0001fa91\u0130\u0142\u02bc"  # that of full text, and odd letters


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(q=st.text(st.sampled_from(f"{SYNTAX}ANDORNEARsam"), max_size=100))
def test_words_are_never_an_expression(client: Visitor, town: list[str], q: str) -> None:
    assert client.get("/openings", query_string={"q": q}).status_code == 200


@pytest.mark.parametrize("url", ["http://[", "http://[x]/openings?q=a", "//", "openings?page=%FF", "\xff"])
def test_htmx_may_say_anything_of_where_it_is(client: Visitor, town: list[str], url: str) -> None:
    assert client.get("/openings?format=group", htmx=True, headers={"HX-Current-URL": url}).status_code == 200


def test_bytes_that_no_browser_sends_may_stand_in_an_address(client: Visitor) -> None:
    for url in ("/openings", "/matches", "/compare", "/sign-in", "/dashboard"):
        assert client.get(url, environ_overrides={"QUERY_STRING": "q=\xff&page=\xfe"}).status_code < 400, url
    assert 'value="\xc9"' in client.get("/openings", environ_overrides={"QUERY_STRING": "q=\xc3\x89"}).text


@pytest.mark.parametrize("row", ["\u00b2", "9" * 5_000, "-1", "1e9", ""])
def test_any_name_of_a_row_may_be_sent(client: Visitor, row: str) -> None:
    assert client.post("/match/meeting", {f"hours-{row}-start": "9 am"}).status_code in {303, 422}


@pytest.mark.parametrize("number", [2**31, 2**63])
def test_a_number_that_no_row_has_leads_nowhere(visit: Callable[..., Visitor], app: Flask, number: int) -> None:
    member, adapter = visit(people.sam()), app.url_map.bind("localhost")
    rules = [rule for rule in app.url_map.iter_rules() if any(name.endswith("_id") for name in rule.arguments)]
    assert rules
    for rule in rules:
        url = adapter.build(rule.endpoint, {n: number if n.endswith("_id") else "x" for n in rule.arguments})
        for method in rule.methods & {"GET", "POST"}:
            answer = member.post(url) if method == "POST" else member.get(url)
            assert answer.status_code in {303, 400, 404, 405}, url


@pytest.mark.parametrize(
    "part", ["0", "-1", "9223372036854775808", "1e9", "%00", "%F0%9F%AA%91", "x" * 3000, "..%2F..%2Fwsgi.py"]
)
def test_any_text_in_an_address(client: Visitor, part: str) -> None:
    for base in (
        "/openings/",
        "/supervisors/",
        "/rules/",
        "/calls/",
        "/calls/confirm/",
        "/verify/",
        "/reset/",
        "/dev/mail/",
        "/alerts/unsubscribe/",
        "/match/",
        "/posters/openings/",
    ):
        assert client.get(base + part).status_code in {303, 400, 404, 405, 409, 410}, base


@pytest.mark.parametrize("address", ["/openings/%00", "/openings?q=%00", "/nowhere%01%7F", "/openings/5%3Fx"])
def test_a_form_on_a_page_of_refusal_leads_back_by_a_quoted_address(client: Visitor, address: str) -> None:
    assert f'name="next" value="{address}"' in client.get(address).text


def acting_forms(visitor: Visitor, urls: list[str]) -> list[SeenForm]:
    """Every form that acts, on any of these pages, once per address and set of names."""
    seen = {}
    for url in urls:
        for form in forms(visitor.get(url).text):
            if form.method == "post" and form.action != "/sign-out":
                seen.setdefault((form.action, tuple(form.values)), form)
    return list(seen.values())


def spoil(visitor: Visitor, form: SeenForm) -> None:
    """Send the form with all of its fields spoiled in each way, and with each alone."""
    hidden = {name: form.values[name] for name in ("csrf_token", "idempotency_key") if name in form.values}
    spoiled = [dict.fromkeys(form.values, value) | hidden for value in NASTY]
    spoiled += [form.values | {name: LIVE} for name in form.values]
    for data in spoiled:
        db.session.execute(delete(LimitCount))  # a limit reached would answer for the form
        response = visitor.post(form.action, data, bare=True)
        assert response.status_code < 500, f"{form.action} {data}"
        assert LIVE not in response.text, f"{form.action} {data}"


def test_every_form_of_a_guest_takes_anything(client: Visitor, town: list[str]) -> None:
    steps = ["/match/goal", "/match/meeting", "/match/fee", "/match/home"]
    guests = acting_forms(client, [*town, *steps])
    assert {form.action for form in guests} >= {"/sign-in", "/sign-up", "/reset", "/appearance", *steps}
    for form in guests:
        spoil(client, form)


def test_every_form_of_a_member_takes_anything(visit: Callable[..., Visitor], ana: Person, town: list[str]) -> None:
    member = visit(ana)
    for form in acting_forms(member, [*town, "/account", "/dashboard"]):
        spoil(member, form)


@pytest.mark.parametrize("url", ["/sign-in", "/sign-up", "/reset", "/appearance"])
def test_a_megabyte_and_a_thousand_parts_are_refused(client: Visitor, url: str) -> None:
    assert client.post(url, {"email": "x" * 1_000_000}).status_code == 413
    many = {f"field{n}": "x" for n in range(1_500)}
    assert client.post(url, many, content_type="multipart/form-data").status_code in {400, 413}
