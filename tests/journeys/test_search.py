"""The search: filters answer at once, the address says all of it, and nothing typed leads to a dead end."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from app.db import db
from tests import people
from tests.journeys.conftest import PHONE
from tests.journeys.steps import TEXAS, button, heading, make_supervisor, writing
from tests.live import Instance


def count(page: Page) -> int:
    return int(page.locator("#result-count").get_attribute("data-count") or -1)


def names(page: Page) -> list[str]:
    """What the list shows, in order."""
    return [card.get_attribute("data-opening") or "" for card in page.locator("#entries article").all()]


def chips(page: Page) -> Locator:
    return page.locator(".applied a[aria-label^='Remove']")


def mark(page: Page) -> None:
    """A mark that a page load would wipe away."""
    page.evaluate("window.isTheSamePage = true")


def is_the_same(page: Page) -> bool:
    return page.evaluate("window.isTheSamePage === true")


def tick(page: Page, words: str, query: str) -> None:
    """Tick a filter and wait until the address says so."""
    page.get_by_role("checkbox", name=words).first.check()
    page.wait_for_url(f"**{query}**")
    expect(chips(page).filter(has_text=words).first).to_be_visible()


def test_a_filter_changes_the_list_in_place_and_the_address_with_it(page: Page) -> None:
    page.goto(TEXAS)
    mark(page)
    everyone = count(page)
    label = page.locator("label[for=verdict-counts]")
    promised = int(label.get_attribute("data-count") or -1)
    tick(page, "Counts", "verdict=counts")
    assert count(page) == promised < everyone
    assert {card.get_attribute("data-verdict") for card in page.locator("#entries article").all()} == {"counts"}
    assert is_the_same(page)
    expect(page.locator("#verdict-counts")).to_be_focused()


def test_back_forward_reload_and_a_shared_address_show_the_same(page: Page, browse: Callable[..., Page]) -> None:
    page.goto(TEXAS)
    seen = [(count(page), names(page))]
    tick(page, "Individual", "format=individual")
    seen.append((count(page), names(page)))
    page.locator("#day-wed").check()
    page.wait_for_url("**day=wed**")
    expect(page.locator("#result-count")).not_to_have_attribute("data-count", str(seen[1][0]))
    seen.append((count(page), names(page)))
    for step, which in (("go_back", 1), ("go_back", 0), ("go_forward", 1), ("go_forward", 2), ("reload", 2)):
        getattr(page, step)()
        expect(page.locator("#result-count")).to_have_attribute("data-count", str(seen[which][0]))
        assert names(page) == seen[which][1]
        assert page.locator("#day-wed").is_checked() == (which == 2)
    other = browse(javascript=False)
    other.goto(page.url)
    assert (count(other), names(other)) == seen[2]


def test_back_leads_home_at_once(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Where you are licensed").select_option(label="Texas")
    button(page, "Show openings").click()
    expect(page.get_by_label("Times are shown in")).to_have_value("America/Chicago")
    expect(page.locator("#entries")).to_contain_text("Central time")
    page.go_back()
    heading(page, "Find a supervisor")


def test_chips_take_filters_away_one_by_one(any_page: Page) -> None:
    any_page.goto(f"{TEXAS}&format=individual&max_fee=90")
    few = count(any_page)
    chips(any_page).filter(has_text="At most $90").click()
    any_page.wait_for_url(lambda address: "max_fee" not in address)
    more = count(any_page)
    assert more > few
    assert chips(any_page).count() == 3
    any_page.get_by_role("link", name="Clear all").click()
    any_page.wait_for_url(lambda address: address.endswith(TEXAS))
    assert count(any_page) > more


def test_more_openings_come_under_those_that_are_there(page: Page) -> None:
    page.goto(TEXAS)
    mark(page)
    first = names(page)
    page.get_by_role("link", name="Show more openings").click()
    expect(page.locator("#entries article")).to_have_count(40)
    assert names(page)[:20] == first
    assert len(set(names(page))) == 40
    assert is_the_same(page)


def test_more_openings_are_a_page_without_a_script(browse: Callable[..., Page]) -> None:
    page = browse(javascript=False)
    page.goto(TEXAS)
    first = names(page)
    page.get_by_role("link", name="Show more openings").click()
    page.wait_for_url("**page=2**")
    assert len(names(page)) == 20
    assert not set(first) & set(names(page))
    page.get_by_role("link", name="From the first").click()
    page.wait_for_url(lambda address: "page" not in address)
    assert names(page) == first


def test_no_result_leads_on_with_counts(any_page: Page) -> None:
    any_page.goto(f"{TEXAS}&max_fee=1")
    expect(any_page.get_by_role("heading", name="No chair like this is free")).to_be_visible()
    way = any_page.locator(".empty a.chip").first
    promised = int(way.locator(".num").inner_text().split()[0])
    way.click()
    any_page.wait_for_url(lambda address: "max_fee" not in address)
    assert count(any_page) == promised > 0


@pytest.mark.parametrize("javascript", [True, False])
def test_impossible_values_are_named_and_the_rest_stands(browse: Callable[..., Page], javascript: bool) -> None:
    page = browse(javascript=javascript)
    page.goto(f"{TEXAS}&zip=abc&max_fee=-5&format=individual")
    for field in ("zip", "max_fee"):
        expect(page.locator(f"#{field}-error")).to_be_visible()
        expect(page.locator(f"#{field}")).to_have_attribute("aria-describedby", f"{field}-error")
    expect(page.locator("#zip")).to_have_value("abc")
    expect(page.locator("#max_fee")).to_have_value("-5")
    assert count(page) == int(page.locator("label[for=format-individual]").get_attribute("data-count") or -1)


def test_an_impossible_value_typed_is_named_beside_its_field(page: Page) -> None:
    page.goto(TEXAS)
    mark(page)
    page.get_by_label("Near ZIP").fill("99999")
    page.get_by_label("Near ZIP").press("Tab")
    expect(page.locator("#zip-error")).to_be_visible()
    expect(page.get_by_label("Near ZIP")).to_have_value("99999")
    assert count(page) > 0
    page.get_by_label("Near ZIP").fill("78701")
    page.get_by_label("Near ZIP").press("Tab")
    expect(page.locator("#zip-error")).to_have_count(0)
    page.wait_for_url("**zip=78701**")
    assert is_the_same(page)


def test_the_cheapest_come_first_when_asked(any_page: Page) -> None:
    any_page.goto(TEXAS)
    any_page.get_by_label("Sorted by").select_option(label="Lowest fee")
    if button(any_page, "Sort").is_visible():
        button(any_page, "Sort").click()
    any_page.wait_for_url("**sort=fee**")
    expect(any_page.get_by_label("Sorted by")).to_have_value("fee")
    fees = [int(text.strip("$")) for text in any_page.locator("#entries .fee b").all_inner_texts()]
    assert fees == sorted(fees)


def test_on_a_phone_the_filters_are_a_sheet(browse: Callable[..., Page]) -> None:
    page = browse(PHONE)
    page.goto(TEXAS)
    expect(page.locator("#format-individual")).to_be_hidden()
    button(page, "Filters").click()
    page.locator("#format-individual").check()
    expect(page.locator("#filters")).to_be_visible()
    show = page.locator("#show button")
    page.wait_for_url("**format=individual**")
    expect(show).to_have_text(f"Show {count(page)} openings")
    show.click()
    expect(page.locator("#filters")).to_be_hidden()
    expect(chips(page).filter(has_text="Individual")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_a_fault_in_the_sheet_is_told_outside_it(browse: Callable[..., Page], javascript: bool) -> None:
    page = browse(PHONE, javascript=javascript)
    page.goto(f"{TEXAS}&zip=abc&max_fee=-5")
    expect(page.get_by_text("2 things need another look, under Filters.")).to_be_visible()
    button(page, "Filters").click()
    expect(page.locator("#zip-error")).to_be_visible()


def test_the_sheet_works_without_a_script(browse: Callable[..., Page]) -> None:
    page = browse(PHONE, javascript=False)
    page.goto(TEXAS)
    button(page, "Filters").click()
    page.locator("#format-individual").check()
    page.locator("#show button").click()
    page.wait_for_url("**format=individual**")
    expect(page.locator("#format-individual")).to_be_hidden()
    expect(chips(page).filter(has_text="Individual")).to_be_visible()


def test_another_board_is_another_page(page: Page) -> None:
    page.goto(TEXAS)
    page.get_by_label("Where you are licensed").select_option(label="Ohio")
    heading(page, "Openings in Ohio")
    expect(page.get_by_role("complementary", name="Your track")).to_contain_text("Ohio")
    page.go_back()
    heading(page, "Openings in Texas")
    expect(page.get_by_role("complementary", name="Your track")).to_contain_text("Texas")
    expect(page.get_by_label("Where you are licensed")).to_have_value("TX")


def test_a_board_chosen_in_another_tab_is_told_by_the_track_bar_too(page: Page) -> None:
    page.goto(TEXAS)
    page.goto("/openings")
    track = page.get_by_role("complementary", name="Your track")
    expect(track).to_contain_text("Texas LPC")
    other = page.context.new_page()
    other.goto("/openings?state=OH&discipline=counseling")
    page.locator("#format-individual").check()
    expect(chips(page)).to_have_text(["Individual"])
    expect(track).to_contain_text("Ohio")
    expect(page.locator("#entries .verdict").first).to_contain_text("Ohio LPCC")


def test_words_find_while_they_are_typed(page: Page) -> None:
    page.goto(TEXAS)
    mark(page)
    everyone = count(page)
    field = page.get_by_label("Words")
    field.press_sequentially("grief", delay=20)
    page.wait_for_url("**q=grief**")
    expect(page.locator("#result-count")).not_to_have_attribute("data-count", str(everyone))
    expect(field).to_be_focused()
    expect(field).to_have_value("grief")
    expect(chips(page).filter(has_text="grief")).to_be_visible()
    assert is_the_same(page)
    page.reload()
    expect(field).to_have_value("grief")
    field.fill("zzgrieef")
    expect(page.locator("#result-count")).to_have_attribute("data-count", "0")


def test_counts_come_with_each_answer_and_folds_and_focus_stay(page: Page) -> None:
    page.goto(TEXAS)
    fold = page.locator("#specialty-fold")
    fold.locator("summary").click()
    trauma = page.locator("label[for=specialty-trauma]")
    before = int(trauma.get_attribute("data-count") or -1)
    page.locator("#format-group").check()
    page.wait_for_url("**format=group**")
    expect(trauma).not_to_have_attribute("data-count", str(before))
    expect(fold).to_have_attribute("open", "")
    expect(page.locator("#format-group")).to_be_focused()
    promised = trauma.get_attribute("data-count") or ""
    page.locator("#specialty-trauma").check()
    expect(page.locator("#result-count")).to_have_attribute("data-count", promised)
    expect(page.locator("#specialty-trauma")).to_be_focused()
    expect(fold).to_have_attribute("open", "")


def test_a_slip_is_told_with_what_was_meant(any_page: Page) -> None:
    any_page.goto("/openings?q=traumma")
    any_page.get_by_role("link", name="trauma", exact=True).click()
    any_page.wait_for_url("**q=trauma**")
    assert count(any_page) > 0


def test_states_say_how_many_there_are_and_lead_there(any_page: Page) -> None:
    any_page.goto("/openings?format=group")
    any_page.get_by_text("By state", exact=True).click()
    texas = any_page.locator("#by-state li").filter(has_text="Texas")
    promised = int(texas.locator(".num").inner_text().split()[0])
    texas.get_by_role("link").click()
    any_page.wait_for_url("**state=TX**")
    assert count(any_page) == promised > 0
    expect(any_page.locator("#by-state")).to_have_count(0)


def hold_next(page: Page) -> list[Route]:
    """Keep back the next answer that the search waits for."""
    held: list[Route] = []
    page.route("**/openings?*", lambda route: held.append(route), times=1)
    return held


def choose_zone(page: Page, name: str) -> None:
    page.get_by_label("Times are shown in").select_option(name)


def test_a_zone_chosen_while_filters_are_answered_is_kept_and_so_are_they(page: Page) -> None:
    page.goto(TEXAS)
    held = hold_next(page)
    with page.expect_request("**format=individual**"):
        page.locator("#format-individual").check()
    choose_zone(page, "America/Denver")
    expect(page.locator("#entries")).to_contain_text("Mountain time")
    expect(chips(page).filter(has_text="Individual")).to_be_visible()
    held[0].abort()
    page.reload()
    expect(page.get_by_label("Times are shown in")).to_have_value("America/Denver")
    expect(page.locator("#format-individual")).to_be_checked()


def test_a_filter_ticked_while_a_zone_is_answered_loses_neither(page: Page) -> None:
    page.goto(TEXAS)
    held = hold_next(page)
    with page.expect_request("**tz=America**"):
        choose_zone(page, "America/Denver")
    tick(page, "Individual", "format=individual")
    held[0].abort()
    expect(page.locator("#entries")).to_contain_text("Mountain time")
    page.go_back()
    expect(page.locator("#format-individual")).not_to_be_checked()
    expect(page.locator("#entries")).to_contain_text("Mountain time")


def test_of_two_zones_chosen_in_a_row_the_last_one_stands(page: Page) -> None:
    for address in (TEXAS, "/matches"):
        if address == "/matches":
            page.goto("/match/goal")
            page.get_by_text("consultation").first.click()
            page.get_by_role("main").locator("button:visible", has_text="Go on").last.click()
        page.goto(address)
        page.route("**/*tz=America%2FDenver*", lambda route: None, times=1)
        choose_zone(page, "America/Denver")
        choose_zone(page, "America/New_York")
        expect(page.locator("#entries")).to_contain_text("Eastern time")


def test_words_that_were_refused_are_no_longer_once_they_are_others(page: Page) -> None:
    page.goto("/openings?q=" + "e" * 120)
    expect(page.locator("#q-error")).to_be_visible()
    page.get_by_label("Words").fill("grief")
    page.wait_for_url("**q=grief**")
    expect(page.locator("#q-error")).to_have_count(0)
    expect(page.get_by_label("Words")).not_to_have_attribute("aria-invalid", "true")


def test_an_answer_to_refused_words_that_comes_while_others_are_typed_refuses_nothing(page: Page) -> None:
    held: list[Route] = []
    page.route("**tz=**", lambda route: held.append(route) if not held else route.continue_())
    with page.expect_request("**tz=**"):
        page.goto("/openings?q=" + "e" * 120)
    with page.expect_response("**tz=**"):
        page.get_by_label("Words").fill("grief")
        held[0].continue_()
    page.wait_for_url("**q=grief**")
    expect(page.locator("#q-error")).to_have_count(0)
    expect(page.get_by_label("Words")).not_to_have_attribute("aria-invalid", "true")


def test_the_window_is_called_by_what_it_shows(page: Page) -> None:
    page.goto(TEXAS)
    tick(page, "Individual", "format=individual")
    expect(page).to_have_title(f"{count(page)} openings in Texas · Second Chair")


def test_when_the_last_are_shown_the_first_of_them_has_the_focus(page: Page) -> None:
    page.goto("/openings?state=CA&discipline=counseling&format=group")  # where no other journey adds one
    first, more = names(page), page.locator("#more-link")
    more.press("Enter")
    expect(page.locator("#entries article")).to_have_count(count(page))
    assert len(first) == 20 < count(page) <= 40
    expect(more).to_have_count(0)
    expect(page.locator("#entries article").nth(20).locator(".entry__name a")).to_be_focused()


def test_filters_chosen_while_the_page_loads_are_not_lost(page: Page) -> None:
    held: list[Route] = []
    page.route("**/htmx-*.js*", lambda route: held.append(route))
    page.goto(TEXAS, wait_until="commit")
    page.locator("#format-individual").check()
    page.locator("#max_fee").fill("100")
    held[0].continue_()
    page.wait_for_url("**format=individual&max_fee=100**")
    expect(chips(page).filter(has_text="At most $100")).to_be_visible()


def test_no_word_is_so_long_that_it_widens_a_page(browse: Callable[..., Page], live: Instance) -> None:
    title = "Donaudampfschifffahrtsgesellschaft of associates"
    una = make_supervisor("Bartholomew O'Brien-Łukasz Featherstonehaugh-Świętochowski")
    writing()
    group = people.make_opening(una, format="group", seats=12, title=title, line="", times=())
    hour = people.make_opening(una, line="x" * 140, times=[(day, 18 * 60) for day in range(7)])
    db.session.commit()
    page = browse({"width": 320, "height": 640})
    for path in ("/openings?q=donaudampfschifffahrtsgesellschaft", "/openings?q=featherstonehaugh"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 900})
    page.goto(f"/compare?id={group.id}&id={hour.id}&id=1&id=2")
    assert page.evaluate("document.querySelector('.table--compare').scrollWidth") <= 720
