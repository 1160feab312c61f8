"""From a license listed to a license verified: its holder on one side, a steward's keys on the other."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.db import db
from app.steward.demo import DEMO_PASSWORD, SIGN_INS
from app.supervisors.models import Credential, Supervisor
from tests import people
from tests.journeys.conftest import DESKTOP
from tests.journeys.steps import an_address, button, heading, sign_in, writing
from tests.live import Instance

WES = SIGN_INS[2][1]
PASSWORD = "a lamp beside the armchair"


@pytest.fixture
def tess(live: Instance) -> Supervisor:
    """A supervisor in Texas who has listed nothing yet."""
    writing()
    email = an_address("tess")
    person = people.make_person("Tess Marlow", email=email, roles=("supervisor",), password=PASSWORD)
    supervisor = people.make_supervisor("Tess Marlow", code=None, state="TX", person=person)
    db.session.commit()
    return supervisor


def newest(supervisor_id: int) -> Credential:
    db.session.rollback()
    query = select(Credential).where(Credential.supervisor_id == supervisor_id).order_by(Credential.id.desc())
    return db.session.scalars(query).first()


def list_one(page: Page, supervisor: Supervisor) -> Credential:
    """Sign in, list a license and ask for its verification; the license."""
    sign_in(page, supervisor.person.email, PASSWORD)
    page.goto("/credentials/new")
    page.get_by_label("License or designation").select_option("LPC-S")
    page.get_by_label("Number").fill("61207")
    page.get_by_label("Issued on", exact=True).fill("2014-05-01")
    page.get_by_label("Valid to").fill("2030-08-31")
    page.get_by_text("Yes", exact=True).click()
    button(page, "Add it").click()
    heading(page, "LPC-S, Texas")
    return newest(supervisor.id)


def test_a_license_is_listed_proved_and_waits(any_page: Page, tess: Supervisor, axe: Callable[..., None]) -> None:
    list_one(any_page, tess)
    scan = {"name": "scan.pdf", "mimeType": "text/html", "buffer": b"%PDF-1.4\n%%EOF\n"}
    any_page.get_by_label("A file").set_input_files(scan)
    button(any_page, "Upload").click()
    expect(any_page.get_by_text("Download what you sent")).to_be_visible()
    credential = newest(tess.id)
    assert (credential.status, credential.proof[-4:]) == ("pending", ".pdf")
    axe(any_page)


def test_a_steward_decides_by_keys_and_the_next_one_comes(
    browse: Callable[..., Page], tess: Supervisor, meant: set[int], axe: Callable[..., None]
) -> None:
    credential = list_one(browse(), tess)
    desk = browse(DESKTOP)
    sign_in(desk, WES, DEMO_PASSWORD)
    desk.goto(f"/steward/credentials/{credential.id}")
    axe(desk)
    before = int(desk.locator("#queue-count").inner_text())
    desk.keyboard.press("v")
    expect(desk.locator("#source-error")).to_be_visible()
    meant.add(422)
    desk.keyboard.press("s")
    desk.keyboard.type("license search, for review")  # its letters are no keys while one types
    desk.keyboard.press("Escape")
    desk.keyboard.press("v")
    expect(desk.locator("#toasts")).to_contain_text("Verified: LPC-S, Texas, Tess Marlow.")
    expect(desk.locator("#queue-count")).to_have_text(str(before - 1))
    expect(desk.locator("#h-desk")).to_be_focused()
    expect(desk.locator("#source")).to_have_value("")
    assert newest(tess.id).status == "verified"
    axe(desk)


QUICK = """press => new Promise(tell => {
  const enter = () => document.querySelector("#source").focus();
  const came = () => document.querySelector("#source-error") && setTimeout(enter);
  new MutationObserver(came).observe(document.body, {childList: true, subtree: true});
  document.addEventListener("htmx:finally:request", () => setTimeout(() => tell(document.activeElement.id)));
  document.querySelector(press).click();
})"""


def test_an_answer_does_not_take_the_focus_from_one_who_is_quicker(page: Page, meant: set[int]) -> None:
    sign_in(page, WES, DEMO_PASSWORD)
    page.goto("/steward/credentials")
    meant.add(422)
    assert page.evaluate(QUICK, "#decide-verified") == "source"


def test_keys_that_were_turned_off_stay_off(page: Page, tess: Supervisor) -> None:
    sign_in(page, WES, DEMO_PASSWORD)
    page.goto("/steward/credentials")
    page.get_by_label("Keys:").uncheck()
    page.reload()
    expect(page.get_by_label("Keys:")).not_to_be_checked()
    page.keyboard.press("s")
    expect(page.locator("#source")).not_to_be_focused()
