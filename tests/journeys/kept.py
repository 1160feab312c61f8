"""Ways to the pages of what one keeps, each with a reader of its own."""

import secrets

from playwright.sync_api import Page

from app import clock
from app.accounts.models import Person
from app.db import db
from app.openings.models import Opening
from app.saved import finding, openings, searches, stopping
from app.supervisors.models import Supervisor
from tests import people
from tests.journeys.steps import be, button, heading, make_supervisor, writing
from tests.live import Instance

CENTRAL = "America/Chicago"


def nora() -> Person:
    """An associate of this journey alone."""
    writing()
    email = f"nora.{secrets.token_hex(4)}@example.org"
    track = {"state": "TX", "discipline": "counseling", "zone": CENTRAL}
    person = people.make_person("Nora Quill", email=email, password=people.PASSWORD, **track)
    db.session.commit()
    return person


def publish(supervisor: Supervisor, **columns: object) -> Opening:
    """An opening of hers that readers are shown."""
    writing()
    opening = people.make_opening(supervisor, **columns)
    db.session.commit()
    return opening


def all_kinds(page: Page, live: Instance) -> None:
    """Saved openings that changed, rest and are closed, one with a note; searches with and without news."""
    reader, lena = nora(), make_supervisor("Lena Ashgrove")
    kept = [publish(lena, title=f"Table {n}", format="group", fee=45) for n in range(4)]
    writing()
    for opening in kept:
        openings.save(reader, opening, None, now=clock.now())
    searches.keep(reader, finding.canonical("state=TX&format=group"), CENTRAL, now=clock.now())
    searches.keep(reader, finding.canonical("state=VT"), CENTRAL, now=clock.now())
    openings.note(openings.own(reader, kept[0].id), "Ask about Fridays")
    kept[1].fee_cents, kept[2].status, kept[3].status = 6000, "paused", "closed"
    db.session.commit()
    publish(lena, title="Another table", format="group")
    be(page, live, reader.email)
    page.goto("/saved")
    heading(page, "Saved")


def nothing(page: Page, live: Instance) -> None:
    be(page, live, nora().email)
    page.goto("/saved")


def note_too_long(page: Page, live: Instance) -> None:
    all_kinds(page, live)
    page.get_by_text("Change your note").click()
    page.locator("details[open] input[name$=note]").fill("x" * 301)
    page.locator("details[open]").get_by_role("button", name="Keep the note").click()
    page.locator("[id$=note-error]").wait_for()


def a_search(page: Page, live: Instance) -> None:
    all_kinds(page, live)
    page.locator("#searches a.btn").first.click()
    page.wait_for_url("**/edit")


def search_without_a_name(page: Page, live: Instance) -> None:
    a_search(page, live)
    page.get_by_label("What you call it").fill("")
    page.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
    page.locator("#name-error").wait_for()


def to_end_letters(page: Page, live: Instance) -> None:
    reader = nora()
    writing()
    searches.keep(reader, finding.canonical("state=TX"), CENTRAL, now=clock.now())
    token = stopping.give(reader.id, None, now=clock.now())
    db.session.commit()
    page.goto(f"/alerts/unsubscribe/{token}")


def ended_letters(page: Page, live: Instance) -> None:
    to_end_letters(page, live)
    button(page, "No more letters").click()
    heading(page, "No more letters come")
