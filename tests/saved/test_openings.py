"""Openings that a person keeps, and what changed in them since she looked."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from app.accounts.models import Person
from app.licensure import tracks
from app.openings import publishing, verdicts
from app.openings.models import Opening, Placement
from app.refusals import Missing, Refused
from app.saved import openings
from app.saved.models import LONGEST_NOTE
from tests.people import make_opening


@pytest.fixture
def arizona(app):
    return tracks.load().find("AZ", "counseling")


@pytest.fixture
def opening(sam):
    opening = make_opening(sam, fee=100, seats=2)
    verdicts.refresh([opening.id], verdicts.today(opening.created_at))
    return opening


@pytest.fixture
def changes(db, ana, arizona):
    """changes(): what Ana is told about the one opening she saved."""

    def told() -> list[tuple[str, str, str]]:
        db.session.flush()
        db.session.expire_all()
        (kept,) = openings.shelf(ana, arizona, 1).kept
        return [(line.label, line.before, line.after) for line in kept.changes]

    return told


def test_it_is_known_which_openings_she_saved(ana, ben, sam, opening, arizona, clock):
    other = make_opening(sam)
    openings.save(ana, opening, arizona, now=clock.now())
    assert openings.of(ana.id, [opening.id, other.id]) == {opening.id}
    assert openings.of(ben.id, [opening.id]) == openings.of(None, [opening.id]) == set()


def test_saved_twice_is_saved_once_and_dropped_twice_is_gone(ana, opening, arizona, clock):
    first = openings.save(ana, opening, arizona, now=clock.now())
    assert openings.save(ana, opening, arizona, now=clock.forward(days=1)) is first
    for _ in range(2):
        openings.drop(ana, opening.id)
    assert openings.of(ana.id, [opening.id]) == set()


def test_what_was_saved_last_comes_first_a_page_at_a_time(ana, sam, clock):
    for _ in range(openings.PER_PAGE + 1):
        openings.save(ana, make_opening(sam), None, now=clock.forward(minutes=1))
    first, second = (openings.shelf(ana, None, page) for page in (1, 2))
    assert (len(first.kept), len(second.kept), first.total, first.pages) == (10, 1, 11, 2)
    assert first.kept[0].saved.saved_at > first.kept[1].saved.saved_at > second.kept[0].saved.saved_at
    assert openings.shelf(ana, None, 99).page == 2


def test_there_is_a_most(ana, sam, clock, monkeypatch):
    monkeypatch.setattr(openings, "MOST", 1)
    openings.save(ana, make_opening(sam), None, now=clock.now())
    with pytest.raises(Refused, match="Let one go"):
        openings.save(ana, make_opening(sam), None, now=clock.now())


def test_nothing_is_said_while_nothing_changed(ana, opening, arizona, clock, changes):
    openings.save(ana, opening, arizona, now=clock.now())
    assert changes() == []


def test_fee_times_and_places_are_told_until_she_has_seen_them(ana, opening, arizona, clock, changes):
    openings.save(ana, opening, arizona, now=clock.now())
    opening.fee_cents = 12000
    opening.times[0].start_minute = 18 * 60
    opening.seat_rows[0].placements.append(Placement(started_at=clock.now()))
    assert changes() == [
        ("Places free", "2 of 2", "1 of 2"),
        ("Times", "Tuesday 5:30 pm, Arizona time", "Tuesday 6:00 pm, Arizona time"),
        ("Fee", "$100", "$120"),
    ]
    openings.see(ana, arizona, now=clock.forward(days=1), opening_id=opening.id)
    assert changes() == []


def test_that_it_is_full_rests_or_is_closed_is_told(db, ana, sam, opening, arizona, clock, changes):
    openings.save(ana, opening, arizona, now=clock.now())
    for seat in opening.seat_rows:
        seat.placements.append(Placement(started_at=clock.now()))
    assert changes() == [("Places free", "2 of 2", "none, it is full")]
    publishing.pause(opening, by=sam.person, now=clock.now())
    assert changes()[0] == ("Now", "taking people", "resting")
    publishing.remove(opening, by=sam.person, now=clock.now())
    assert changes() == [("Now", "taking people", "closed")]


def test_an_opening_of_a_profile_that_is_no_longer_shown_counts_as_closed(ana, sam, opening, clock, changes):
    openings.save(ana, opening, None, now=clock.now())
    sam.published_at = None
    assert changes() == [("Now", "taking people", "closed")]


def test_a_verdict_is_compared_on_the_same_track_only(ana, opening, arizona, clock, changes):
    openings.save(ana, opening, arizona, now=clock.now())
    verdicts.refresh([opening.id], verdicts.today(clock.now()) + timedelta(days=1000))  # her license has lapsed
    ((board, before, after),) = changes()
    assert (board, after) == (f"For {arizona.label}", "does not count")
    assert before in ("counts", "check with your board")
    assert openings.shelf(ana, tracks.load().find("TX", "counseling"), 1).kept[0].changes == []


def test_a_note_is_short_and_hers(ana, ben, opening, clock):
    saved = openings.save(ana, opening, None, now=clock.now())
    assert openings.note(saved, "Ask about Fridays").note == "Ask about Fridays"
    with pytest.raises(Refused, match="300 characters"):
        openings.note(saved, "x" * (LONGEST_NOTE + 1))
    with pytest.raises(Missing):
        openings.own(ben, opening.id)


def test_all_goes_with_the_opening_and_with_the_person(db, ana, ben, sam, opening, clock):
    for person in (ana, ben):
        openings.save(person, opening, None, now=clock.now())
    openings.save(ben, make_opening(sam), None, now=clock.now())
    db.session.execute(delete(Opening).where(Opening.id == opening.id))
    assert [openings.count(person) for person in (ana, ben)] == [0, 1]
    db.session.execute(delete(Person).where(Person.id == ben.id), execution_options={"synchronize_session": False})
    assert openings.count(ben) == 0
