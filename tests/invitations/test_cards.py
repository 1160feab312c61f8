"""A supervisee's card: off until she says so, seen before anybody sees it, turned off at once, ended in time."""

from collections.abc import Callable

import pytest

from app.accounts.models import Person
from app.invitations import cards
from app.jobs import JOBS
from app.supervisors.models import Supervisor
from tests.conftest import Visitor
from tests.invitations.cast import card_of, show_card, three, wish
from tests.pages import forms

CHOSEN = {"fields": ["format", "times"], "line": "Second-year associate in a school"}


def looked_at(visitor: Visitor) -> dict[str, str]:
    """What the preview's form says she has seen."""
    form = next(form for form in forms(visitor.get("/card/preview").text) if form.action == "/card/on")
    return {"seen": form.values.get("seen", "")}


def test_choosing_turns_nothing_on(visit: Callable, ana: Person):
    assert visit(wish(ana)).post("/card", CHOSEN).location == "/card/preview"
    assert card_of(ana).on_at is None


def test_the_preview_tells_exactly_what_is_chosen(visit: Callable, ana: Person):
    visitor: Visitor = visit(wish(ana, affinity=("lgbtqia",), zip="85701", max_fee=90))
    visitor.post("/card", CHOSEN)
    page = visitor.get("/card/preview").text
    for told in ("Arizona LPC", "Tuesday evenings", "individual supervision", CHOSEN["line"], "verified license"):
        assert told in page
    article = page[page.index("<article") : page.index("</article>")]
    for kept in ("85701", "LGBTQ", "trauma", "$", "Ana", "Ruiz"):
        assert kept not in article


def test_a_card_is_turned_on_from_the_preview(visit: Callable, ana: Person):
    visitor = visit(wish(ana))
    visitor.post("/card", CHOSEN)
    visitor.post("/card/on", looked_at(visitor))
    assert card_of(ana).line == CHOSEN["line"]
    assert "It waits until at least three" in visitor.get("/card").text


@pytest.mark.parametrize("what", ["her line", "her answers", "nothing she has looked at"])
def test_what_she_has_not_looked_at_is_not_shown(visit: Callable, ana: Person, what: str):
    visitor = visit(wish(ana))
    visitor.post("/card", CHOSEN)
    seen = looked_at(visitor)
    if what == "her line":
        visitor.post("/card", {**CHOSEN, "line": "Said in another window"})
    elif what == "her answers":
        wish(ana, format=("group",))
    else:
        seen = {}
    answer = visitor.post("/card/on", seen)
    assert (answer.status_code, "look once more" in answer.text, card_of(ana).on_at) == (409, True, None)
    visitor.post("/card/on", looked_at(visitor))
    assert card_of(ana).on_at


def test_her_own_page_shows_what_is_seen(visit: Callable, app):
    ida, *_ = three()
    page = visit(ida).get("/card").text
    assert "Supervisors see this" in page
    assert "Second-year associate" in page


@pytest.mark.parametrize("line", ["I am Ana", "ana@example.org", "x" * 201, "two\nlines"])
def test_a_line_that_will_not_do_is_refused_beside_its_field(visit: Callable, ana: Person, line: str):
    response = visit(wish(ana)).post("/card", {**CHOSEN, "line": line})
    assert response.status_code == 422
    assert 'id="line-error"' in response.text
    assert cards.of(ana) is None


def test_a_refusal_below_the_card_leaves_what_is_ticked_on_it(visit: Callable, ana: Person):
    visitor = visit(wish(ana))
    visitor.post("/card", CHOSEN)
    response = visitor.post("/card/mutes", {"whom": "Nobody"})
    assert response.status_code == 422
    assert response.text.count(" checked") == len(CHOSEN["fields"])
    assert CHOSEN["line"] in response.text


def test_whoever_wished_for_nothing_is_led_to_the_questions(visit: Callable, ana: Person):
    page = visit(ana).get("/card")
    assert page.status_code == 200
    assert 'href="/match"' in page.text


