"""Accounts: opened by a letter, kept from others, found again when the password is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.steward.demo import DEMO_PASSWORD, SIGN_INS
from tests.journeys.steps import an_address, button, give_password, heading, open_letter, sign_in
from tests.live import Instance

PASSWORD = "copper kettle on a slow train"
ANOTHER = "nine paper boats at noon"


def fill_sign_up(page: Page, email: str) -> None:
    page.goto("/sign-up")
    page.get_by_label("Your name").fill("Dora Wintergreen")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    button(page, "Open the account").click()
    heading(page, "Look in your e-mail")


def open_account(page: Page, live: Instance, email: str) -> None:
    fill_sign_up(page, email)
    open_letter(page, live, email, "/verify/")
    button(page, "Open my account").click()
    page.wait_for_url("**/dashboard")


def sign_out(page: Page) -> None:
    button(page, "Sign out").first.click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_an_account_is_opened_left_and_entered_again(any_page: Page, live: Instance) -> None:
    email = an_address("dora")
    open_account(any_page, live, email)
    heading(any_page, "Dora")
    any_page.goto("/account")
    expect(any_page.get_by_role("main")).to_contain_text(email)
    if button(any_page, "Menu").is_visible():
        button(any_page, "Menu").click()
    any_page.locator("form[action='/sign-out'] button:visible").click()
    heading(any_page, "Find a supervisor")
    any_page.goto("/account")
    heading(any_page, "Sign in")
    give_password(any_page, email, PASSWORD)
    heading(any_page, "Your account")


def test_bad_input_is_named_and_kept(any_page: Page, meant: set[int]) -> None:
    any_page.goto("/sign-up")
    any_page.get_by_label("Your name").fill("Dora Wintergreen")
    any_page.get_by_label("E-mail").fill("dora@example")
    any_page.get_by_label("Password").fill("short")
    any_page.get_by_text("Consultation, licensed already").click()
    meant.add(422)
    button(any_page, "Open the account").click()
    summary = any_page.locator(".errors")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(2)
    expect(any_page.locator("#email-error")).to_be_visible()
    expect(any_page.locator("#password-error")).to_be_visible()
    expect(any_page.get_by_label("Your name")).to_have_value("Dora Wintergreen")
    expect(any_page.get_by_label("E-mail")).to_have_value("dora@example")
    expect(any_page.get_by_label("Password")).to_have_value("")
    expect(any_page.get_by_label("Consultation, licensed already")).to_be_checked()
    summary.get_by_role("link").first.click()
    expect(any_page.get_by_label("E-mail")).to_be_focused()


def test_another_browser_chooses_the_password_itself(page: Page, browse: Callable[..., Page], live: Instance) -> None:
    email = an_address("dora")
    fill_sign_up(page, email)
    other = browse()
    open_letter(other, live, email, "/verify/")
    other.get_by_label("New password").fill(ANOTHER)
    button(other, "Open my account").click()
    other.wait_for_url("**/dashboard")
    sign_out(other)
    sign_in(other, email, ANOTHER)


def test_a_lost_password_is_replaced_by_a_letter(any_page: Page, live: Instance, meant: set[int]) -> None:
    email = an_address("dora")
    open_account(any_page, live, email)
    any_page.context.clear_cookies()
    any_page.goto("/sign-in")
    any_page.get_by_role("link", name="I forgot it, or never had one").click()
    any_page.get_by_label("E-mail").fill(email)
    button(any_page, "Send the link").click()
    heading(any_page, "Look in your e-mail")
    live.letter(email, count=2)
    open_letter(any_page, live, email, "/reset/")
    any_page.get_by_label("New password").fill(ANOTHER)
    any_page.get_by_role("main").get_by_role("button").first.click()
    any_page.wait_for_url("**/dashboard")
    any_page.context.clear_cookies()
    any_page.goto("/sign-in")
    meant.add(422)
    give_password(any_page, email, PASSWORD)
    expect(any_page.locator(".errors")).to_be_focused()
    expect(any_page.get_by_label("E-mail")).to_have_value(email)
    give_password(any_page, email, ANOTHER)
    any_page.wait_for_url("**/dashboard")


@pytest.mark.parametrize(("words", "email"), SIGN_INS, ids=[email for _, email in SIGN_INS])
def test_the_sign_ins_of_the_demonstration_are_shown_and_work(page: Page, words: str, email: str) -> None:
    page.goto("/sign-in")
    shown = page.get_by_role("complementary", name="This is a demonstration")
    expect(shown).to_contain_text(email)
    expect(shown).to_contain_text(words)
    expect(shown).to_contain_text(DEMO_PASSWORD)
    sign_in(page, email, DEMO_PASSWORD)
    heading(page, words.split()[0])
    page.context.clear_cookies()
    page.goto("/sign-in")
    button(page, f"Sign in as {email}").click()
    heading(page, words.split()[0])
