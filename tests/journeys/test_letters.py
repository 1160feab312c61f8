"""The letters of a call: both get them, calendars understand them, a cancellation takes the entry away again."""

from email.message import EmailMessage

from icalendar import Calendar, Event
from playwright.sync_api import Page, expect

from app.supervisors.models import Supervisor
from tests.journeys.steps import an_address, button, confirmed_call, heading, make_supervisor, slots
from tests.live import Instance, eventually


def calendar_of(letter: EmailMessage) -> tuple[str, Event]:
    """The method and the event of a letter's calendar part."""
    part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_content())
    return str(calendar["METHOD"]), next(iter(calendar.walk("VEVENT")))


def supervisors_letter(live: Instance, supervisor: Supervisor, count: int) -> EmailMessage:
    return live.letter(supervisor.person.email, count=count)


def test_both_get_the_call_as_a_calendar_entry(page: Page, live: Instance) -> None:
    lena, email = make_supervisor("Lena Ashgrove"), an_address("nora")
    confirmed_call(page, live, lena, email)
    method, hers = calendar_of(live.letter(email, count=2))
    their_method, theirs = calendar_of(supervisors_letter(live, lena, count=1))
    assert (method, their_method) == ("REQUEST", "REQUEST")
    assert hers["UID"] == theirs["UID"]
    assert hers["DTSTART"].dt == theirs["DTSTART"].dt
    shown = page.locator("main time").first.get_attribute("datetime")
    assert f"{hers['DTSTART'].dt:%Y-%m-%dT%H:%M}" == shown[:16]


def test_a_cancellation_with_a_note_takes_the_entry_away(any_page: Page, live: Instance) -> None:
    page, lena, email = any_page, make_supervisor("Lena Ashgrove"), an_address("nora")
    confirmed_call(page, live, lena, email)
    page.get_by_text("Cancel the call").first.click()
    page.get_by_label("A word to the other side").fill("My board meets that day. Sorry.")
    button(page, "Cancel the call").click()
    expect(page.get_by_role("main")).to_contain_text("This call was cancelled.")
    expect(page.get_by_role("main")).to_contain_text("My board meets that day.")
    live.letter(email, count=3)
    _, first = calendar_of(live.letters(email)[1])
    for to, count in ((email, 3), (lena.person.email, 2)):
        letter = live.letter(to, count=count)
        method, last = calendar_of(letter)
        assert method == "CANCEL"
        assert last["UID"] == first["UID"]
        assert last["SEQUENCE"] > first["SEQUENCE"]
    assert "My board meets that day." in letter.get_body(("plain",)).get_content()


def test_the_calendar_file_is_there_to_take(page: Page, live: Instance) -> None:
    lena, email = make_supervisor("Lena Ashgrove"), an_address("nora")
    confirmed_call(page, live, lena, email)
    with page.expect_download() as download:
        page.get_by_role("link", name="Apple, or a file").click()
    event = next(iter(Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")))
    assert event["UID"] == calendar_of(live.letter(email, count=2))[1]["UID"]


def test_a_call_is_moved_and_both_hear_of_it(page: Page, live: Instance) -> None:
    lena, email = make_supervisor("Lena Ashgrove"), an_address("nora")
    confirmed_call(page, live, lena, email)
    page.get_by_role("link", name="Move it to another time").click()
    this_week = slots(page).last.get_attribute("value")
    page.get_by_role("link", name="Later week").click()
    expect(slots(page).last).not_to_have_attribute("value", str(this_week))
    slots(page).last.click()
    heading(page, "Intro call with")
    expect(page.get_by_role("main")).to_contain_text("Confirmed.")
    moved = calendar_of(live.letter(email, count=3))[1]
    first = calendar_of(live.letters(email)[1])[1]
    assert moved["UID"] == first["UID"]
    assert moved["SEQUENCE"] > first["SEQUENCE"]
    assert moved["DTSTART"].dt > first["DTSTART"].dt
    eventually(lambda: len(live.letters(lena.person.email)) == 2, "the supervisor hears of the move")
