"""Log lines tell the operator what happened, and nothing that people typed."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
import structlog
from flask import Flask
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError
from structlog.testing import CapturingLogger

from app.accounts.models import Person
from app.db import db
from app.web.gate import public
from tests import people
from tests.conftest import TUESDAY, Visitor

TYPED = "uma.typed@example.org"


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, str]]]]:
    """What production would have written so far, line by line."""
    usual, written = structlog.get_config(), CapturingLogger()
    processors = [*usual["processors"][:-1], structlog.processors.JSONRenderer()]
    structlog.configure(processors=processors, logger_factory=lambda *_: written)
    yield lambda: [json.loads(call.args[0]) for call in written.calls]
    structlog.configure(**usual)


def test_each_line_carries_the_name_of_its_request_and_the_time_in_utc(client: Visitor, lines) -> None:
    for _ in range(2):
        client.get("/openings/999")
    first, second = lines()
    assert first["request"] != second["request"]
    assert re.fullmatch(r"[0-9a-f]{12}", first["request"])
    assert first["timestamp"].endswith("Z")


def test_access_denied_is_told_by_numbers_and_rules(
    visit: Callable[..., Visitor], ana: Person, zoe: Person, lines
) -> None:
    call = people.make_call(people.sam(), ana, starts_at=TUESDAY)
    visit(zoe).get(f"/calls/{call.public_id}")
    visit(zoe).post("/sign-out", {}, headers={"Sec-Fetch-Site": "cross-site"})
    told = [(line["event"], line["code"], line["page"], line["person"]) for line in lines()]
    assert told == [
        ("access denied", 404, "/calls/<public_id>", zoe.id),
        ("access denied", 403, "/sign-out", zoe.id),
    ]


def test_a_fault_of_the_database_is_told_without_what_was_typed(app: Flask, client: Visitor, lines) -> None:
    def broken() -> None:
        db.session.execute(insert(Person).values(email=TYPED, email_key=TYPED))

    view = app.view_functions["web.about"]
    app.view_functions["web.about"] = public(broken)
    try:
        assert client.get("/about").status_code == 500
    finally:
        app.view_functions["web.about"] = view
    (line,) = lines()
    assert (line["event"], line["page"]) == ("fault", "/about")
    assert "INSERT INTO people" in line["statement"]
    assert TYPED not in str(line)


def test_a_job_that_fails_at_the_database_is_told_without_the_row_that_its_message_quotes(app: Flask, lines) -> None:
    try:
        try:
            db.session.execute(insert(Person).values(email=TYPED, email_key=TYPED))
        except DBAPIError as fault:
            raise RuntimeError("A job broke.") from fault
    except RuntimeError as fault:
        structlog.get_logger().error("recurring job broke", exc_info=fault)
        structlog.get_logger().error("alerts not written", exc_info=fault.__cause__)
    db.session.rollback()
    assert TYPED not in str(lines())
    assert all(line["error"] in ("IntegrityError", "NotNullViolation") for line in lines())
    assert all("test_logs.py" in line["trace"] for line in lines())
