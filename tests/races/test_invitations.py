"""Many at once around cards, invitations and threads: companies stay whole, a yes is one, messages keep their order."""

import secrets
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.accounts.models import Person
from app.db import db
from app.invitations import alike, cards, companies, inviting
from app.invitations.models import Card, Invitation, Mute
from app.messages import threads
from app.messages.models import Message, Thread
from app.notifications.models import Letter
from tests import people
from tests.invitations.cast import candidates_page, card_of, seat_at, show_card, three, wish
from tests.live import Answer, Instance, at_once, writing
from tests.pages import forms
from tests.races.test_booking import Member

NM = {"state": "NM", "zone": "America/Denver"}
FORMATS = ((), ("individual",), ("group",), ("individual", "group"))


def names(count: int) -> list[str]:
    return [f"Nell {secrets.token_hex(4)}" for _ in range(count)]


def turns_on(member: Member) -> Callable[[], Answer]:
    """What pressing the button sends, of what she has just looked at."""
    form = next(form for form in forms(member.get("/card/preview").text) if form.action == "/card/on")
    return lambda: member.post("/card/on", {"seen": form.values["seen"]})


def companies_of(people: list[Person]) -> Counter[int | None]:
    """How many cards each company has, of these people's."""
    db.session.rollback()
    ids = [person.id for person in people]
    return Counter(db.session.scalars(select(Card.company_id).where(Card.person_id.in_(ids), Card.on_at.is_not(None))))


def test_cards_that_are_turned_on_at_once_come_in_companies(live: Instance) -> None:
    with writing():
        everyone = [wish(people.make_person(name), **NM) for name in names(7)]
        for person in everyone:
            cards.choose(person, alike.USUAL, "")
        members = [Member(live, person) for person in everyone]
    answers = at_once([turns_on(member) for member in members])
    assert {answer.status for answer in answers} == {303}
    with writing():
        companies.bring_together(clock.now())
    found = companies_of(everyone)
    assert found[None] < alike.LEAST
    assert all(count >= alike.LEAST for company, count in found.items() if company)


def test_of_a_company_all_leave_at_once_and_nobody_stays_alone(live: Instance) -> None:
    with writing():
        everyone = three(*names(5), **{**NM, "state": "CO"})
        members = [Member(live, person) for person in everyone[:2]]
    answers = at_once([lambda member=member: member.post("/card/off", {}) for member in members])
    assert {answer.status for answer in answers} == {303}
    assert companies_of(everyone) == {None: 3}


def test_whoever_changes_her_mind_as_company_comes_is_not_left_in_it(live: Instance) -> None:
    with writing():
        trios = [[wish(people.make_person(name), **NM, format=format) for name in names(3)] for format in FORMATS]
        for first, second, third in trios:
            show_card(first)
            show_card(second)
            cards.choose(third, alike.USUAL, "")
        everyone = [person for trio in trios for person in trio]
        ids, members = [person.id for person in everyone], [Member(live, person) for person in everyone]
    off = [lambda member=member: member.post("/card/off", {}) for member in members[::3]]
    answers = at_once([*off, *(turns_on(member) for member in members[1::3] + members[2::3])])
    assert {answer.status for answer in answers} == {303}
    db.session.rollback()
    left = select(Card).where(Card.person_id.in_(ids), Card.on_at.is_(None), Card.company_id.is_not(None))
    assert db.session.scalars(left).all() == []


def an_invitation() -> Invitation:
    opening = seat_at(people.make_supervisor("Gil Marsh"))
    return inviting.invite(opening, card_of(three(*names(3))[0]), "A note", now=clock.now())


def test_a_yes_pressed_many_times_at_once_is_one(live: Instance) -> None:
    with writing():
        invitation = an_invitation()
        key, opening_id = f"invitation/{invitation.public_id}/accepted", invitation.opening_id
        address, person = f"/invitations/{invitation.public_id}", invitation.person
        tabs = [Member(live, person) for _ in range(6)]
    answers = at_once([lambda tab=tab: tab.post(address, {"answer": "yes"}) for tab in tabs])
    assert len({answer.leads_to for answer in answers}) == 1
    db.session.rollback()
    assert len(db.session.scalars(select(Thread).where(Thread.opening_id == opening_id)).all()) == 1
    assert len(db.session.scalars(select(Letter).where(Letter.key == key)).all()) == 1


def test_of_yes_and_no_at_once_one_holds(live: Instance) -> None:
    with writing():
        invitation = an_invitation()
        address, person = f"/invitations/{invitation.public_id}", invitation.person
        tabs = [Member(live, person) for _ in range(2)]
    answers = at_once(
        [
            lambda: tabs[0].post(address, {"answer": "yes"}),
            lambda: tabs[1].post(address, {"answer": "no"}),
        ]
    )
    assert sorted(answer.status for answer in answers) == [303, 409]


