"""Every page and state: accessible in both themes and both sizes, and never wider than the narrowest phone."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app import clock
from app.accounts.models import Person
from app.accounts.sign_ins import hash_of
from app.db import db
from app.openings.models import FreshnessAsk, Opening
from app.steward.demo import SIGN_INS
from app.supervisors.models import Supervisor
from tests import people
from tests.journeys import found, kept
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.steps import (
    TEXAS,
    an_address,
    be,
    button,
    choose_time,
    confirmed_call,
    heading,
    make_supervisor,
    open_letter,
    run_out,
    sign_guest,
    writing,
)
from tests.live import Instance

Way = Callable[[Page, Instance], object]
COLORS = ["color-contrast", "link-in-text-block"]  # all that the other theme can change
NARROW = [*COLORS, "target-size", "scrollable-region-focusable"]  # and that a phone can
HOURS = count(1000)  # from now, each for one call: later than any of the demonstration's
ANA, FARIDA, WES = (email for _, email in SIGN_INS)


def at(path: str) -> Way:
    """The state is an address."""
    return lambda page, live: page.goto(path)


def sent(path: str, words: str, typed: dict[str, str]) -> Way:
    """The state is a form that was sent: what is typed, by label, and the button's words."""

    def go(page: Page, live: Instance) -> None:
        page.goto(path)
        for label, text in typed.items():
            page.get_by_label(label).fill(text)
        page.get_by_role("main").get_by_role("button", name=words, exact=True).click()

    return go


def an_opening(query: str) -> Way:
    """The page of the first opening that a search shows."""

    def go(page: Page, live: Instance) -> None:
        page.goto(f"/openings?{query}")
        page.locator("#entries article .entry__name a").first.click()
        page.wait_for_url("**/openings/*")

    return go


def flyer(page: Page, live: Instance) -> None:
    an_opening("state=TX&discipline=counseling&format=group")(page, live)
    page.get_by_role("link", name="A flyer to print").click()
    page.wait_for_url("**/flyer")


def profile(page: Page, live: Instance) -> None:
    an_opening("state=TX&discipline=counseling")(page, live)
    page.locator(".byline .person a").click()
    page.wait_for_url("**/supervisors/*")


def bare_profile(page: Page, live: Instance) -> None:
    writing()
    supervisor = people.make_supervisor("Rue Plainfield", code=None, specialties=())
    db.session.commit()
    page.goto(f"/supervisors/{supervisor.slug}")


def times(query: str) -> Way:
    return lambda page, live: page.goto(f"/supervisors/{make_supervisor('Olive Garner').slug}/slots?{query}")


def new_call(page: Page, live: Instance) -> None:
    choose_time(page, make_supervisor("Olive Garner"))


def refused_call(page: Page, live: Instance) -> None:
    new_call(page, live)
    button(page, "Hold this time for me").click()
    expect(page.locator(".errors")).to_be_focused()


def taken_time(page: Page, live: Instance) -> None:
    supervisor = make_supervisor("Olive Garner")
    start = datetime.fromisoformat(choose_time(page, supervisor))
    writing()
    people.make_call(supervisor, starts_at=start)
    db.session.commit()
    page.reload()
    heading(page, "Choose another time")


def held(page: Page, live: Instance, email: str = "") -> None:
    new_call(page, live)
    sign_guest(page, email or an_address("held"))
    button(page, "Hold this time for me").click()
    heading(page, "Look into your e-mail")


def ran_out(page: Page, live: Instance) -> None:
    email = an_address("late")
    held(page, live, email)
    run_out(email)
    page.reload()
    heading(page, "This time came free again")


def to_confirm(page: Page, live: Instance) -> None:
    email = an_address("confirm")
    held(page, live, email)
    open_letter(page, live, email, "/calls/confirm/")


def too_late_to_confirm(page: Page, live: Instance) -> None:
    email = an_address("late")
    held(page, live, email)
    run_out(email)
    open_letter(page, live, email, "/calls/confirm/")


def confirmed(page: Page, live: Instance) -> None:
    confirmed_call(page, live, make_supervisor("Olive Garner"), an_address("call"))
    page.get_by_text("Cancel the call").first.click()


def a_letter(page: Page, live: Instance) -> None:
    email = an_address("letter")
    held(page, live, email)
    live.letter(email)
    page.goto("/dev/mail")
    page.locator("tr").filter(has_text=email).first.get_by_role("link").click()


def as_(email: str, path: str = "/dashboard") -> Way:
    """A page as one of the people of the demonstration sees it."""

    def go(page: Page, live: Instance) -> None:
        be(page, live, email)
        page.goto(path)

    return go


