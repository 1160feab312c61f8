"""The same POST twice is one action and the same answer."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, redirect
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from app import audit, clock
from app.audit import Deed
from app.refusals import Refused
from app.web.gate import public

KEY = "a key of one form on one page"


@pytest.fixture
def desk(app_with: Callable[..., Flask]) -> Any:
    """A visitor at a page that records a deed at each POST, unless told to refuse."""
    app = app_with()
    refusing = {"now": False}

    @app.post("/deeds")
    @public
    def act() -> Any:
        audit.record("tested", "desk", None, by_id=None, now=clock.now())
        if refusing["now"]:
            raise Refused("Not now.", status=409)
        return redirect("/deeds/first", 303)

    visitor: Any = app.test_client()
    visitor.refusing = refusing
    return visitor


def deeds(db: SQLAlchemy) -> int:
    return db.session.scalar(select(func.count()).select_from(Deed)) or 0


def test_a_double_click_acts_once_and_both_get_the_same_answer(desk: Any, db: SQLAlchemy) -> None:
    first = desk.post("/deeds", {"idempotency_key": KEY})
    second = desk.post("/deeds", {"idempotency_key": KEY})
    assert deeds(db) == 1
    assert (first.status_code, first.location) == (second.status_code, second.location) == (303, "/deeds/first")


def test_the_second_click_of_a_page_with_htmx_is_sent_to_the_same_place(desk: Any) -> None:
    desk.post("/deeds", {"idempotency_key": KEY})
    second = desk.post("/deeds", {"idempotency_key": KEY}, htmx=True)
    assert (second.status_code, second.headers["HX-Redirect"]) == (204, "/deeds/first")


def test_another_key_is_another_action(desk: Any, db: SQLAlchemy) -> None:
    desk.post("/deeds", {"idempotency_key": KEY})
    desk.post("/deeds", {"idempotency_key": KEY + "!"})
    assert deeds(db) == 2


def test_a_refused_action_can_be_sent_again_with_its_key(desk: Any, db: SQLAlchemy) -> None:
    desk.refusing["now"] = True
    assert desk.post("/deeds", {"idempotency_key": KEY}).status_code == 409
    desk.refusing["now"] = False
    assert desk.post("/deeds", {"idempotency_key": KEY}).status_code == 303
    assert deeds(db) == 1


def test_a_refusal_leaves_nothing_behind(desk: Any, db: SQLAlchemy) -> None:
    desk.refusing["now"] = True
    response = desk.post("/deeds")
    assert response.status_code == 409
    assert "Not now." in response.text
    assert deeds(db) == 0