def test_of_yes_and_mute_at_once_one_holds(live: Instance) -> None:
    with writing():
        invitation = an_invitation()
        address, person, invitation_id = f"/invitations/{invitation.public_id}", invitation.person, invitation.id
        one, other = (Member(live, person) for _ in range(2))
    yes, mute = at_once([lambda: one.post(address, {"answer": "yes"}), lambda: other.post(address, {"answer": "mute"})])
    assert sorted([yes.status, mute.status]) == [303, 409]
    db.session.rollback()
    assert db.session.get_one(Invitation, invitation_id).answer == ("yes" if yes.status == 303 else "mute")


def test_of_a_yes_and_a_withdrawal_one_holds(live: Instance) -> None:
    with writing():
        invitation = an_invitation()
        address, invitation_id = f"/invitations/{invitation.public_id}", invitation.id
        page, opening_id = f"{candidates_page(invitation.opening, invitation.person)}/withdrawal", invitation.opening_id
        hers, his = Member(live, invitation.person), Member(live, invitation.supervisor.person)
    yes, withdrawal = at_once([lambda: hers.post(address, {"answer": "yes"}), lambda: his.post(page, {})])
    assert sorted([yes.status, withdrawal.status]) == [303, 409]
    db.session.rollback()
    row = db.session.get_one(Invitation, invitation_id)
    named = db.session.scalars(select(Thread.id).where(Thread.opening_id == opening_id)).all()
    assert (row.answer == "yes") == (row.withdrawn_at is None) == bool(named) == (yes.status == 303)


def test_of_a_yes_and_an_opening_that_is_paused_a_name_is_told_or_refused(live: Instance) -> None:
    with writing():
        invitation = an_invitation()
        address, invitation_id = f"/invitations/{invitation.public_id}", invitation.id
        hers, his = Member(live, invitation.person), Member(live, invitation.supervisor.person)
        status, opening_id = f"/my/openings/{invitation.opening_id}/status", invitation.opening_id
    yes, pause = at_once([lambda: hers.post(address, {"answer": "yes"}), lambda: his.post(status, {"to": "paused"})])
    assert (yes.status in {303, 409}, pause.status) == (True, 303)
    db.session.rollback()
    threads_of_it = db.session.scalars(select(Thread.id).where(Thread.opening_id == opening_id)).all()
    assert len(threads_of_it) == (db.session.get_one(Invitation, invitation_id).answer == "yes") == (yes.status == 303)


def test_a_card_that_is_invited_from_many_windows_at_once_is_invited_once(live: Instance) -> None:
    with writing():
        opening = seat_at(people.make_supervisor("Gil Marsh"))
        person = three(*names(3))[0]
        page, opening_id, email = candidates_page(opening, person), opening.id, person.email
        tabs = [Member(live, opening.supervisor.person) for _ in range(4)]
    answers = at_once([lambda tab=tab: tab.post(page, {"note": "A note"}) for tab in tabs])
    assert {answer.status for answer in answers} == {303}
    db.session.rollback()
    assert len(db.session.scalars(select(Invitation).where(Invitation.opening_id == opening_id)).all()) == 1
    assert len(db.session.scalars(select(Letter).where(Letter.to_email == email)).all()) == 1


def test_no_more_than_five_are_invited_a_day_whatever_is_pressed_at_once(live: Instance) -> None:
    with writing():
        opening = seat_at(people.make_supervisor("Gil Marsh"))
        everyone = three(*names(5)) + three(*names(4))
        addresses, account = [candidates_page(opening, person) for person in everyone], opening.supervisor.person
        opening_id = opening.id
        tabs = [Member(live, account) for _ in addresses]
    answers = at_once([lambda t=t, a=a: t.post(a, {}) for t, a in zip(tabs, addresses, strict=True)])
    assert Counter(answer.status for answer in answers) == {303: inviting.A_DAY, 429: len(addresses) - inviting.A_DAY}
    db.session.rollback()
    rows = db.session.scalars(select(Invitation).where(Invitation.opening_id == opening_id)).all()
    assert len(rows) == inviting.A_DAY


def test_messages_written_at_once_are_all_there_and_owe_one_letter(live: Instance) -> None:
    with writing():
        one, other = (people.make_person(name) for name in names(2))
        thread = threads.open_between(one, other, about=None, now=clock.now() - timedelta(minutes=1))
        address, thread_id, key = f"/messages/{thread.public_id}", thread.id, f"thread/{thread.public_id}/"
        email = other.email
        tabs = [Member(live, one) for _ in range(8)]
    answers = at_once([lambda n=n, tab=tab: tab.post(address, {"body": f"{n}"}) for n, tab in enumerate(tabs)])
    assert {answer.status for answer in answers} == {303}
    db.session.rollback()
    written = db.session.scalars(select(Message).where(Message.thread_id == thread_id).order_by(Message.no)).all()
    assert [message.no for message in written] == list(range(1, 9))
    letters = db.session.scalars(select(Letter).where(Letter.key.startswith(key), Letter.to_email == email)).all()
    assert len(letters) == 1


