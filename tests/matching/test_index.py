"""The index says what the tables say, and says it again after any number of changes."""

import random
import threading
from datetime import datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import TimeoutError

from app import changes, clock
from app.db import db
from app.licensure import eligibility, tracks
from app.licensure.verdict import Value
from app.matching import keeper, packed
from app.matching.index import Index, turns
from app.openings import freshness, verdicts
from app.openings.models import FreshnessAsk, Opening, OpeningTime, OpeningVerdict, Placement, Seat
from app.places import finding
from app.supervisors.models import Credential, Supervisor, SupervisorTerm
from app.taxonomies import vocabularies
from app.wishes.wishes import VOCABULARIES
from tests import people
from tests.matching.indexes import assert_patched_is_rebuilt, says, told
from tests.people import FRI, MON, TUE

CHANGES, TOGETHER = 5000, 50
STATES = ("AZ", "TX", "CA", "NY", "OH")


def current() -> Index:
    db.session.commit()
    return keeper.current()


def test_it_has_what_an_opening_and_its_supervisor_say(sam: Supervisor, pat: Supervisor) -> None:
    times, where = ((MON, 600), (FRI, 720)), {"in_person": True, "zone": "America/Denver"}
    group = people.make_opening(sam, format="group", seats=4, taken=1, fee=45, times=times, **where)
    people.make_opening(pat, status="paused")
    index = current()
    row = index.row_of[group.id]
    assert index.live == 1
    assert (index.supervisor[row], index.format[row], index.seats[row], index.free[row]) == (sam.id, 1, 4, 3)
    assert (index.fee[row], index.reduced[row], index.answer[row]) == (4500, -1, -1)
    assert tuple(index.point[row]) == finding.unit(group.latitude, group.longitude)
    assert [index.weekly[n] for n in index.times[row] if n] == [
        ("America/Denver", 90, MON, 600), ("America/Denver", 90, FRI, 720),
    ]
    assert says(index, group.id) == {
        ("open", ""), ("format", "group"), ("delivery", "online"), ("delivery", "in_person"), ("meets", "AZ"),
        ("licensed", "AZ"), ("discipline", "counseling"), ("specialty", "trauma"), ("specialty", "anxiety"),
        ("says", "specialty"),
    }


def test_what_nobody_can_take_is_not_in_it(sam: Supervisor) -> None:
    full, draft = people.make_opening(sam, taken=1), people.make_opening(sam, status="draft")
    hidden = people.make_opening(people.make_supervisor("Una Hidden", is_published=False))
    index = current()
    assert index.live == 0
    assert all(one.id not in index.row_of for one in (full, draft, hidden))
    assert not index.matrices.any()
    assert not index.planes.any()


def test_instants_are_microseconds_since_1970(sam: Supervisor, clock) -> None:
    at = clock.now() - timedelta(days=3, microseconds=7)
    opening = people.make_opening(sam, confirmed_at=None, published_at=at)
    index = current()
    row = index.row_of[opening.id]
    assert index.confirmed[row] == 0
    assert index.fresh[row] == index.published[row] == int(at.timestamp() * 1_000_000)


def test_verdicts_on_every_track_are_those_that_are_stored_or_usual(sam: Supervisor) -> None:
    opening = people.make_opening(sam)
    verdicts.refresh([opening.id], verdicts.today(clock.now()))
    index = current()
    rows = np.array([index.row_of[opening.id]])
    stored = {row.track: row.value for row in db.session.scalars(select(OpeningVerdict))}
    for track in tracks.load():
        value = stored.get(track.id, eligibility.default_value(track).value)
        assert list(Value)[index.verdicts(track.id, rows)[0]].value == value
        assert [one for one in Value if packed.rows_of(index.verdict_bits(track.id, one)).tolist()] == [value]


def test_how_soon_she_answers_is_in_it_once_it_is_known(sam: Supervisor, clock) -> None:
    opening = people.make_opening(sam)
    for n in range(5):
        at = clock.now() - timedelta(days=10 + n)
        answered = {"answered_at": at + timedelta(hours=5), "answer": "open"}
        db.session.add(FreshnessAsk(opening_id=opening.id, token_hash=f"{n}", asked_at=at, **answered))
    index = current()
    assert index.answer[index.row_of[opening.id]] == 5


def test_turns_pass_evenly_around_the_circle() -> None:
    openings = np.arange(1, 1001)
    first = np.array([turns(openings, day).argmin() for day in range(1000)])
    assert len(set(first.tolist())) > 500
    assert len(set(turns(openings, 5).tolist())) == 1000


def test_more_than_there_was_room_for_is_taken_in(sam: Supervisor, clock) -> None:
    before = current()
    for _ in range(3 * before.count):
        people.make_opening(sam)
    after = current()
    assert after is before
    assert after.live == 3 * 64
    assert_patched_is_rebuilt(clock.now())


