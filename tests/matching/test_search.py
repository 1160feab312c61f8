"""Each filter on a few openings whose answers are counted by hand, on both databases."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import numpy as np
import pytest

from app.db import db as database
from app.licensure import tracks
from app.matching import filling, keeper, texts
from app.matching import search as matching
from app.matching.criteria import parse
from app.matching.filters import Reader
from app.openings import verdicts
from app.openings.models import FreshnessAsk, Opening
from app.places import finding
from app.places.models import Place
from app.supervisors.models import SupervisorTerm
from app.wishes.wishes import Wishes
from tests.people import (
    FRI,
    MON,
    SAT,
    SUN,
    TUE,
    WED,
    make_call_settings,
    make_credential,
    make_opening,
    make_supervisor,
)  # fmt: skip

AUSTIN = {"city": "Austin", "zip": "78702", "latitude": 30.2638, "longitude": -97.7166, "zone": "America/Chicago"}
ROUND_ROCK = {"city": "Round Rock", "zip": "78664", "latitude": 30.5145, "longitude": -97.668}
TEXARKANA = {"city": "Texarkana", "state": "AR", "zip": "71854", "latitude": 33.4487, "longitude": -94.0077}
CHICAGO = "America/Chicago"


@pytest.fixture
def find(db, clock):
    """find("state=TX"): the numbers of the openings found, in order."""

    def found(query: str, zone: str = CHICAGO, track: str | None = None, **more):
        verdicts.refresh_all(verdicts.today(clock.now()))
        db.session.commit()
        criteria = parse(parse_qs(query)).criteria
        chosen = tracks.load().find(*(track or criteria.track_id or "/").split("/"))
        place = finding.find(criteria.zip) if criteria.zip else None
        return matching.search(criteria, chosen, place, Reader(zone, clock.now()), **more)

    return found


@pytest.fixture(autouse=True)
def zip_codes(db):
    for zip, place in (("78702", AUSTIN), ("75501", TEXARKANA)):
        db.session.merge(Place(**{**place, "zip": zip, "state": "TX", "zone": CHICAGO}))
    db.session.flush()


@pytest.fixture
def farida(app):
    return make_supervisor("Farida Nightingale", code="LPC-S", state="TX", **AUSTIN)


def terms(supervisor, kind, *chosen):
    supervisor.terms += [SupervisorTerm(kind=kind, term=term, position=n) for n, term in enumerate(chosen)]


def there(found, kind):
    """The values of a facet that there are, with their numbers."""
    return {value: n for value, n in found.facets[kind].items() if n}


def test_nothing_asked_finds_every_open_place(find, farida, sam):
    ids = {make_opening(farida).id, make_opening(sam).id}
    assert set(find("").ids) == ids
    assert find("").total == 2


@pytest.mark.parametrize("status", ["draft", "paused", "closed"])
def test_what_is_not_published_is_not_found(find, sam, status):
    make_opening(sam, status=status)
    assert find("").total == 0


def test_a_hidden_profile_hides_its_openings(find, app):
    make_opening(make_supervisor("Hidden Person", is_published=False))
    assert find("").total == 0


def test_a_full_group_is_not_offered_and_seats_are_free_ones(find, sam):
    make_opening(sam, format="group", seats=4, taken=4)
    roomy = make_opening(sam, format="group", seats=6, taken=3)
    assert list(find("").ids) == [roomy.id]
    assert find("seats=3").total == 1
    assert find("seats=4").total == 0


def test_online_is_for_the_states_of_the_license_and_in_person_for_the_state_it_meets_in(find, farida):
    make_credential(farida, "LPC", state="OK")
    online = make_opening(farida)
    there = make_opening(farida, online=False, in_person=True)
    assert set(find("state=TX").ids) == {online.id, there.id}
    assert list(find("state=OK").ids) == [online.id]
    assert find("state=OK&delivery=in_person").total == 0
    assert find("state=AZ").total == 0


def test_a_refused_license_opens_no_state(find, farida):
    make_credential(farida, "LPC", state="OK", status="refused")
    make_opening(farida)
    assert find("state=OK").total == 0


def test_delivery(find, farida):
    online = make_opening(farida)
    both = make_opening(farida, in_person=True)
    room = make_opening(farida, online=False, in_person=True)
    assert set(find("delivery=online").ids) == {online.id, both.id}
    assert set(find("delivery=in_person").ids) == {both.id, room.id}


def test_a_zip_restricts_what_is_in_person_and_leaves_what_is_online(find, farida):
    near = make_opening(farida, online=False, in_person=True, **ROUND_ROCK)
    online = make_opening(farida, **TEXARKANA)
    assert set(find("zip=78702&within=25").ids) == {near.id, online.id}
    assert list(find("zip=78702&within=17&delivery=in_person").ids) == []
    assert list(find("zip=78702&within=18&delivery=in_person").ids) == [near.id]


def test_across_the_border_counts_for_a_state_when_the_license_does_and_the_zip_is_near(find, farida):
    across = make_opening(farida, online=False, in_person=True, **TEXARKANA)
    assert list(find("state=TX&zip=75501").ids) == [across.id]
    assert find("state=TX").total == 0
    assert find("state=OK&zip=75501").total == 0


def test_formats_are_filtered_and_counted_beside_each_other(find, farida):
    one, group = make_opening(farida), make_opening(farida, format="group")
    assert list(find("format=individual").ids) == [one.id]
    assert list(find("format=group").ids) == [group.id]
    assert there(find("format=group"), "format") == {"individual": 1, "group": 1}
    assert find("format=group&format=individual").total == 2


def test_the_fee_asked_for_is_the_full_one(find, farida):
    make_opening(farida, fee=101, reduced_fee_cents=5000, reduced_places=1)
    cheap = make_opening(farida, fee=100)
    assert list(find("max_fee=100").ids) == [cheap.id]


def test_of_one_vocabulary_any_will_do_and_of_two_both_must_hold(find, farida, sam):
    terms(farida, "language", "es")
    terms(sam, "language", "fr")
    hers, his = make_opening(farida), make_opening(sam)
    assert set(find("language=es&language=fr").ids) == {hers.id, his.id}
    assert list(find("language=es&specialty=trauma").ids) == [hers.id]
    assert find("language=es&specialty=grief").total == 0


@pytest.mark.parametrize("kind", ["specialty", "modality", "population", "style", "setting", "language", "affinity"])
def test_each_vocabulary_is_a_filter(find, farida, kind):
    term = {"specialty": "grief", "modality": "emdr", "population": "teens", "style": "reflective",
            "setting": "school", "language": "es", "affinity": "parent"}[kind]  # fmt: skip
    terms(farida, kind, term)
    opening = make_opening(farida)
    assert list(find(f"{kind}={term}").ids) == [opening.id]


def test_a_license_alone_finds_those_who_hold_one_of_its_kind(find, farida):
    hers = make_opening(farida)
    make_opening(make_supervisor("Kenji Summerlake", code="LCSW-S", state="TX", **AUSTIN))
    assert list(find("discipline=counseling").ids) == [hers.id]
    assert find("state=TX&discipline=counseling").total == 2
    assert find("discipline=consultation").total == 2


@pytest.mark.parametrize(
    ("query", "zone", "found"),
    [
        ("day=tue", CHICAGO, True),
        ("day=tue", "America/New_York", True),
        ("day=tue", "Asia/Tokyo", False),
        ("day=wed", "Asia/Tokyo", True),
        ("day=wed&after=08:30&before=09:30", "Asia/Tokyo", True),
        ("after=17:30", CHICAGO, True),
        ("after=17:31", CHICAGO, False),
        ("after=18:30", "America/New_York", True),
        ("before=18:30", CHICAGO, True),
        ("before=18:29", CHICAGO, False),
        ("before=00:00", CHICAGO, True),
        ("after=16:30&before=17:30", "America/Phoenix", True),
        ("day=mon&day=tue&after=17:00", CHICAGO, True),
    ],
)
def test_days_and_hours_are_the_readers(find, farida, query, zone, found):
    make_opening(farida, times=[(TUE, 17 * 60 + 30)])
    assert find(query, zone=zone).total == found


def test_day_and_hours_hold_for_one_meeting(find, farida):
    make_opening(farida, times=[(MON, 9 * 60), (WED, 18 * 60)])
    assert find("day=wed&after=17:00").total == 1
    assert find("day=mon&after=17:00").total == 0
    assert find("day=mon&day=fri&before=10:00").total == 1


def test_each_zone_is_carried_over_by_its_own_offset(find, farida, sam):
    chicago = make_opening(farida, times=[(FRI, 18 * 60)])  # 5 pm in Phoenix, where Sam is
    phoenix = make_opening(sam, times=[(FRI, 18 * 60)])
    assert list(find("after=18:00", zone="America/Phoenix").ids) == [phoenix.id]
    assert list(find("before=18:00", zone="America/Phoenix").ids) == [chicago.id]


def test_the_clock_change_moves_what_a_reader_without_summer_time_can_attend(find, farida, clock):
    make_opening(farida, times=[(SAT, 17 * 60)])
    clock.at(datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert find("after=16:00", zone="America/Phoenix").total == 0
    clock.at(datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert find("after=16:00", zone="America/Phoenix").total == 1


def test_late_on_sunday_there_is_monday_here(find, app):
    pacific = make_supervisor("Lupe Marigold", zone="America/Los_Angeles")
    make_opening(pacific, times=[(SUN, 23 * 60)])
    assert find("day=mon", zone="America/New_York").total == 1
    assert find("day=sun", zone="America/New_York").total == 0


def test_without_a_time_an_opening_suits_no_day(find, farida):
    make_opening(farida, times=[])
    assert find("day=mon").total == 0
    assert find("").total == 1


@pytest.fixture
def texas(farida):
    """Four openings: counts, partly, check, no, on TX marriage and family."""
    make_credential(farida, "LMFT-S", state="TX")
    pat = make_supervisor("Pat Lindqvist", code="LMFT-S", state="TX", status="self_reported", **AUSTIN)
    kenji = make_supervisor("Kenji Summerlake", code="LCSW-S", state="TX", **AUSTIN)
    return {
        "no": make_opening(kenji).id,
        "check": make_opening(pat).id,
        "partly": make_opening(farida, format="group", seats=6).id,
        "counts": make_opening(farida).id,
    }


def test_what_counts_comes_first_and_every_verdict_is_counted(find, texas):
    found = find("state=TX&discipline=marriage_family")
    assert list(found.ids) == [texas[value] for value in ("counts", "partly", "check", "no")]
    assert there(found, "verdict") == {"counts": 1, "partly": 1, "check": 1, "no": 1}


def test_a_verdict_is_a_filter(find, texas):
    found = find("state=TX&discipline=marriage_family&verdict=counts&verdict=check")
    assert list(found.ids) == [texas["counts"], texas["check"]]
    assert there(found, "format") == {"individual": 2}


def test_an_opening_without_a_stored_value_has_the_tracks_usual_one(find, sam):
    make_opening(sam)
    found = find("", track="TX/counseling")
    assert there(found, "verdict") == {"no": 1}


def test_without_a_track_what_was_not_confirmed_for_too_long_comes_last_and_the_rest_takes_turns(find, sam, clock):
    stale = make_opening(sam, confirmed_at=clock.now() - timedelta(days=32))
    ages = {900_000 + day: timedelta(days=day) for day in range(8)}  # whose turn it is depends on the numbers
    others = {make_opening(sam, id=id, confirmed_at=clock.now() - age).id for id, age in ages.items()}
    leading = set()
    for _ in range(6):
        *before, last = find("").ids
        assert (set(before), last) == (others, stale.id)
        leading.add(before[0])
        clock.forward(days=1)
        stale.confirmed_at += timedelta(days=1)
    assert len(leading) >= 4


def test_of_equals_those_who_answer_late_come_after_those_who_may_not(find, farida, sam, clock):
    slow, unknown = make_opening(farida), {make_opening(sam).id for _ in range(4)}
    for days in range(5):
        asked = clock.now() - timedelta(days=20 + days)
        token = f"{slow.id}/{days}".ljust(64, "x")
        answered = {"answered_at": asked + timedelta(days=4), "answer": "open"}
        database.session.add(FreshnessAsk(opening_id=slow.id, token_hash=token, asked_at=asked, **answered))
    *before, last = find("").ids
    assert (set(before), last) == (unknown, slow.id)


def wishing(find, query="", **said):
    return find(query, wishes=Wishes(state="TX", discipline="marriage_family", **said))


def test_with_wishes_the_best_fit_comes_first_unless_another_order_is_asked_for(find, texas):
    found = wishing(find)
    assert list(found.ids) == [texas[value] for value in ("counts", "partly", "check", "no")]
    assert list(found.scores) == sorted(found.scores, reverse=True)
    newest = wishing(find, "sort=newest")
    assert list(newest.ids) == [texas[value] for value in ("counts", "partly", "check", "no")]
    assert list(newest.scores) == list(found.scores)
    assert find("").scores == ()


def test_a_must_filters_and_is_counted_with(find, texas):
    found = wishing(find, "state=TX&discipline=marriage_family", musts=frozenset(["verdict"]))
    assert (found.total, there(found, "verdict")) == (2, {"counts": 1, "partly": 1})


def test_where_nothing_meets_the_musts_each_says_what_it_gives_as_a_like(find, texas):
    found = wishing(find, format=("group",), max_fee=10, musts=frozenset(["verdict", "format", "fee"]))
    assert (found.total, list(found.loosened)) == (0, [(("fee",), 1)])
    assert found.ways_out == []
    nothing = wishing(find, "format=individual", format=("group",), musts=frozenset(["format"]))
    assert ([way.total for way in nothing.ways_out], list(nothing.loosened)) == ([1], [(("format",), 3)])


def test_where_no_single_must_is_in_the_way_two_are_named_or_else_all(find, texas):
    musts = frozenset(["format", "fee", "setting"])
    two = {"format": ("group",), "max_fee": 10, "setting": ("school",), "musts": musts}
    assert list(wishing(find, **two).loosened) == [(("fee", "setting"), 1)]
    silent = {"setting": ("school",), "language": ("fr",), "affinity": ("black",)}
    assert list(wishing(find, **silent, musts=frozenset(silent)).loosened) == [(tuple(silent), 4)]


def test_words_are_a_filter_like_others(find, farida, sam):
    hers, his = make_opening(farida), make_opening(sam)
    assert list(find("q=nightingale").ids) == [hers.id]
    assert list(find("q=okaf").ids) == [his.id]
    assert [way.name for way in find("q=zyzzyva").ways_out] == ["q"]
    assert find("q=%21").total == 2


def test_what_is_remembered_of_a_search_is_forgotten_when_something_changes(find, farida, sam):
    make_opening(farida)
    assert (find("q=nightingale").total, find("format=group").total) == (1, 0)
    farida.name = "Farida Robin"
    make_opening(sam, format="group")
    assert (find("q=nightingale").total, find("format=group").total) == (0, 1)


def test_on_the_facets_each_choice_is_counted_with_the_others_standing(find, farida):
    terms(farida, "language", "es", "fr")
    make_opening(farida)
    make_opening(farida, format="group", in_person=True)
    found = find("format=group&language=es&delivery=in_person").facets
    assert found["format"] == {"individual": 0, "group": 1}
    assert found["delivery"] == {"online": 1, "in_person": 1}
    assert (found["language"]["es"], found["language"]["fr"], found["language"]["en"]) == (1, 1, 0)
    assert "verdict" not in found


def test_feeds_and_the_like_count_nothing(find, farida):
    make_opening(farida)
    assert find("", counting=False).facets == {}


def test_sorted_by_fee_by_age_and_by_the_next_free_call(find, sam, farida, clock):
    make_call_settings(farida)
    early = make_opening(farida, fee=120, published_at=clock.now() - timedelta(days=2))
    cheap = make_opening(sam, fee=80, published_at=clock.now() - timedelta(days=5))
    assert list(find("sort=fee").ids) == [cheap.id, early.id]
    assert list(find("sort=newest").ids) == [early.id, cheap.id]
    assert list(find("sort=soonest").ids) == [early.id, cheap.id]


def test_pages_follow_one_another_and_end(find, sam):
    for n in range(23):
        make_opening(sam, fee=50 + n)
    first, second = find("sort=fee"), find("sort=fee&page=2")
    assert (len(first.ids), len(second.ids), first.total) == (20, 3, 23)
    assert not set(first.ids) & set(second.ids)
    assert find("sort=fee&page=99").ids == second.ids


def test_where_nothing_suits_each_filter_says_what_there_is_without_it(find, farida):
    terms(farida, "language", "es")
    make_opening(farida, fee=90)
    make_opening(farida, fee=40, format="group")
    found = find("language=fr&max_fee=100&format=individual")
    assert [(way.name, way.total, way.criteria.query()) for way in found.ways_out] == [
        ("language", 1, "format=individual&max_fee=100")
    ]
    assert [way.name for way in find("max_fee=20&format=individual").ways_out] == ["max_fee"]


def test_ways_out_come_with_the_most_first(find, farida):
    make_opening(farida, fee=40)
    make_opening(farida, fee=90, format="group")
    make_opening(farida, fee=90, format="group")
    found = find("max_fee=50&format=group")
    assert [(way.name, way.total) for way in found.ways_out] == [("max_fee", 2), ("format", 1)]


def test_stored_openings_are_only_read(find, db, farida):
    make_opening(farida)
    find("state=TX&day=mon")
    assert not db.session.dirty
    assert db.session.query(Opening).count() == 1


def test_words_that_are_read_while_a_change_is_taken_in_are_not_kept(find, farida, monkeypatch):
    opening = make_opening(farida)
    assert find("q=harbor").total == 0
    patch, before = filling.patch, keeper.current().seq

    def asked_meanwhile(index, *changed):
        patch(index, *changed)
        with monkeypatch.context() as older:  # another reader, who looks at older tables
            older.setattr(texts, "answering", lambda text: (np.zeros(0, np.int64), before))
            matching._said(index, "harbor")

    monkeypatch.setattr(filling, "patch", asked_meanwhile)
    farida.headline = "Harbors"
    assert list(find("q=harbor").ids) == [opening.id]
