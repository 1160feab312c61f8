"""What is next for a person, and what she might finish."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from app.accounts.routes import greeting
from app.openings import verdicts
from app.openings.models import OpeningViews
from app.supervisors.models import CredentialCheck
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
    assert 'href="/onboarding">Begin' in page
    assert "Say where you are licensed." not in page


LIVE = '"><script>alert(1)</script>'


@pytest.fixture
def week(db, clock, sam, ana):
    """Sam's week: twelve looks at a group, one call booked, two seats taken."""
    group = people.make_opening(sam, format="group", seats=6, taken=2, title="Friday case group")
    db.session.add(OpeningViews(opening_id=group.id, on=TUESDAY.date(), count=12))
    people.make_call(sam, ana, starts_at=TUESDAY + timedelta(days=7), note="=1+1")
    verdicts.refresh([group.id], verdicts.today(clock.now()))
    return group


def table(response) -> list[list[str]]:
    assert response.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(response.data.decode("utf-8-sig").splitlines()))


def test_looks_calls_and_seats_are_drawn_and_told_in_tables(visit, sam, week):
    page = visit(sam).get("/dashboard").text
    for words in ('<b class="num">12</b> looks', '<b class="num">1</b> call booked', '<b class="num">2</b> seats taken',
                  'aria-label="Looks by week, from the week of Oct 5 to this one: 0, 0, 0, 0, 0, 0, 0, 12"',
                  '<td data-label="Looks this week" class="num">12</td>'):  # fmt: skip
        assert words in page
    assert page.count('<tr><th scope="row" class="nowrap"><time') == 8


def test_each_opening_says_for_which_board_it_counts(visit, clock):
    farida = people.make_supervisor("Farida Nightingale", code="LMFT-S", state="TX", zone="America/Chicago")
    one, eight = people.make_opening(farida), people.make_opening(farida, format="group", seats=8)
    verdicts.refresh([one.id, eight.id], verdicts.today(clock.now()))
    page = visit(farida).get("/dashboard").text
    assert '<td data-label="Counts for">Texas LMFT' in page
    assert '<td data-label="Counts for">in part Texas LMFT' in page


def test_a_guests_dashboard_draws_nothing(visit, ana, week):
    page = visit(ana).get("/dashboard").text
    assert "From a look to a seat" not in page
    assert "Friday case group" not in page


def test_what_nobody_confirmed_comes_before_a_later_call(visit, sam, week, clock):
    week.confirmed_at = clock.now() - timedelta(days=29)
    page = visit(sam).get("/dashboard").text
    assert "Is “Friday case group” still open?" in page
    assert page.count('class="next"') == 1
    assert "Ana Ruiz" in page
    said = visit(sam).post(f"/my/openings/{week.id}/confirmation", {"next": "/dashboard"})
    assert said.headers["Location"] == "/dashboard"
    assert "still open?" not in visit(sam).get("/dashboard").text


def test_each_table_can_be_kept_for_a_spreadsheet(visit, sam, week):
    weeks = visit(sam).get("/dashboard/weeks.csv")
    assert weeks.headers["Content-Disposition"] == 'attachment; filename="second-chair-weeks.csv"'
    assert table(weeks)[-1] == ["2026-11-23", "12", "1", "2"]
    openings = table(visit(sam).get("/dashboard/openings.csv"))
    assert openings[-1] == [str(week.id), "Friday case group", "published", "2026-11-23", "12", "2"]
    assert len(openings) == 1 + 8
    calls = table(visit(sam).get("/dashboard/calls.csv"))
    assert calls[-1] == ["2026-12-01 08:00", "2026-12-01 08:20", "America/Phoenix", "Ana Ruiz", "confirmed", "'=1+1"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " ="])
def test_no_cell_of_a_table_is_a_formula(visit, sam, week, start):
    week.title = f"{start}cmd|' /C calc'!A0"
    text = visit(sam).get("/dashboard/openings.csv").data.decode("utf-8-sig")
    cells = next(csv.reader(StringIO(text.split("\r\n", 1)[1], newline="")))
    assert cells[1] == f"'{week.title}"


def test_tables_are_hers_alone(client, visit, ana, pat, week):
    assert client.get("/dashboard/weeks.csv").status_code == 303
    assert visit(ana).get("/dashboard/weeks.csv").status_code == 404
    assert visit(pat).get("/dashboard/people.csv").status_code == 404
    assert table(visit(pat).get("/dashboard/openings.csv"))[1:] == []
    assert table(visit(pat).get("/dashboard/calls.csv"))[1:] == []


def test_what_was_typed_is_text_on_the_dashboard(visit, sam, week):
    week.title = sam.headline = LIVE
    page = visit(sam).get("/dashboard").text
    assert LIVE not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3


def test_what_waits_for_a_steward_and_what_she_asked_is_said(visit, sam, clock):
    license = sam.credentials[0]
    license.status = "pending"
    license.checks.append(CredentialCheck(decision="pending", at=clock.now()))
    assert "Your Arizona LPC is being verified." in visit(sam).get("/dashboard").text
    license.checks.append(CredentialCheck(decision="asked", note="Which name is it under?", at=clock.now()))
    page = visit(sam).get("/dashboard").text
    assert "A question about your Arizona LPC" in page
    assert "“Which name is it under?”" in page


@pytest.mark.parametrize("days", [30, -30])
def test_a_license_that_ends_is_the_first_thing(visit, sam, clock, days):
    sam.credentials[0].expires_on = clock.now().date() + timedelta(days=days)
    page = visit(sam).get("/dashboard").text
    assert f"Your Arizona LPC {'ends' if days > 0 else 'ended'} on" in page


def test_a_dashboard_lists_a_dozen_openings_and_leads_to_the_rest(visit, sam, db):
    for n in range(13):
        people.make_opening(sam, title=f"Hour {n}")
    page = visit(sam).get("/dashboard").text
    assert "All your openings (13)" in page
    assert "Hour 11" in page
    assert "Hour 12" not in page
    assert "Hour 12" in visit(sam).get("/dashboard/openings.csv").text
