"""Advice really improves, and what the editor shows is what the rule says."""

import random
from dataclasses import astuple, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.licensure import eligibility, tracks
from app.licensure.facts import Facts, Held, Offer
from app.licensure.verdict import Value
from app.openings import fees, outlook, writing
from app.openings.advice import improvements
from app.openings.fees import Fee
from tests.people import make_credential, make_opening, make_supervisor

ON = date(2026, 11, 24)
TRACKS = tuple(tracks.load())
CODES = {"counseling": "LPC-S", "marriage_family": "LMFT-S", "social_work": "LCSW-S"}


def facts(track, code=None, *, verified=True):
    code = code or next((one for one in track.supervisor_credentials), CODES[track.discipline])
    issued, until = date(2012, 5, 1), date(2029, 5, 1)
    held = Held(code, track.state, issued, until, verified=verified, approved=True, training_hours=60)
    return Facts("Farida", (held,))


offers = st.builds(
    lambda seats, where: Offer(seats, where != "in_person", where != "online"),
    st.integers(1, 14), st.sampled_from(("online", "in_person", "both")),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(TRACKS), offers, st.booleans())
def test_every_advice_improves_the_verdict_by_one_change(track, offer, verified):
    who = facts(track, verified=verified)
    now = eligibility.judge(track, offer, who, ON).value
    for advice in improvements(track, offer, who, ON):
        pairs = zip(astuple(advice.offer), astuple(offer), strict=True)
        assert sum(one != other for one, other in pairs) == 1
        assert eligibility.judge(track, advice.offer, who, ON).value == advice.value > now


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(TRACKS), st.integers(2, 14))
def test_of_fewer_seats_it_names_the_most_that_will_do(track, seats):
    offer, who = Offer(seats, True, True), facts(track)
    for advice in improvements(track, offer, who, ON):
        more = Offer(advice.offer.seats + 1, True, True)
        assert eligibility.value(track, more, who, ON) < advice.value


def test_six_seats_instead_of_eight_and_two_people_instead_of_a_group():
    track = tracks.load().track("ID/social_work")
    assert [advice.words for advice in improvements(track, Offer(8, True, True), facts(track), ON)] == [
        "Two people at a time instead of 8 makes it count for Idaho LCSW.",
        "6 seats instead of 8 makes it count in part for Idaho LCSW.",
    ]


def test_where_video_does_not_count_it_advises_to_offer_it_in_person_too():
    track = replace(tracks.load().track("TX/counseling"), remote="not_allowed", secondary_keys=frozenset())
    said = [advice.words for advice in improvements(track, Offer(1, True, False), facts(track), ON)]
    assert said == ["Offering it in person too makes it count for Texas LPC."]


def test_what_is_doubtful_with_any_number_of_seats_is_not_improved_by_fewer():
    florida = tracks.load().track("FL/counseling")
    said = [advice.words for advice in improvements(florida, Offer(8, True, True), facts(florida), ON)]
    assert not any("6 seats" in words for words in said)


def test_where_it_counts_already_there_is_nothing_to_advise():
    track = tracks.load().track("TX/counseling")
    assert eligibility.value(track, Offer(1, True, True), facts(track), ON) is Value.COUNTS
    assert improvements(track, Offer(1, True, True), facts(track), ON) == []


def test_the_outlook_is_what_the_rule_says_of_two_hundred_openings(app):
    chance = random.Random(7)
    hers = make_supervisor("Farida Nightingale", code="LPC-S", state="TX")
    make_credential(hers, "LMFT", state="FL", status="pending")
    for _ in range(200):
        where = chance.choice(((True, False), (False, True), (True, True)))
        offer = Offer(chance.randint(1, 12), *where)
        for look in outlook.outlook(hers, offer, ON):
            known = outlook.facts.facts_of(hers)
            said = eligibility.judge(look.track, offer, known, ON)
            assert (look.verdict.value, look.verdict.reasons) == (said.value, said.reasons)
            assert look.track.state in ("TX", "FL")


def test_the_live_panel_shows_what_the_rule_says_of_what_is_typed(visit, app):
    hers = make_supervisor("Farida Nightingale", code="LPC-S", state="TX")
    opening, her = make_opening(hers), visit(hers)
    chance = random.Random(11)
    for _ in range(12):
        kind, seats = chance.choice(("individual", "dyad", "group")), chance.randint(2, 12)
        typed = {"format": kind, "seats": seats, "delivery": chance.choice(("online", "in_person", "both")), "fee": 90}
        part = her.get(f"/my/openings/{opening.id}/outlook", query_string=typed, htmx=True).text
        offer = Offer(writing.SEATS.get(kind, seats), typed["delivery"] != "in_person", typed["delivery"] != "online")
        for look in outlook.outlook(hers, offer, ON):
            assert f'data-track="{look.track.id}" data-verdict="{look.verdict.value.value}"' in part
    assert opening.seats == 1


@pytest.mark.parametrize(
    ("typed", "shown", "rhythm", "settled"),
    [
        (Fee(4500, None), Fee(None, None), "weekly", Fee(4500, 19500)),
        (Fee(None, 19500), Fee(None, None), "weekly", Fee(4500, 19500)),
        (Fee(4500, 30000), Fee(4500, 19500), "weekly", Fee(6923, 30000)),
        (Fee(5000, 19500), Fee(4500, 19500), "weekly", Fee(5000, 21700)),
        (Fee(5000, 30000), Fee(4500, 19500), "weekly", Fee(5000, 21700)),
        (Fee(4500, 19500), Fee(4500, 19500), "fortnightly", Fee(4500, 9800)),
        (Fee(4500, None), Fee(4500, 4500), "monthly", Fee(4500, 4500)),
        (Fee(0, None), Fee(None, None), "weekly", Fee(0, 0)),
        (Fee(None, None), Fee(None, None), "weekly", Fee(None, None)),
    ],
)
def test_the_fee_that_was_typed_wins(typed, shown, rhythm, settled):
    assert fees.settle(typed, shown, rhythm) == settled


@given(st.integers(0, 3000), st.sampled_from(tuple(fees.MEETINGS)))
def test_a_months_fee_in_whole_dollars_comes_back_as_it_was_typed(dollars, rhythm):
    assert fees.month(fees.session(dollars * 100, rhythm), rhythm) == dollars * 100