def test_a_card_that_is_begun_in_two_windows_at_once_is_one(live: Instance) -> None:
    with writing():
        person = wish(people.make_person(names(1)[0]), **NM)
        tabs, person_id = [Member(live, person) for _ in range(4)], person.id
    answers = at_once([lambda n=n, tab=tab: tab.post("/card", {"line": "x" * n}) for n, tab in enumerate(tabs)])
    assert {answer.status for answer in answers} == {303}
    db.session.rollback()
    assert len(db.session.scalars(select(Card).where(Card.person_id == person_id)).all()) == 1


def test_of_a_yes_and_a_card_that_is_turned_off_both_hold(live: Instance) -> None:
    with writing():
        invitation = an_invitation()
        address, invitation_id = f"/invitations/{invitation.public_id}", invitation.id
        tabs, person_id = [Member(live, invitation.person) for _ in range(2)], invitation.person_id
    answers = at_once([lambda: tabs[0].post(address, {"answer": "yes"}), lambda: tabs[1].post("/card/off", {})])
    assert [answer.status for answer in answers] == [303, 303]
    db.session.rollback()
    assert db.session.get_one(Invitation, invitation_id).answer == "yes"
    assert db.session.scalars(select(Card.on_at).where(Card.person_id == person_id)).one() is None


def test_two_invitations_of_one_supervisor_are_muted_at_once(live: Instance) -> None:
    with writing():
        first = an_invitation()
        second = inviting.invite(seat_at(first.supervisor), card_of(first.person), "", now=clock.now())
        addresses = [f"/invitations/{one.public_id}" for one in (first, second)]
        tabs, ids, person_id = [Member(live, first.person) for _ in range(2)], [first.id, second.id], first.person_id
    answers = at_once([lambda t=t, a=a: t.post(a, {"answer": "mute"}) for t, a in zip(tabs, addresses, strict=True)])
    assert {answer.status for answer in answers} == {303}
    db.session.rollback()
    assert {one.answer for one in db.session.scalars(select(Invitation).where(Invitation.id.in_(ids)))} == {"mute"}
    assert len(db.session.scalars(select(Mute).where(Mute.person_id == person_id)).all()) == 1


def test_whoever_mutes_while_she_is_invited_has_nothing_to_answer(live: Instance) -> None:
    with writing():
        first = an_invitation()
        other, person = seat_at(first.supervisor), first.person
        page, address = candidates_page(other, person), f"/invitations/{first.public_id}"
        his, hers, person_id = Member(live, first.supervisor.person), Member(live, person), person.id
    answers = at_once([lambda: his.post(page, {}), lambda: hers.post(address, {"answer": "mute"})])
    assert {answer.status for answer in answers} == {303}
    db.session.rollback()
    waiting = Invitation.person_id == person_id, Invitation.answer == "", ~Invitation.is_quiet
    assert db.session.scalars(select(Invitation).where(*waiting)).all() == []


def test_whoever_hides_from_him_while_he_invites_her_has_nothing_to_answer(live: Instance) -> None:
    with writing():
        opening = seat_at(people.make_supervisor("Gil Marsh"))
        person = three(*names(3))[0]
        page, slug, person_id = candidates_page(opening, person), opening.supervisor.slug, person.id
        his, hers = Member(live, opening.supervisor.person), Member(live, person)
    invited, muted = at_once([lambda: his.post(page, {}), lambda: hers.post("/card/mutes", {"whom": slug})])
    assert (invited.status in {303, 404}, muted.status) == (True, 303)
    db.session.rollback()
    waiting = Invitation.person_id == person_id, Invitation.answer == "", ~Invitation.is_quiet
    assert db.session.scalars(select(Invitation).where(*waiting)).all() == []


def test_after_its_end_nothing_is_written_into_a_thread(live: Instance) -> None:
    with writing():
        one, other = (people.make_person(name) for name in names(2))
        thread = threads.open_between(one, other, about=None, now=clock.now() - timedelta(minutes=1))
        address, thread_id = f"/messages/{thread.public_id}", thread.id
        tabs, leaver = [Member(live, one) for _ in range(4)], Member(live, other)
    acts = [lambda n=n, tab=tab: tab.post(address, {"body": f"{n}"}) for n, tab in enumerate(tabs)]
    answers = at_once([*acts, lambda: leaver.post(f"{address}/end", {})])
    assert {answer.status for answer in answers} <= {303, 409}
    db.session.rollback()
    written = db.session.scalars(select(Message.kind).where(Message.thread_id == thread_id).order_by(Message.no)).all()
    assert written == ["message"] * sum(answer.status == 303 for answer in answers[:-1]) + ["event"]