def refused_profile(page: Page, live: Instance) -> None:
    as_(FARIDA, "/profile")(page, live)
    page.locator("#zip").fill("1")
    button(page, "Save, for everyone to see").click()
    page.locator("#zip-error").wait_for()


def with_anas_call(path: str, status: str = "confirmed", email: str = ANA) -> Way:
    """A page of a call that Ana has with Farida, as either of them sees it."""

    def go(page: Page, live: Instance) -> None:
        writing()
        ana = db.session.scalars(select(Person).where(Person.email == ANA)).one()
        farida = db.session.scalars(select(Supervisor).join(Person).where(Person.email == FARIDA)).one()
        soon = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=next(HOURS))
        beside = {"cancelled_at": clock.now(), "cancelled_by_id": ana.id, "cancel_note": "A clash. Sorry."}
        cancelled = beside if status == "cancelled" else {}
        call = people.make_call(farida, ana, starts_at=soon, status=status, note="I work at a clinic.", **cancelled)
        db.session.commit()
        as_(email, path.format(call.public_id))(page, live)

    return go


def opening_to_write(page: Page, live: Instance) -> None:
    as_(FARIDA, "/my/openings/new")(page, live)
    page.get_by_text("A group", exact=True).click()
    button(page, "Begin").click()
    heading(page, "Group with Farida Nightingale")


def opening_that_lacks_something(page: Page, live: Instance) -> None:
    opening_to_write(page, live)
    button(page, "Publish").click()
    expect(page.locator(".errors")).to_be_focused()


def hers() -> Opening:
    """The oldest opening of Farida's."""
    mine = select(Opening).join(Supervisor).join(Person).where(Person.email == FARIDA)
    return db.session.scalars(mine.order_by(Opening.id)).first()


def opening_in_two_tabs(page: Page, live: Instance) -> None:
    as_(FARIDA, f"/my/openings/{hers().id}")(page, live)
    writing()
    opening = hers()
    opening.line, opening.version = "Other words from another tab.", opening.version + 1
    db.session.commit()
    page.get_by_label("In one sentence").fill("The words of this tab.")
    button(page, "Save and keep it published").click()
    expect(page.get_by_role("cell", name="The words of this tab.")).to_be_visible()


def history_of_an_opening(page: Page, live: Instance) -> None:
    as_(FARIDA, f"/my/openings/{hers().id}")(page, live)
    page.get_by_label("Name").fill("Another name")
    button(page, "Save and keep it published").click()
    page.get_by_role("link", name="what changed").click()
    heading(page, "What changed")


def asked_whether_open(page: Page, live: Instance) -> None:
    writing()
    token = secrets.token_urlsafe(32)
    db.session.add(FreshnessAsk(opening_id=hers().id, token_hash=hash_of(token), asked_at=clock.now()))
    db.session.commit()
    page.goto(f"/openings/still-open/{token}")


def refused_week(page: Page, live: Instance) -> None:
    page.goto("/match/meeting")
    page.get_by_label("Monday evening").check()
    page.locator("#hours-fold summary").click()
    page.get_by_label("From", exact=True).fill("soon")
    page.get_by_label("ZIP code").fill("1")
    page.get_by_role("main").get_by_role("button", name="Go on", exact=True).click()
    page.locator("#zip-error").wait_for()


def answers(page: Page, live: Instance) -> None:
    sent("/match/fee", "Go on", {"The most you can pay": "90"})(page, live)
    page.wait_for_url("**/match/work")
    page.goto("/match")
    heading(page, "Your answers")


def matched(page: Page, live: Instance) -> None:
    answers(page, live)
    page.goto("/matches")
    page.locator("#entries").get_by_role("checkbox", name="Compare").first.check()


def no_match(page: Page, live: Instance) -> None:
    page.goto("/match/fee")
    page.get_by_label("The most you can pay").fill("1")
    page.locator("#must_fee").get_by_text("Must", exact=True).click()
    page.get_by_role("main").locator("button:visible", has_text="Go on").last.click()
    page.wait_for_url("**/match/work")
    page.goto("/matches")
    heading(page, "Nothing meets all that you must have")


def by_state(page: Page, live: Instance) -> None:
    page.goto("/openings?q=grief")
    page.get_by_text("By state", exact=True).click()


def refused_account(page: Page, live: Instance) -> None:
    as_(ANA, "/account")(page, live)
    page.get_by_label("Name", exact=True).fill("")
    button(page, "Save").click()


