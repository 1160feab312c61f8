"""Invitations: limits, what each side learns and when, and every way to be late."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app import clock as app_clock
from app.db import db
from app.invitations import cards, inviting
from app.invitations.models import Invitation
from app.notifications.delivery import Stationery
from app.openings.models import Placement
from app.refusals import Missing, Refused
from app.supervisors.models import Supervisor
from tests import people
from tests.invitations.cast import (
    answered,
    candidates_page,
    card_of,
    in_the_morning,
    invitation_to,
    show_card,
    three,
    wish,
)


def known(visit: Callable, sam: Supervisor) -> str:
    """What Sam reads of what he sent."""
    return visit(sam).get("/invitations").text


def test_she_gets_a_letter_and_sees_who_invites_her_to_what(visit: Callable, sam, opening, ida, outbox: Callable):
    visit(sam).post(candidates_page(opening, ida), {"note": "We begin in January."})
    letter = outbox("invitations/invited")[0]
    assert (letter.to_email, letter.facts["supervisor"]) == (ida.email, "Sam Okafor")
    page = visit(ida).get("/invitations").text
    for told in ("Sam Okafor", "Tuesday hour", "We begin in January.", "Tuesday evenings are free for you"):
        assert told in page


def test_the_letter_tells_who_invites_and_that_there_is_a_note_and_not_what_it_says(
    app, visit: Callable, sam, opening, ida, outbox: Callable
):
    visit(sam).post(candidates_page(opening, ida), {"note": "I remember you well."})
    letter = outbox("invitations/invited")[0]
    drawn = Stationery(app.config["SC"]).draw(letter)
    text = "".join(drawn.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "remember" not in text + str(letter.facts)
    assert text.count("a note for you") == 2


def test_before_a_yes_no_letter_and_no_page_of_his_names_her(visit: Callable, sam, invited, opening, outbox: Callable):
    assert not [letter for letter in outbox() if letter.to_email == sam.person.email]
    for page in ("/invitations", "/dashboard", "/messages", candidates_page(opening), "/my/openings"):
        text = visit(sam).get(page).text
        assert "Lowell" not in text
        assert invited.public_id not in text


def test_yes_names_each_to_the_other_and_opens_a_thread(visit: Callable, sam, ida, invited, outbox: Callable):
    thread = answered(visit, invited, "yes").location
    assert outbox("invitations/accepted")[0].facts["supervisee"] == "Ida Lowell"
    for who in (sam, ida):
        assert "We begin in January." in visit(who).get(thread).text
    assert "Ida Lowell: yes" in known(visit, sam)


def test_no_is_told_the_next_morning_as_not_this_time(visit: Callable, sam, invited, clock, outbox: Callable):
    answered(visit, invited, "no")
    clock.forward(hours=8)
    assert "Waits for an answer" in known(visit, sam)
    in_the_morning(clock)
    page = known(visit, sam)
    assert "Not this time" in page
    assert "Lowell" not in page
    assert not [letter for letter in outbox() if letter.to_email == sam.person.email]


@pytest.mark.parametrize("said", ["", "no"])
def test_his_dashboard_leads_to_what_waits_and_has_nothing_of_what_he_does_not_know(
    visit: Callable, sam, opening, invited, clock, said: str
):
    opening.status = "paused"
    if said:
        answered(visit, invited, said)
    assert '<a href="/invitations">1 invitation of yours</a> waits for an answer.' in visit(sam).get("/dashboard").text
    clock.forward(days=14)
    assert "of yours</a>" not in visit(sam).get("/dashboard").text


@pytest.mark.parametrize("said", ["", "mute"])
def test_silence_and_a_mute_are_told_alike_when_it_runs_out(visit: Callable, sam, invited, clock, said: str):
    if said:
        answered(visit, invited, said)
    clock.forward(days=13)
    assert "Waits for an answer" in known(visit, sam)
    clock.forward(days=1)
    assert "Not this time" in known(visit, sam)


def test_a_muted_supervisor_never_sees_her_card_again(visit: Callable, sam, opening, ida, invited, clock):
    answered(visit, invited, "mute")
    in_the_morning(clock)
    assert visit(sam).get(candidates_page(opening, ida)).status_code == 404
    assert "Sam Okafor" in visit(ida).get("/card").text


def test_unmuted_she_is_seen_as_before(visit: Callable, sam, opening, ida, invited, clock):
    answered(visit, invited, "mute")
    visit(ida).post(f"/card/mutes/{sam.id}/end")
    in_the_morning(clock)
    assert visit(sam).get(candidates_page(opening, ida)).status_code == 200


def test_after_a_no_she_may_still_mute(visit: Callable, sam, ida, invited):
    answered(visit, invited, "no")
    answered(visit, invited, "mute")
    assert invitation_to(ida).answer == "no"
    assert [mute.supervisor_id for mute in inviting.muted_by(ida)] == [sam.id]


def test_whom_she_muted_she_is_asked_to_mute_no_more(visit: Callable, ida, invited):
    answered(visit, invited, "no")
    assert 'value="mute"' in visit(ida).get("/invitations").text
    answered(visit, invited, "mute")
    page = visit(ida).get("/invitations").text
    assert "You answered no. You muted Sam Okafor." in page
    assert 'value="mute"' not in page


def test_the_same_answer_twice_is_one(visit: Callable, invited, outbox: Callable):
    first, second = answered(visit, invited, "yes"), answered(visit, invited, "yes")
    assert first.location == second.location
    assert len(outbox("invitations/accepted")) == 1


def test_another_answer_afterwards_is_refused_with_words(visit: Callable, invited):
    answered(visit, invited, "no")
    response = answered(visit, invited, "yes")
    assert response.status_code == 409
    assert "answered this invitation already" in response.text


@pytest.mark.parametrize("said", ["yes", "no"])
def test_an_invitation_that_ran_out_is_not_answered(visit: Callable, invited, clock, said: str):
    clock.forward(days=14)
    response = answered(visit, invited, said)
    assert response.status_code == 409
    assert "has run out" in response.text


def test_a_yes_to_a_seat_that_is_taken_meanwhile_is_refused_with_words(visit: Callable, opening, invited):
    opening.seat_rows[0].placements.append(Placement(started_at=app_clock.now()))
    response = answered(visit, invited, "yes")
    assert response.status_code == 409
    assert "Meanwhile all seats of this opening are taken." in response.text
    assert answered(visit, invited, "no").status_code == 303


@pytest.mark.parametrize("license", [{"status": "refused"}, {"suspended_on": date(2026, 11, 1)}, {"status": "pending"}])
def test_to_a_license_that_is_not_verified_any_more_no_name_is_told(visit: Callable, sam, ida, invited, license: dict):
    for name, value in license.items():
        setattr(sam.credentials[0], name, value)
    assert "not verified any more" in visit(ida).get("/invitations").text
    response = answered(visit, invited, "yes")
    assert (response.status_code, "not verified any more" in response.text) == (409, True)
    assert "Lowell" not in known(visit, sam)


def test_to_a_supervisor_who_has_left_no_name_is_told(visit: Callable, sam, invited):
    sam.person.closed_at = app_clock.now()
    assert "has left the site" in answered(visit, invited, "yes").text


def test_a_yes_to_what_is_off_the_site_is_refused_with_words(visit: Callable, opening, invited):
    opening.status = "closed"
    assert "taken this opening off the site" in answered(visit, invited, "yes").text


@pytest.mark.parametrize("said", ["", "perhaps", "yes "])
def test_any_other_answer_is_none(visit: Callable, invited, said: str):
    assert answered(visit, invited, said).status_code == 422


def test_only_she_answers(visit: Callable, sam, zoe, wes, invited):
    for who in (sam, zoe, wes):
        response = visit(who).post(f"/invitations/{invited.public_id}", {"answer": "yes"})
        assert response.status_code == 404


def test_the_same_card_is_invited_once(visit: Callable, sam, opening, ida, outbox: Callable):
    for _ in range(2):
        assert visit(sam).post(candidates_page(opening, ida)).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 1
    assert len(outbox("invitations/invited")) == 1


def test_the_same_person_under_another_card_is_not_asked_again_and_nobody_can_tell(
    visit: Callable, sam, opening, ida, invited, clock, outbox: Callable
):
    cards.turn_off(card_of(ida), now=app_clock.now())
    in_the_morning(clock)
    show_card(ida)
    response = visit(sam).post(candidates_page(opening, ida), {"note": "Again"})
    assert response.status_code == 303
    assert known(visit, sam).count("Waits for an answer") == 2
    assert "Again" not in visit(ida).get("/invitations").text
    assert len(outbox("invitations/invited")) == 1


def test_a_card_that_went_meanwhile_is_as_one_that_never_was(visit: Callable, sam, opening, ida):
    address = candidates_page(opening, ida)
    cards.turn_off(card_of(ida), now=app_clock.now())
    gone, never = (visit(sam).post(page) for page in (address, candidates_page(opening) + "/" + "x" * 22))
    assert gone.status_code == never.status_code == 404


def test_five_a_day_and_no_more(visit: Callable, sam, opening, clock):
    everyone = three(*[f"Nora {letters}" for letters in ("Abc", "Bcd", "Cde", "Def", "Efg")])
    more = three("Amy Field", "Joy Hart", "Kay Stone")
    for person in everyone:
        assert visit(sam).post(candidates_page(opening, person)).status_code == 303
    refused = visit(sam).post(candidates_page(opening, more[0]))
    assert (refused.status_code, "The next may go Wed, Nov 25, 8:00 am MST." in refused.text) == (429, True)
    clock.at(datetime(2026, 11, 25, 8, 0, tzinfo=UTC))  # past midnight where Sam is, and in the day of UTC too
    assert visit(sam).post(candidates_page(opening, more[0])).status_code == 429
    clock.at(datetime(2026, 11, 24, 15, 0, tzinfo=UTC))
    clock.forward(days=1, minutes=1)
    assert visit(sam).post(candidates_page(opening, more[0])).status_code == 303


def test_twenty_wait_at_once_and_a_no_frees_a_place_only_when_it_is_told(sam, opening, clock):
    now = app_clock.now()
    for n in range(inviting.AT_ONCE):
        person = people.make_person(f"Nora Quill {n}")
        row = inviting.invite(opening, show_card(wish(person)), "", now=now - timedelta(days=7 - n // 5))
    ida = three()[0]
    row.answer, row.answered_at = "no", now
    with pytest.raises(Refused, match="wait for an answer"):
        inviting.invite(opening, card_of(ida), "", now=now)
    assert inviting.invite(opening, card_of(ida), "", now=in_the_morning(clock))


def test_a_note_that_is_too_long_is_refused_beside_its_field(visit: Callable, sam, opening, ida):
    response = visit(sam).post(candidates_page(opening, ida), {"note": "x" * 501})
    assert response.status_code == 422
    assert 'id="note-error"' in response.text
    assert "x" * 501 in response.text


def test_her_own_reasons_stay_her_own(visit: Callable, sam, opening):
    ida = three(affinity=("lgbtqia",), musts=frozenset({"affinity"}))[0]
    inviting.invite(opening, card_of(ida), "", now=app_clock.now())
    assert "shared background" in visit(ida).get("/invitations").text
    for page in (candidates_page(opening), candidates_page(opening, ida), "/invitations"):
        assert "background" not in visit(sam).get(page).text


def test_a_note_keeps_its_lines_on_both_sides(visit: Callable, sam, opening, ida):
    visit(sam).post(candidates_page(opening, ida), {"note": "Welcome.\r\n\r\nWe begin in January."})
    for who in (sam, ida):
        assert "“Welcome.<br>We begin in January.”" in visit(who).get("/invitations").text


def test_whoever_is_not_muted_cannot_be_unmuted(ida):
    with pytest.raises(Missing):
        inviting.unmute(ida, 2**70, now=app_clock.now())


@pytest.mark.parametrize(
    "whom", ["Sam Okafor", " sam okafor", "http://localhost/supervisors/sam-okafor/?tz=UTC", "sam-okafor"]
)
def test_whom_she_names_is_kept_from_her_card(visit: Callable, sam, ida, whom: str):
    assert visit(ida).post("/card/mutes", {"whom": whom}).location == "/card#h-mutes"
    assert [mute.supervisor for mute in inviting.muted_by(ida)] == [sam]
    assert "Sam Okafor" in visit(ida).get("/card").text


@pytest.mark.parametrize("whom", ["Łukasz O'Brien", "Łukasz o’brien"])
def test_whom_she_names_is_found_by_any_letters(visit: Callable, ida, whom: str):
    other = people.make_supervisor("Łukasz O'Brien")
    assert visit(ida).post("/card/mutes", {"whom": whom}).status_code == 303
    assert [mute.supervisor for mute in inviting.muted_by(ida)] == [other]


@pytest.mark.parametrize("whom", ["", "Sam", "x" * 5_000, "http://[", "/supervisors/", "Gil Two"])
def test_whom_nobody_knows_is_refused_beside_the_field(visit: Callable, sam, ida, whom: str):
    for _ in range(2):
        people.make_supervisor("Gil Two")
    response = visit(ida).post("/card/mutes", {"whom": whom})
    assert (response.status_code, 'id="whom-error"' in response.text) == (422, True)
    assert not inviting.muted_by(ida)


def test_profiles_that_are_not_shown_are_not_told_of(visit: Callable, sam, ida):
    sam.published_at = None
    assert visit(ida).post("/card/mutes", {"whom": sam.slug}).status_code == 422