def test_what_is_private_cannot_be_forced_onto_a_card(visit: Callable, ana: Person):
    visitor = visit(wish(ana, affinity=("lgbtqia",), zip="85701"))
    visitor.post("/card", {"fields": ["affinity", "zip", "format"], "line": ""})
    visitor.post("/card/on", looked_at(visitor))
    assert card_of(ana).fields == ["format"]
    assert not {"affinity", "zip"} & card_of(ana).says.keys()


def test_changed_wishes_are_not_shown_before_she_has_seen_them(visit: Callable, app):
    ida, *_ = three()
    wish(ida, specialty=("grief",))
    assert card_of(ida).says["specialty"] == ["trauma"]
    assert "You have changed something since" in visit(ida).get("/card").text


def test_whoever_lets_her_answers_be_forgotten_is_not_found_by_them(visit: Callable, app):
    ida, *_ = three()
    visitor = visit(ida)
    visitor.post("/match/forget")
    card = card_of(ida)
    assert (card.on_at, card.says, card.company) == (None, {}, None)
    assert "Your card is off, too" in visitor.get("/").text


def test_a_preview_of_nothing_says_what_is_missing(visit: Callable, ana: Person):
    cards.choose(ana, (), "")
    page = visit(ana).get("/card/preview").text
    assert "<article" not in page
    assert 'href="/match"' in page


def test_her_dashboard_says_how_her_card_stands(visit: Callable, ana: Person):
    def told(person: Person) -> str:
        page = visit(person).get("/dashboard").text
        return page[page.index('id="h-found"') :][:600]

    assert "Let yourself be found" in told(wish(ana))
    show_card(ana)
    assert "Your card is on" in told(ana)
    assert "waits" in told(ana)
    ida, *_ = three("Ida Lowell", "Una Price", "Eve Marsh", format=("group",))
    assert "see it, without your name" in told(ida)
    wish(ida, state="TX", format=("group",))
    assert "still says what you looked for before" in told(ida)


def test_off_is_at_once(visit: Callable, app):
    ida, *_ = three()
    visit(ida).post("/card/off")
    assert card_of(ida).company is None
    assert "Your card is on" not in visit(ida).get("/card").text


def run(name: str, now) -> None:
    next(job for job in JOBS if job.name == name).run(now)


def test_a_week_before_its_end_one_letter_comes(ana: Person, clock, outbox: Callable):
    show_card(wish(ana))
    run("tell of cards that end", clock.forward(days=52))
    assert outbox() == []
    for _ in range(2):
        run("tell of cards that end", clock.forward(days=1, hours=1))
    assert [letter.kind for letter in outbox()] == ["invitations/ending"]


def test_after_sixty_days_it_is_off_and_she_is_told(ana: Person, clock, outbox: Callable):
    show_card(wish(ana))
    run("tell of cards that end", clock.forward(days=61))
    assert card_of(ana).on_at is None
    assert [letter.kind for letter in outbox()] == ["invitations/ended"]


def test_renewed_it_stays(visit: Callable, ana: Person, clock):
    show_card(wish(ana))
    clock.forward(days=55)
    visit(ana).post("/card/renewal")
    run("tell of cards that end", clock.forward(days=10))
    assert card_of(ana).on_at


def test_a_card_that_is_off_is_not_renewed(visit: Callable, ana: Person):
    cards.choose(ana, (), "")
    assert visit(ana).post("/card/renewal").status_code == 409


@pytest.mark.parametrize("address", ["/card/on", "/card/off", "/card/renewal", "/card/mutes/1/end"])
def test_without_a_card_there_is_nothing_to_turn(visit: Callable, ana: Person, address: str):
    assert visit(ana).post(address).status_code == 404


def test_a_supervisor_has_no_card(visit: Callable, sam: Supervisor):
    assert visit(sam).get("/card").status_code == 404
    assert visit(sam).post("/card", CHOSEN).status_code == 404


def test_a_guest_is_asked_to_sign_in(client: Visitor):
    for address in ("/card", "/card/preview", "/invitations", "/messages"):
        assert client.get(address).status_code == 303