def signed_up(page: Page, live: Instance, email: str = "") -> None:
    page.goto("/sign-up")
    page.get_by_label("Your name").fill("Dora Wintergreen")
    page.get_by_label("E-mail").fill(email or an_address("signed"))
    page.get_by_label("Password").fill("copper kettle on a slow train")
    button(page, "Open the account").click()
    heading(page, "Look in your e-mail")


def to_verify(page: Page, live: Instance) -> None:
    email = an_address("verify")
    signed_up(page, live, email)
    open_letter(page, live, email, "/verify/")


def to_choose_a_password(page: Page, live: Instance) -> None:
    writing()
    person = people.make_person("Dora Wintergreen", email=an_address("reset"))
    db.session.commit()
    sent("/reset", "Send the link", {"E-mail": person.email})(page, live)
    heading(page, "Look in your e-mail")
    open_letter(page, live, person.email, "/reset/")


def stale_form(page: Page, live: Instance) -> None:
    page.goto("/sign-in")
    page.context.clear_cookies()
    button(page, "Sign in as ana@demo.example").click()
    expect(page.get_by_text("Error 400")).to_be_visible()


# Each state, how to come there, and the refusal that it is (200 when it is none).
STATES: list[tuple[str, Way, int]] = [
    ("home", at("/"), 200),
    ("openings", at(TEXAS), 200),
    ("openings everywhere", at("/openings?zip=78701&within=10&format=group"), 200),
    ("openings for consultation", at("/openings?state=VT&discipline=consultation&format=group&day=mon"), 200),
    ("openings, all chosen", at(f"{TEXAS}&format=group&day=mon&delivery=online&specialty=trauma&verdict=counts"), 200),
    ("openings by state", by_state, 200),
    ("what was meant", at("/openings?q=traumma"), 200),
    ("matches", matched, 200),
    ("matches of nobody", at("/matches"), 200),
    ("no match", no_match, 200),
    ("side by side", at("/compare?id=1&id=2&id=5&id=9&id=12"), 200),
    ("one alone", at("/compare?id=1&id=987654"), 200),
    ("nothing side by side", at("/compare"), 200),
    ("no result", at(f"{TEXAS}&max_fee=1"), 200),
    (
        "impossible filters",
        at(f"{TEXAS}&day=sat&zip=abc&max_fee=-5&sort=odd&day=x&seats=none&specialty=x&after=x"),
        200,
    ),
    ("opening that counts", an_opening("state=TX&discipline=counseling&verdict=counts"), 200),
    ("opening that counts in part", an_opening("state=TX&discipline=counseling&verdict=partly"), 200),
    ("opening to check", an_opening("state=TX&discipline=counseling&verdict=check"), 200),
    ("opening that does not count", an_opening("state=TX&discipline=counseling&verdict=no"), 200),
    ("opening of a group", an_opening("state=TX&discipline=counseling&format=group"), 200),
    ("opening without a track", an_opening("sort=newest"), 200),
    ("flyer", flyer, 200),
    ("profile", profile, 200),
    ("profile with next to nothing", bare_profile, 200),
    ("times", times(""), 200),
    ("times, no such date", times("from=someday&tz=Nowhere"), 422),
    ("new call", new_call, 200),
    ("new call refused", refused_call, 422),
    ("time taken", taken_time, 409),
    ("call held", held, 200),
    ("hold ran out", ran_out, 200),
    ("call to confirm", to_confirm, 200),
    ("too late to confirm", too_late_to_confirm, 409),
    ("no such link", at("/calls/confirm/nonsense"), 404),
    ("call confirmed", confirmed, 200),
    ("call cancelled", with_anas_call("/calls/{}", status="cancelled"), 200),
    ("call as its supervisor sees it", with_anas_call("/calls/{}", email=FARIDA), 200),
    ("call to move", with_anas_call("/calls/{}/times"), 200),
    ("sign-up", at("/sign-up"), 200),
    ("sign-up refused", sent("/sign-up", "Open the account", {}), 422),
    ("signed up", signed_up, 200),
    ("address to verify", to_verify, 200),
    ("dead link", at("/verify/nonsense"), 404),
    ("sign-in", at("/sign-in"), 200),
    ("sign-in refused", sent("/sign-in", "Sign in", {"E-mail": ANA, "Password": "wrong"}), 422),
    ("reset", at("/reset"), 200),
    ("reset refused", sent("/reset", "Send the link", {"E-mail": "nobody"}), 422),
    ("password to choose", to_choose_a_password, 200),
    ("dashboard of a supervisee", with_anas_call("/dashboard"), 200),
    ("dashboard of a supervisor", with_anas_call("/dashboard", email=FARIDA), 200),
    ("dashboard of the steward", as_(WES), 200),
    ("profile to write", as_(FARIDA, "/profile"), 200),
    ("profile refused", refused_profile, 422),
    ("preview of a profile", as_(FARIDA, "/profile/preview"), 200),
    ("first step", as_(FARIDA, "/onboarding/you"), 200),
    ("third step", as_(FARIDA, "/onboarding/work"), 200),
    ("fifth step", as_(FARIDA, "/onboarding/times"), 200),
    ("own openings", as_(FARIDA, "/my/openings"), 200),
    ("new opening", as_(FARIDA, "/my/openings/new"), 200),
    ("opening to write", opening_to_write, 200),
    ("opening that lacks something", opening_that_lacks_something, 422),
    ("opening in two tabs", opening_in_two_tabs, 409),
    ("history of an opening", history_of_an_opening, 200),
    ("asked whether it is still open", asked_whether_open, 200),
    ("card without a name", found.card, 200),
    ("card with a name", found.card_refused, 422),
    ("card as it is seen", found.card_preview, 200),
    ("card that is on", found.card_on, 200),
    ("who would fit", found.candidates, 200),
    ("who would fit, if anybody", found.no_candidates, 200),
    ("who would fit, one of them", found.candidate, 200),
    ("invitations", found.invitations, 200),
    ("invitations sent", found.invitations_sent, 200),
    ("thread", found.thread, 200),
    ("thread refused", found.message_refused, 422),
    ("thread that has ended", found.thread_ended, 200),
    ("threads", found.threads, 200),
    ("account", as_(ANA, "/account"), 200),
    ("account refused", refused_account, 422),
    ("times for someone with an account", as_(ANA, "/supervisors/lupe-marigold/slots"), 200),
    ("questionnaire", at("/match/goal"), 200),
    ("week of the questionnaire", at("/match/meeting"), 200),
    ("week of the questionnaire refused", refused_week, 422),
    ("fee in the questionnaire refused", sent("/match/fee", "Go on", {"The most you can pay": "ninety"}), 422),
    ("work in the questionnaire", at("/match/work"), 200),
    ("style in the questionnaire", as_(ANA, "/match/style"), 200),
    ("home in the questionnaire", at("/match/home"), 200),
    ("answers", answers, 200),
    ("saved", kept.all_kinds, 200),
    ("nothing saved", kept.nothing, 200),
    ("note too long", kept.note_too_long, 422),
    ("saved search", kept.a_search, 200),
    ("saved search without a name", kept.search_without_a_name, 422),
    ("letters to end", kept.to_end_letters, 200),
    ("letters ended", kept.ended_letters, 200),
    ("rules", at("/rules"), 200),
    ("rules of a state", at("/rules/tx"), 200),
    ("rules read on others' pages", at("/rules/ga"), 200),
    ("about", at("/about"), 200),
    ("mail sent", at("/dev/mail"), 200),
    ("letter", a_letter, 200),
    ("no such page", at("/nowhere"), 404),
    ("form too old", stale_form, 400),
]


