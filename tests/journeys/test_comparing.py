"""From what fits to openings side by side to a call: ticks, an address to pass on, a must that gives way."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.steps import TEXAS, button, heading, slots


def ticks(page: Page) -> Locator:
    return page.locator("#entries").get_by_role("checkbox", name="Compare")


def wish(page: Page) -> None:
    """The guest works toward the Texas LPC and with trauma, and can pay $110."""
    page.goto("/match/goal")
    page.get_by_text("LPC · counseling", exact=True).click()
    page.get_by_label("Where you are licensed").select_option(label="Texas")
    page.get_by_role("main").locator("button:visible", has_text="Go on").last.click()
    page.goto("/match/fee")
    page.get_by_label("The most you can pay").fill("110")
    page.get_by_role("main").locator("button:visible", has_text="Go on").last.click()
    heading(page, "What do you work with?")


def names(page: Page) -> list[str]:
    return page.locator("#entries .entry__name").all_inner_texts()


def columns(page: Page) -> list[str]:
    return page.locator("thead th[data-opening] a").all_inner_texts()


def test_what_fits_is_compared_and_called(any_page: Page) -> None:
    wish(any_page)
    any_page.goto("/matches")
    expect(any_page.get_by_role("heading", level=1)).to_contain_text(re.compile("fit|nearest"))
    expect(any_page.locator("#entries .fit").first).to_contain_text("of 100")
    chosen = names(any_page)[:3]
    for n in range(3):
        ticks(any_page).nth(n).check()
    button(any_page, "Compare").click()
    heading(any_page, "Side by side")
    assert columns(any_page) == chosen
    any_page.get_by_role("link", name="Leave out").nth(1).click()
    expect(any_page.locator("thead th[data-opening]")).to_have_count(2)
    assert columns(any_page) == [chosen[0], chosen[2]]
    any_page.locator("tfoot a.btn").first.click()
    expect(slots(any_page).first).to_be_visible()


def test_the_address_of_a_comparison_shows_others_the_same(page: Page, browse: Callable[..., Page]) -> None:
    page.goto(TEXAS)
    chosen = names(page)[:2]
    for n in range(2):
        ticks(page).nth(n).check()
    expect(page.locator("#compare")).to_be_in_viewport()
    button(page, "Compare 2").click()
    heading(page, "Side by side")
    other = browse(PHONE, javascript=False)
    other.goto(page.url)
    assert columns(other) == columns(page) == chosen


def test_more_matches_come_under_those_that_are_there(page: Page) -> None:
    wish(page)
    page.goto("/matches")
    first = names(page)
    page.get_by_role("link", name="Show more openings").click()
    expect(page.locator("#entries article")).to_have_count(40)
    assert names(page)[:20] == first
    assert page.url.endswith("/matches")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_must_that_leaves_nothing_gives_way(browse: Callable[..., Page], javascript: bool) -> None:
    page = browse(javascript=javascript)
    page.goto("/match/fee")
    page.get_by_label("The most you can pay").fill("1")
    page.locator("#must_fee").get_by_text("Must", exact=True).click()
    page.get_by_role("main").locator("button:visible", has_text="Go on").last.click()
    page.goto("/matches")
    heading(page, "Nothing meets all that you must have")
    way = button(page, "Would like: at most $1")
    promised = way.locator(".num").inner_text().split()[0].replace(",", "")
    way.click()
    expect(page.locator("#result-count")).to_have_attribute("data-count", promised)
    expect(page.locator("#entries .fit").first).to_be_visible()


def test_ticks_stay_while_the_search_is_narrowed(page: Page) -> None:
    page.goto(TEXAS)
    page.locator("#entries article", has_text="Individual").first.get_by_role("checkbox", name="Compare").check()
    page.locator("#format-individual").check()
    page.wait_for_url("**format=individual**")
    expect(page.locator(".applied")).to_contain_text("Individual")
    expect(page.locator("#entries [form=compare]:checked")).to_have_count(1)
    expect(button(page, "Compare 1")).to_be_visible()


def test_a_fifth_tick_is_told_before_it_is_left_out(page: Page) -> None:
    page.goto(TEXAS)
    chosen = names(page)[:4]
    for n in range(5):
        ticks(page).nth(n).check()
    button(page, "Compare the first four").click()
    expect(page.get_by_text("1 more was ticked")).to_be_visible()
    assert columns(page) == chosen


def test_who_is_sent_a_comparison_sees_it_by_her_own_clock(browse: Callable[..., Page]) -> None:
    page = browse(timezone_id="America/Los_Angeles")
    page.goto("/compare?id=1&id=4")
    expect(page.locator("tr[data-row=when]")).to_contain_text("Pacific time")
    zone = page.get_by_label("Times are shown in")
    zone.focus()
    zone.select_option("America/Denver")
    expect(page.locator("tr[data-row=when]")).to_contain_text("Mountain time")
    expect(zone).to_be_focused()
    assert page.url.endswith("/compare?id=1&id=4")
    assert len(columns(page)) == 2
