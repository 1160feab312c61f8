"""What somebody who is no friend could try to learn before a yes: by looking often, with helpers, by answers and times.

Each test is one such attempt. What is not protected stands in docs/ARCHITECTURE.md, "Being found without a name".
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app import clock as app_clock
from app.accounts.models import Person
from app.changes import ChangeLog
from app.db import begin_writing, db
from app.invitations import cards, companies, inviting, seeing
from app.invitations.models import Card, Company, Invitation
from app.invitations.mornings import next_morning
from app.jobs import keep_company
from app.openings import views
from app.openings.models import Placement
from app.refusals import Refused
from app.supervisors.models import Supervisor
from tests import people
from tests.conftest import TUESDAY
from tests.invitations.cast import candidates_page, card_of, in_the_morning, seat_at, show_card, three, wish
from tests.invitations.test_candidates import addresses

FOUR = ("Ida Lowell", "Una Price", "Eve Marsh", "Amy Field")


def seen(visit: Callable, supervisor: Supervisor, opening) -> set[str]:
    """The cards this supervisor is shown now."""
    return set(addresses(visit(supervisor).get(candidates_page(opening)).text))


def sent_to(opening, person: Person) -> Invitation:
    return inviting.invite(opening, card_of(person), "", now=app_clock.now())


def mutes(visit: Callable, invitation: Invitation) -> None:
    visit(invitation.person).post(f"/invitations/{invitation.public_id}", {"answer": "mute"})


@pytest.mark.parametrize("by", ["her answer", "her card"])
def test_the_hour_of_a_mute_is_not_seen(visit: Callable, sam: Supervisor, clock, by: str):
    opening, (ida, *_) = seat_at(sam), three()
    invitation = sent_to(opening, ida)
    before = seen(visit, sam, opening)
    if by == "her answer":
        mutes(visit, invitation)
    else:
        visit(ida).post("/card/mutes", {"whom": sam.slug})
    assert seen(visit, sam, opening) == before
    in_the_morning(clock)
    assert seen(visit, sam, opening) == set()


def test_whoever_muted_is_asked_nothing_more_on_that_day_and_nobody_can_tell(
    visit: Callable, sam: Supervisor, outbox: Callable
):
    opening, other, (ida, *_) = seat_at(sam), seat_at(sam), three()
    mutes(visit, sent_to(opening, ida))
    assert visit(sam).post(candidates_page(other, ida), {"note": "Again"}).status_code == 303
    assert visit(sam).get("/invitations").text.count("Waits for an answer") == 2
    assert "Again" not in visit(ida).get("/invitations").text
    assert len(outbox("invitations/invited")) == 1


def test_a_mute_answers_whatever_else_waits_from_the_same_supervisor(visit: Callable, sam: Supervisor, clock):
    first, second, (ida, *_) = seat_at(sam), seat_at(sam), three()
    one, two = sent_to(first, ida), sent_to(second, ida)
    mutes(visit, one)
    assert two.answer == "mute"
    assert "invitation for you" not in visit(ida).get("/dashboard").text
    clock.forward(days=13)
    assert visit(sam).get("/invitations").text.count("Waits for an answer") == 2


def test_the_end_of_a_mute_is_seen_in_the_morning_and_under_other_addresses(visit: Callable, sam: Supervisor, clock):
    opening, (ida, *_) = seat_at(sam), three()
    before = seen(visit, sam, opening)
    mutes(visit, sent_to(opening, ida))
    in_the_morning(clock)
    visit(ida).post(f"/card/mutes/{sam.id}/end")
    assert seen(visit, sam, opening) == set()
    in_the_morning(clock)
    assert len(seen(visit, sam, opening) - before) == 3


@pytest.mark.parametrize("how", ["turned on", "renewed"])
def test_a_card_that_ends_by_itself_does_so_in_a_morning(app, clock, how: str):
    ida, *_ = three()
    if how == "renewed":
        cards.renew(card_of(ida), now=clock.forward(days=9, hours=5))
    ends = card_of(ida).expires_at
    assert ends == next_morning(ends - timedelta(seconds=1))
    assert timedelta(days=59) < ends - clock.now() <= timedelta(days=60)


def test_who_books_a_call_is_not_thereby_known_to_have_a_card(visit: Callable, sam: Supervisor):
    opening, (ida, *_) = seat_at(sam), three()
    before = seen(visit, sam, opening)
    people.make_call(sam, ida, starts_at=app_clock.now() + timedelta(days=3))
    assert seen(visit, sam, opening) == before


def test_a_former_supervisee_is_shown_as_everybody_else(visit: Callable, sam: Supervisor):
    opening, (ida, *_) = seat_at(sam), three()
    past = people.make_opening(sam, seats=2)
    past.seat_rows[0].placements.append(
        Placement(person=ida, started_at=app_clock.now() - timedelta(days=200), ended_at=app_clock.now())
    )
    page = visit(sam).get(candidates_page(opening)).text
    assert len(addresses(page)) == 3
    assert "Lowell" not in page


def test_she_hides_from_somebody_beforehand_and_is_never_seen(visit: Callable, sam: Supervisor, clock):
    opening, everyone = seat_at(sam), [wish(people.make_person(name)) for name in FOUR[:3]]
    visit(everyone[0]).post("/card/mutes", {"whom": f"http://localhost/supervisors/{sam.slug}"})
    for person in everyone:
        show_card(person)
    assert seen(visit, sam, opening) == set()
    in_the_morning(clock)
    assert seen(visit, sam, opening) == set()


def test_of_four_one_account_goes_and_all_four_are_gone(visit: Callable, sam: Supervisor, clock):
    opening, (ida, *others) = seat_at(sam), three(*FOUR)
    assert len(seen(visit, sam, opening)) == 4
    db.session.execute(delete(Person).where(Person.id == ida.id))
    db.session.commit()
    assert seen(visit, sam, opening) == set()
    keep_company(app_clock.now())
    keep_company(clock.forward(days=1))
    assert len(seen(visit, sam, opening)) == len(others)


def test_a_closed_account_turns_its_card_off_and_sets_the_others_free(visit: Callable, sam: Supervisor, clock):
    opening, (ida, *others) = seat_at(sam), three(*FOUR)
    ida.closed_at = app_clock.now()
    keep_company(app_clock.now())
    assert card_of(ida).on_at is None
    keep_company(clock.forward(days=1))
    assert seen(visit, sam, opening) == {card_of(person).public_id for person in others}


def test_a_closed_account_is_nobodys_company(app, ana: Person, ben: Person, zoe: Person):
    for person in (ana, ben):
        show_card(wish(person))
    ben.closed_at = app_clock.now()
    show_card(wish(zoe))
    assert db.session.query(Company).count() == 0


def test_helpers_with_cards_learn_the_words_and_the_line_and_no_name(visit: Callable, sam: Supervisor, ana: Person):
    opening = seat_at(sam)
    for name in ("Helper One", "Helper Two"):
        show_card(wish(people.make_person(name)))
    show_card(wish(ana, zip="85701", affinity=("lgbtqia",), max_fee=87), fields=("format", "times", "specialty", "fee"))
    page = visit(sam).get(candidates_page(opening)).text
    assert len(addresses(page)) == 3
    for kept in ("Ana", "Ruiz", ana.email, "85701", "$", "LGBTQ"):
        assert kept not in page[page.index("<main") : page.index("</main>")]


def test_openings_of_every_kind_show_no_more_of_a_company_than_its_words(visit: Callable, sam: Supervisor):
    three()
    kinds = [{"format": format, "fee": fee} for format in ("individual", "group") for fee in (0, 40, 400)]
    pages = [visit(sam).get(candidates_page(seat_at(sam, **kind))).text for kind in kinds]
    facts = {facts for page in pages for facts in re.findall(r'<ul class="facts mt-3">.*?</ul>', page, re.DOTALL)}
    assert len(facts) == 1
    assert all(len(addresses(page)) in (0, 3) for page in pages)


def test_two_supervisors_see_the_same_cards_and_the_same_words(visit: Callable, sam: Supervisor):
    three()
    other = people.make_supervisor("Gil Other")
    views = [visit(who).get(candidates_page(seat_at(who))).text for who in (sam, other)]
    assert set(addresses(views[0])) == set(addresses(views[1]))


def test_the_order_tells_nothing_of_who_came_first(app, sam: Supervisor):
    opening = seat_at(sam)
    for n in range(4):
        three(*[f"Nora {n}{letter}" for letter in "abc"])
    days = [app_clock.now() + timedelta(days=day) for day in range(6)]
    before = [[one.cards[0].company_id for one in seeing.for_opening(opening, day)] for day in days]
    for card in db.session.query(Card):
        card.public_id = companies.new_id()
    db.session.flush()
    after = [[one.cards[0].company_id for one in seeing.for_opening(opening, day)] for day in days]
    assert before != after  # it hangs on what is random, and on no number that could be guessed


def test_pages_before_a_yes_hold_no_number_of_a_row(visit: Callable, sam: Supervisor):
    opening, (ida, *_) = seat_at(sam), three()
    sent_to(opening, ida)
    card = card_of(ida)
    for page in (candidates_page(opening), candidates_page(opening, ida), "/invitations", "/dashboard"):
        text = visit(sam).get(page).text
        assert not re.search(r'(id|name|value|data-[\w-]+)="(person|card|company|invitation)[-_]?\d', text)
        assert f"/people/{ida.id}" not in text
        assert str(card.on_at) not in text


@pytest.mark.parametrize("what", ["off", "muted", "another opening", "never was", "taken"])
def test_every_card_that_is_not_shown_answers_alike(visit: Callable, sam: Supervisor, what: str):
    opening, (ida, *_) = seat_at(sam), three()
    address = candidates_page(opening, ida)
    if what == "off":
        cards.turn_off(card_of(ida), now=app_clock.now())
    elif what == "muted":
        inviting.mute(ida, sam, now=app_clock.now())
    elif what == "another opening":
        address = candidates_page(seat_at(sam, format="group", state="TX", status="draft"), ida)
    elif what == "taken":
        opening.seat_rows[0].placements.append(Placement(started_at=app_clock.now()))
    else:
        address = candidates_page(opening) + "/" + "x" * 22
    answers = [visit(sam).get(address), visit(sam).post(address)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Second-year" not in answers[0].text


def test_nothing_that_is_read_without_signing_in_changes_with_cards(client, visit: Callable, sam: Supervisor):
    opening = seat_at(sam)
    public = ("/", "/openings", f"/openings/{opening.id}", "/feeds/openings.atom", "/sitemap.xml", "/robots.txt")
    before = [client.get(page) for page in public]
    logged = db.session.query(ChangeLog).count()
    ida, *_ = three()
    sent_to(opening, ida)
    after = [client.get(page) for page in public]
    for one, two in zip(before, after, strict=True):
        assert (one.status_code, one.headers.get("ETag")) == (two.status_code, two.headers.get("ETag"))
        assert _plain(one.text) == _plain(two.text), one.request.path
    assert db.session.query(ChangeLog).count() == logged


def _plain(text: str) -> str:
    """Without what is new in every answer."""
    return re.sub(r'(csrf_token|idempotency_key)"[^>]*value="[^"]*"', "", text)


def test_readiness_tells_of_no_card(client, sam: Supervisor):
    seat_at(sam)
    before = client.get("/readyz").text
    three()
    for word in ("card", "invitation", "compan"):
        assert word not in client.get("/readyz").text.lower().replace(before.lower(), "")


def test_whatever_became_of_an_invitation_withdrawn_it_reads_alike(visit: Callable, sam: Supervisor, clock):
    opening, everyone = seat_at(sam), three("Ida Lowell", "Una Price", "Eve Marsh", "Amy Field")
    inviting.mute(everyone[3], sam, now=app_clock.now())  # of hers it is quiet
    sent = [sent_to(opening, person) for person in everyone]
    for invitation, said in zip(sent, ("", "no", "mute"), strict=False):
        if said:
            visit(invitation.person).post(f"/invitations/{invitation.public_id}", {"answer": said})
    before = items(visit, sam)
    answers = [visit(sam).post(f"{candidates_page(opening)}/{one.card}/withdrawal") for one in sent]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/invitations")}
    told = [before, items(visit, sam)]
    for days in (1, 13, 100):
        clock.forward(days=days)
        told.append(items(visit, sam))
    assert [len(one) for one in told] == [4] * 5
    assert [len(set(one)) for one in told] == [1] * 5
    assert len({one[0] for one in told[1:]}) == 1


def items(visit: Callable, supervisor: Supervisor) -> list[str]:
    """The invitations on this supervisor's list, without what is another word in each."""
    items = re.findall(r"<li>.*?</li>", _plain(visit(supervisor).get("/invitations").text), re.DOTALL)
    return [re.sub(r'action="[^"]*"', "", item) for item in items if "Tuesday hour" in item]


