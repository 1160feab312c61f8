"""The pages of a call as their readers meet them: guests, both parties, strangers; with and without htmx."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
import vobject
from sqlalchemy import func, select

from app.accounts.models import Person
from app.introcalls.models import Call, CallCell
from app.supervisors import addresses
from tests import people

NINE = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)  # Tuesday, 9 am in Phoenix
AT_NINE = "2026-12-01T16:00:00Z"
GALE = {"name": "Gale Guest", "email": "gale@example.org", "note": "Second year, school site"}
SLOTS, CALLS = "/supervisors/sam-okafor/slots", "/supervisors/sam-okafor/calls"


@pytest.fixture(autouse=True)
def sam_takes_calls(sam):
    people.make_call_settings(sam)


def buttons(page) -> list[str]:
    return re.findall(r'<button class="slot"[^>]* name="starts_at" value="([^"]+)"', page.text)


def said(page) -> str:
    return page.text.split("<main", 1)[1].split("</main>", 1)[0]


def count(db, **columns) -> int:
    return db.session.scalar(select(func.count(Call.id)).filter_by(**columns))


def link(outbox) -> str:
    return outbox("introcalls/confirm")[-1].secrets["path"]


# The picker


def test_the_picker_shows_the_first_week_with_free_times_in_the_readers_zone(client):
    page = client.get(SLOTS)
    assert buttons(page)[0] == "2026-11-25T16:00:00Z"
    assert "11:00 am" in page.text
    assert '<option value="America/New_York" selected>Eastern time, New York' in page.text


def test_a_zone_is_remembered_and_changes_nothing_but_the_words(client):
    page = client.get(f"{SLOTS}?tz=America/Phoenix")
    assert "tz=America/Phoenix" in page.headers["Set-Cookie"]
    later = client.get(SLOTS)
    assert "9:00 am" in later.text
    assert buttons(later) == buttons(page)


def test_an_address_she_had_before_leads_to_her_times_and_books(client, sam, clock, outbox):
    addresses.move(sam, "sam", now=clock.now())
    start = buttons(client.get(SLOTS))[0]
    assert client.post(CALLS, {**GALE, "starts_at": start}).status_code == 303
    assert link(outbox)


def test_the_weeks_of_her_preview_turn_before_anyone_else_sees_them(client, visit, sam, zoe):
    sam.published_at = None
    assert buttons(visit(sam).get(SLOTS, htmx=True))
    assert visit(sam).post(CALLS, {"starts_at": AT_NINE}).status_code == 409
    for stranger in (client, visit(zoe)):
        assert stranger.get(SLOTS).status_code == 404
    assert visit(zoe).post(CALLS, {"starts_at": AT_NINE}).status_code == 404


def test_htmx_gets_the_part_alone(client):
    part = client.get(f"{SLOTS}?from=2026-12-07", htmx=True)
    assert part.text.startswith('<section class="book" id="slots-')
    assert "Dec 7 – Dec 13" in part.text
    assert "HX-Request-Type" in part.headers["Vary"]


def test_weeks_can_be_turned_from_this_one_to_the_last(client):
    assert 'href="/supervisors/sam-okafor/slots?from=2026-11-30"' in client.get(SLOTS).text
    first, last = client.get(f"{SLOTS}?from=2020-01-01"), client.get(f"{SLOTS}?from=9999-12-31")
    assert ("Nov 23 – Nov 29" in first.text, "chevron-left" in first.text) == (True, False)
    assert ("Jan 18 – Jan 24" in last.text, "chevron-right" in last.text) == (True, False)


def test_a_week_without_free_times_says_when_the_next_is(db, client):
    busy = people.make_supervisor("Busy Bee")
    people.make_call_settings(busy, windows=[(people.MON, 540, 580)], notice_minutes=8 * 24 * 60)
    page = client.get("/supervisors/busy-bee/slots?from=2026-11-24")
    assert "No free times this week." in page.text
    assert "Mon, Dec 7, 11:00 am EST" in page.text
    assert "?from=2026-12-07" in page.text


def test_who_takes_no_calls_says_so(client, pat):
    assert "Pat takes no calls here at the moment." in client.get("/supervisors/pat-lindqvist/slots").text


@pytest.mark.parametrize(
    ("query", "field"), [("tz=Mars/Olympus", "tz"), ("from=yesterday", "from"), ("from=2026-13-01", "from")]
)
def test_what_cannot_be_is_answered_beside_the_field_and_the_rest_stands(client, query, field):
    page = client.get(f"{SLOTS}?{query}")
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert buttons(page)


def test_an_hour_that_comes_twice_says_which_it_is(client, clock):
    clock.at(datetime(2026, 10, 28, 15, 0, tzinfo=UTC))
    owl = people.make_supervisor("Night Owl", zone="America/New_York")
    people.make_call_settings(owl, windows=[(people.SUN, 60, 90)], step_minutes=30)
    page = client.get("/supervisors/night-owl/slots?from=2026-11-01&tz=America/New_York")
    assert "1:00 am EDT" in page.text
    assert "1:00 am EST" in page.text


def test_what_is_taken_shows_as_taken(client, sam, ana):
    people.make_call(sam, ana, starts_at=NINE)
    page = client.get(f"{SLOTS}?from=2026-12-01&tz=America/Phoenix")
    assert '<span class="slot is-taken">9:00 am<span class="vh">, taken</span>' in page.text
    assert AT_NINE not in buttons(page)


# A guest


def test_a_guests_press_leads_to_two_lines_about_her(client):
    pressed = client.post(CALLS, {"starts_at": AT_NINE})
    assert (pressed.status_code, pressed.location) == (303, f"{CALLS}/new?starts_at={AT_NINE}")
    page = client.get(pressed.location)
    assert f'<input type="hidden" name="starts_at" value="{AT_NINE}">' in page.text
    assert "11:00–11:20 am" in page.text
    assert "Eastern time (EST)" in page.text


def test_a_guest_holds_opens_her_mail_confirms_and_is_in(client, outbox):
    held = client.post(CALLS, {**GALE, "starts_at": AT_NINE})
    assert (held.status_code, held.location) == (303, "/calls/held")
    assert "gale@example.org" in client.get("/calls/held").text
    assert "Confirm the call" in client.get(link(outbox)).text
    confirmed = client.post(link(outbox))
    assert confirmed.status_code == 303
    page = client.get(confirmed.location)
    assert "https://meet.example.org/sam" in page.text
    assert "Confirmed. Sam knows" in page.text
    assert "Your call is confirmed" in client.get("/calls/held").text or client.get("/calls/held").status_code == 303


def test_a_guest_keeps_the_track_she_chose(client, db, outbox):
    client.get("/openings?state=TX&discipline=counseling")
    client.post(CALLS, {**GALE, "starts_at": AT_NINE})
    client.post(link(outbox))
    gale = db.session.scalar(select(Person).where(Person.email == "gale@example.org"))
    assert (gale.state, gale.discipline) == ("TX", "counseling")


def test_opening_the_link_confirms_nothing(client, db, outbox):
    client.post(CALLS, {**GALE, "starts_at": AT_NINE})
    for _ in range(3):
        assert client.get(link(outbox)).status_code == 200
    assert count(db, status="held") == 1
    assert len(outbox()) == 1


def test_the_link_is_told_to_nobody(client, outbox):
    client.post(CALLS, {**GALE, "starts_at": AT_NINE})
    page = client.get(link(outbox))
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"


def test_over_https_too_it_is_confirmed_though_the_page_tells_no_referrer(client, app_with, outbox):
    client.post(CALLS, {**GALE, "starts_at": AT_NINE})
    secure = app_with(SC_BASE_URL="https://localhost").test_client()
    secure.get(link(outbox), base_url="https://localhost")
    page = secure.get(link(outbox), base_url="https://localhost")
    hidden = dict(re.findall(r'name="(csrf_token|idempotency_key)" value="([^"]+)"', page.text.split("<main", 1)[1]))
    assert secure.post(link(outbox), hidden, bare=True, base_url="https://localhost").status_code == 303


def test_someone_with_an_account_confirms_and_signs_in_as_ever(client, outbox, ana):
    client.post(CALLS, {**GALE, "email": ana.email, "starts_at": AT_NINE})
    confirmed = client.post(link(outbox))
    assert confirmed.status_code == 303
    there = client.get(confirmed.location)
    assert (there.status_code, there.location.startswith("/sign-in")) == (303, True)


def test_a_double_click_on_confirm_is_let_in_both_times(client, db, app, outbox):
    client.post(CALLS, {**GALE, "starts_at": AT_NINE})
    client.post(link(outbox))
    same = app.test_client()  # the browser dropped the first answer, and its cookie with it
    second = same.post(link(outbox))
    assert same.get(second.location).status_code == 200
    assert count(db, status="confirmed") == 1


def test_confirming_again_later_leads_to_the_call_and_signs_nobody_in(client, app, clock, outbox):
    client.post(CALLS, {**GALE, "starts_at": AT_NINE})
    first = client.post(link(outbox))
    clock.forward(minutes=2)
    thief = app.test_client()
    again = thief.post(link(outbox))
    assert again.location == first.location
    assert thief.get(again.location).location.startswith("/sign-in")


def test_a_link_of_half_an_hour_ago_offers_the_time_again(client, clock, outbox):
    client.post(CALLS, {**GALE, "starts_at": AT_NINE})
    clock.forward(minutes=31)
    for answer in (client.get(link(outbox)), client.post(link(outbox))):
        assert answer.status_code == 409
        assert f"{CALLS}/new?starts_at={AT_NINE}" in answer.text
    assert "This time came free again" in client.get("/calls/held").text


def test_a_link_that_is_none_of_ours_has_ways_on(client):
    assert client.get("/calls/confirm/made-up").status_code == 404
    assert "Look through the openings" in client.get("/calls/confirm/made-up").text
    assert client.post("/calls/confirm/made-up").status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("email", "gale@example", "This address has no ending, such as .org."),
        ("email", "gale", "This address lacks an @ sign."),
        ("email", "", "Please give an e-mail address."),
        ("email", "a@b.co\r\nBcc: all@example.org", "This does not look like an e-mail address."),
        ("name", "  ", "Please give your name."),
        ("name", "Gale\nBcc: all", "Please write this in one line"),
        ("name", "G" * 121, "keep this to 120 characters"),
        ("note", "n" * 1001, "keep this to 1,000 characters"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_says_what_to_mend(client, db, field, typed, words):
    page = client.post(CALLS, {**GALE, "starts_at": AT_NINE, field: typed})
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert words in page.text
    kept = [value for name, value in GALE.items() if name != field]
    assert all(value in page.text for value in kept)
    assert AT_NINE in page.text
    assert count(db) == 0


NONSENSE = [
    "", "soon", "'", "1e9", "2026-12-01", "2026-12-01T16:00:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00",
]


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_a_start_that_is_none_is_answered_with_those_that_are(client, nonsense):
    page = client.post(CALLS, {**GALE, "starts_at": nonsense})
    assert page.status_code == 422
    assert "Please choose a time." in page.text
    assert "gale@example.org" in page.text
    assert buttons(page)
    assert client.get(f"{CALLS}/new?starts_at={quote(nonsense)}").status_code == 422


def test_whoever_comes_second_is_shown_what_is_left_and_keeps_what_she_typed(client, db, sam, ana):
    people.make_call(sam, ana, starts_at=NINE)
    page = client.post(CALLS, {**GALE, "starts_at": AT_NINE})
    assert page.status_code == 409
    assert 'id="starts_at-error"' in page.text
    assert all(typed in page.text for typed in GALE.values())
    assert AT_NINE not in buttons(page)
    assert client.post(CALLS, {**GALE, "starts_at": buttons(page)[0]}).status_code == 303
    assert count(db, status="held") == 1


def test_a_fourth_hold_within_the_hour_is_too_many(client):
    for hour in range(3):
        held = {**GALE, "email": f"guest{hour}@example.org", "starts_at": f"2026-12-01T{16 + hour}:00:00Z"}
        assert client.post(CALLS, held).status_code == 303
    page = client.post(CALLS, {**GALE, "starts_at": "2026-12-01T20:00:00Z"})
    assert (page.status_code, "gale@example.org" in page.text) == (429, True)
    assert "from your connection" in page.text


def test_the_same_form_sent_twice_is_one_hold_and_one_answer(client, db, outbox):
    sent = {**GALE, "starts_at": AT_NINE, "idempotency_key": "k" * 22}
    answers = [client.post(CALLS, sent) for _ in range(2)]
    assert [(a.status_code, a.location) for a in answers] == [(303, "/calls/held")] * 2
    assert (count(db), len(outbox())) == (1, 1)


def test_a_second_press_knows_the_hold_though_the_first_answer_never_came(client):
    sent = {**GALE, "starts_at": AT_NINE, "idempotency_key": "k" * 22, "csrf_token": client.csrf_token()}
    before = client.get_cookie("session").value
    client.post(CALLS, sent, bare=True)
    client.set_cookie("session", before)
    client.post(CALLS, sent, bare=True)
    assert "gale@example.org" in client.get("/calls/held").text


def test_what_nobody_asked_for_is_ignored(client, db, ana):
    extra = {"status": "confirmed", "person_id": str(ana.id), "supervisor_id": "7", "held_until": "2030-01-01"}
    client.post(CALLS, {**GALE, **extra, "starts_at": AT_NINE})
    call = db.session.scalars(select(Call)).one()
    assert (call.status, call.person_id, call.held_until.year) == ("held", None, 2026)


# With an account


def test_a_press_books_at_once(visit, ana, outbox):
    booked = visit(ana).post(CALLS, {"starts_at": AT_NINE, "note": "Hello"})
    assert re.fullmatch(r"/calls/[\w-]{22}", booked.location)
    kinds = {letter.kind for letter in outbox()}
    assert kinds == {"introcalls/confirmed-supervisee", "introcalls/confirmed-supervisor"}


def test_the_loser_of_a_race_keeps_her_note(visit, sam, ana, ben):
    people.make_call(sam, ana, starts_at=NINE)
    page = visit(ben).post(CALLS, {"starts_at": AT_NINE, "note": "I would like Tuesdays"})
    assert (page.status_code, "I would like Tuesdays" in page.text) == (409, True)
    assert 'name="email"' not in page.text
    assert buttons(page)


def test_a_supervisor_cannot_book_herself(visit, sam):
    page = visit(sam).post(CALLS, {"starts_at": AT_NINE})
    assert (page.status_code, "yourself" in page.text) == (409, True)


def test_an_unpublished_profile_has_no_slots_and_takes_no_calls(visit, ana, sam):
    sam.published_at = None
    hers = visit(ana)
    for answer in (hers.get(SLOTS), hers.get(f"{CALLS}/new"), hers.post(CALLS, {"starts_at": AT_NINE})):
        assert answer.status_code == 404


# The call


@pytest.fixture
def call(sam, ana):
    return people.make_call(sam, ana, starts_at=NINE, note="Second year")


def test_both_see_it_each_in_her_own_time_and_the_others(visit, ana, sam, call):
    sam.zone, call.zone = "America/Chicago", "America/Phoenix"
    hers = visit(ana).get(f"/calls/{call.public_id}?tz=America/Phoenix")
    assert "9:00–9:20 am" in hers.text
    assert "for Sam it is Tue, Dec 1, 10:00 am CST" in hers.text
    his = visit(sam).get(f"/calls/{call.public_id}?tz=America/Chicago")
    assert "for Ana it is Tue, Dec 1, 9:00 am MST" in his.text
    assert "ana.ruiz@example.org" in his.text
    assert sam.person.email not in hers.text


def test_nobody_else_sees_it(client, visit, zoe, wes, call):
    for who in (visit(zoe), visit(wes)):
        asked = [who.get(f"/calls/{call.public_id}{path}") for path in ("", ".ics", "/times")]
        asked.append(who.post(f"/calls/{call.public_id}/cancellation"))
        asked.append(who.post(f"/calls/{call.public_id}/time", {"starts_at": AT_NINE}))
        asked.append(who.get("/calls/made-up"))
        assert {(answer.status_code, said(answer)) for answer in asked} == {(404, said(asked[-1]))}
    assert client.get(f"/calls/{call.public_id}").location.startswith("/sign-in")


def test_a_supervisor_is_told_nothing_of_a_mere_hold(visit, sam, ana):
    held = people.make_call(sam, ana, starts_at=NINE, status="held")
    assert visit(sam).get(f"/calls/{held.public_id}").status_code == 404


def test_the_file_for_the_calendar(visit, ana, call):
    answer = visit(ana).get(f"/calls/{call.public_id}.ics")
    assert answer.mimetype == "text/calendar"
    event = vobject.readOne(answer.text).vevent
    assert (event.dtstart.value, event.url.value) == (NINE, f"http://localhost/calls/{call.public_id}")


def test_cancelling_with_a_word(visit, db, ana, sam, call, outbox):
    answer = visit(sam).post(f"/calls/{call.public_id}/cancellation", {"note": "I am ill, sorry."})
    assert answer.location == f"/calls/{call.public_id}"
    page = visit(ana).get(answer.location)
    assert "I am ill, sorry." in page.text
    assert "meet.example.org" not in page.text
    assert len(outbox()) == 2
    assert visit(sam).post(f"/calls/{call.public_id}/cancellation").status_code == 409
    assert db.session.scalar(select(func.count(CallCell.cell))) == 0


def test_a_word_too_long_is_kept(visit, ana, call):
    page = visit(ana).post(f"/calls/{call.public_id}/cancellation", {"note": "sorry " * 200})
    assert (page.status_code, 'id="note-error"' in page.text, "sorry sorry" in page.text) == (422, True, True)


def test_moving_it(visit, ana, sam, ben, call):
    hers = visit(ana)
    page = hers.get(f"/calls/{call.public_id}/times?from=2026-12-01")
    assert f'action="/calls/{call.public_id}/time"' in page.text
    assert "2026-12-01T16:15:00Z" in buttons(page)  # her own minutes are not in her way
    assert AT_NINE not in buttons(page)
    assert hers.post(f"/calls/{call.public_id}/time", {"starts_at": AT_NINE}).status_code == 409
    moved = hers.post(f"/calls/{call.public_id}/time", {"starts_at": "2026-12-01T17:00:00Z"})
    assert moved.location == f"/calls/{call.public_id}"
    assert "10:00–10:20 am" in hers.get(moved.location).text
    people.make_call(sam, ben, starts_at=NINE)
    taken = hers.post(f"/calls/{call.public_id}/time", {"starts_at": AT_NINE})
    assert (taken.status_code, "no longer free" in taken.text) == (409, True)


def test_a_supervisor_may_not_move_it_and_nobody_may_too_late(visit, ana, sam, call, clock):
    assert visit(sam).get(f"/calls/{call.public_id}/times").status_code == 403
    assert visit(sam).post(f"/calls/{call.public_id}/time", {"starts_at": "2026-12-01T17:00:00Z"}).status_code == 403
    clock.at(NINE - timedelta(minutes=90))
    assert visit(ana).get(f"/calls/{call.public_id}/times").status_code == 409
    assert "Move it" not in visit(ana).get(f"/calls/{call.public_id}").text
    clock.at(NINE + timedelta(hours=1))
    assert "This call is over." in visit(ana).get(f"/calls/{call.public_id}").text


def test_what_was_written_runs_nowhere(visit, sam, ana):
    evil = '<script>alert(1)</script><b hx-get="/" onclick="x">'
    call = people.make_call(sam, ana, starts_at=NINE, note=evil)
    for who in (ana, sam):
        page = visit(who).get(f"/calls/{call.public_id}")
        assert "<script>alert" not in page.text
        assert "<b hx-get" not in page.text
