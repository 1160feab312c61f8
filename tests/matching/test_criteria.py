"""Criteria and the address: what is read, what is refused, what is written."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.licensure.kinds import DISCIPLINES
from app.matching import chips
from app.matching.criteria import (
    DAYS,
    DELIVERIES,
    EMPTY,
    FORMATS,
    NAMES,
    SORTS,
    VERDICTS,
    VOCABULARIES,
    Criteria,
    parse,
)  # fmt: skip
from app.places.areas import STATES
from app.taxonomies import vocabularies


def asked(query: str):
    return parse(parse_qs(query, keep_blank_values=True))


def some(choices):
    return st.sets(st.sampled_from(choices)).map(lambda chosen: [choice for choice in choices if choice in chosen])


everything = st.fixed_dictionaries(
    {
        "state": st.sampled_from(["", *(code for code, _ in STATES)]),
        "discipline": st.sampled_from(["", *DISCIPLINES, "consultation"]),
        "q": st.one_of(st.just(""), st.text(st.characters(exclude_categories=["C"]), max_size=100)),
        "format": some(FORMATS),
        "delivery": st.sampled_from(["", *DELIVERIES]),
        "zip": st.sampled_from(["", "78702", "00601"]),
        "within": st.integers(1, 500).map(str),
        **{kind: some(tuple(vocabularies.vocabulary(kind).terms)[:4]) for kind in VOCABULARIES},
        "max_fee": st.one_of(st.just(""), st.integers(0, 9999).map(str)),
        "day": some(DAYS),
        "after": st.sampled_from(["", "00:00", "9:30", "17:45"]),
        "before": st.sampled_from(["", "00:00", "12:00", "23:59"]),
        "seats": st.one_of(st.just(""), st.integers(1, 40).map(str)),
        "verdict": some(VERDICTS),
        "sort": st.sampled_from(["", "fit", *SORTS]),
        "page": st.integers(1, 99).map(str),
    }
)


@given(everything)
def test_what_is_written_reads_the_same_again(values):
    first = parse({name: [v] if isinstance(v, str) else v for name, v in values.items()}).criteria
    again = asked(first.query())
    assert again.criteria == first
    assert not again.problems


@given(st.dictionaries(st.sampled_from([*NAMES, "tz", "junk"]), st.lists(st.text(), max_size=4)))
def test_whatever_is_typed_is_read_without_a_fault(values):
    read = parse(values)
    assert set(read.problems) <= set(NAMES)
    assert asked(read.criteria.query()).criteria == read.criteria


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("state=XX", "state"), ("state=Texas", "state"), ("discipline=law", "discipline"), ("delivery=fax", "delivery"),
        ("zip=1234", "zip"), ("zip=٧٨٧٠٢", "zip"), ("zip=78702&within=0", "within"), ("within=far", "within"),
        ("max_fee=cheap", "max_fee"), ("max_fee=-1", "max_fee"), ("max_fee=9999999999999999999", "max_fee"),
        ("max_fee=72.50", "max_fee"), ("after=25:00", "after"), ("before=noon", "before"), ("seats=0", "seats"),
        ("after=18:00&before=17:00", "before"), ("day=someday", "day"), ("format=choir", "format"),
        ("specialty=astrology", "specialty"), ("verdict=counts", "verdict"), ("sort=random", "sort"),
        ("q=" + "a" * 101, "q"), ("q=bell%07", "q"),
        ("state=TX&discipline=consultation&verdict=counts", "verdict"),
        ("state=TX&discipline=counseling&verdict=maybe", "verdict"),
    ],
)  # fmt: skip
def test_an_impossible_value_gets_words_and_the_rest_stands(query, field):
    read = asked(f"{query}&language=es")
    assert set(read.problems) == {field}
    assert read.criteria.language == ("es",)


def test_one_impossible_value_does_not_take_the_possible_ones_with_it():
    read = asked("day=mon&day=someday")
    assert read.criteria.day == ("mon",)
    assert "day" in read.problems


def test_what_was_typed_is_kept_for_the_field():
    assert asked("zip=787&max_fee=cheap").typed == {"zip": "787", "max_fee": "cheap"}


def test_spaces_around_and_between_words_do_not_matter():
    assert asked("q=%20+trauma%0A%09play++therapy%20").criteria == Criteria(q="trauma play therapy")
    assert asked("q=" + "a" * 100).criteria.q == "a" * 100


def test_unknown_names_and_empty_values_are_ignored():
    read = asked("colour=red&q=&zip=&within=25&state=&max_fee=")
    assert read.criteria == EMPTY
    assert not read.problems


def test_small_kindnesses_of_typing():
    read = asked("state=tx&max_fee=%24100&after=9:05&page=x&seats=1")
    assert read.criteria == Criteria(state="TX", max_fee=100, after=545)
    assert not read.problems


def test_the_address_leaves_out_what_is_usual():
    assert asked("page=1&sort=fit&within=25&zip=78702").criteria.query() == "zip=78702"
    assert asked("within=10").criteria.query() == ""


def test_a_filter_goes_whole_or_by_value_and_the_first_page_comes_back():
    criteria = asked("specialty=trauma&specialty=grief&zip=78702&within=10&page=3").criteria
    assert criteria.without("specialty", "trauma").query() == "zip=78702&within=10&specialty=grief"
    assert criteria.without("specialty").query() == "zip=78702&within=10"
    assert criteria.without("zip").query() == "specialty=grief&specialty=trauma"


def test_without_its_state_a_search_asks_for_no_verdict():
    criteria = asked("state=TX&discipline=counseling&verdict=counts").criteria
    assert criteria.without("state").query() == "discipline=counseling"


def test_a_track_needs_a_state_and_a_license():
    assert asked("state=TX&discipline=counseling").criteria.track_id == "TX/counseling"
    assert asked("state=TX&discipline=consultation").criteria.track_id == ""
    assert asked("state=TX").criteria.track_id == ""


@pytest.mark.parametrize(
    ("delivery", "words"),
    [("", "Online or within 25 miles of 78701"), ("in_person", "Within 25 miles of 78701")],
)
def test_a_distance_does_not_claim_to_leave_out_what_is_online(delivery, words):
    assert words in [chip.words for chip in chips.chips(Criteria(zip="78701", delivery=delivery), None)]
