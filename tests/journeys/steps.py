"""What people do on several journeys, and a hand that counts what it takes."""

import secrets
from datetime import timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from app import clock
from app.accounts import sign_ins
from app.accounts.models import Person
from app.accounts.session import TOKEN
from app.db import begin_writing, db
from app.introcalls.models import Call
from app.supervisors.models import Supervisor
from tests import people
from tests.live import Instance

TEXAS = "/openings?state=TX&discipline=counseling"


class Hand:
    """A reader's hand on a page: it presses and fills in, and counts both, and the letters it types."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses, self.fields, self.typed = page, 0, 0, 0

    @property
    def minutes(self) -> float:
        """What this takes of one who types 40 words a minute, five letters each, with four seconds to find a field."""
        return self.typed / 200 + self.fields * 4 / 60

    def press(self, what: Locator) -> None:
        what.click()
        self.presses += 1

    def choose(self, label: str, words: str) -> None:
        self.page.get_by_label(label).select_option(label=words)
        self.fields += 1

    def fill(self, label: str, words: str) -> None:
        self.put(self.page.get_by_label(label), words)

    def put(self, field: Locator, words: str) -> None:
        """Type into a field that nothing stands in yet: nobody is asked for what she has said already."""
        expect(field).to_have_value("")
        field.fill(words)
        self.fields += 1
        self.typed += len(words)


def an_address(name: str) -> str:
    """An e-mail address that nobody had before."""
    return f"{name}.{secrets.token_hex(4)}@example.org"


def counting(page: Page) -> Locator:
    """The first card whose hours count."""
    return page.locator("article[data-verdict=counts]").first


def slots(page: Page) -> Locator:
    """The free starts on the page."""
    return page.locator("button[name=starts_at]")


def button(page: Page, words: str) -> Locator:
    return page.get_by_role("button", name=words)


def heading(page: Page, words: str) -> None:
    """The page is the one with this heading."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def open_letter(page: Page, live: Instance, to: str, link: str) -> None:
    """Look into the mailbox of this instance, open the newest letter to an address, and follow its link."""
    live.letter(to)
    page.goto("/dev/mail")
    page.locator("tr").filter(has_text=to).first.get_by_role("link").click()
    page.locator(f"#mail-text a[href*='{link}']").click()


def writing() -> None:
    """Begin to change rows under the eyes of the running instance."""
    db.session.rollback()
    begin_writing()


def calls_of(email: str) -> list[Call]:
    """The calls of an address, as the database has them now."""
    db.session.rollback()
    return list(db.session.scalars(select(Call).where(Call.email == email)))


def run_out(email: str) -> None:
    """Let the time pass for which a guest holds her call."""
    writing()
    db.session.scalars(select(Call).where(Call.email == email)).one().held_until = clock.now() - timedelta(minutes=1)
    db.session.commit()


def make_supervisor(name: str, **settings: object) -> Supervisor:
    """A supervisor of this journey alone, in Austin, who takes calls on working days from 9 to 5.

    Her first free start is the beginning of a day, whatever the hour of the journey: not before the day after next.
    """
    writing()
    zone = "America/Chicago"
    settings.setdefault("no_calls_before", clock.now().astimezone(ZoneInfo(zone)).date() + timedelta(days=2))
    supervisor = people.make_supervisor(name, code="LPC-S", state="TX", city="Austin", zip="78701", zone=zone)
    people.make_call_settings(supervisor, **settings)
    db.session.commit()
    return supervisor


def choose_time(page: Page, supervisor: Supervisor, which: int = 0) -> str:
    """Press a free start of hers; the instant, as the page writes it."""
    page.goto(f"/supervisors/{supervisor.slug}/slots")
    start = slots(page).nth(which).get_attribute("value")
    assert start
    page.locator(f"button[value='{start}']").click()
    heading(page, "Nearly there")
    return start


def sign_guest(page: Page, email: str, name: str = "Nora Quill", note: str = "") -> None:
    """Fill in the two lines that a guest is asked for."""
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(email)
    if note:
        page.get_by_label("should know").fill(note)


def confirmed_call(page: Page, live: Instance, supervisor: Supervisor, email: str) -> None:
    """Book as a guest, from the slots to the page of the confirmed call."""
    choose_time(page, supervisor)
    sign_guest(page, email)
    button(page, "Hold this time for me").click()
    heading(page, "Look into your e-mail")
    open_letter(page, live, email, "/calls/confirm/")
    button(page, "Confirm the call").click()
    heading(page, "Intro call with")


def be(page: Page, live: Instance, email: str) -> None:
    """Somebody who signed in before: her browser has the cookie, and the journey saves the sign-in page."""
    writing()
    person = db.session.scalars(select(Person).where(Person.email == email)).one()
    token = sign_ins.begin(person, "a journey", now=clock.now())
    db.session.commit()
    client = live.app.test_client()
    with client.session_transaction() as session:
        session[TOKEN] = token
    cookie = client.get_cookie("session")
    assert cookie
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live.url}])


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/sign-in")
    give_password(page, email, password)
    page.wait_for_url("**/dashboard")


def give_password(page: Page, email: str, password: str) -> None:
    """Fill in the sign-in form that is on the page, and send it."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
