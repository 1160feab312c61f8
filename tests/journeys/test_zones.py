"""Times are shown in the reader's zone, named, kept, and right when the clocks change."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import button, make_supervisor, slots
from tests.live import Instance

CHICAGO = ZoneInfo("America/Chicago")


def choose_zone(page: Page, name: str) -> None:
    page.get_by_label("Times are shown in").select_option(name)
    if button(page, "Show").is_visible():
        button(page, "Show").click()


def test_the_browsers_zone_is_taken_until_one_is_chosen(browse: Callable[..., Page], live: Instance) -> None:
    una = make_supervisor("Una Fairwater")
    page = browse(timezone_id="America/Los_Angeles")
    page.goto(f"/supervisors/{una.slug}")
    expect(page.get_by_label("Times are shown in")).to_have_value("America/Los_Angeles")
    expect(slots(page).first).to_have_text("7:00 am")


def test_a_chosen_zone_is_kept(any_page: Page, live: Instance) -> None:
    una = make_supervisor("Una Fairwater")
    any_page.goto(f"/supervisors/{una.slug}/slots")
    choose_zone(any_page, "America/Denver")
    expect(slots(any_page).first).to_have_text("8:00 am")
    any_page.goto(f"/supervisors/{una.slug}")
    expect(any_page.get_by_label("Times are shown in")).to_have_value("America/Denver")
    expect(slots(any_page).first).to_have_text("8:00 am")
    slots(any_page).first.click()
    expect(any_page.get_by_role("complementary", name="Your call")).to_contain_text("Mountain time")


# DOMContentLoaded comes before htmx has looked at the page: whoever is quick chooses here.
CHOOSE_EARLY = """addEventListener("DOMContentLoaded", () => {
    const select = document.querySelector("select[name='tz']");
    if (!select || sessionStorage.chosen) return;
    sessionStorage.chosen = select.value = "America/Denver";
    select.dispatchEvent(new Event("change", { bubbles: true }));
});"""


def test_what_is_chosen_while_the_page_loads_is_not_lost(browse: Callable[..., Page], live: Instance) -> None:
    una = make_supervisor("Una Fairwater")
    page = browse()
    page.add_init_script(CHOOSE_EARLY)
    page.goto(f"/supervisors/{una.slug}/slots")
    expect(slots(page).first).to_have_text("8:00 am")
    page.reload()
    expect(page.get_by_label("Times are shown in")).to_have_value("America/Denver")


def change_of_clocks(hour_more: bool) -> date:
    """The next Sunday on which Chicago's clocks change, to summer (the day is shorter) or back."""
    day = datetime.now(UTC).astimezone(CHICAGO).date() + timedelta(days=8)
    while True:
        here, after = (datetime.combine(on, datetime.min.time(), CHICAGO) for on in (day, day + timedelta(days=1)))
        gained = here.utcoffset() - after.utcoffset()
        if gained == timedelta(hours=1 if hour_more else -1):
            return day
        day += timedelta(days=1)


@pytest.mark.parametrize("hour_more", [False, True], ids=["to-summer", "to-winter"])
def test_the_clock_on_the_wall_stays_when_the_clocks_change(page: Page, live: Instance, hour_more: bool) -> None:
    sunday = change_of_clocks(hour_more)
    una = make_supervisor("Una Fairwater", horizon_days=400)
    offsets = set()
    for weekday in (sunday - timedelta(days=2), sunday + timedelta(days=1)):
        page.goto(f"/supervisors/{una.slug}/slots?from={weekday}&tz=America/Chicago")
        start = page.locator(f"button[name=starts_at][aria-label*='{weekday:%b} {weekday.day}, 9:00 am']")
        nine = datetime.combine(weekday, datetime.min.time(), CHICAGO).replace(hour=9)
        expect(start).to_have_attribute("value", f"{nine.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
        offsets.add(nine.utcoffset())
    assert len(offsets) == 2
    page.goto(f"/supervisors/{una.slug}/slots?from={sunday + timedelta(days=1)}&tz=America/Phoenix")
    first = {True: "8:00 am", False: "7:00 am"}[hour_more]
    expect(slots(page).first).to_have_text(first)


def test_an_hour_that_comes_twice_is_offered_twice(page: Page, live: Instance) -> None:
    sunday = change_of_clocks(hour_more=True)
    una = make_supervisor("Una Fairwater", horizon_days=400, windows=[(6, 30, 210)])
    page.goto(f"/supervisors/{una.slug}/slots?from={sunday}&tz=America/Chicago")
    twice = page.locator("button[name=starts_at]").filter(has_text="1:15 am")
    expect(twice).to_have_count(2)
    assert "CDT" in twice.first.inner_text()
    assert "CST" in twice.last.inner_text()


def test_weeks_are_turned_without_leaving_the_page(any_page: Page, live: Instance) -> None:
    una = make_supervisor("Una Fairwater")
    any_page.goto(f"/supervisors/{una.slug}/slots?tz=America/Chicago")
    first = slots(any_page).first.get_attribute("value")
    any_page.get_by_role("link", name="Later week").click()
    expect(slots(any_page).first).not_to_have_attribute("value", str(first))
    expect(slots(any_page).first).to_have_text("9:00 am")
    any_page.get_by_role("link", name="Earlier week").click()
    expect(slots(any_page).first).to_have_attribute("value", str(first))