def is_wider_than_the_window(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(("way", "status"), [state[1:] for state in STATES], ids=[state[0] for state in STATES])
def test_everyone_can_use_it(
    browse: Callable[..., Page], live: Instance, axe: Callable[..., None], meant: set[int], way: Way, status: int
) -> None:
    page = browse(reduced_motion="reduce")
    meant |= {status} - {200}
    way(page, live)
    page.wait_for_load_state("load")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    axe(page, COLORS)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for size, rules in ((DESKTOP, None), (PHONE, NARROW)):
        page.set_viewport_size(size)
        axe(page, rules)
        assert not is_wider_than_the_window(page), size
    page.set_viewport_size({"width": 320, "height": 640})
    assert not is_wider_than_the_window(page)


@pytest.mark.parametrize("sheet", ["Menu", "Filters"])
def test_everyone_can_use_the_sheets_of_a_phone(
    browse: Callable[..., Page], axe: Callable[..., None], sheet: str
) -> None:
    page = browse(PHONE, reduced_motion="reduce")
    page.goto(f"{TEXAS}&format=group&verdict=partly&max_fee=45")
    button(page, sheet).click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        axe(page, COLORS if scheme == "dark" else None)
    page.keyboard.press("Escape")
    expect(button(page, sheet)).to_be_focused()
