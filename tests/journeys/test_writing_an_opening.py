"""A supervisor writes an opening: kept as she types, judged as she types, published when she says so."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.accounts.models import Person
from app.db import db
from app.openings.models import Opening
from app.supervisors.models import Supervisor
from tests import people
from tests.journeys.conftest import DESKTOP
from tests.journeys.steps import an_address, button, heading, make_supervisor, sign_in, writing
from tests.live import Instance

PASSWORD = "copper kettle on a slow train"
KEPT = "Kept as a draft"


def a_supervisor(page: Page) -> Supervisor:
    """Somebody licensed in Texas, signed in on the page."""
    supervisor = make_supervisor("Quinn Ashgrove")
    writing()
    person: Person = supervisor.person
    person.email = person.email_key = an_address("writes")
    person.password_hash = people.hash_of(PASSWORD)
    people.make_credential(supervisor, "LPC-S", state="TX")
    db.session.commit()
    sign_in(page, person.email, PASSWORD)
    return supervisor


def begin(page: Page, kind: str) -> int:
    """A new draft of this kind; its number."""
    page.goto("/my/openings/new")
    page.get_by_text(kind, exact=True).click()
    button(page, "Begin").click()
    page.wait_for_url(re.compile(r"/my/openings/\d+$"))
    return int(page.url.rsplit("/", 1)[1])


def stored(number: int) -> Opening:
    db.session.rollback()
    return db.session.get_one(Opening, number)


@pytest.mark.parametrize("javascript", [True, False])
def test_from_nothing_to_a_published_group(browse: Callable[..., Page], live: Instance, javascript: bool) -> None:
    page = browse(DESKTOP, javascript=javascript)
    a_supervisor(page)
    number = begin(page, "A group")
    page.get_by_label("Name").fill("The Friday Bench")
    page.get_by_label("In one sentence").fill("For associates who see teens.")
    page.get_by_label("Day").first.select_option("Friday")
    page.get_by_label("Starts").first.fill("8:00 am")
    page.get_by_label("Or a month").fill("195")
    button(page, "Publish").click()
    heading(page, "The Friday Bench")
    expect(page.get_by_text("Published · last saved")).to_be_visible()
    assert (stored(number).status, stored(number).fee_cents) == ("published", 4500)
    page.goto(f"/openings/{number}")
    expect(page.get_by_text("$45 a meeting, about $195 a month")).to_be_visible()


def test_a_draft_is_kept_as_she_types_and_the_other_fee_follows(page: Page, live: Instance) -> None:
    a_supervisor(page)
    number = begin(page, "A group")
    page.get_by_label("Name").press_sequentially("The Slow Bench", delay=20)
    page.get_by_label("Fee a session").fill("45")
    expect(page.get_by_label("Or a month")).to_have_value("195")
    expect(page.locator("#kept")).to_contain_text(KEPT)
    page.get_by_label("Or a month").fill("300")
    expect(page.get_by_label("Fee a session")).to_have_value("69.23")
    page.reload()
    expect(page.get_by_label("Name")).to_have_value("The Slow Bench")
    assert stored(number).status == "draft"


def test_what_is_typed_while_the_last_words_are_on_their_way_is_kept_too(page: Page, live: Instance) -> None:
    a_supervisor(page)
    number = begin(page, "One person")
    network = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", slow)
    words = page.get_by_label("What a session looks like")
    for part in ("First we arrive.", " Then we look.", " Then we ask."):
        with page.expect_request(lambda request: request.method == "POST"):
            words.press_sequentially(part, delay=5)
    with page.expect_response(lambda answer: answer.request.method == "POST" and "ask." in answer.request.post_data):
        pass
    expect(page.locator("#kept")).to_contain_text(KEPT)
    assert stored(number).about == "First we arrive. Then we look. Then we ask."


def test_the_panel_follows_what_is_typed(page: Page, live: Instance) -> None:
    a_supervisor(page)
    begin(page, "One person")
    counselors = page.locator("[data-track='TX/counseling']")
    expect(counselors).to_have_attribute("data-verdict", "check")
    expect(counselors).to_contain_text("Offering it in person too makes it count for Texas LPC.")
    page.get_by_text("Both", exact=True).click()
    expect(counselors).to_have_attribute("data-verdict", "counts")
    page.get_by_text("A group", exact=True).click()
    page.get_by_label("Seats").fill("8")
    expect(counselors).to_have_attribute("data-verdict", "partly")


def test_of_two_tabs_the_later_is_told_sees_both_and_chooses(page: Page, live: Instance, meant: set[int]) -> None:
    supervisor = a_supervisor(page)
    writing()
    opening = people.make_opening(supervisor, line="As it was", zip="")
    db.session.commit()
    address, other = f"/my/openings/{opening.id}", page.context.new_page()
    for tab, words in ((page, "From the first tab"), (other, "From the second tab")):
        tab.goto(address)
        tab.get_by_label("In one sentence").fill(words)
    button(page, "Save and keep it published").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    meant.add(409)
    button(other, "Save and keep it published").click()
    expect(other.get_by_role("cell", name="From the first tab")).to_be_visible()
    expect(other.get_by_label("In one sentence")).to_have_value("From the second tab")
    button(other, "Save and keep it published").click()
    expect(other.get_by_text("Saved.", exact=True)).to_be_visible()
    assert stored(opening.id).line == "From the second tab"
