"""What counts: from the map to a board's figures and the place where they are written."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.steps import heading


def test_from_the_map_to_the_citations(any_page: Page) -> None:
    any_page.goto("/rules")
    any_page.locator("svg.map a[href$='/rules/tx']").click()
    heading(any_page, "What counts in Texas")
    table = any_page.get_by_role("table", name="Supervised practice")
    expect(table.get_by_role("columnheader")).to_have_count(3)
    expect(table.get_by_role("row", name="Hours in all")).to_contain_text("3,000")
    any_page.get_by_role("link", name="sources for LPC").click()
    assert any_page.url.endswith("#written-counseling")
    cites = any_page.locator("#written-counseling ~ ul.cites").first.get_by_role("listitem")
    expect(cites.first.get_by_role("link")).to_have_attribute("href", re.compile("^https://"))


def test_from_the_list_to_a_state_and_another(any_page: Page) -> None:
    any_page.goto("/rules")
    any_page.locator("ul.states").get_by_role("link", name="Vermont").click()
    heading(any_page, "What counts in Vermont")
    any_page.get_by_role("combobox", name="Another state").select_option(label="Ohio")
    any_page.get_by_role("button", name="Show its rules").click()
    heading(any_page, "What counts in Ohio")
    any_page.go_back()
    heading(any_page, "What counts in Vermont")


def test_from_a_rule_to_the_openings_that_count(page: Page) -> None:
    page.goto("/rules/tx")
    page.get_by_role("link", name="openings that count for Texas LPC").click()
    heading(page, "Openings in Texas")
    expect(page.locator("#verdict-counts")).to_be_checked()
    expect(page.locator("article[data-verdict]").first).to_have_attribute("data-verdict", "counts")
