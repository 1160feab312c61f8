"""Who would fit a free seat: for verified supervisors only, without names, and saying nothing of what is hidden."""

import re
from collections.abc import Callable

import pytest

from app import clock as app_clock
from app.invitations import cards, inviting, seeing
from app.messages import threads
from app.supervisors.models import Supervisor
from tests import people
from tests.invitations.cast import LINES, candidates_page, card_of, in_the_morning, seat_at, show_card, three, wish

HIDDEN = {"affinity": ("lgbtqia",), "zip": "85701", "max_fee": 90, "modality": ("emdr",)}


def addresses(page: str) -> list[str]:
    """The cards on a page, in order."""
    return re.findall(r"/candidates/([\w-]+)\"", page)


def test_a_verified_supervisor_with_a_free_seat_sees_who_would_fit(visit: Callable, sam: Supervisor):
    opening, everyone = seat_at(sam), three()
    page = visit(sam).get(candidates_page(opening)).text
    assert "Three supervisees" in page
    assert sorted(addresses(page)) == sorted(card_of(person).public_id for person in everyone)
    assert all(line in page for line in LINES[:3])


def test_reasons_are_told_from_the_other_side(visit: Callable, sam: Supervisor):
    opening, _ = seat_at(sam), three()
    page = visit(sam).get(candidates_page(opening)).text
    assert "Works toward Arizona LPC" in page
    assert "Is free on Tuesday evenings, when you meet" in page
    assert "for you" not in page


def test_nobody_is_named_and_nothing_hidden_is_told(visit: Callable, sam: Supervisor):
    opening, everyone = seat_at(sam), three(**HIDDEN)
    visitor = visit(sam)
    text = "".join(visitor.get(candidates_page(opening, who)).text for who in (None, *everyone))
    article = "".join(re.findall(r"<article.*?</article>", text, re.DOTALL))
    for person in everyone:
        assert person.name not in text
        assert person.email not in text
    for kept in ("85701", "LGBTQ", "EMDR", "$", "budget", "fee"):
        assert kept not in article


def test_what_is_hidden_moves_neither_order_nor_score(visit: Callable, sam: Supervisor):
    opening = seat_at(sam)
    three()
    three("Amy Field", "Joy Hart", "Kay Stone", modality=("emdr",), max_fee=10, style=("directive",))
    fits = re.findall(r"(\d+) of 100", visit(sam).get(candidates_page(opening)).text)
    assert len(fits) == 2
    assert len(set(fits)) == 1


@pytest.mark.parametrize(
    ("columns", "words"),
    [({"status": "paused"}, "not published"), ({"taken": 1}, "All seats"), ({"status": "draft"}, "not published")],
)
def test_without_a_seat_to_give_nobody_is_shown(visit: Callable, sam: Supervisor, columns: dict, words: str):
    opening, everyone = seat_at(sam, **columns), three()
    page = visit(sam).get(candidates_page(opening))
    assert words in page.text
    assert not addresses(page.text)
    assert visit(sam).get(candidates_page(opening, everyone[0])).status_code == 404


def test_without_a_verified_license_nobody_is_shown(visit: Callable, pat: Supervisor):
    opening, everyone = seat_at(pat), three()
    assert "license is verified" in visit(pat).get(candidates_page(opening)).text
    assert visit(pat).get(candidates_page(opening, everyone[0])).status_code == 404


def test_a_license_that_has_lapsed_shows_nobody_any_more(visit: Callable, sam: Supervisor, clock):
    opening, _ = seat_at(sam), three()
    clock.forward(days=800)
    assert not addresses(visit(sam).get(candidates_page(opening)).text)


def test_others_see_no_candidates_of_an_opening(visit: Callable, sam: Supervisor, ana, wes):
    opening, everyone = seat_at(sam), three()
    other = people.make_supervisor("Gil Other")
    for who in (ana, wes, other, everyone[0]):
        for page in (candidates_page(opening), candidates_page(opening, everyone[1])):
            assert visit(who).get(page).status_code == 404
            assert visit(who).post(page).status_code in {404, 405}


def test_an_opening_that_does_not_count_for_them_shows_none(visit: Callable, sam: Supervisor):
    opening, _ = seat_at(sam), three(state="TX", zone="America/Chicago")
    assert not addresses(visit(sam).get(candidates_page(opening)).text)


def test_a_must_that_is_shown_and_not_met_shows_none(visit: Callable, sam: Supervisor):
    opening, _ = seat_at(sam, format="group"), three(musts=frozenset({"format"}))
    assert not addresses(visit(sam).get(candidates_page(opening)).text)


