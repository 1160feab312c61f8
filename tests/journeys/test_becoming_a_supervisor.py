"""From the sign-up of a supervisor to an opening that another browser finds, and the editor in two windows at once."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select

from app.db import db
from app.steward.demo import DEMO_PASSWORD, SIGN_INS
from app.supervisors.models import Credential
from tests.journeys.steps import Hand, an_address, button, heading, open_letter, sign_in
from tests.live import Instance

WES = SIGN_INS[2][1]
PASSWORD = "nine paper boats at noon"
ABOUT = "We watch *one* recording together, and leave with one question. " * 5
HEADLINE = "Slow, exact supervision for associates who see families"


def sign_up(hand: Hand, live: Instance, email: str) -> None:
    """Open the account of a supervisor and begin her page."""
    page = hand.page
    page.goto("/sign-up?for=supervisor")
    hand.fill("Your name", "Iris Calloway")
    hand.fill("E-mail", email)
    hand.fill("Password", PASSWORD)
    hand.press(button(page, "Open the account"))
    open_letter(page, live, email, "/verify/")
    hand.press(button(page, "Open my account"))
    page.wait_for_url("**/dashboard")
    hand.press(page.get_by_role("link", name="Begin"))
    hand.press(button(page, "Begin"))


def say_who(hand: Hand) -> None:
    """The first step."""
    heading(hand.page, "You")
    hand.fill("Headline", HEADLINE)
    hand.choose("State you work in", "Texas")
    hand.fill("ZIP code", "78701")
    hand.press(button(hand.page, "Save and go on"))


def list_license(hand: Hand) -> None:
    """The second step, and back."""
    page = hand.page
    heading(page, "Licenses")
    hand.press(page.get_by_role("link", name="Add your licenses"))
    hand.press(page.get_by_role("link", name="Add a license"))
    page.get_by_label("License or designation").select_option("LPC-S")
    hand.fill("Number", "61207")
    expect(page.get_by_label("State")).to_have_value("TX")  # asked once
    hand.put(page.get_by_label("Issued on", exact=True), "2014-05-01")
    hand.put(page.get_by_label("Valid to"), "2031-08-31")
    page.get_by_text("Yes", exact=True).click()
    hand.fields += 2
    hand.press(button(page, "Add it"))
    page.goto("/onboarding")


def say_how(hand: Hand) -> None:
    """The third step."""
    page = hand.page
    heading(page, "How you work")
    hand.fill("About you", ABOUT)
    page.locator("#specialty-fold summary").click()
    page.get_by_label("Grief and loss").check()
    hand.fields += 1
    hand.press(button(page, "Save and go on"))


def open_an_hour(hand: Hand) -> None:
    """The fourth step, and back."""
    page = hand.page
    heading(page, "An opening")
    hand.press(page.get_by_role("link", name="Write an opening"))
    hand.press(page.get_by_role("link", name="New opening").first)
    page.get_by_text("One person", exact=True).click()
    hand.press(button(page, "Begin"))
    hand.fill("In one sentence", "An hour a week for associates in their second year.")
    page.get_by_label("Day").first.select_option(label="Tuesday")
    hand.put(page.get_by_label("Starts").first, "5:30 pm")
    page.get_by_text("In person", exact=True).click()
    expect(page.get_by_label("ZIP code")).to_have_value("78701")  # asked once
    hand.put(page.locator("#fee"), "95")
    hand.fields += 3
    hand.press(page.get_by_role("main").get_by_role("button", name="Publish", exact=True))
    page.goto("/onboarding")


def say_when(hand: Hand) -> None:
    """The fifth step, and back."""
    page = hand.page
    heading(page, "Call times")
    hand.press(page.get_by_role("link", name="Say when you take calls").first)
    expect(page.get_by_label("Time zone of these hours")).to_have_value("America/Chicago")  # known by the ZIP code
    row = page.get_by_role("group", name="Weekly hours, row 1")
    hand.press(row.get_by_text("Tue", exact=True))
    hand.put(row.get_by_label("From"), "9 am")
    hand.put(row.get_by_label("To"), "noon")
    hand.fill("Link to join by", "https://meet.example/iris")
    hand.fields += 1
    hand.press(page.locator("button.btn--primary", has_text="Save"))
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    page.goto("/onboarding")


def verify(page: Page) -> None:
    """A steward looks at the board's list and verifies the newest license."""
    db.session.rollback()
    newest = db.session.scalar(select(func.max(Credential.id)))
    sign_in(page, WES, DEMO_PASSWORD)
    page.goto(f"/steward/credentials/{newest}")
    page.get_by_label("Source looked at").fill("license search")
    button(page, "Verify").click()
    expect(page.locator("#toasts")).to_contain_text("Iris Calloway")


