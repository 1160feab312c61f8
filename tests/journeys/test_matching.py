"""From the home page through the six questions to what fits: on a phone, on a desktop, without a script, by keys."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.steps import an_address, button, heading, open_letter
from tests.live import Instance


def go_on(page: Page) -> None:
    page.get_by_role("main").locator("button:visible", has_text="Go on").last.click()


def tick(page: Page, kind: str, words: str) -> None:
    """Tick a term of a list, unfolded if it is not."""
    fold = page.locator(f"#{kind}-fold")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    fold.get_by_label(words, exact=True).check()


def firm(page: Page, name: str) -> Locator:
    """The two ways of wishing for something."""
    return page.locator(f"#must_{name}")


def answer_all(page: Page) -> None:
    """The six steps, with something said at each, and two musts."""
    heading(page, "What are you looking for?")
    page.get_by_text("LPC · counseling", exact=True).click()
    page.get_by_label("Where you are licensed").select_option(label="Texas")
    firm(page, "verdict").get_by_text("Must", exact=True).click()
    go_on(page)
    heading(page, "Where and when could you meet?")
    page.get_by_text("Online", exact=True).click()
    page.get_by_label("These times are in").select_option("America/Chicago")
    page.get_by_label("Tuesday evening").first.check()
    page.get_by_label("Thursday evening").first.check()
    go_on(page)
    heading(page, "What can you pay?")
    page.get_by_label("The most you can pay").fill("110")
    firm(page, "fee").get_by_text("Must", exact=True).click()
    go_on(page)
    heading(page, "What do you work with?")
    tick(page, "specialty", "Trauma and PTSD")
    tick(page, "population", "Teens")
    go_on(page)
    heading(page, "How do you like to be supervised?")
    tick(page, "style", "Reflective")
    tick(page, "language", "Spanish")
    go_on(page)
    heading(page, "Would anything help you feel at home?")
    tick(page, "affinity", "Parent")
    page.get_by_role("main").get_by_role("button", name="Show my matches").click()


SAID = ["hours that count for Texas LPC (a must)", "online", "Tuesday or Thursday evenings in Central time",
        "at most $110 (a must)", "trauma and PTSD", "teens", "reflective", "Spanish", "Parent"]  # fmt: skip


def test_from_the_home_page_through_six_steps_to_what_fits(any_page: Page, axe: Callable[..., None]) -> None:
    any_page.goto("/")
    any_page.get_by_role("link", name="Match me").first.click()
    answer_all(any_page)
    any_page.wait_for_url("**/matches**")
    assert "parent" not in any_page.url
    expect(any_page.get_by_role("main")).not_to_contain_text("Parent (a must)")
    any_page.goto("/match")
    heading(any_page, "Your answers")
    for words in SAID:
        expect(any_page.locator(".todo")).to_contain_text(words)
    axe(any_page)


def test_a_step_is_skipped_changed_and_forgotten(any_page: Page, meant: set[int]) -> None:
    meant.add(422)
    any_page.goto("/match")
    for question in ("Where and when", "What can you pay?"):
        any_page.get_by_role("link", name="Skip this step").click()
        heading(any_page, question)
    any_page.get_by_label("The most you can pay").fill("ninety")
    go_on(any_page)
    expect(any_page.locator("#max_fee-error")).to_contain_text("whole number")
    expect(any_page.get_by_label("The most you can pay")).to_have_value("ninety")
    any_page.get_by_label("The most you can pay").fill("90")
    go_on(any_page)
    any_page.get_by_role("link", name="Back").click()
    expect(any_page.get_by_label("The most you can pay")).to_have_value("90")
    any_page.goto("/match")
    button(any_page, "Forget my answers").click()
    any_page.goto("/match")
    heading(any_page, "What are you looking for?")


def test_on_a_phone_the_number_of_a_step_leads_to_it(browse: Callable[..., Page]) -> None:
    page = browse(PHONE, has_touch=True, is_mobile=True)
    page.goto("/match/goal")
    page.locator(".steps li").nth(3).tap(position={"x": 14, "y": 14})
    page.wait_for_url("**/match/work")
    heading(page, "What do you work with?")


def test_answers_are_kept_as_she_goes(browse: Callable[..., Page]) -> None:
    page = browse(PHONE)
    page.goto("/match/work")
    page.get_by_label("Find among specialties").fill("grief")
    page.get_by_label("Grief and loss").check()
    expect(page.locator("#draft-state")).to_contain_text("Kept.")
    expect(page.locator("#told")).to_contain_text("grief and loss")
    page.goto("/match/style")
    expect(page.locator("#told")).to_contain_text("grief and loss")


def test_a_long_list_goes_on_below_and_not_out_of_sight_beside(browse: Callable[..., Page]) -> None:
    page = browse(PHONE)
    page.goto("/match/work")
    shown, last = page.locator("#specialty-list"), page.locator("#specialty-list label").last
    assert shown.evaluate("list => list.scrollHeight > list.clientHeight && list.scrollWidth === list.clientWidth")
    last.check()
    expect(page.locator("#specialty-fold [data-picked]")).to_have_text(last.inner_text())


def test_the_week_is_filled_in_by_keys_alone(page: Page) -> None:
    page.goto("/match/meeting")
    page.get_by_label("Monday noon").focus()
    for way in (["ArrowRight"], ["ArrowDown", "ArrowDown"], ["ArrowLeft", "ArrowUp", "Tab"], []):
        for key in ("Space", *way):
            page.keyboard.press(key)
    ticked = page.locator("[name=parts]:checked")
    assert sorted(ticked.evaluate_all("all => all.map((one) => one.value)")) == [
        "0-noon", "1-afternoon", "1-evening", "1-noon",
    ]  # fmt: skip
    page.keyboard.press("Enter")
    heading(page, "What can you pay?")
    expect(page.locator("#told")).to_contain_text("Monday lunchtimes or Tuesday lunchtimes, afternoons or evenings")


def test_hours_beside_the_parts_of_a_day(any_page: Page) -> None:
    any_page.goto("/match/meeting")
    any_page.locator("#hours-fold summary").click()
    any_page.get_by_role("group", name="Hours, row 1").get_by_text("Wed", exact=True).click()
    any_page.get_by_label("From", exact=True).first.fill("5:30 pm")
    any_page.get_by_label("To", exact=True).first.fill("7 pm")
    button(any_page, "Add hours").click()
    expect(any_page.get_by_role("group", name="Hours, row 2")).to_be_visible()
    any_page.get_by_label("These times are in").select_option("America/Denver")
    go_on(any_page)
    expect(any_page.locator("#told")).to_contain_text("Wednesday 5:30–7:00 pm in Mountain time")


def test_a_guests_answers_move_into_the_account_she_opens(page: Page, live: Instance) -> None:
    page.goto("/match/fee")
    page.get_by_label("The most you can pay").fill("85")
    go_on(page)
    email = an_address("match")
    page.goto("/sign-up")
    page.get_by_label("Your name").fill("Maya Fenwick")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill("nine paper boats at noon")
    button(page, "Open the account").click()
    open_letter(page, live, email, "/verify/")
    button(page, "Open my account").click()
    page.wait_for_url("**/dashboard")
    page.goto("/match")
    expect(page.locator(".todo")).to_contain_text("at most $85")
    expect(page.get_by_role("main")).to_contain_text("kept with your account")


def test_back_fills_in_nothing_that_was_forgotten_and_nothing_that_was_not_said(page: Page) -> None:
    page.goto("/match/home")
    tick(page, "affinity", "Veteran")
    expect(page.locator("#draft-state")).to_contain_text("Kept.")
    page.goto("/match")
    button(page, "Forget my answers").click()
    expect(page.get_by_text("Your answers are forgotten.")).to_be_visible()
    page.go_back()
    page.go_back()
    heading(page, "Would anything help you feel at home?")
    expect(page.locator("#affinity-fold input:checked")).to_have_count(0)