def test_links_of_letters_only_read(visit: Callable, sam: Supervisor, outbox: Callable):
    opening, (ida, *_) = seat_at(sam), three()
    invitation = sent_to(opening, ida)
    for address in ("/invitations", f"/invitations/{invitation.public_id}", "/card", "/card/preview", "/card/on"):
        visit(ida).get(address)
    assert (invitation.answer, card_of(ida).on_at is not None) == ("", True)


def test_looking_at_the_opening_she_is_invited_to_is_not_counted(visit: Callable, sam: Supervisor, zoe: Person):
    opening, (ida, *_) = seat_at(sam), three()
    sent_to(opening, ida)
    for who in (ida, zoe):
        visit(who).get(f"/openings/{opening.id}")
    views.write(app_clock.now())
    assert sum(views.by_day([opening.id], app_clock.now().date()).values()) == 1


def test_the_letters_link_opened_by_somebody_else_shows_her_own(
    visit: Callable, sam: Supervisor, zoe, outbox: Callable
):
    opening, (ida, *_) = seat_at(sam), three()
    sent_to(opening, ida)
    page = visit(zoe).get(outbox("invitations/invited")[0].facts["path"])
    assert page.status_code == 200
    assert "Sam Okafor" not in page.text


def test_another_sites_form_does_nothing(visit: Callable, sam: Supervisor):
    opening, (ida, *_) = seat_at(sam), three()
    invitation = sent_to(opening, ida)
    other = {"Sec-Fetch-Site": "cross-site"}
    for address in (f"/invitations/{invitation.public_id}", "/card/off", "/card/mutes"):
        assert visit(ida).post(address, {"answer": "yes"}, headers=other).status_code == 403
        assert visit(ida).post(address, {"answer": "yes"}, bare=True).status_code == 400
    assert invitation.answer == ""


