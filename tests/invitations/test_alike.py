"""What cards say: nothing private, nothing fine, and nothing that fewer than three have in common."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.invitations import alike
from app.taxonomies import vocabularies
from app.wishes import week
from app.wishes.wishes import PRIVATE, VOCABULARIES, WISHES, Wishes

ANA = Wishes(
    state="AZ", discipline="counseling", format=("individual",), delivery="in_person", zip="85701",
    free=((1440 + 17 * 60, 1440 + 20 * 60), (2 * 1440 + 9 * 60 + 30, 2 * 1440 + 11 * 60)), zone="America/Phoenix",
    max_fee=90, specialty=("trauma", "grief"), affinity=("lgbtqia",), musts=frozenset({"verdict", "times", "affinity"}),
)  # fmt: skip
DAYPARTS = [(day, part) for day in (0, 1, 5) for part in ("morning", "evening")]


def some_of(kind: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(list(vocabularies.vocabulary(kind).terms)[:3]), unique=True).map(tuple)


def anybody() -> st.SearchStrategy[Wishes]:
    """Wishes from a small world, so that people are alike now and then."""
    return st.builds(
        Wishes,
        state=st.sampled_from(["AZ", "TX"]),
        discipline=st.sampled_from(["counseling", "consultation"]),
        format=st.sampled_from([(), ("individual",), ("individual", "group")]),
        delivery=st.sampled_from(["", "online", "in_person"]),
        zip=st.sampled_from(["", "85701", "78701"]),
        free=st.lists(st.sampled_from(DAYPARTS), unique=True).map(lambda parts: week.spans(parts, ())),
        zone=st.sampled_from(["America/Phoenix", "America/Chicago"]),
        max_fee=st.one_of(st.none(), st.integers(0, 300)),
        musts=st.sets(st.sampled_from(WISHES)).map(frozenset),
        **{kind: some_of(kind) for kind in VOCABULARIES},
    )


def town() -> st.SearchStrategy[list[Wishes]]:
    """The cards of a town, each with the fields its owner chose."""
    fields = st.sets(st.sampled_from(alike.FIELDS))
    return st.lists(st.builds(alike.card, anybody(), fields), max_size=14)


def test_nothing_private_can_be_chosen():
    assert not set(alike.FIELDS) & {*PRIVATE, "zip", "within"}


@given(anybody())
def test_whatever_is_chosen_a_card_holds_no_place_and_nothing_private(wishes: Wishes):
    card = alike.card(wishes, (*alike.FIELDS, *PRIVATE, "zip"))
    assert (card.zip, card.affinity) == ("", ())
    assert not card.musts & set(PRIVATE)


def test_a_card_tells_the_track_alone_when_nothing_is_chosen():
    assert alike.card(ANA, ()) == Wishes(state="AZ", discipline="counseling", musts=frozenset({"verdict"}))


def test_times_are_told_as_whole_parts_of_days_and_fees_in_steps():
    card = alike.card(ANA, ("times", "fee"))
    assert card.free == ((1440 + 17 * 60, 1440 + 20 * 60),)
    assert card.max_fee == 75


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("America/Indiana/Tell_City", "America/Chicago"), ("America/Kentucky/Monticello", "America/New_York"),
        ("America/Boise", "America/Denver"), ("America/Phoenix", "America/Phoenix"),
        ("America/Juneau", "America/Anchorage"), ("Asia/Kathmandu", "Asia/Kathmandu"),
    ],
)  # fmt: skip
def test_a_zone_is_told_as_the_clock_it_keeps_and_no_county(zone: str, told: str):
    assert alike.card(replace(ANA, zone=zone), ("times",)).zone == told


def test_whose_clocks_agree_have_their_times_in_common():
    cards = [alike.card(replace(ANA, zone=zone), ("times",)) for zone in ("America/Detroit", "America/New_York")]
    assert alike.common(cards).free == cards[0].free


def test_a_budget_below_the_first_step_is_told_as_nothing_at_all():
    assert [alike.card(replace(ANA, max_fee=fee), ("fee",)).max_fee for fee in (0, 20, 25)] == [0, None, 25]


def test_a_company_says_what_all_have_in_common():
    ben = replace(ANA, specialty=("grief", "trauma"), max_fee=60, delivery="online", format=("individual",))
    says = alike.common([alike.card(one, alike.FIELDS) for one in (ANA, ben, ben)])
    assert says.specialty == ("grief", "trauma")
    assert (says.delivery, says.max_fee) == ("", 50)


def test_a_must_that_not_all_share_is_told_of_none():
    ben = replace(ANA, free=ANA.free[:1], musts=frozenset({"times"}))
    says = alike.common([alike.card(one, alike.FIELDS) for one in (ANA, ben, ben)])
    assert says.musts == {"times"}


@pytest.mark.parametrize(("waiting", "sizes"), [(2, []), (3, [3]), (4, [4]), (5, [5]), (6, [3, 3]), (10, [3, 3, 4])])
def test_companies_are_of_three_to_five(waiting: int, sizes: list[int]):
    made = alike.gather(dict.fromkeys(range(waiting), alike.card(ANA, alike.USUAL)))
    assert sorted(len(ids) for ids, _ in made) == sizes


def test_of_six_those_are_put_together_who_have_most_in_common():
    ben = replace(ANA, free=((5 * 1440 + 9 * 60, 5 * 1440 + 12 * 60),))
    cards = [alike.card(one, alike.USUAL) for one in (ANA, ben, ANA, ben, ANA, ben)]
    assert {frozenset(ids) for ids, _ in alike.gather(dict(enumerate(cards)))} == {
        frozenset({0, 2, 4}),
        frozenset({1, 3, 5}),
    }


def is_true_of(says: Wishes, card: Wishes) -> bool:
    """Whether everything that is said of a card stands on it."""
    return (
        alike.key(says) == alike.key(card)
        and says.delivery in ("", card.delivery)
        and (says.max_fee is None or (card.max_fee is not None and says.max_fee <= card.max_fee))
        and (not says.free or says.zone == card.zone)
        and week.week(says.free).parts <= week.week(card.free).parts
        and says.musts <= card.musts
        and all(set(getattr(says, kind)) <= set(getattr(card, kind)) for kind in VOCABULARIES)
    )


@settings(max_examples=300, deadline=None)
@given(town())
def test_whatever_cards_are_on_all_that_is_seen_of_one_is_seen_of_two_others_and_true(cards: list[Wishes]):
    made = alike.gather(dict(enumerate(cards)))
    seen = Counter(says for ids, says in made for _ in ids)
    assert all(count >= alike.LEAST for count in seen.values())
    assert all(is_true_of(says, cards[id]) for ids, says in made for id in ids)
    assert len({id for ids, _ in made for id in ids}) == sum(len(ids) for ids, _ in made)
