"""Wishes as JSON: the same again, small enough for a cookie, and nothing that was kept makes reading fail."""

import json
import random
from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.taxonomies import vocabularies
from app.wishes import packing, week
from app.wishes.wishes import EMPTY, MOST_TERMS, VOCABULARIES, WEEK, WISHES, Wishes, joined

GENEROUS = Wishes(
    state="TX",
    discipline="counseling",
    format=("individual", "group"),
    delivery="in_person",
    zip="78701",
    within=40,
    free=week.spans([(day, part) for day in range(7) for part in ("early", "noon", "evening")], [(0, 995, 1015)]),
    zone="America/Indiana/Indianapolis",
    max_fee=120,
    musts=frozenset(WISHES),
    **{kind: tuple(vocabularies.vocabulary(kind).terms)[-MOST_TERMS:] for kind in VOCABULARIES},
)


def test_what_is_packed_is_read_again():
    assert packing.read(json.loads(json.dumps(packing.packed(GENEROUS)))) == GENEROUS


def test_nothing_packed_is_nothing():
    assert packing.packed(EMPTY) == {}
    assert packing.read({}) == EMPTY


def test_generous_answers_stay_well_under_a_cookie(app: Flask):
    scattered = random.Random(4)
    hours = [(day, start, start + 55) for day in range(7) for start in sorted(scattered.sample(range(0, 1380, 60), 14))]
    crowded = replace(GENEROUS, free=week.spans([], hours))
    cookie = app.session_interface.get_signing_serializer(app).dumps({"wishes": packing.packed(crowded)})
    assert len(cookie) < 3000


@pytest.mark.parametrize(
    "kept",
    [
        None, [], "text", 7, {"state": 7}, {"state": ["TX"]}, {"discipline": {}}, {"format": "group"}, {"free": [1]},
        {"free": ["a", "b"]}, {"free": [[0, 60]], "zone": "America/Chicago"}, {"free": [60, 0], "zone": "UTC"},
        {"free": [0, WEEK + 1], "zone": "UTC"}, {"zip": "7870"}, {"within": True}, {"max_fee": -1}, {"max_fee": "90"},
        {"max_fee": 10**9}, {"specialty": [7, None, {"a": 1}]}, {"musts": "fee"}, {"musts": [["fee"]]}, {"zone": []},
    ],
)  # fmt: skip
def test_whatever_was_kept_reading_does_not_fail(kept):
    assert not packing.read(kept).has_any


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda some: st.lists(some, max_size=4) | st.dictionaries(st.sampled_from([*vars(EMPTY), "id"]), some, max_size=4),
    max_leaves=8,
)


@given(kept=ODD | st.fixed_dictionaries({}, optional=dict.fromkeys(vars(EMPTY), ODD)))
def test_whatever_stands_in_a_cookie_is_read_as_something_that_can_be_kept(kept):
    wishes = packing.read(kept)
    assert packing.read(json.loads(json.dumps(packing.packed(wishes)))) == wishes


def test_terms_that_are_gone_are_dropped_and_the_others_stay():
    kept = packing.packed(Wishes(specialty=("trauma",))) | {"style": ["gone"], "discipline": "gone", "zip": "78701"}
    kept["specialty"] = ["gone", "trauma", "gone-too"]
    assert packing.read(kept) == Wishes(specialty=("trauma",), zip="78701")


def test_of_a_long_list_so_many_are_read():
    assert len(packing.read({"specialty": list(vocabularies.vocabulary("specialty").terms)}).specialty) == MOST_TERMS


def test_a_must_of_nothing_is_none():
    tidy = packing.tidy(Wishes(max_fee=90, musts=frozenset({"fee", "times", "style"})))
    assert tidy.musts == {"fee"}


def test_times_without_a_zone_mean_nothing():
    assert packing.tidy(Wishes(free=((0, 60),), musts=frozenset({"times"}))) == EMPTY


@pytest.mark.parametrize("name", WISHES)
def test_each_wish_alone_is_something(name):
    assert GENEROUS.says(name)
    assert not EMPTY.says(name)


def test_nothing_is_wished_for_at_first_but_consultation_is_something():
    assert not EMPTY.has_any
    assert Wishes(discipline="consultation").has_any
    assert not Wishes(zone="America/Chicago", within=40).has_any


def test_spans_that_touch_are_one():
    assert joined([(60, 120), (0, 60), (100, 130), (200, 210), (300, 300), (-5, 4)]) == ((0, 130), (200, 210))
