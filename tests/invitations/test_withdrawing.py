"""Invitations that are taken back: what each side reads then, every way to be late, and that nothing is won by it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app import clock as app_clock
from app.invitations import cards, inviting
from app.invitations.models import Invitation
from app.refusals import Refused
from app.supervisors.models import Supervisor
from tests import people
from tests.invitations.cast import answered, candidates_page, card_of, in_the_morning, show_card, three, wish
from tests.pages import forms


def withdrawal(invitation: Invitation) -> str:
    return f"/my/openings/{invitation.opening_id}/candidates/{invitation.card}/withdrawal"


def withdrawn(visit: Callable, invitation: Invitation):
    return visit(invitation.supervisor).post(withdrawal(invitation))


def known(visit: Callable, supervisor: Supervisor) -> str:
    """What stands on the supervisor's list."""
    page = visit(supervisor).get("/invitations").text
    return page[page.index("<main") : page.index("</main>")]


def test_what_waits_is_withdrawn_from_the_list(visit: Callable, sam, invited):
    form = next(form for form in forms(known(visit, sam)) if form.action == withdrawal(invited))
    assert visit(sam).post(form.action).location == "/invitations"
    page = known(visit, sam)
    assert "Withdrawn" in page
    assert "Waits for an answer" not in page
    assert not forms(page)


def test_she_reads_that_it_was_withdrawn_and_has_nothing_to_answer(visit: Callable, ida, invited, outbox: Callable):
    withdrawn(visit, invited)
    page = visit(ida).get(outbox("invitations/invited")[0].facts["path"]).text
    assert "Sam Okafor has withdrawn it" in page
    assert "We begin in January." not in page
    assert not [form for form in forms(page) if form.values.get("answer") in {"yes", "no"}]
    assert "invitation for you" not in visit(ida).get("/dashboard").text


@pytest.mark.parametrize("said", ["yes", "no"])
def test_whoever_answers_it_in_an_open_tab_is_told_kindly(visit: Callable, sam, invited, said: str):
    withdrawn(visit, invited)
    response = answered(visit, invited, said)
    assert response.status_code == 409
    assert "Meanwhile Sam Okafor has withdrawn this invitation." in response.text
    assert "Lowell" not in known(visit, sam)


def test_whoever_mutes_in_an_open_tab_has_muted(visit: Callable, sam, ida, invited):
    withdrawn(visit, invited)
    assert answered(visit, invited, "mute").status_code == 303
    assert [mute.supervisor_id for mute in inviting.muted_by(ida)] == [sam.id]
    assert "Withdrawn" in known(visit, sam)


def test_a_yes_that_came_first_stands(visit: Callable, sam, invited):
    answered(visit, invited, "yes")
    response = withdrawn(visit, invited)
    assert response.status_code == 409
    assert "Meanwhile Ida Lowell has answered yes." in response.text
    assert "Ida Lowell: yes" in known(visit, sam)


@pytest.mark.parametrize(("said", "days"), [("no", 1), ("", 14), ("mute", 14)])
def test_what_is_known_to_wait_no_more_is_not_withdrawn(visit: Callable, sam, invited, clock, said: str, days: int):
    if said:
        answered(visit, invited, said)
    clock.forward(days=days)
    assert not forms(known(visit, sam))
    response = withdrawn(visit, invited)
    assert (response.status_code, inviting.OVER in response.text) == (409, True)
    assert "Not this time" in known(visit, sam)


def test_twice_is_once(visit: Callable, invited, clock):
    withdrawn(visit, invited)
    at = invited.withdrawn_at
    clock.forward(hours=1)
    assert withdrawn(visit, invited).status_code == 303
    assert invited.withdrawn_at == at


def test_only_who_sent_it_withdraws_it(visit: Callable, ida, zoe, wes, invited):
    for who in (ida, zoe, wes, people.make_supervisor("Gil Other")):
        assert visit(who).post(withdrawal(invited)).status_code == 404
    assert invited.withdrawn_at is None


def test_a_card_that_was_not_invited_is_as_one_that_never_was(visit: Callable, sam, opening, ida):
    for card in (card_of(ida).public_id, "x" * 22, "x" * 5_000):
        assert visit(sam).post(f"{candidates_page(opening)}/{card}/withdrawal").status_code == 404


def test_it_is_withdrawn_when_the_seat_is_gone_and_the_card_too(visit: Callable, sam, opening, ida, invited):
    opening.status = "closed"
    cards.turn_off(card_of(ida), now=app_clock.now())
    assert "1 invitation of yours</a> waits" in visit(sam).get("/dashboard").text
    assert withdrawn(visit, invited).status_code == 303
    assert "of yours</a> wait" not in visit(sam).get("/dashboard").text


def test_the_list_tells_one_that_waits_from_another_by_the_line(visit: Callable, sam, ida, invited):
    assert "Second-year associate in a school" in known(visit, sam)
    cards.turn_off(card_of(ida), now=app_clock.now())
    assert "Second-year associate" not in known(visit, sam)


def test_the_same_card_is_not_invited_again(visit: Callable, sam, opening, ida, invited, outbox: Callable):
    withdrawn(visit, invited)
    assert '<span class="tag">withdrawn</span>' in visit(sam).get(candidates_page(opening)).text
    assert "nobody is invited to the same opening twice" in visit(sam).get(candidates_page(opening, ida)).text
    response = visit(sam).post(candidates_page(opening, ida))
    assert (response.status_code, inviting.AGAIN in response.text) == (409, True)
    assert len(outbox("invitations/invited")) == 1


def test_under_another_card_she_is_not_asked_again_and_nobody_can_tell(
    visit: Callable, sam, opening, ida, invited, clock, outbox: Callable
):
    withdrawn(visit, invited)
    cards.turn_off(card_of(ida), now=app_clock.now())
    in_the_morning(clock)
    show_card(ida)
    assert visit(sam).post(candidates_page(opening, ida), {"note": "Again"}).status_code == 303
    assert known(visit, sam).count("Waits for an answer") == 1
    assert "Again" not in visit(ida).get("/invitations").text
    assert len(outbox("invitations/invited")) == 1


def test_none_of_the_five_of_a_day_is_given_back(visit: Callable, sam, opening):
    everyone = three(*[f"Nora {letters}" for letters in ("Abc", "Bcd", "Cde", "Def", "Efg")])
    for person in everyone:
        withdrawn(visit, inviting.invite(opening, card_of(person), "", now=app_clock.now()))
    another = three("Amy Field", "Joy Hart", "Kay Stone")[0]
    assert visit(sam).post(candidates_page(opening, another)).status_code == 429


def test_of_the_twenty_at_once_it_is_one_until_it_would_have_run_out(sam, opening, clock):
    now = app_clock.now()
    for n in range(inviting.AT_ONCE):
        card = show_card(wish(people.make_person(f"Nora Quill {n}")))
        row = inviting.invite(opening, card, "", now=now - timedelta(days=7 - n // 5))
        row.answer, row.answered_at = "no", now
        inviting.withdraw(row, now=now)
    ida = three()[0]
    with pytest.raises(Refused, match="would if you had not withdrawn them"):
        inviting.invite(opening, card_of(ida), "", now=in_the_morning(clock))
    assert inviting.invite(opening, card_of(ida), "", now=clock.forward(days=6, minutes=1))
