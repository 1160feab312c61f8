"""Two who do not know each other: a card without a name, an invitation, a yes, and a thread in which both write."""

import secrets
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app import clock
from app.db import db
from app.invitations import inviting
from app.supervisors.models import Supervisor
from tests import people
from tests.invitations.cast import card_of, show_card, three, wish
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.found import make_opening, make_supervisee
from tests.journeys.steps import be, button, heading, sign_in, writing
from tests.live import Instance

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def make_two_alike() -> None:
    """Two who wait for a third."""
    for _ in range(2):
        card = show_card(wish(people.make_person(f"Una {secrets.token_hex(3)}")))
        assert card.on_at


def turn_card_on(page: Page, line: str) -> None:
    page.goto("/dashboard")
    page.get_by_role("link", name="Your card").click()
    heading(page, "Let yourself be found")
    page.get_by_label("One line of your own").fill(line)
    button(page, "Look at it").click()
    heading(page, "What is seen of you")
    expect(page.locator("article")).to_contain_text(line)
    button(page, "Turn it on").click()
    expect(page.get_by_role("heading", name="Your card is on")).to_be_visible()
    expect(page.locator("article")).to_contain_text("Tuesday evenings")


def invite_by_line(page: Page, line: str) -> None:
    page.goto("/dashboard")
    page.get_by_role("link", name="See and invite").click()
    heading(page, "Who would fit Tuesday hour")
    page.locator("article li").filter(has_text=line).get_by_role("link", name="Invite").click()
    heading(page, "An invitation to Tuesday hour")
    page.get_by_label("A short note").fill("We begin again in January.")
    button(page, "Send the invitation").click()
    heading(page, "Who would fit Tuesday hour")
    expect(page.locator("article li").filter(has_text=line).locator(".tag")).to_have_text("invited")


def say_yes(page: Page, supervisor: Supervisor) -> None:
    page.goto("/dashboard")
    page.get_by_role("link", name="Read and answer").click()
    heading(page, "Invitations")
    expect(page.locator("article")).to_contain_text("We begin again in January.")
    button(page, "Yes, tell my name").click()
    heading(page, supervisor.name)


def write(page: Page, words: str) -> None:
    page.get_by_label("Your message").fill(words)
    button(page, "Send").click()
    expect(page.locator(".msg--mine").filter(has_text=words)).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value("")


def end_thread(page: Page, address: str, name: str) -> None:
    """By the keyboard alone."""
    page.goto(address)
    page.get_by_text("End this thread").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("that cannot be undone")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".thread")).to_contain_text(f"{name} has ended this thread")
    expect(page.get_by_label("Your message")).to_have_count(0)


def unread(page: Page) -> object:
    return page.locator(".masthead #unread-count .count")


@pytest.mark.parametrize(("javascript", "size"), [(True, DESKTOP), (True, PHONE), (False, DESKTOP)])
def test_from_a_card_without_a_name_to_a_thread_of_two(
    browse: Callable[..., Page], live: Instance, axe: Callable[..., None], javascript: bool, size: dict[str, int]
):
    writing()
    supervisor, supervisee = make_opening().supervisor, make_supervisee()
    make_two_alike()
    db.session.commit()
    hers, his = browse(size, javascript=javascript), browse(size, javascript=javascript)
    for page, person in ((hers, supervisee), (his, supervisor.person)):
        sign_in(page, person.email, people.PASSWORD)

    line = f"Second-year associate, {''.join(secrets.choice(LETTERS) for _ in range(9))}"  # nobody else says this
    turn_card_on(hers, line)
    invite_by_line(his, line)
    expect(his.get_by_role("main")).not_to_contain_text(supervisee.name)
    assert supervisor.name in live.letter(supervisee.email)["Subject"]

    say_yes(hers, supervisor)
    write(hers, "Gladly. Shall we talk first?")
    live.letter(supervisor.person.email, 2)

    his.goto("/messages")
    his.get_by_role("main").get_by_role("link", name=supervisee.name).click()
    heading(his, supervisee.name)
    expect(his.locator(".thread")).to_contain_text("Shall we talk first?")
    write(his, "On Friday at noon.")
    axe(his)

    hers.goto("/dashboard")
    expect(unread(hers)).to_contain_text("1")
    hers.goto("/messages")
    hers.get_by_role("main").get_by_role("link", name=supervisor.name).click()
    expect(hers.locator(".thread")).to_contain_text("On Friday at noon.")
    if not javascript:
        button(hers, "Mark as read").click()
    expect(unread(hers)).to_have_count(0)
    end_thread(hers, his.url, supervisee.name)
    his.reload()
    expect(his.get_by_role("main")).to_contain_text(f"{supervisee.name} has ended this thread, so nothing more")
    expect(his.get_by_label("Your message")).to_have_count(0)
    db.session.rollback()
    assert card_of(supervisee).on_at


def withdraw(page: Page) -> None:
    """By the keyboard alone."""
    page.goto("/dashboard")
    page.get_by_role("link", name="1 invitation of yours").click()
    heading(page, "Invitations")
    page.locator("main summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("They see that you have withdrawn it")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Withdrawn", exact=True)).to_be_visible()


@pytest.mark.parametrize(("javascript", "size"), [(True, DESKTOP), (False, PHONE)])
def test_an_open_tab_answers_kindly_to_what_was_withdrawn(
    browse: Callable[..., Page],
    live: Instance,
    axe: Callable[..., None],
    meant: set[int],
    javascript: bool,
    size: dict[str, int],
):
    writing()
    opening, person = make_opening(), three(*[f"Una {secrets.token_hex(3)}" for _ in range(3)])[0]
    inviting.invite(opening, card_of(person), "", now=clock.now())
    db.session.commit()
    his, hers = browse(size, javascript=javascript), browse(size, javascript=javascript)
    for page, who in ((his, opening.supervisor.person), (hers, person)):
        be(page, live, who.email)

    hers.goto("/invitations")
    withdraw(his)
    meant.add(409)
    button(hers, "Yes, tell my name").click()
    expect(hers.locator(".errors")).to_contain_text("has withdrawn this invitation.")
    expect(hers.locator("article")).to_contain_text("so there is nothing to answer")
    expect(hers.get_by_role("button", name="Yes, tell my name")).to_have_count(0)
    axe(hers)
