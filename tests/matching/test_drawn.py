"""Cards that are remembered: as new as the tables, for each reader her own."""

from datetime import timedelta

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event

from app import clock
from app.db import db as database
from app.licensure import tracks
from app.matching import cards, drawn, filling, keeper, known
from app.matching.cards import Card, View
from app.matching.drawn import Drawn
from app.matching.filters import Reader
from app.openings.models import Opening, Placement
from tests.people import make_opening, make_supervisor

CHICAGO, PHOENIX = "America/Chicago", "America/Phoenix"


def view(zone: str = PHOENIX, track: str = "AZ/counseling", later: timedelta = timedelta()) -> View:
    return View(Reader(zone, clock.now() + later), tracks.load().track(track), None, lambda id: f"/openings/{id}")


def card(opening: Opening, seen: View | None = None) -> Card:
    return cards.cards([opening.id], seen or view())[0]


def anew(opening: Opening) -> Card:
    """As another process draws it, which remembers nothing."""
    keeper.forget()
    database.session.rollback()  # within one transaction an index is looked for once
    return card(opening)


@pytest.fixture
def opening(db: SQLAlchemy) -> Opening:
    opening = make_opening(make_supervisor("Ada Stone"), seats=2, format="group", line="Bring tea.")
    db.session.commit()
    card(opening)  # now it is remembered
    return opening


def test_what_is_remembered_needs_no_statement_of_its_own(db: SQLAlchemy, opening: Opening):
    said: list[str] = []
    note = event.listens_for(db.engine, "before_cursor_execute")
    note(lambda conn, cursor, statement, *_: said.append(statement))
    card(opening)
    assert not [statement for statement in said if "openings" in statement]


@pytest.mark.parametrize("change", ["line", "name", "seat", "credential", "time"])
def test_every_change_is_seen_at_once(db: SQLAlchemy, opening: Opening, change: str):
    before, supervisor = card(opening), opening.supervisor
    if change == "line":
        opening.line = "Bring cake."
    elif change == "name":
        supervisor.name = "Ada Reed"
    elif change == "seat":
        db.session.add(Placement(seat_id=opening.seat_rows[0].id, started_at=clock.now()))
    elif change == "credential":
        supervisor.credentials[0].status = "self_reported"
    else:
        opening.times[0].start_minute += 30
    db.session.commit()
    after = card(opening)
    assert after != before
    assert anew(opening) == after


def test_a_card_drawn_while_its_change_is_taken_in_is_not_kept(
    db: SQLAlchemy, opening: Opening, monkeypatch: pytest.MonkeyPatch
):
    index, patch, mine = keeper.current(), filling.patch, opening.id

    def drawn_meanwhile(*asked):
        cards._made(index, [mine], view())  # of new tables, but for the times that the index has
        patch(*asked)

    monkeypatch.setattr(filling, "patch", drawn_meanwhile)
    opening.times[0].start_minute += 30
    db.session.commit()
    seen = card(opening)
    assert anew(opening) == seen


def test_readers_elsewhere_have_cards_of_their_own(opening: Opening):
    assert card(opening, view(zone=CHICAGO))["rhythm"] != card(opening)["rhythm"]
    assert card(opening, view(track="TX/counseling"))["verdict_words"] != card(opening)["verdict_words"]


def test_time_passes_for_what_is_remembered(opening: Opening):
    assert not card(opening)["stale"]
    assert card(opening, view(later=timedelta(days=90)))["stale"]


def test_cards_made_of_older_tables_are_not_kept():
    kept = Drawn()
    kept.void([7], 12)
    kept.keep({1: {"id": 1}}, {1: 7}, "key", 0, 11)
    assert kept.known({1: 7}, "key") == {}
    kept.keep({1: {"id": 1}}, {1: 7}, "key", 0, 12)
    assert kept.known({1: 7}, "key") == {1: {"id": 1}}
    assert kept.known({1: 7}, "another") == {}


def test_no_card_outlives_its_hour():
    kept = Drawn()
    kept.keep({1: {"id": 1}}, {1: 7}, "ten", 10, 0)
    kept.keep({2: {"id": 2}}, {2: 7}, "ten", 10, 0)
    assert kept.known({1: 7, 2: 7}, "ten").keys() == {1, 2}
    kept.keep({1: {"id": 1}}, {1: 8}, "eleven", 11, 0)
    assert kept.known({1: 7, 2: 7}, "ten") == {}


def test_no_more_is_kept_than_may_be(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(drawn, "MOST", 2)
    monkeypatch.setattr(drawn, "EACH", 1)
    kept = Drawn()
    for number in range(4):
        kept.keep({number: {"id": number}}, {number: number}, "key", 0, 0)
        kept.keep({number: {"id": number}}, {number: number}, "other", 0, 0)
    assert kept.known(dict(enumerate(range(4))), "key") == {}
    assert sorted(kept.known(dict(enumerate(range(4))), "other")) == [2, 3]


def test_times_are_the_same_from_the_index_as_from_the_tables(db: SQLAlchemy):
    times = [(4, 600), (0, 1080), (0, 540)]
    some = [make_opening(make_supervisor(f"Ada {n}"), times=times[: n + 1], taken=n % 2) for n in range(3)]
    db.session.commit()
    ids = [one.id for one in some]
    told = keeper.current().times_of(ids)
    assert set(told) == {ids[0], ids[2]}  # a full one has no row
    assert {id: known.weekly(ids)[id] for id in told} == told
    assert len(cards.cards(ids, view())) == 3