def test_consultation_is_found_where_she_is(visit: Callable, sam: Supervisor):
    opening, _ = seat_at(sam), three(discipline="consultation")
    page = visit(sam).get(candidates_page(opening)).text
    assert "Looks for consultation in Arizona" in page


def test_a_company_with_somebody_who_muted_her_is_left_out_whole(visit: Callable, sam: Supervisor):
    opening, everyone = seat_at(sam), three("Ida Lowell", "Una Price", "Eve Marsh", "Amy Field")
    inviting.mute(everyone[0], sam, now=app_clock.now())
    assert not addresses(visit(sam).get(candidates_page(opening)).text)


def test_a_company_with_somebody_she_knows_is_left_out_whole(visit: Callable, sam: Supervisor):
    opening, everyone = seat_at(sam), three()
    threads.open_between(everyone[0], sam.person, about=None, now=app_clock.now())
    assert not addresses(visit(sam).get(candidates_page(opening)).text)


def test_a_company_with_a_closed_account_is_left_out_whole(visit: Callable, sam: Supervisor):
    opening, everyone = seat_at(sam), three("Ida Lowell", "Una Price", "Eve Marsh", "Amy Field")
    everyone[0].closed_at = app_clock.now()
    assert not addresses(visit(sam).get(candidates_page(opening)).text)
    assert visit(sam).post(candidates_page(opening, everyone[0])).status_code == 404


def test_a_company_that_ends_while_the_page_is_made_is_whole_on_it_or_not_there(sam: Supervisor, monkeypatch):
    opening, everyone = seat_at(sam), three()

    def meanwhile(*_: object) -> set[int]:
        cards.turn_off(card_of(everyone[0]), now=app_clock.now())
        return set()

    monkeypatch.setattr(seeing, "_unseen", meanwhile)
    assert [len(one.cards) for one in seeing.for_opening(opening, app_clock.now())] in ([], [3])


def test_her_own_card_is_not_among_them(visit: Callable, sam: Supervisor):
    opening, everyone = seat_at(sam), three()
    both = people.make_supervisor("Ida Lowell", person=everyone[0])
    assert addresses(visit(sam).get(candidates_page(opening)).text)
    assert not addresses(visit(both).get(candidates_page(seat_at(both))).text)


def test_the_order_is_anothers_every_day_and_the_same_within_one(visit: Callable, sam: Supervisor, clock):
    opening, _ = seat_at(sam), three(*[f"Nora {letters}" for letters in ("Abc", "Bcd", "Cde", "Def", "Efg")])
    visitor, orders = visit(sam), set()
    for _ in range(6):
        page = visitor.get(candidates_page(opening)).text
        assert addresses(page) == addresses(visitor.get(candidates_page(opening)).text)
        orders.add(tuple(addresses(page)))
        clock.forward(days=1)
    assert len(orders) > 1


def test_the_page_names_no_time_and_no_number_under_three(visit: Callable, sam: Supervisor, clock):
    opening, _ = seat_at(sam), three()
    page = visit(sam).get(candidates_page(opening)).text
    main = page[page.index("<main") : page.index("</main>")]
    assert "ago" not in re.sub(r"<[^>]+>", " ", main).split()
    assert "<time" not in main


@pytest.mark.parametrize("names", [LINES[:3], LINES[:4]])
def test_a_watcher_sees_three_go_and_cannot_tell_who_it_was(visit: Callable, sam: Supervisor, clock, names):
    opening, everyone = seat_at(sam), three(*[f"Nora {n}" for n in ("Abc", "Bcd", "Cde", "Def")[: len(names)]])
    visitor = visit(sam)
    before = set(addresses(visitor.get(candidates_page(opening)).text))
    cards.turn_off(card_of(everyone[0]), now=app_clock.now())
    gone = before - set(addresses(visitor.get(candidates_page(opening)).text))
    assert gone == before
    in_the_morning(clock)
    assert before.isdisjoint(addresses(visitor.get(candidates_page(opening)).text))


def test_a_watcher_sees_nothing_of_one_that_is_turned_on(visit: Callable, sam: Supervisor, ana):
    opening, _ = seat_at(sam), three()
    before = visit(sam).get(candidates_page(opening)).text
    show_card(wish(ana), "Newly here")
    after = visit(sam).get(candidates_page(opening)).text
    assert addresses(before) == addresses(after)
    assert "Newly here" not in after
