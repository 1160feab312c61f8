"""Keeping: an opening and a search are saved, a letter tells what is new, one press ends the letters."""

import secrets
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import time_machine
from playwright.sync_api import Page, expect

from app import clock
from app.db import db
from app.notifications.carriers import FileCarrier
from app.notifications.delivery import Stationery, deliverer
from app.notifications.recurring import Job
from app.notifications.worker import Worker
from app.openings.models import Opening
from app.saved import alerts
from tests import people
from tests.journeys.kept import CENTRAL, nora, publish
from tests.journeys.steps import be, button, heading, make_supervisor, sign_in, writing
from tests.live import Instance


def tomorrow_morning() -> datetime:
    """When letters of the morning are due: a little after eight, the next day."""
    day = clock.now().astimezone(ZoneInfo(CENTRAL)).date() + timedelta(days=1)
    return datetime.combine(day, time(8, 5), ZoneInfo(CENTRAL))


def work(live: Instance, now: datetime) -> None:
    """A worker whose clock is put forward: it looks through the saved searches, and sends what it writes."""
    db.session.rollback()
    deliver = deliverer(Stationery(live.app.config["SC"]), FileCarrier(live.folder / "mail"))
    with time_machine.travel(now, tick=True):
        Worker(deliver, [Job(f"look {secrets.token_hex(4)}", timedelta(days=1), look, outside=True)]).drain()


def look(now: datetime) -> None:
    alerts.tell_due(now)


def save_search(page: Page, query: str) -> None:
    page.goto(f"/openings?{query}")
    button(page, "Save this search").click()
    expect(page.locator("p#save-search, #h-delete")).to_be_visible()  # without script, the search's own page


def test_a_search_kept_by_the_keyboard_leaves_the_focus_where_it_was(page: Page, live: Instance) -> None:
    be(page, live, nora().email)
    page.goto("/openings?state=TX&format=group")
    button(page, "Save this search").press("Enter")
    expect(page.get_by_role("link", name="Change this")).to_be_focused()


def test_what_is_new_comes_by_letter_and_one_press_ends_it(any_page: Page, live: Instance, axe: Callable) -> None:
    page, reader, lena = any_page, nora(), make_supervisor("Lena Ashgrove")
    fee = 1000 + secrets.randbelow(8000)  # nobody else's
    sign_in(page, reader.email, people.PASSWORD)
    save_search(page, f"state=TX&discipline=counseling&max_fee={fee}")
    page.goto("/saved")
    expect(page.get_by_text("None was sent so far.")).to_be_visible()
    opening = publish(lena, fee=fee, title="", seats=1)
    work(live, tomorrow_morning())
    letter = live.letter(reader.email)
    assert "Lena Ashgrove: Individual" in letter.get_body(("plain",)).get_content()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page.goto(f"/openings/{opening.id}")
    heading(page, "Lena Ashgrove")
    page.goto("/dev/mail")
    page.locator("tr").filter(has_text=reader.email).first.get_by_role("link").click()
    page.locator("#mail-text a[href*='/alerts/unsubscribe/']").last.click()
    heading(page, "No more letters about your searches?")
    axe(page)
    button(page, "No more letters").click()
    heading(page, "No more letters come")
    publish(lena, fee=fee)
    work(live, tomorrow_morning() + timedelta(days=1))
    assert len(live.letters(reader.email)) == 1


def test_an_opening_is_kept_and_what_changes_in_it_is_shown(any_page: Page, live: Instance, axe: Callable) -> None:
    page, reader, lena = any_page, nora(), make_supervisor("Lena Ashgrove")
    opening = publish(lena, title="The Thursday Table", format="group", fee=45)
    page.goto(f"/openings/{opening.id}")
    page.get_by_role("link", name="Save this opening").click()
    page.get_by_label("E-mail").fill(reader.email)
    page.get_by_label("Password").fill(people.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    heading(page, "The Thursday Table")
    page.get_by_role("button", name="Save this opening").click()
    expect(page.get_by_role("button", name="Saved this opening")).to_have_attribute("aria-pressed", "true")
    writing()
    db.session.get_one(Opening, opening.id).fee_cents = 6000
    db.session.commit()
    page.goto("/saved")
    expect(page.get_by_text("$60 (was: $45)")).to_be_visible()
    axe(page)
    page.get_by_text("Add a note").click()
    page.get_by_label("Your note").fill("Ask about Fridays")
    button(page, "Keep the note").click()
    expect(page.get_by_text("Your note: Ask about Fridays")).to_be_visible()
    button(page, "I have seen this").click()
    expect(page.get_by_text("was: $45")).to_have_count(0)
    button(page, "Remove").click()
    heading(page, "Saved")
    expect(page.get_by_text("No opening is saved yet")).to_be_visible()
