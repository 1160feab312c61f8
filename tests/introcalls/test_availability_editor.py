"""When a supervisor takes calls: filled in, looked at and kept, with and without JavaScript; and her calendars."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.introcalls import busy, habits, windows
from app.introcalls.habits import Choice
from app.introcalls.models import BusyCalendar, CallException, CallSettings, CallWindow
from app.introcalls.windows import Special, Window
from app.refusals import Refused
from tests import people
from tests.pages import forms
from tests.test_bad_input import NASTY, acting_forms, spoil

HERE, CALENDARS = "/availability", "/availability/calendars"
SECRET = "https://calendars.example.org/private-0123456789abcdef/basic.ics"
NOON, FIVE = 12 * 60, 17 * 60


# Clocks and stretches


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("9:00", 540), ("09:00", 540), ("9 am", 540), ("9am", 540), ("9:00 AM", 540), ("9 a.m.", 540), ("9", 540),
        ("5:30pm", 1050), ("17:30", 1050), ("1730", 1050), ("17.30", 1050), ("12 am", 0), ("12pm", NOON),
        ("noon", NOON), ("Midnight", 0), ("24:00", 0), ("  8:05   pm ", 1205),
    ],
)  # fmt: skip
def test_a_clock_is_read_as_people_type_it(typed, minute):
    assert windows.minute_of(typed) == minute


def test_midnight_at_the_end_of_a_stretch_is_the_one_after_it():
    assert windows.minute_of("12 am", is_end=True) == windows.MIDNIGHT


NO_TIMES = ("", "nine", "25:00", "9:60", "13 pm", "0 am", "9:00:00", "-9", "9:03", "24:05", "٩:٠٠")


@pytest.mark.parametrize("typed", NO_TIMES)
def test_what_is_no_time_is_said_in_words(typed):
    with pytest.raises(ValueError, match="Please give a time"):
        windows.minute_of(typed)


def test_windows_that_only_touch_stand_apart():
    morning, noon = Window(0, 540, NOON), Window(0, NOON, FIVE)
    assert windows.clash([noon, morning]) is None
    assert windows.clash([noon, morning, Window(0, 700, 750)]) == (morning, Window(0, 700, 750))
    assert windows.clash([morning, Window(1, 540, NOON)]) is None
    assert windows.clash([morning, morning]) == (morning, morning)


def test_no_calls_and_hours_of_the_same_date_contradict_each_other():
    day = date(2026, 12, 24)
    free, hours = Special(day), Special(day, 540, 600)
    assert windows.clash_of_dates([hours, free]) == (free, hours)
    assert windows.clash_of_dates([hours, Special(day, 600, 660)]) is None
    assert windows.clash_of_dates([free, free]) == (free, free)


def test_hours_are_told_together():
    every_day = [Window(day, 540, NOON) for day in range(5)] + [Window(4, 13 * 60, FIVE)]
    assert windows.week_words(every_day) == "Monday to Friday 9:00 am–12:00 pm; Friday 1:00–5:00 pm"
    trip = [Special(date(2026, 12, day)) for day in (24, 25, 26)] + [Special(date(2026, 12, 31), 540, 660)]
    assert windows.dates_words(trip) == "Dec 24, 2026 to Dec 26, 2026: no calls; Dec 31, 2026: 9:00–11:00 am"


# The page


def sent(page) -> dict[str, list[str]]:
    """What the form of the hours would send untouched."""
    html = page.text.split('id="hours"', 1)[1].split("</form>", 1)[0]
    values: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_out = given["type"] in {"checkbox", "radio"} and " checked" not in tag
        if is_out or given["name"] in {"csrf_token", "idempotency_key"}:
            continue
        values[given["name"]] = [*values.get(given["name"], ()), given["value"]]
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        values[name] = re.findall(r'value="([^"]*)" selected', options)
    return values


HOURS = {
    "weekly-0-days": ["0", "2"], "weekly-0-start": "9 am", "weekly-0-end": "noon", "zone": "America/Phoenix",
    "minutes": "20", "step_minutes": "15", "buffer_minutes": "10", "notice_minutes": "1440", "horizon_days": "60",
    "join_link": "https://meet.example.org/pat", "version": "0",
}  # fmt: skip


def kept(db, supervisor) -> list[tuple[int, int, int]]:
    rows = db.session.scalars(select(CallWindow).where(CallWindow.supervisor_id == supervisor.id))
    return sorted((row.weekday, row.start_minute, row.end_minute) for row in rows)


def test_hours_are_kept_and_readers_see_them(db, pat, visit, client):
    saved = visit(pat).post(HERE, HOURS)
    assert (saved.status_code, saved.location) == (303, HERE)
    assert kept(db, pat) == [(0, 540, NOON), (2, 540, NOON)]
    assert "9:00 am" in client.get("/supervisors/pat-lindqvist/slots?tz=America/Phoenix").text


def test_what_is_kept_comes_back_and_saving_it_again_changes_nothing(db, sam, visit):
    people.make_call_settings(sam, max_per_week=4)
    db.session.add(CallException(supervisor_id=sam.id, on=date(2026, 12, 24)))
    page = visit(sam).get(HERE)
    assert 'value="9:00 am"' in page.text
    before = kept(db, sam)
    assert visit(sam).post(HERE, sent(page)).status_code == 303
    assert kept(db, sam) == before
    settings = db.session.get(CallSettings, sam.id)
    assert (settings.version, settings.max_per_week) == (1, 4)
    assert db.session.scalar(select(CallException.on)) == date(2026, 12, 24)


def test_dates_in_a_row_are_one_row_and_replace_the_week(db, pat, visit):
    trip = {"dates-0-on": "12/24/2026", "dates-0-until": "2027-01-03"}
    visit(pat).post(HERE, HOURS | trip | {"dates-1-on": "2027-01-04", "dates-1-start": "3pm", "dates-1-end": "4pm"})
    assert len(db.session.scalars(select(CallException.on)).all()) == 12
    page = visit(pat).get(HERE)
    assert page.text.count('role="group" aria-label="Date that differs') == 2
    assert 'value="2027-01-03"' in page.text


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"weekly-0-start": "nine"}, "weekly-0-start", "such as 9:00 am"),
        ({"weekly-0-start": "9:02"}, "weekly-0-start", "mark of five minutes"),
        ({"weekly-0-start": ""}, "weekly-0-start", "From when?"),
        ({"weekly-0-end": ""}, "weekly-0-end", "Until when?"),
        ({"weekly-0-end": "8 am"}, "weekly-0-end", "ends before it begins"),
        ({"weekly-0-end": "9:15 am"}, "weekly-0-end", "A call of 20 minutes does not fit in"),
        ({"weekly-0-days": []}, "weekly-0-days", "On which days?"),
        ({"weekly-0-start": "", "weekly-0-end": ""}, "weekly-0-start", "From when?"),
        ({"weekly-1-days": "2", "weekly-1-start": "11 am", "weekly-1-end": "1 pm"}, "weekly-1-start", "overlap"),
        ({"dates-0-on": "soon"}, "dates-0-on", "such as 8/31/2027"),
        ({"dates-0-start": "9 am", "dates-0-end": "10 am"}, "dates-0-on", "Which date?"),
        ({"dates-0-on": "2026-12-24", "dates-0-until": "2026-12-23"}, "dates-0-until", "from the first on"),
        ({"dates-0-on": "2026-12-24", "dates-1-on": "2026-12-24"}, "dates-1-on", "overlap"),
        ({"zone": "Mars/Olympus"}, "zone", "choose one"),
        ({"step_minutes": "7"}, "step_minutes", "choose one"),
        ({"horizon_days": "9999"}, "horizon_days", "choose one"),
        ({"max_per_week": "none"}, "max_per_week", "from 1 to 50"),
        ({"no_calls_before": "2026-13-01"}, "no_calls_before", "Please give a day"),
        ({"join_link": ""}, "join_link", "Give a link, or a phone number"),
        ({"join_link": "http://meet.example.org/pat"}, "join_link", "begins with https://"),
        ({"join_link": "javascript:alert(1)"}, "join_link", "begins with https://"),
        ({"phone": "call me"}, "phone", "phone number such as"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_the_rest_stands(db, pat, visit, changed, field, words):
    page = visit(pat).post(HERE, HOURS | changed)
    assert page.status_code == 422
    said = page.text.split(f'id="{field}-error"', 1)[1].split("</p>", 1)[0]
    assert words in said
    assert 'value="https://meet.example.org/pat"' in page.text or "join_link" in changed
    assert kept(db, pat) == []


def test_a_refused_page_begins_with_what_is_wrong(pat, visit):
    page = visit(pat).post(HERE, HOURS | {"weekly-0-start": "nine", "phone": "x"})
    assert "2 things need another look" in page.text
    assert 'href="#weekly-0-start"' in page.text
    assert 'value="nine"' in page.text


def test_rows_come_and_go_without_javascript_and_nothing_is_kept(db, pat, visit):
    visitor = visit(pat)
    more = visitor.post(HERE, HOURS | {"then": "add weekly"})
    assert (more.status_code, more.text.count("weekly-1-start")) != (200, 0)
    assert 'value="9 am"' in more.text
    fewer = visitor.post(HERE, sent(more) | {"then": "drop weekly 0"})
    assert 'id="weekly-0-start"' not in fewer.text
    assert 'id="weekly-1-start"' in fewer.text
    assert 'id="dates-0-on"' in visitor.post(HERE, HOURS | {"then": "add dates"}).text
    assert db.session.get(CallSettings, pat.id) is None


def test_all_rows_dropped_are_no_hours(db, sam, visit):
    people.make_call_settings(sam)
    page = visit(sam).get(HERE)
    untouched = {name: value for name, value in sent(page).items() if not name.startswith("weekly")}
    assert visit(sam).post(HERE, untouched).status_code == 303
    assert kept(db, sam) == []


def test_htmx_gets_the_part_and_is_sent_on_when_it_is_kept(pat, visit):
    part = visit(pat).post(HERE, HOURS | {"then": "add dates"}, htmx=True)
    assert part.text.startswith('<div class="split" id="availability">')
    assert visit(pat).post(HERE, HOURS, htmx=True).headers["HX-Redirect"] == HERE


# Two windows


def test_the_later_of_two_windows_is_told_sees_both_and_chooses(db, pat, visit):
    one, other = visit(pat), visit(pat)
    one.post(HERE, HOURS)
    late = other.post(HERE, HOURS | {"weekly-0-end": "11 am"})
    assert late.status_code == 409
    assert "Monday and Wednesday 9:00 am–12:00 pm" in late.text
    assert "Monday and Wednesday 9:00–11:00 am" in late.text
    assert kept(db, pat) == [(0, 540, NOON), (2, 540, NOON)]
    assert other.post(HERE, sent(late)).status_code == 303
    assert kept(db, pat) == [(0, 540, 660), (2, 540, 660)]


def test_the_same_from_two_windows_is_no_conflict(db, pat, visit):
    assert [visit(pat).post(HERE, HOURS).status_code for _ in range(2)] == [303, 303]
    assert db.session.get(CallSettings, pat.id).version == 1


def test_a_stale_choice_is_refused(db, sam, clock):
    people.make_call_settings(sam)
    with pytest.raises(Refused, match="another window"):
        habits.save(sam, Choice("America/Phoenix"), 0, by=sam.person, now=clock.now())


# What readers would see


def seen(page) -> list[str]:
    return re.findall(r'<time class="slot slot--seen" datetime="[^"]+">([^<]+)', page.text)


def test_the_preview_shows_the_next_starts_of_what_is_typed(db, pat, visit):
    part = visit(pat).get(f"{HERE}/preview", query_string=HOURS | {"weekly-0-end": "10 am"}, htmx=True)
    assert part.text.startswith('<div id="preview">')
    assert seen(part)[:3] == ["9:00 am", "9:15 am", "9:30 am"]
    assert "In Arizona time" in part.text
    assert db.session.get(CallSettings, pat.id) is None


def test_the_preview_knows_her_calls_and_says_when_it_cannot_read(sam, ana, visit):
    people.make_call_settings(sam)
    people.make_call(sam, ana, starts_at=datetime(2026, 11, 25, 16, 0, tzinfo=UTC))
    assert seen(visit(sam).get(HERE))[0] == "9:30 am"
    query = HOURS | {"weekly-0-start": "n"}
    assert "cannot be read yet" in visit(sam).get(f"{HERE}/preview", query_string=query, htmx=True).text


def test_a_clock_change_ahead_is_named_and_hours_stay_on_the_clock(clock, visit):
    clock.at(datetime(2027, 3, 1, 15, 0, tzinfo=UTC))
    dee = people.make_supervisor("Dee Dawn", zone="America/Chicago")
    people.make_call_settings(dee, windows=[(people.SUN, 120, 240)], step_minutes=60)
    page = visit(dee).get(HERE)
    assert "Clocks go forward on Sun, Mar 14" in page.text
    assert seen(page) == ["2:00 am", "3:00 am", "3:00 am", "2:00 am", "3:00 am", "2:00 am", "3:00 am"]


def test_the_whole_page_answers_the_preview_without_htmx(pat, visit):
    page = visit(pat).get(f"{HERE}/preview", query_string=HOURS)
    assert page.status_code == 200
    assert "<h1>When you take calls</h1>" in page.text
    assert visit(pat).post(HERE, HOURS | {"then": "look"}).status_code == 200


# Her calendars


def test_a_calendar_is_added_and_its_address_never_shown_again(db, sam, visit):
    visitor = visit(sam)
    added = visitor.post(CALENDARS, {"url": SECRET.replace("https", "webcal"), "label": "Practice"})
    assert (added.status_code, added.location) == (303, f"{HERE}#calendars")
    page = visitor.get(HERE)
    assert "calendars.example.org/…ic.ics" in page.text
    assert "0123456789abcdef" not in page.text
    assert db.session.scalar(select(BusyCalendar.url)) == SECRET


def test_how_a_calendar_stands_is_said(db, sam, clock, visit):
    calendar = busy.add(sam, SECRET, "", by=sam.person, now=clock.now())
    visitor = visit(sam)
    assert "Waits to be read" in visitor.get(HERE).text
    calendar.checked_at = calendar.read_at = clock.now()
    calendar.check_at = clock.now() + timedelta(minutes=15)
    assert "Read Tue, Nov 24, 8:00 am MST." in visitor.get(HERE).text
    calendar.error = "It could not be reached."
    assert "It could not be reached. We try again Tue, Nov 24, 8:15 am MST." in visitor.get(HERE).text


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "Please give an address"), ("calendar", "not a web address"), ("https://10.0.0.1/a", "private network"),
        ("https://calendars.example.org:8443/a.ics", "usual ports"), (f"https://example.org/{'x' * 2000}", "2,000"),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_is_refused_beside_its_field(db, sam, visit, url, words):
    page = visit(sam).post(CALENDARS, {"url": url})
    assert page.status_code == 422
    assert words in page.text.split('id="url-error"', 1)[1].split("</p>", 1)[0]
    assert db.session.scalar(select(BusyCalendar.id)) is None


def test_calendars_are_removed_and_read_again_on_request(db, sam, clock, visit):
    calendar = busy.add(sam, SECRET, "", by=sam.person, now=clock.now())
    calendar.checked_at, calendar.check_at = clock.now(), clock.now() + timedelta(hours=6)
    visitor = visit(sam)
    visitor.post(f"{CALENDARS}/checks")
    assert calendar.check_at > clock.now()
    clock.forward(minutes=1)
    part = visitor.post(f"{CALENDARS}/checks", htmx=True)
    assert part.text.startswith('<section class="section" id="calendars"')
    assert calendar.check_at == clock.now()
    visitor.post(f"{CALENDARS}/{calendar.id}/removal")
    assert db.session.scalar(select(BusyCalendar.id)) is None


def test_another_zone_has_the_calendars_read_anew(db, sam, clock, visit):
    people.make_call_settings(sam)
    calendar = busy.add(sam, SECRET, "", by=sam.person, now=clock.now())
    calendar.check_at, calendar.etag = clock.now() + timedelta(minutes=15), '"v1"'
    visit(sam).post(HERE, sent(visit(sam).get(HERE)) | {"zone": "America/Chicago"})
    assert (calendar.check_at, calendar.etag) == (clock.now(), "")


# Whose it is


@pytest.mark.parametrize("act", ["", "/calendars", "/calendars/1/removal", "/calendars/checks"])
def test_only_a_supervisor_comes_here_and_only_to_her_own(db, sam, pat, zoe, clock, client, visit, act):
    calendar = busy.add(sam, SECRET, "", by=sam.person, now=clock.now())
    url = f"{HERE}{act.replace('1', str(calendar.id))}"
    assert visit(zoe).post(url, HOURS).status_code == 404
    assert client.post(url, HOURS).location.startswith("/sign-in")
    if "removal" in act:
        assert visit(pat).post(url).status_code == 404
    assert db.session.scalar(select(BusyCalendar.id)) == calendar.id


def test_every_form_of_the_page_takes_anything(db, sam, clock, visit):
    people.make_call_settings(sam)
    busy.add(sam, SECRET, "", by=sam.person, now=clock.now())
    db.session.add(CallException(supervisor_id=sam.id, on=date(2026, 12, 24), start_minute=540, end_minute=600))
    visitor = visit(sam)
    for form in acting_forms(visitor, [HERE]):
        if form.action.startswith(HERE):
            spoil(visitor, form)


@pytest.mark.parametrize("value", NASTY)
def test_the_preview_takes_anything(sam, visit, value):
    query = dict.fromkeys((*HOURS, "dates-0-on", "dates-0-until", "weekly-99999999999-start"), value)
    for asked in (query, HOURS | {"zone": value, "weekly-0-end": value}, HOURS | {"horizon_days": value}):
        status = visit(sam).get(f"{HERE}/preview", query_string=asked, htmx=True).status_code
        assert status == (400 if "\0" in value else 200)


def test_every_form_of_the_page_acts_once(sam, clock, visit):
    busy.add(sam, SECRET, "", by=sam.person, now=clock.now())
    acting = [form for form in forms(visit(sam).get(HERE).text) if form.action.startswith(HERE)]
    assert len(acting) == 4
    assert all({"csrf_token", "idempotency_key"} <= form.values.keys() for form in acting)
