"""The page of an opening."""

from datetime import date

import pytest

from app.openings import verdicts
from tests.people import make_call_settings, make_opening, make_supervisor


@pytest.fixture
def farida(app):
    return make_supervisor(
        "Farida Nightingale", code="LMFT-S", state="TX", zone="America/Chicago", city="Austin", supervising_since=2011
    )


def test_the_page_says_who_when_where_and_what_it_costs(client, farida):
    opening = make_opening(farida, title="The Thursday Table", format="group", seats=6, taken=4, fee=45)
    page = client.get(f"/openings/{opening.id}?tz=America/New_York")
    assert page.status_code == 200
    for words in ("The Thursday Table", "Group of 6 · online", "Farida Nightingale", "supervising since 2011",
                  "Two of six chairs are open.", "Tuesdays 6:30–8:00 pm Eastern time",
                  "Tuesdays 5:30–7:00 pm, Central time", "$45 a meeting, about $195 a month"):  # fmt: skip
        assert words in page.text


def test_what_begins_after_the_clocks_change_is_told_as_it_will_be(client, farida):
    opening = make_opening(farida, starts_on=date(2027, 4, 6))
    for address in (f"/openings/{opening.id}", "/openings"):
        assert "Tuesdays 3:30–4:30 pm" in client.get(f"{address}?tz=America/Phoenix").text
    opening.starts_on = None
    assert "Tuesdays 4:30–5:30 pm" in client.get(f"/openings/{opening.id}?tz=America/Phoenix").text


def test_with_a_track_the_verdict_comes_with_reasons_citation_and_board(client, farida):
    opening = make_opening(farida)
    client.set_cookie("track", "TX/marriage_family")
    page = client.get(f"/openings/{opening.id}").text
    assert f'data-opening="{opening.id}" data-verdict="counts"' in page
    for words in (
        "Counts for Texas LMFT",
        "How sure we are:",
        "The whole rule",
        "Information, not legal advice; the board decides.",
    ):
        assert words in page


def test_without_a_track_one_can_be_chosen_and_is_kept(client, farida):
    opening = make_opening(farida)
    page = client.get(f"/openings/{opening.id}").text
    assert 'data-verdict=""' in page
    assert "Does it count for you?" in page
    chosen = client.get(f"/openings/{opening.id}?state=TX&discipline=marriage_family")
    assert 'data-verdict="counts"' in chosen.text
    assert 'data-verdict="counts"' in client.get(f"/openings/{opening.id}").text


def test_half_a_track_gets_a_message_beside_the_missing_half(client, farida):
    opening = make_opening(farida)
    page = client.get(f"/openings/{opening.id}?state=TX&discipline=").text
    assert 'id="discipline-error"' in page
    assert 'id="state-error"' not in page


def test_the_stored_verdict_and_the_pages_are_one(client, db, clock, farida):
    opening = make_opening(farida, format="group", seats=8)
    verdicts.refresh([opening.id], verdicts.today(clock.now()))
    client.set_cookie("track", "TX/marriage_family")
    value = 'data-verdict="partly"'
    assert value in client.get("/openings").text
    assert value in client.get(f"/openings/{opening.id}").text


def test_a_paused_opening_says_that_it_rests(client, farida):
    opening = make_opening(farida, status="paused")
    assert "This opening rests for now." in client.get(f"/openings/{opening.id}").text


@pytest.mark.parametrize("status", ["draft", "closed"])
def test_drafts_and_closed_ones_do_not_exist(client, farida, status):
    opening = make_opening(farida, status=status)
    assert client.get(f"/openings/{opening.id}").status_code == 404


def test_of_a_hidden_profile_nothing_is_shown(client, farida):
    opening = make_opening(farida)
    farida.published_at = None
    assert client.get(f"/openings/{opening.id}").status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", "2147483648", "9223372036854775808", "1" * 300, "-1", "one"])
def test_numbers_that_no_opening_has_are_not_found(client, number):
    assert client.get(f"/openings/{number}").status_code == 404


def test_what_she_wrote_is_shown_and_cannot_act(client, farida):
    opening = make_opening(
        farida, about="We *arrive*.\n\n<b hx-get='/sign-out' hx-trigger='load'>x</b>\n\n[a](javascript:alert(1))"
    )
    page = client.get(f"/openings/{opening.id}").text
    assert "We <em>arrive</em>." in page
    assert "<b hx-get" not in page
    assert 'href="javascript' not in page


def test_her_other_openings_are_listed_and_her_free_times_beside_them(client, farida):
    make_call_settings(farida)
    opening, other = make_opening(farida), make_opening(farida, format="group", title="Second Cup")
    page = client.get(f"/openings/{opening.id}").text
    assert "Other openings with Farida" in page
    assert f'data-opening="{other.id}"' in page
    assert 'name="starts_at"' in page
