"""The rules of the house, kept by the suite rather than by memory (docs/ARCHITECTURE.md gives the reasons)."""

import ast
import tomllib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule

from app.accounts.models import Person
from app.config import ROOT
from app.invitations import inviting
from app.messages import threads
from app.saved import finding, searches, stopping
from app.supervisors.models import Supervisor
from app.web.headers import HEADERS
from tests import people
from tests.conftest import TUESDAY, Visitor
from tests.invitations.cast import card_of, seat_at, show_card, three, wish

SOURCES = sorted((ROOT / "app").rglob("*.py"))
TEMPLATES = ROOT / "templates"
ROOMS = sorted({path.parent.name for path in (ROOT / "app").glob("*/__init__.py")} - {"web", "bench"})
SAFE = {"GET", "HEAD", "OPTIONS"}

# What a guest may open. A new door is added here on purpose, or it stays shut.
OPEN_DOORS = {
    "accounts.choose_password",
    "accounts.reset",
    "accounts.send_again",
    "accounts.show_check_mail",
    "accounts.sign_in",
    "accounts.sign_out",
    "accounts.sign_up",
    "accounts.verify",
    "feeds.feed_openings",
    "feeds.map_part",
    "feeds.map_site",
    "feeds.send_poster",
    "feeds.tell_robots",
    "introcalls.book_call",
    "introcalls.confirm_call",
    "introcalls.new_call",
    "introcalls.show_confirmation",
    "introcalls.show_held",
    "introcalls.show_slots",
    "licensure.show_rules",
    "licensure.show_state",
    "matching.explain",
    "matching.home",
    "matching.loosen_wish",
    "matching.show_comparison",
    "matching.show_matches",
    "matching.show_openings",
    "notifications.download_file",
    "notifications.frame_letter",
    "notifications.show_letter",
    "notifications.show_mail",
    "openings.answer_still_open",
    "openings.send_qr",
    "openings.show_flyer",
    "openings.show_opening",
    "openings.show_still_open",
    "profiles.send_photo",
    "saved.show_stop",
    "saved.stop_alerts",
    "steward.metrics",
    "steward.readyz",
    "supervisors.show_supervisor",
    "web.about",
    "web.choose_appearance",
    "web.healthz",
    "wishes.forget",
    "wishes.save_step",
    "wishes.show_step",
    "wishes.show_wishes",
}

# Acts that mail programs carry out by themselves (RFC 8058), with the token of a letter and nothing else.
ONE_CLICK = {"saved.stop_alerts"}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))