def test_a_new_day_turns_the_order(sam: Supervisor, clock) -> None:
    opening = people.make_opening(sam)
    index = current()
    row, before = index.row_of[opening.id], index.turn.copy()
    clock.forward(days=1)
    assert keeper.current().turn[row] == np.uint32((int(before[row]) + 2_654_435_769) % 2**32)
    assert_patched_is_rebuilt(clock.now())


def test_a_new_day_forgets_what_was_asked_too_long_ago(sam: Supervisor, clock) -> None:
    opening = people.make_opening(sam)
    at = clock.now() - timedelta(days=89, hours=23)
    said = {"asked_at": at, "answered_at": at + timedelta(hours=5), "answer": "open"}
    db.session.add_all(FreshnessAsk(opening_id=opening.id, token_hash=f"{n}", **said) for n in range(5))
    index = current()
    assert index.answer[index.row_of[opening.id]] == 5
    clock.forward(days=1)
    assert_patched_is_rebuilt(clock.now())
    assert index.answer[index.row_of[opening.id]] == -1


def test_another_database_makes_another_index(sam: Supervisor) -> None:
    people.make_opening(sam)
    before = current()
    db.session.execute(delete(changes.ChangeLog))
    after = current()
    assert after is not before
    assert told(after) == told(before)


def test_large_changes_of_everything_are_seen(sam: Supervisor, monkeypatch) -> None:
    monkeypatch.setattr(changes, "MOST", 3)
    assert current().live == 0
    for _ in range(5):
        people.make_opening(sam)
    assert current().live == 5
    assert db.session.scalars(select(changes.ChangeLog.kind).order_by(changes.ChangeLog.seq.desc())).first() == "all"


# What can happen to a random opening or supervisor


class Happenings:
    """Random changes, each as one of the rooms would make it."""

    def __init__(self, seed: int, now: datetime) -> None:
        self.random, self.now = random.Random(seed), now
        self.ids = list(db.session.scalars(select(Opening.id).order_by(Opening.id)))
        self.kinds = (
            self.figures, self.figures, self.state, self.time, self.seat, self.seat, self.term, self.term,
            self.credential, self.profile, self.judged, self.answer, self.opened, self.removed,
        )  # fmt: skip

    def one(self) -> None:
        self.random.choice(self.kinds)(self.opening())

    def opening(self) -> Opening:
        opening = db.session.get(Opening, self.random.choice(self.ids))
        assert opening
        return opening

    def figures(self, one: Opening) -> None:
        one.fee_cents, one.reduced_fee_cents = self.random.randrange(5000, 20000), self.random.choice((None, 4000))
        one.online, one.in_person = self.random.choice(((True, True), (True, False), (False, True)))
        one.format, one.minutes = self.random.choice(("individual", "group")), self.random.choice((50, 60, 90))
        one.confirmed_at = self.random.choice((None, self.now - timedelta(hours=self.random.randrange(2000))))

    def state(self, one: Opening) -> None:
        one.status = self.random.choice(("published", "published", "published", "paused", "closed"))
        one.state, one.zone = self.random.choice(STATES), self.random.choice(("America/Chicago", "America/Phoenix"))
        one.latitude, one.longitude = self.random.choice(((None, None), (30.5, -97.25), (40.0, -74.125)))

    def time(self, one: Opening) -> None:
        at = self.random.randrange(7), 15 * self.random.randrange(40, 80)
        held = {(time.weekday, time.start_minute): time for time in one.times}
        if at in held or len(held) > 6:
            one.times.remove(held.get(at) or one.times[0])
        else:
            one.times.append(OpeningTime(weekday=at[0], start_minute=at[1]))

    def seat(self, one: Opening) -> None:
        seat = self.random.choice(one.seat_rows)
        live = [placement for placement in seat.placements if placement.ended_at is None]
        if live:
            live[0].ended_at = self.now
        elif self.random.random() < 0.3 and one.seats < 40:
            one.seats += 1
            one.seat_rows.append(Seat(no=max(seat.no for seat in one.seat_rows) + 1))
        else:
            seat.placements.append(Placement(started_at=self.now))

    def term(self, one: Opening) -> None:
        hers, kind = one.supervisor, self.random.choice(VOCABULARIES)
        term = self.random.choice(list(vocabularies.vocabulary(kind).terms))
        held = [each for each in hers.terms if (each.kind, each.term) == (kind, term)]
        if held or len(hers.terms) > 12:
            hers.terms.remove(held[0] if held else hers.terms[0])
        else:
            hers.terms.append(SupervisorTerm(kind=kind, term=term, position=0))

    def credential(self, one: Opening) -> None:
        hers = one.supervisor.credentials
        if len(hers) > 2:
            db.session.delete(hers[0])
        else:
            code, state = self.random.choice(("LPC", "LMFT", "LCSW", "ACS")), self.random.choice(STATES)
            status = self.random.choice(("verified", "refused", "pending"))
            hers.append(Credential(code=code, state=None if code == "ACS" else state, status=status))
        db.session.flush()
        db.session.expire(one.supervisor, ["credentials"])
        verdicts.refresh_of(one.supervisor_id, verdicts.today(self.now))

    def profile(self, one: Opening) -> None:
        one.supervisor.published_at = None if self.random.random() < 0.2 else self.now

    def judged(self, one: Opening) -> None:
        db.session.flush()
        verdicts.refresh([one.id], verdicts.today(self.now))

    def answer(self, one: Opening) -> None:
        if self.random.random() < 0.4:
            freshness.settle(one, "open", now=self.now)
        else:
            asked_at = self.now - timedelta(hours=self.random.randrange(24 * 120))
            db.session.add(FreshnessAsk(opening_id=one.id, token_hash=f"{self.random.random()}", asked_at=asked_at))

    def opened(self, one: Opening) -> None:
        opened = people.make_opening(one.supervisor, seats=self.random.randrange(1, 4), times=((TUE, 1050),))
        self.ids.append(opened.id)

    def removed(self, one: Opening) -> None:
        if not one.seat_rows or self.random.random() < 0.5:
            return
        db.session.flush()
        seats = select(Seat.id).where(Seat.opening_id == one.id)
        db.session.execute(delete(Placement).where(Placement.seat_id.in_(seats)))
        db.session.execute(delete(Opening).where(Opening.id == one.id))
        changes.note("opening", [one.id])
        self.ids.remove(one.id)
        db.session.expire_all()


