"""What is next for a person, and what she might finish."""

from datetime import timedelta

import pytest

from app.accounts.routes import greeting
from tests import people
from tests.conftest import TUESDAY


@pytest.mark.parametrize(
    ("hour", "half"),
    [(3, "evening"), (4, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening")],
)
def test_a_greeting_goes_by_the_readers_hour(hour, half):
    assert greeting(hour) == f"Good {half}"


def test_the_next_call_comes_first_in_the_readers_zone(visit, ana, sam):
    people.make_call(sam, ana, starts_at=TUESDAY + timedelta(days=8))
    people.make_call(sam, ana, starts_at=TUESDAY + timedelta(days=7), note="second-year associate")
    page = visit(ana).get("/dashboard").text
    assert "Good morning, Ana" in page
    assert page.index("Tuesday, December 1, 2026, 8:00 am") < page.index("Wed, Dec 2, 8:00 am MST")
    assert "a call with Sam Okafor" in page
    assert "You wrote: “second-year associate”" in page
    assert "20 minutes, Arizona time" in page


def test_the_supervisor_sees_who_calls_her_profile_and_her_openings(visit, ana, sam):
    people.make_call(sam, ana, starts_at=TUESDAY + timedelta(days=7), note="second-year associate")
    people.make_opening(sam, format="group", seats=6, taken=2, title="Friday case group", fee=45)
    page = visit(sam).get("/dashboard").text
    assert "a call with Ana Ruiz" in page
    assert "Ana Ruiz wrote: “second-year associate”" in page
    assert "Friday case group" in page
    assert "4 of 6 open" in page
    assert f"/supervisors/{sam.slug}" in page


def test_nobody_sees_anothers_calls(visit, ana, sam, zoe):
    people.make_call(sam, ana, starts_at=TUESDAY + timedelta(days=7), note="second-year associate")
    page = visit(zoe).get("/dashboard").text
    assert "second-year associate" not in page
    assert "Sam Okafor" not in page


def test_past_and_cancelled_calls_are_not_next(visit, ana, sam):
    people.make_call(sam, ana, starts_at=TUESDAY - timedelta(days=1))
    people.make_call(sam, ana, starts_at=TUESDAY + timedelta(days=1), status="cancelled")
    assert "a call with" not in visit(ana).get("/dashboard").text


def test_what_is_unfinished_is_said(visit, db):
    fresh = people.make_person("Robin Vale")
    page = visit(fresh).get("/dashboard").text
    assert "Choose a password." in page
    assert "Say where you are licensed." in page


def test_a_supervisor_without_a_profile_learns_how_to_get_one(visit, db):
    page = visit(people.make_person("Robin Vale", roles=("supervisor",))).get("/dashboard").text
    assert "Have your profile set up." in page
    assert "Say where you are licensed." not in page