def length(function: ast.FunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    says = function.body[0] if ast.get_docstring(function) else None
    return function.end_lineno - function.lineno + 1 - (says.end_lineno - says.lineno + 1 if says else 0)


def test_no_source_file_grows_past_four_hundred_lines():
    long = [path for path in SOURCES if len(path.read_text().splitlines()) > 400]
    assert not long


def test_a_route_loads_attempts_and_answers_in_fifteen_lines():
    routes = [path for path in SOURCES if path.name == "routes.py"]
    long = {f"{p.parent.name}.{f.name}": length(f) for p in routes for f in functions(p) if length(f) > 15}
    assert not long


def test_no_import_hides_in_a_function():
    hidden = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not hidden


def test_nothing_imports_the_factory_but_what_serves_it():
    importers = {
        path.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "app" and any(a.name == "create_app" for a in node.names)
    }
    assert importers == {"__main__.py", "served.py"}


def test_every_room_is_under_the_contracts_of_the_imports():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers, domain, shell = contracts[0]["layers"], contracts[1]["source_modules"], contracts[2]["forbidden_modules"]
    for room in ROOMS:
        assert f"(app.{room})" in layers
        assert f"app.{room}" in domain
        assert f"app.{room}" in shell


def test_the_readme_names_every_room():
    readme = (ROOT / "README.md").read_text()
    assert [room for room in ROOMS if f"`{room}`" not in readme and f"{room}/" not in readme] == []


def test_every_part_says_in_its_first_line_what_it_needs():
    parts = [path for path in TEMPLATES.rglob("_*.html") if "letters" not in path.parts]
    silent = [path.relative_to(TEMPLATES) for path in parts if not path.read_text().startswith("{# needs: ")]
    assert not silent


def test_no_template_carries_script_or_style():
    pages = [path for path in TEMPLATES.rglob("*.html") if "letters" not in path.parts]
    telltales = ("<style", " style=", "hx-on", "javascript:", '="js:', " onclick=", " onchange=", " onsubmit=")
    found = [(path.relative_to(TEMPLATES), t) for path in pages for t in telltales if t in path.read_text().lower()]
    assert not found


@pytest.fixture
def house_rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_an_endpoint_is_named_as_its_function(app: Flask, house_rules: list[Rule]):
    named = {rule.endpoint: app.view_functions[rule.endpoint].__name__ for rule in house_rules}
    assert {e: n for e, n in named.items() if e.split(".")[-1] != n} == {}


def test_a_page_is_named_as_its_endpoint(house_rules: list[Rule]):
    pages = {rule.endpoint for rule in house_rules if rule.endpoint.split(".")[-1].startswith("show_")}
    assert [page for page in pages if not (TEMPLATES / f"{page.replace('.', '/')}.html").exists()] == []


def test_only_these_doors_are_open(app: Flask, house_rules: list[Rule]):
    opened = {rule.endpoint for rule in house_rules if getattr(app.view_functions[rule.endpoint], "is_public", False)}
    assert opened == OPEN_DOORS


@pytest.fixture
def of_room(clock, sam: Supervisor, ana: Person) -> dict[str, dict[str, object]]:
    """By room what exists and is Ana's or Sam's, under the names that the room's addresses have for it."""
    everyone, opening, now = three(), seat_at(sam), clock.now()
    wish(ana)
    shown, asked = card_of(everyone[0]).public_id, finding.canonical("format=group")
    search = searches.keep(ana, asked, "UTC", now=now)
    return {
        "invitations": {
            "opening_id": opening.id,
            "card": shown,
            "public_id": inviting.invite(opening, show_card(ana), "", now=now).public_id,
        },
        "messages": {"public_id": threads.open_between(ana, sam.person, about=opening, now=now).public_id},
        "saved": {"opening_id": opening.id, "search_id": search.id, "token": stopping.give(ana.id, None, now=now)},
        "wishes": {"step": "home"},
    }


@pytest.fixture
def address(app: Flask, sam: Supervisor, ana: Person, of_room: dict) -> Callable[[Rule], str]:
    """address(rule): the rule's address with things that exist in the places of its arguments."""
    people.make_call_settings(sam)
    opening = people.make_opening(sam)
    call = people.make_call(sam, ana, starts_at=TUESDAY + timedelta(days=7))
    known = {
        "slug": sam.slug,
        "state": "az",
        "opening_id": opening.id,
        "public_id": call.public_id,
        "token": "t" * 43,
        "letter": "1",
        "filename": "css/base.css",
    }
    adapter = app.url_map.bind("localhost")
    def built(rule: Rule) -> str:
        named = known | of_room.get(rule.endpoint.split(".")[0], {})
        return adapter.build(rule.endpoint, {name: named.get(name, "1") for name in rule.arguments})

    return built


@pytest.fixture
def everyone(client: Visitor, visit: Callable, ana: Person, sam: Supervisor, wes: Person) -> list[Visitor]:
    return [client, visit(ana), visit(sam), visit(wes)]


def test_looking_changes_nothing_and_never_breaks(db, everyone, address, house_rules):
    written: list[str] = []

    def watch(_connection, _cursor, statement: str, *_rest) -> None:
        if statement.split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            written.append(statement)

    looks = [address(rule) for rule in house_rules if "GET" in rule.methods]
    db.session.commit()
    event.listen(db.engine, "before_cursor_execute", watch)
    try:
        broken = [url for url in looks for who in everyone if who.get(url).status_code >= 500]
    finally:
        event.remove(db.engine, "before_cursor_execute", watch)
    assert not written
    assert not broken


def test_mail_programs_carry_out_nothing_else(app: Flask, house_rules: list[Rule]):
    views = {rule.endpoint: app.view_functions[rule.endpoint] for rule in house_rules}
    assert {name for name, view in views.items() if getattr(view, "is_one_click", False)} == ONE_CLICK


def test_every_act_needs_the_token_of_our_own_page(everyone, address, house_rules):
    ours = [rule for rule in house_rules if rule.endpoint not in ONE_CLICK]
    acts = [(address(rule), method) for rule in ours for method in rule.methods - SAFE]
    open_to_forgery = [
        (url, method) for url, method in acts for who in everyone if who.open(url, method=method).status_code != 400
    ]
    assert acts
    assert not open_to_forgery


def test_no_act_is_taken_from_another_site(everyone, address, house_rules):
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    ours = [rule for rule in house_rules if rule.endpoint not in ONE_CLICK]
    acts = [address(rule) for rule in ours if "POST" in rule.methods]
    taken = [url for url in acts for who in everyone if who.post(url, headers=elsewhere).status_code != 403]
    assert not taken


@pytest.mark.parametrize(
    "url", ["/about", "/healthz", "/nowhere", "/static/css/base.css", "/static/nothing", "/dashboard"]
)
def test_every_answer_carries_the_security_headers(client: Visitor, url: str):
    carried = client.get(url).headers
    assert {name: carried.get(name) for name in HEADERS} == dict(HEADERS)


def test_the_policy_makes_no_exception():
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    for promise in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert promise in policy


def test_over_https_browsers_are_told_to_stay_there(app_with):
    secure = app_with(SC_BASE_URL="https://supervision.example").test_client()
    assert "max-age=" in secure.get("/healthz").headers["Strict-Transport-Security"]