@pytest.fixture
def town(app) -> None:
    for n in range(25):
        supervisor = people.make_supervisor(f"Robin Number{n}", state=STATES[n % 5])
        for _ in range(2):
            people.make_opening(supervisor, seats=2, format="group")
    db.session.commit()


def test_after_five_thousand_random_changes_it_is_as_if_made_anew(town, clock, monkeypatch) -> None:
    monkeypatch.setattr(keeper, "UNTIDY", CHANGES * 10)  # never put in order on the way
    happenings, index = Happenings(4, clock.now()), current()
    for done in range(0, CHANGES, TOGETHER):
        for _ in range(TOGETHER):
            happenings.one()
        patched = current()
        if done % 1000 == 0:
            assert_patched_is_rebuilt(clock.now())
    assert patched is index
    assert index.live > 20
    assert_patched_is_rebuilt(clock.now())


# Made aside, while the one at hand goes on serving


@pytest.fixture
def large(monkeypatch) -> None:
    """Every database is too large for an index to be made while a request waits."""
    monkeypatch.setattr(keeper, "SMALL", 0)


def made_aside() -> None:
    """Wait for the index that is being made."""
    for thread in threading.enumerate():
        if thread.name == "index":
            thread.join(30)


def test_the_first_of_a_large_database_is_made_aside_and_readyz_waits(client, sam: Supervisor, large) -> None:
    opening = people.make_opening(sam)
    db.session.commit()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["faults"] == ["The index of openings is being made; the search waits for it."]
    made_aside()
    assert client.get("/readyz").status_code == 200
    assert opening.id in keeper.current().row_of


def test_a_large_one_goes_on_serving_and_knows_single_changes_while_it_is_made_anew(sam: Supervisor, large) -> None:
    opening = people.make_opening(sam)
    before = current()
    changes.note_all()
    opening.fee_cents = 8800
    db.session.commit()
    opening.reduced_fee_cents = 900
    during = current()
    assert during in (before, keeper.current())
    assert during.reduced[during.row_of[opening.id]] == 900
    made_aside()
    after = keeper.current()
    assert after is not before
    assert (after.fee[after.row_of[opening.id]], after.reduced[after.row_of[opening.id]]) == (8800, 900)


def test_one_that_is_out_of_order_is_put_in_order_again(town, clock, monkeypatch) -> None:
    before = current()
    monkeypatch.setattr(keeper, "UNTIDY", 0)
    for opening in db.session.scalars(select(Opening)):
        opening.fee_cents += 100
    assert current() is before
    made_aside()
    assert keeper.current() is not before
    assert_patched_is_rebuilt(clock.now())


def test_what_is_worked_out_aside_goes_on_when_no_connection_was_free(app, monkeypatch) -> None:
    ending, asked = threading.Event(), []

    def all_taken() -> int:
        asked.append(ending.set())
        raise TimeoutError("no connection is free")

    monkeypatch.setattr(keeper, "freshen_some", all_taken)
    keeper.freshen_calls(app.app_context, ending)
    assert asked