def test_companies_that_stay_are_not_touched_by_the_morning(visit: Callable, sam: Supervisor, clock):
    opening, _ = seat_at(sam), three(*FOUR)
    before = seen(visit, sam, opening)
    for _ in range(3):
        keep_company(clock.forward(days=1))
        assert seen(visit, sam, opening) == before
    assert companies.bring_together(app_clock.now()) == 0


DEEDS = ("on", "off", "renew", "mute", "unmute", "hide", "yes", "no", "close", "morning", "months")


def does(person: Person, deed: str, opening, clock) -> None:
    """One thing that a supervisee may do, or that comes with time."""
    now, card, sam = app_clock.now(), cards.of(person), opening.supervisor
    got = [one for one in inviting.received(person) if not one.answer and one.expires_at > now]
    if deed == "on":
        show_card(person)
    elif deed == "off" and card:
        cards.turn_off(card, now=now)
    elif deed == "renew" and card and card.on_at:
        cards.renew(card, now=now)
    elif deed == "hide":
        inviting.mute(person, sam, now=now)
    elif deed == "unmute" and inviting.muted_by(person):
        inviting.unmute(person, sam.id, now=now)
    elif deed in ("yes", "no", "mute") and got and not inviting.why_no_yes(got[0], now):
        inviting.answer(got[0], deed, now=now)
    elif deed == "close":
        person.closed_at = now
    elif deed in ("morning", "months"):
        cards.see_to_ends(now := clock.forward(days=1 if deed == "morning" else 40))
        keep_company(now)
    db.session.flush()


# No shorter story is looked for when one fails: that would take minutes.
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(acts=st.lists(st.tuples(st.integers(0, 8), st.sampled_from(DEEDS)), max_size=30))
def test_whatever_anybody_does_no_supervisor_sees_fewer_than_three_come_or_go(app, clock, acts):
    db.session.rollback()
    begin_writing()
    clock.at(TUESDAY)
    both = [seat_at(people.make_supervisor(name)) for name in ("Sam Okafor", "Gil Other")]
    everyone = [wish(people.make_person(f"Nora {n}")) for n in range(9)]
    for person in everyone:
        show_card(person)
    for who, deed in acts:
        before = [looked(opening) for opening in both]
        does(everyone[who], deed, both[0], clock)
        for opening, was in zip(both, before, strict=True):
            now = looked(opening)
            assert all(not some or len(some) >= 3 for some in (now - was, was - now)), deed
        if shown := seeing.for_opening(both[0], app_clock.now()):
            with suppress(Refused):
                inviting.invite(both[0], shown[0].cards[0], "", now=app_clock.now())
    db.session.rollback()


def looked(opening) -> set[str]:
    return {card.public_id for found in seeing.for_opening(opening, app_clock.now()) for card in found.cards}
