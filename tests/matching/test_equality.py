"""The search in memory finds what plain SQL finds: the same openings in the same order, the same numbers."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
import time_machine

from app.db import db as database
from app.licensure import tracks
from app.matching import search as matching
from app.matching import tally
from app.matching.filters import Reader
from app.places import finding
from tests.conftest import TUESDAY
from tests.matching import crowd, likely, reference

SEARCHES = 500


@pytest.fixture(scope="module")
def gathered(house):
    """A crowd of openings on each database, for all tests of this file: they only read."""
    house.empty()
    with time_machine.travel(TUESDAY, tick=False), house.app.app_context():
        crowd.gather(Random(11))
        database.session.remove()
    return house


@pytest.fixture
def tables(gathered, clock):
    """The crowd, as plain SQL reads it."""
    with gathered.app.app_context():
        yield reference.Tables(clock.now())
        database.session.remove()


def asked(random, now):
    """Any search: its criteria, on whose track, from where, by whose clock, with which wishes."""
    criteria = crowd.wanted(random)
    kept = random.choice(("TX/counseling", "AZ/counseling", "/"))  # the track that was remembered
    track = None if criteria.is_consultation else tracks.load().find(*(criteria.track_id or kept).split("/"))
    place = finding.find(criteria.zip) if criteria.zip else None
    return criteria, track, place, Reader(random.choice(likely.ZONES), now), crowd.wishes(random)


def test_five_hundred_searches_find_what_plain_sql_finds(tables):
    random, found_any = Random(12), 0
    for _ in range(SEARCHES):
        what = asked(random, tables.now)
        found, plain = matching.search(*what), reference.Search(tables, *wished(*what))
        assert (found.total, found.places, list(found.ids)) == (plain.total, plain.places, plain.ids), what
        assert list(found.scores) == plain.scores, what
        assert found.facets == plain.facets, what
        found_any += bool(found.total)
    assert found_any > SEARCHES / 3


def test_where_nothing_is_found_each_must_that_could_be_a_like_is_named_with_what_it_gives(tables):
    random, loosened = Random(13), 0
    for _ in range(80):
        what = asked(random, tables.now)
        found = matching.search(*what)
        if found.total or not what[4] or not what[4].musts:
            continue
        gives = reference.Search(tables, *what).loosened
        assert dict(found.loosened) == gives
        assert [n for _, n in found.loosened] == sorted(gives.values(), reverse=True)
        loosened += bool(gives)
    assert loosened


def test_without_a_state_each_is_counted_as_it_would_be_found(tables):
    random, counted = Random(14), 0
    while counted < 25:
        criteria, track, *others = asked(random, tables.now)
        if criteria.state:
            continue
        counted += 1
        found = matching.search(criteria, track, *others).states
        for state in ("TX", "AZ", "AR", "OK"):
            there = replace(criteria, state=state)
            assert found.get(state, 0) == reference.Search(tables, *wished(there, track, *others)).total, there


def test_the_pages_of_a_search_are_its_whole_order(tables):
    for sort in ("", "fee", "newest", "soonest"):
        criteria, *others = asked(Random(3), tables.now)
        criteria = replace(type(criteria)(state="TX"), sort=sort)
        every = reference.Search(tables, criteria, *wished(criteria, *others)[1:]).everything
        pages = [matching.search(criteria.on_page(n), *others).ids for n in range(1, len(every) // 20 + 2)]
        assert [id for ids in pages for id in ids] == every
        assert sorted(matching.numbers(criteria, *others)) == sorted(every)


def test_of_some_openings_the_newest_come_in_the_order_of_the_newest(tables):
    criteria, *others = asked(Random(3), tables.now)
    criteria = replace(type(criteria)(state="TX"), sort="newest")
    every = reference.Search(tables, criteria, *wished(criteria, *others)[1:]).everything
    some = np.array([*every[1::3], 10**6])
    assert matching.newest(some, 7, tables.now) == every[1::3][:7]


def test_open_places_by_state_are_those_of_plain_sql(tables):
    assert tally.by_state() == reference.by_state()
    assert tally.all_places() == reference.all_places()


def wished(criteria, track, place, reader, wishes):
    """The same, for the reference: who wishes for nothing has no wishes."""
    return criteria, track, place, reader, wishes if wishes and wishes.has_any else None
