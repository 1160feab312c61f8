"""A supervisor says when she takes calls, and a guest in another browser finds just these times."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from app import clock
from app.db import db
from app.introcalls.models import BusyCalendar, BusySpan
from app.supervisors.models import Supervisor
from tests import people
from tests.journeys.steps import button, heading, make_supervisor, slots, writing
from tests.live import Instance


def at_her_hours(page: Page, supervisor: Supervisor) -> None:
    """Sign in as her and go to the page of her hours."""
    writing()
    supervisor.person.password_hash = people.hash_of(people.PASSWORD)
    db.session.commit()
    page.goto("/sign-in?next=/availability")
    page.get_by_label("E-mail").fill(supervisor.person.email)
    page.get_by_label("Password").fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    heading(page, "When you take calls")


def test_hours_are_said_looked_at_and_found_by_a_guest(
    any_page: Page, browse: Callable[..., Page], live: Instance, axe: Callable[..., None]
) -> None:
    ida = make_supervisor("Ida Vale", windows=[])
    at_her_hours(any_page, ida)
    row = any_page.get_by_role("group", name="Weekly hours, row 1")
    for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"):
        row.get_by_text(day, exact=True).click()
    row.get_by_label("From").fill("9:15 am")
    row.get_by_label("To").fill("noon")
    if button(any_page, "Work it out again").is_visible():
        button(any_page, "Work it out again").click()
    expect(any_page.locator("#preview .slot").first).to_have_text("9:15 am")
    axe(any_page)
    any_page.locator("button.btn--primary", has_text="Save").click()
    expect(any_page.locator("#toasts")).to_contain_text("Saved.")
    guest = browse()
    guest.goto(f"/supervisors/{ida.slug}/slots?tz=America/Chicago")
    expect(slots(guest).first).to_have_text("9:15 am")


def test_a_row_is_added_refused_with_words_and_removed(
    any_page: Page, live: Instance, axe: Callable[..., None], meant: set[int]
) -> None:
    meant.add(422)
    at_her_hours(any_page, make_supervisor("Ida Vale"))
    button(any_page, "Add hours").click()
    row = any_page.get_by_role("group", name="Weekly hours, row 2")
    row.get_by_text("Mon", exact=True).click()
    row.get_by_label("From").fill("10 am")
    row.get_by_label("To").fill("11 am")
    any_page.locator("button.btn--primary", has_text="Save").click()
    expect(any_page.locator("#weekly-1-start-error")).to_contain_text("overlap")
    expect(any_page.locator(".errors")).to_be_focused()
    axe(any_page)
    row.get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)
    any_page.locator("button.btn--primary", has_text="Save").click()
    expect(any_page.locator("#toasts")).to_contain_text("Saved.")


def test_a_calendar_is_added_and_removed_and_its_address_not_shown(
    any_page: Page, live: Instance, axe: Callable[..., None]
) -> None:
    ida = make_supervisor("Ida Vale")
    at_her_hours(any_page, ida)
    any_page.get_by_label("Secret address").fill("webcal://calendars.example.invalid/private-0123456789/basic.ics")
    any_page.get_by_label("Name", exact=False).fill("Practice")
    button(any_page, "Add the calendar").click()
    calendars = any_page.locator("#calendars")
    expect(calendars).to_contain_text("calendars.example.invalid/…ic.ics")
    expect(calendars).not_to_contain_text("0123456789")
    axe(any_page)
    calendars.get_by_role("button", name="Remove Practice").click()
    expect(calendars).not_to_contain_text("Practice")


def test_what_a_calendar_keeps_busy_no_guest_is_offered(page: Page, live: Instance) -> None:
    ida = make_supervisor("Ida Vale")
    page.goto(f"/supervisors/{ida.slug}/slots?tz=America/Chicago")
    first = slots(page).first.get_attribute("value")
    writing()
    now = clock.now()
    calendar = BusyCalendar(supervisor_id=ida.id, url="https://calendars.example.invalid/a.ics", added_at=now)
    calendar.check_at = now + timedelta(days=1)
    db.session.add(calendar)
    db.session.flush()
    span = {"starts_at": now, "ends_at": now + timedelta(days=7)}
    db.session.add(BusySpan(calendar_id=calendar.id, supervisor_id=ida.id, **span))
    db.session.commit()
    page.goto(f"/supervisors/{ida.slug}/slots?tz=America/Chicago")
    expect(page.locator(f"button[value='{first}']")).to_have_count(0)
    expect(slots(page).first).to_be_visible()
