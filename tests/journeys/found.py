"""Pages of being found without a name, each with people of its own: what test_every_page looks at."""

import secrets

from playwright.sync_api import Page, expect

from app import clock
from app.accounts.models import Person
from app.db import db
from app.invitations import inviting
from app.openings.models import Opening
from tests import people
from tests.invitations.cast import candidates_page, card_of, seat_at, three, wish
from tests.journeys.steps import be, button, heading, writing
from tests.live import Instance


def make_opening() -> Opening:
    """A free seat on Tuesday evenings with somebody verified in Arizona, who has a password."""
    name = f"Gil {secrets.token_hex(3)}"
    account = people.make_person(name, roles=("supervisor",), password=people.PASSWORD, zone="America/Phoenix")
    return seat_at(people.make_supervisor(name, person=account))


def make_supervisee() -> Person:
    """Somebody who has answered the questions, and has a password."""
    return wish(people.make_person(f"Nell {secrets.token_hex(3)}", password=people.PASSWORD))


def card(page: Page, live: Instance) -> None:
    """A card that was never turned on."""
    writing()
    person = make_supervisee()
    db.session.commit()
    be(page, live, person.email)
    page.goto("/card")


def card_refused(page: Page, live: Instance) -> None:
    card(page, live)
    page.get_by_label("One line of your own").fill("Write to nell@example.org")
    button(page, "Look at it").click()
    page.locator("#line-error").wait_for()


def card_preview(page: Page, live: Instance) -> None:
    card(page, live)
    page.get_by_label("One line of your own").fill("Second-year associate in a school")
    button(page, "Look at it").click()
    page.wait_for_url("**/card/preview")


def _as_invited(page: Page, live: Instance) -> Person:
    """Somebody whose card is shown, and who is invited."""
    writing()
    opening, everyone = make_opening(), three(*[f"Nell {secrets.token_hex(3)}" for _ in range(3)])
    everyone[0].password_hash = people.hash_of(people.PASSWORD)
    inviting.invite(opening, card_of(everyone[0]), "We begin again in January.", now=clock.now())
    db.session.commit()
    be(page, live, everyone[0].email)
    return everyone[0]


def card_on(page: Page, live: Instance) -> None:
    _as_invited(page, live)
    page.goto("/card")


def invitations(page: Page, live: Instance) -> None:
    _as_invited(page, live)
    page.goto("/invitations")


def thread(page: Page, live: Instance) -> None:
    invitations(page, live)
    button(page, "Yes, tell my name").click()
    page.wait_for_url("**/messages/*")
    page.get_by_label("Your message").fill("Gladly. Shall we talk first?")
    button(page, "Send").click()
    page.locator(".msg--mine").wait_for()


def message_refused(page: Page, live: Instance) -> None:
    thread(page, live)
    button(page, "Send").click()
    page.locator("#body-error").wait_for()


def thread_ended(page: Page, live: Instance) -> None:
    thread(page, live)
    page.get_by_text("End this thread").click()
    button(page, "End it").click()
    page.locator(".thread").get_by_text("has ended this thread").wait_for()


def threads(page: Page, live: Instance) -> None:
    thread(page, live)
    page.goto("/messages")


def _as_inviting(page: Page, live: Instance, path: str = "") -> Opening:
    """A supervisor for whose free seat three would fit, one of whom is invited."""
    writing()
    opening, everyone = make_opening(), three(*[f"Nell {secrets.token_hex(3)}" for _ in range(3)])
    inviting.invite(opening, card_of(everyone[0]), "", now=clock.now())
    address = candidates_page(opening, everyone[1])
    db.session.commit()
    be(page, live, opening.supervisor.person.email)
    page.goto(path or address)
    return opening


def candidate(page: Page, live: Instance) -> None:
    _as_inviting(page, live)


def candidates(page: Page, live: Instance) -> None:
    opening = _as_inviting(page, live)
    page.goto(f"/my/openings/{opening.id}/candidates")


def invitations_sent(page: Page, live: Instance) -> None:
    """One was withdrawn, and another is about to be."""
    _as_inviting(page, live)
    button(page, "Send the invitation").click()
    heading(page, "Who would fit Tuesday hour")
    page.goto("/invitations")
    fold = page.locator("main summary")
    fold.first.click()
    button(page, "Withdraw the invitation").click()
    expect(page.get_by_text("Withdrawn", exact=True)).to_be_visible()
    fold.click()


def no_candidates(page: Page, live: Instance) -> None:
    writing()
    opening = make_opening()
    opening.status = "paused"
    db.session.commit()
    be(page, live, opening.supervisor.person.email)
    page.goto(candidates_page(opening))
