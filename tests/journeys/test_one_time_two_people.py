"""Two tabs at one time, a button pressed twice, the way back, and a hold that ran out."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.steps import (
    an_address,
    button,
    calls_of,
    choose_time,
    confirmed_call,
    heading,
    make_supervisor,
    open_letter,
    run_out,
    sign_guest,
    slots,
)
from tests.live import Instance

HOLD = "Hold this time for me"


def test_the_second_of_two_loses_nothing_but_the_time(
    browse: Callable[..., Page], any_page: Page, live: Instance, meant: set[int]
) -> None:
    ivo, first, second = make_supervisor("Ivo Marchbanks"), an_address("first"), an_address("second")
    winner, loser = browse(), any_page
    start = choose_time(winner, ivo)
    assert choose_time(loser, ivo) == start
    sign_guest(winner, first)
    sign_guest(loser, second, name="Tess Ember", note="I work at a school.")
    button(winner, HOLD).click()
    heading(winner, "Look into your e-mail")
    meant.add(409)
    button(loser, HOLD).click()
    heading(loser, "Choose another time")
    expect(loser.locator("#starts_at-error")).to_be_visible()
    expect(loser.get_by_label("Your name")).to_have_value("Tess Ember")
    expect(loser.get_by_label("E-mail")).to_have_value(second)
    expect(loser.get_by_label("should know")).to_have_value("I work at a school.")
    assert start not in [slot.get_attribute("value") for slot in slots(loser).all()]
    slots(loser).first.click()
    heading(loser, "Look into your e-mail")
    assert [call.note for call in calls_of(second)] == ["I work at a school."]


def test_a_time_that_is_gone_is_not_even_asked_about(
    browse: Callable[..., Page], page: Page, live: Instance, meant: set[int]
) -> None:
    ivo, winner = make_supervisor("Ivo Marchbanks"), browse()
    page.goto(f"/supervisors/{ivo.slug}/slots")
    choose_time(winner, ivo)
    sign_guest(winner, an_address("first"))
    button(winner, HOLD).click()
    heading(winner, "Look into your e-mail")
    meant.add(409)
    slots(page).first.click()
    heading(page, "Choose another time")
    expect(slots(page).first).to_be_visible()


def test_two_presses_are_one_call(any_page: Page, live: Instance) -> None:
    ivo, email = make_supervisor("Ivo Marchbanks"), an_address("nora")
    choose_time(any_page, ivo)
    sign_guest(any_page, email)
    button(any_page, HOLD).dblclick()
    heading(any_page, "Look into your e-mail")
    assert len(calls_of(email)) == 1


def test_the_way_back_books_nothing_twice(any_page: Page, live: Instance) -> None:
    ivo, email = make_supervisor("Ivo Marchbanks"), an_address("nora")
    choose_time(any_page, ivo)
    sign_guest(any_page, email)
    button(any_page, HOLD).click()
    heading(any_page, "Look into your e-mail")
    any_page.go_back()
    heading(any_page, "Look into your e-mail")
    assert len(calls_of(email)) == 1


def test_a_hold_that_ran_out_offers_the_time_again(any_page: Page, live: Instance, meant: set[int]) -> None:
    ivo, email = make_supervisor("Ivo Marchbanks"), an_address("nora")
    choose_time(any_page, ivo)
    sign_guest(any_page, email)
    button(any_page, HOLD).click()
    heading(any_page, "Look into your e-mail")
    run_out(email)
    any_page.reload()
    heading(any_page, "This time came free again")
    meant.add(409)
    open_letter(any_page, live, email, "/calls/confirm/")
    heading(any_page, "This time has come free")
    any_page.get_by_role("link", name="Try the same time again").click()
    heading(any_page, "Nearly there")
    sign_guest(any_page, email)
    button(any_page, HOLD).click()
    heading(any_page, "Look into your e-mail")


def test_a_hold_that_runs_out_on_the_page_is_refused_kindly(page: Page, live: Instance, meant: set[int]) -> None:
    ivo, email = make_supervisor("Ivo Marchbanks"), an_address("nora")
    choose_time(page, ivo)
    sign_guest(page, email)
    button(page, HOLD).click()
    heading(page, "Look into your e-mail")
    open_letter(page, live, email, "/calls/confirm/")
    heading(page, "One press, and it is yours")
    run_out(email)
    meant.add(409)
    button(page, "Confirm the call").click()
    heading(page, "This time has come free")


def test_the_link_works_again_and_says_so(page: Page, live: Instance) -> None:
    ivo, email = make_supervisor("Ivo Marchbanks"), an_address("nora")
    confirmed_call(page, live, ivo, email)
    confirmed = page.url
    link = live.letters(email)[0].get_body(("plain",)).get_content().split("/calls/confirm/")[1].split()[0]
    page.goto(f"/calls/confirm/{link}")
    heading(page, "This call is confirmed")
    page.get_by_role("link", name="Open the call").click()
    assert page.url == confirmed
