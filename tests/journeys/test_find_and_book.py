"""From the home page to a confirmed call: five presses, four fields, no account made beforehand."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import Hand, an_address, button, counting, heading, open_letter, slots
from tests.live import Instance


def test_a_guest_finds_who_counts_and_books(any_page: Page, live: Instance) -> None:
    page, hand, email = any_page, Hand(any_page), an_address("nora")
    page.goto("/")
    hand.choose("Where you are licensed", "Texas")
    hand.choose("Working toward", "LPC · counseling")
    hand.press(button(page, "Show openings"))
    heading(page, "Openings in Texas")
    expect(counting(page)).to_contain_text("Counts for Texas LPC")
    hand.press(counting(page).get_by_role("link").first)
    expect(page.get_by_role("heading", name="Counts for Texas LPC")).to_be_visible()
    hand.press(slots(page).first)
    hand.fill("Your name", "Nora Quill")
    hand.fill("E-mail", email)
    hand.press(button(page, "Hold this time for me"))
    heading(page, "Look into your e-mail")
    open_letter(page, live, email, "/calls/confirm/")
    hand.press(button(page, "Confirm the call"))
    heading(page, "Intro call with")
    expect(page.get_by_role("main")).to_contain_text("Confirmed. You both have it by e-mail.")
    assert hand.presses <= 5
    assert hand.fields <= 4


class Keys:
    """A keyboard, and nothing else. The focus is seen wherever it goes."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, what: Locator) -> None:
        for _ in range(120):
            self.press("Tab")
            assert self.page.evaluate(SEEN), f"no focus to be seen at {self.page.evaluate(WHERE)}"
            if what.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"Tab does not come to {what}")

    def skip_to_the_page(self) -> None:
        """The first Tab of a page comes to the link that leads past its head."""
        self.press("Tab")
        assert self.page.evaluate("document.activeElement.textContent") == "Skip to the page"
        self.press("Enter")
        assert self.page.evaluate("document.activeElement.id") == "main"

    def choose(self, what: Locator, words: str) -> None:
        """Arrows through a list until it says the words."""
        self.tab_to(what)
        for _ in range(60):
            if what.evaluate("list => list.selectedOptions[0].label") == words:
                return
            self.press("ArrowDown")
        raise AssertionError(f"no {words} in the list")

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)


WHERE = "document.activeElement.outerHTML.slice(0, 200)"
# An outline on the element or on what holds it (a chip, a card); or a map's tile, whose frame is drawn thicker; or the
# clock inside a field for a time, which the browser frames itself.
SEEN = """() => {
    const here = document.activeElement;
    const outline = (e) => getComputedStyle(e);
    const drawn = (e) => outline(e).outlineStyle !== "none" && parseFloat(outline(e).outlineWidth) >= 2;
    const tile = here.querySelector("rect");
    return [here, here.parentElement, here.closest("article")].some((e) => e && drawn(e))
        || here.type === "time" || Boolean(tile) && parseFloat(getComputedStyle(tile).strokeWidth) >= 3;
}"""


def test_the_keyboard_alone_is_enough(page: Page, live: Instance) -> None:
    keys, email = Keys(page), an_address("kay")
    page.goto("/")
    keys.skip_to_the_page()
    keys.choose(page.get_by_label("Where you are licensed"), "Texas")
    keys.choose(page.get_by_label("Working toward"), "LPC · counseling")
    keys.tab_to(button(page, "Show openings"))
    keys.press("Enter")
    heading(page, "Openings in Texas")
    keys.skip_to_the_page()
    keys.tab_to(counting(page).get_by_role("link").first)
    keys.press("Enter")
    expect(page.locator("#tz")).to_have_value("America/Chicago")
    keys.skip_to_the_page()
    keys.tab_to(slots(page).first)
    keys.press("Space")
    heading(page, "Nearly there")
    keys.skip_to_the_page()
    keys.tab_to(page.get_by_label("Your name"))
    keys.type("Kay Board")
    keys.tab_to(page.get_by_label("E-mail"))
    keys.type(email)
    keys.press("Enter")
    heading(page, "Look into your e-mail")
    live.letter(email)
    keys.tab_to(page.get_by_role("link", name="Read the mail here"))
    keys.press("Enter")
    heading(page, "Mail sent")
    keys.tab_to(page.locator("tr").filter(has_text=email).first.get_by_role("link"))
    keys.press("Enter")
    heading(page, "Confirm your call with")
    keys.tab_to(page.locator("#mail-text a[href*='/calls/confirm/']"))
    keys.press("Enter")
    heading(page, "One press, and it is yours")
    keys.tab_to(button(page, "Confirm the call"))
    keys.press("Space")
    heading(page, "Intro call with")


def test_what_stands_beside_a_page_is_read_to_its_end_and_then_stays(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 400})
    page.goto("/supervisors/farida-nightingale")
    last = button(page, "Show the verdict")
    expect(last).not_to_be_in_viewport()
    for down in (900, 1200):
        page.evaluate("y => scrollTo(0, y)", down)
        expect(last).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.get_by_role("heading", name="Talk first, for free")).to_be_in_viewport()
