"""Cards come and go in threes, and a watcher who looks before and after cannot tell which one it was."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app import clock as app_clock
from app.accounts.models import Person
from app.db import begin_writing, db
from app.invitations import alike, cards, companies
from app.invitations.models import Card, Company
from app.refusals import Refused
from app.wishes import packing
from app.wishes.wishes import Wishes
from tests import people
from tests.invitations.cast import card_of, in_the_morning, show_card, three, wish


def seen() -> dict[int, tuple[int, Wishes]]:
    """Whose cards are shown, each with its company and what is said."""
    rows = db.session.execute(select(Card.person_id, Company.id, Company.says).join(Company))
    return {person_id: (company_id, packing.read(says)) for person_id, company_id, says in rows}


def test_two_wait_and_the_third_brings_them_along(ana: Person, ben: Person, zoe: Person):
    for person in (ana, ben):
        show_card(wish(person))
    assert seen() == {}
    show_card(wish(zoe))
    assert seen().keys() == {ana.id, ben.id, zoe.id}


def test_of_other_boards_nobody_is_company(ana: Person, ben: Person, zoe: Person):
    for person, state in ((ana, "AZ"), (ben, "AZ"), (zoe, "TX")):
        show_card(wish(person, state=state))
    assert seen() == {}


def test_who_turns_hers_off_takes_the_others_along_at_once(app):
    ida, una, eve = three()
    cards.turn_off(card_of(ida), now=app_clock.now())
    assert seen() == {}
    assert card_of(una).on_at
    assert card_of(eve).on_at


def test_nothing_is_kept_of_a_card_that_is_off(app):
    ida, *_ = three()
    cards.turn_off(card_of(ida), now=app_clock.now())
    off = card_of(ida)
    assert (off.says, off.line, off.on_at, off.expires_at) == ({}, "", None, None)


def test_the_others_rest_until_the_morning(app, clock):
    ida, una, eve, amy = three("Ida Lowell", "Una Price", "Eve Marsh", "Amy Field")
    cards.turn_off(card_of(ida), now=app_clock.now())
    assert companies.bring_together(app_clock.now()) == 0
    in_the_morning(clock)
    assert seen().keys() == {una.id, eve.id, amy.id}


def test_nobody_comes_and_goes_more_than_once_a_day(app):
    ida, *_ = three()
    for _ in range(3):
        cards.turn_off(card_of(ida), now=app_clock.now())
        show_card(ida)
    assert seen() == {}


def test_every_company_gives_new_addresses(app, clock):
    ida, una, *_ = three("Ida Lowell", "Una Price", "Eve Marsh", "Amy Field")
    before = card_of(una).public_id
    cards.turn_off(card_of(ida), now=app_clock.now())
    in_the_morning(clock)
    assert card_of(una).public_id != before


def test_a_company_that_lost_an_account_ends(app):
    ida, *_ = three()
    db.session.execute(delete(Person).where(Person.id == ida.id))
    db.session.expire_all()
    companies.end_broken(app_clock.now())
    assert seen() == {}


def test_a_card_needs_to_know_whose_hours(ana: Person):
    with pytest.raises(Refused, match="which license"):
        show_card(wish(ana, state="", discipline=""))


WORLD = {
    "state": st.sampled_from(["AZ", "TX"]),
    "format": st.sampled_from([("individual",), ("individual", "group")]),
    "specialty": st.sampled_from([("trauma",), ("trauma", "grief"), ("grief",), ()]),
}
ACTS = st.lists(st.tuples(st.integers(0, 8), st.sampled_from(["on", "off", "morning"])), max_size=30)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS, wanted=st.lists(st.fixed_dictionaries(WORLD), min_size=9, max_size=9))
def test_no_act_of_one_shows_or_hides_fewer_than_three(app, clock, acts: list[tuple[int, str]], wanted: list[dict]):
    db.session.rollback()
    begin_writing()
    everyone = [wish(people.make_person(f"Nora {n}"), **said) for n, said in enumerate(wanted)]
    for who, act in acts:
        before, person = seen(), everyone[who]
        if act == "on":
            show_card(person)
        elif act == "off" and (card := cards.of(person)):
            cards.turn_off(card, now=app_clock.now())
        elif act == "morning":
            in_the_morning(clock)
        after = seen()
        came = {id for id in after if after[id] != before.get(id)}
        gone = {id for id in before if before[id] != after.get(id)}
        assert all(not some or len(some) >= alike.LEAST for some in (came, gone)), act
        assert all(sum(1 for other in after.values() if other == one) >= alike.LEAST for one in after.values())
    db.session.rollback()