def a_picture() -> dict[str, object]:
    """Red on its left half, blue on its right."""
    made, file = Image.new("RGB", (900, 300), "blue"), BytesIO()
    made.paste("red", (0, 0, 450, 300))
    made.save(file, "PNG")
    return {"name": "me.png", "mimeType": "image/png", "buffer": file.getvalue()}


def test_from_a_sign_up_to_an_opening_that_is_found(
    any_page: Page, browse: Callable[..., Page], live: Instance, axe: Callable[..., None]
) -> None:
    hand = Hand(any_page)
    sign_up(hand, live, an_address("iris"))
    say_who(hand)
    list_license(hand)
    say_how(hand)
    open_an_hour(hand)
    say_when(hand)
    heading(any_page, "You")
    axe(any_page)
    any_page.goto("/profile/preview")
    expect(any_page.locator(".lede").first).to_have_text(HEADLINE)
    axe(any_page)
    hand.press(button(any_page, "Publish"))
    any_page.wait_for_url("**/dashboard")
    assert hand.fields <= 30, hand.fields
    assert hand.minutes <= 6, hand.minutes
    verify(browse())
    finder = browse()
    finder.goto("/openings?state=TX&discipline=counseling&specialty=grief&sort=newest")
    card = finder.locator("article").filter(has_text="Iris Calloway").first
    expect(card).to_have_attribute("data-verdict", "counts")


def test_two_windows_of_the_editor_notice_each_other(page: Page, live: Instance, meant: set[int]) -> None:
    sign_up(Hand(page), live, an_address("iris"))
    page.goto("/profile")
    other = page.context.new_page()
    other.goto("/profile")
    kept = other.locator("#draft-state")
    other.get_by_label("Headline").fill("From the second window")
    expect(kept).to_contain_text("Saved.")
    page.get_by_label("Headline").fill("From the first window")
    expect(page.locator("#draft-state")).to_contain_text("Saved there: From the second window")
    meant.add(409)
    button(page, "Keep what is here").click()
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    other.reload()
    expect(other.get_by_label("Headline")).to_have_value("From the first window")


def test_a_press_waits_for_the_keeping_under_way(page: Page, live: Instance) -> None:
    sign_up(Hand(page), live, an_address("iris"))
    page.goto("/profile")
    headline = page.get_by_label("Headline")

    def press_before_the_answer(route: Route) -> None:
        answer = route.fetch()
        headline.fill("Written since")
        button(page, "Save").click(no_wait_after=True)
        route.fulfill(response=answer)

    page.route("**/profile", press_before_the_answer, times=1)
    headline.fill("Kept, and not answered yet")
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    expect(headline).to_have_value("Written since")


def test_nothing_is_kept_beside_a_press(page: Page, live: Instance) -> None:
    sign_up(Hand(page), live, an_address("iris"))
    page.goto("/profile")
    page.clock.install()
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")  # no next page comes
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Headline").fill("Written and pressed at once")
    button(page, "Save").click()
    page.clock.run_for(2000)
    assert asked == []


CORNER = """async image => {
  await image.decode();
  const drawn = document.createElement("canvas").getContext("2d");
  drawn.drawImage(image, 0, 0, 1, 1);
  return [...drawn.getImageData(0, 0, 1, 1).data];
}"""


def test_a_square_of_a_photograph_is_dragged_by_keys(page: Page, live: Instance) -> None:
    sign_up(Hand(page), live, an_address("iris"))
    page.goto("/profile")
    page.get_by_label("Choose a picture").set_input_files(a_picture())
    page.locator("canvas").focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    button(page, "Show this one").click()
    expect(page.locator("#photo-part img")).to_be_visible()
    red, _, blue, _ = page.locator("#photo-part img").evaluate(CORNER)
    assert blue > red


def test_typing_narrows_a_list_and_enter_ticks_the_first(page: Page, live: Instance, axe: Callable[..., None]) -> None:
    sign_up(Hand(page), live, an_address("iris"))
    page.goto("/onboarding/work")
    page.locator("#specialty-fold summary").click()
    page.get_by_label("Find among specialties").fill("grie")
    expect(page.get_by_label("Anxiety", exact=True)).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Grief and loss")).to_be_checked()
    expect(page.locator("#specialty-fold summary")).to_contain_text("Grief and loss")
    expect(page.locator("#draft-state")).to_contain_text("Saved.")
    axe(page)
    page.get_by_label("About you").fill("I *listen*.")
    expect(page.locator("#about-preview em")).to_have_text("listen")
    page.reload()
    expect(page.get_by_label("About you")).to_have_value("I *listen*.")
