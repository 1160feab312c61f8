"""Many at once on the same times, over HTTP: the database keeps calls apart, and nobody gets more than her share."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from app import clock
from app.accounts.models import Person, SignIn
from app.db import begin_writing, db
from app.formats import iso
from app.introcalls import availability, booking
from app.introcalls.models import Call, CallCell
from app.notifications.models import Letter
from app.supervisors.models import Supervisor
from tests import people
from tests.live import Answer, Caller, Instance, at_once

PHOENIX = ZoneInfo("America/Phoenix")  # where Sam is
EVERY_DAY = tuple((day, 0, 1440) for day in range(7))
CLAIM = timedelta(minutes=30)  # a call of 20 minutes and the pause after it
TOLD = {
    "held": {"introcalls/confirm"},
    "confirmed": {"introcalls/confirmed-supervisor", "introcalls/confirmed-supervisee"},
}


class Member(Caller):
    """Someone signed in, with a page open."""

    def __init__(self, instance: Instance, person: Person) -> None:
        super().__init__(instance)
        token, mark, now = secrets.token_urlsafe(32), secrets.token_hex(20), clock.now()
        token_hash = hashlib.sha256(token.encode()).hexdigest()
        db.session.add(SignIn(person_id=person.id, token_hash=token_hash, created_at=now, seen_at=now))
        cookie = instance.app.session_interface.get_signing_serializer(instance.app)
        self._cookies["session"] = cookie.dumps({"_user_id": token, "csrf_token": mark})
        self._token = URLSafeTimedSerializer(instance.app.secret_key, salt="wtf-csrf-token").dumps(mark)


class Desk:
    """A supervisor of one test's own, free day and night on a grid of five minutes; `start` is a free time."""

    def __init__(self, **settings: int) -> None:
        begin_writing()
        supervisor = people.make_supervisor("Sam Okafor")
        people.make_call_settings(supervisor, windows=EVERY_DAY, step_minutes=5, **settings)
        self.id, self.path = supervisor.id, f"/supervisors/{supervisor.slug}/calls"
        db.session.commit()
        soonest = availability.next_free([self.id], clock.now())[self.id]
        assert soonest is not None
        day_after = soonest.astimezone(PHOENIX).date() + timedelta(days=1)
        self.start = datetime.combine(day_after, time(9), PHOENIX).astimezone(UTC)  # far from midnight

    def book(self, who: Caller, start: datetime | None = None, **typed: str) -> Answer:
        """What pressing a slot's button sends."""
        return who.post(self.path, {"starts_at": iso(start or self.start), **typed})

    def hold(self, runs_out_in: timedelta) -> tuple[int, str]:
        """A guest's hold on `start` that runs out so soon: the call's id, and the address of its link."""
        db.session.rollback()
        begin_writing()
        guest, now = f"{secrets.token_hex(8)}@example.org", clock.now()
        call = booking.hold(
            db.session.get_one(Supervisor, self.id), self.start, name="Gale", email=guest, note="",
            zone="America/Phoenix", sender_key=guest, now=now,
        )
        letter = db.session.scalars(select(Letter).where(Letter.to_email == guest)).one()
        held = call.id, letter.secrets["path"]
        call.held_until = clock.now() + runs_out_in
        db.session.commit()
        return held

    def calls(self) -> list[Call]:
        """Her live calls, none of which overlap; each holds its six cells, and its letters are owed."""
        db.session.rollback()
        live = select(Call).where(Call.supervisor_id == self.id, Call.status.in_(("held", "confirmed")))
        calls = list(db.session.scalars(live.order_by(Call.starts_at)))
        assert all(later.starts_at - earlier.starts_at >= CLAIM for earlier, later in pairwise(calls))
        claimed = select(CallCell.call_id, func.count()).where(CallCell.supervisor_id == self.id)
        assert dict(db.session.execute(claimed.group_by(CallCell.call_id)).all()) == {call.id: 6 for call in calls}
        for call in calls:
            letters = select(Letter.kind).where(Letter.key.startswith(f"call/{call.public_id}/"))
            assert TOLD[call.status] <= set(db.session.scalars(letters))
        return calls


@pytest.fixture
def sam(live: Instance) -> Desk:
    return Desk()


@pytest.fixture
def members(live: Instance) -> Callable[[int], list[Member]]:
    """members(30): so many people, signed in."""

    def signed_in(count: int) -> list[Member]:
        db.session.rollback()
        begin_writing()
        addresses = [f"{secrets.token_hex(8)}@example.org" for _ in range(count)]
        found = [Member(live, people.make_person(email=address)) for address in addresses]
        db.session.commit()
        return found

    return signed_in


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


def test_thirty_at_once_on_one_slot_are_one_call_and_twenty_nine_refusals(sam, members, callers):
    guests = [(caller, {"name": "Gale", "email": f"{secrets.token_hex(8)}@example.org"}) for caller in callers(10)]
    everyone = [(member, {}) for member in members(20)] + guests
    answers = at_once([lambda who=who, typed=typed: sam.book(who, **typed) for who, typed in everyone])
    assert statuses(answers) == {303: 1, 409: 29}
    assert len(sam.calls()) == 1
    losers = [answer for answer in answers if answer.status == 409]
    assert all("no longer free" in answer.text and 'class="slot"' in answer.text for answer in losers)


def test_twenty_overlapping_starts_leave_calls_that_do_not_overlap(sam, members):
    starts = [sam.start + timedelta(minutes=5 * n) for n in range(20)]
    answers = at_once([lambda who=who, at=at: sam.book(who, at) for who, at in zip(members(20), starts, strict=True)])
    assert set(statuses(answers)) == {303, 409}
    assert len(sam.calls()) == statuses(answers)[303] in range(2, 5)


def test_twenty_starts_that_do_not_overlap_are_twenty_calls(sam, members):
    tomorrow = sam.start.astimezone(PHOENIX).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), PHOENIX).astimezone(UTC)  # over which no call may go
    starts = [midnight + n * CLAIM for n in range(20)]
    answers = at_once([lambda who=who, at=at: sam.book(who, at) for who, at in zip(members(20), starts, strict=True)])
    assert statuses(answers) == {303: 20}
    assert len(sam.calls()) == 20


@pytest.mark.parametrize("milliseconds", [-1, 20, 60, 150])
def test_a_hold_that_runs_out_while_others_book_is_hers_or_anothers(sam, members, callers, milliseconds):
    [guest], everyone = callers(1), members(6)
    call_id, link = sam.hold(timedelta(milliseconds=milliseconds))
    tries = [lambda who=who: [sam.book(who) for _ in range(3)] for who in everyone]
    *booked, [confirmed] = at_once([*tries, lambda: [guest.post(link, {})]])
    got = statuses([answer for each in booked for answer in each])
    assert set(got) <= {303, 409}
    assert confirmed.status in {303, 409}
    [call] = sam.calls()
    assert got[303] + (confirmed.status == 303) == 1
    assert (call.id == call_id) == (confirmed.status == 303)


def test_one_key_sent_ten_times_at_once_is_one_call_and_one_answer(sam, members):
    [member], key = members(1), secrets.token_urlsafe(16)
    answers = at_once([lambda: sam.book(member, idempotency_key=key)] * 10)
    [call] = sam.calls()
    assert {(answer.status, answer.leads_to) for answer in answers} == {(303, f"/calls/{call.public_id}")}


def test_nobody_gets_more_than_two_calls_by_asking_for_eight_at_once(sam, members):
    [member] = members(1)
    answers = at_once([lambda n=n: sam.book(member, sam.start + n * CLAIM) for n in range(8)])
    assert statuses(answers) == {303: 2, 429: 6}
    assert len(sam.calls()) == 2


def test_a_full_week_is_full_however_many_come_at_once(live, members):
    kim = Desk(max_per_week=3)
    monday = kim.start.date() + timedelta(days=7 - kim.start.weekday())
    evening = datetime.combine(monday, time(18), UTC)
    starts = [evening + n * CLAIM for n in range(8)]
    answers = at_once([lambda who=who, at=at: kim.book(who, at) for who, at in zip(members(8), starts, strict=True)])
    assert statuses(answers) == {303: 3, 409: 5}
    assert len(kim.calls()) == 3


def test_two_who_would_swap_their_times_never_wait_for_each_other(sam, members):
    one, other = members(2)
    hers, his = sam.book(one).leads_to, sam.book(other, sam.start + CLAIM).leads_to
    for _ in range(5):
        answers = at_once([
            lambda: one.post(f"{hers}/time", {"starts_at": iso(sam.start + CLAIM)}),
            lambda: other.post(f"{his}/time", {"starts_at": iso(sam.start)}),
        ])
        assert statuses(answers) == {409: 2}
    assert [call.sequence for call in sam.calls()] == [0, 0]


def test_a_time_given_up_goes_to_one_of_those_who_wait(sam, members):
    first, *others = members(7)
    there = sam.book(first).leads_to
    tries = [lambda who=who: [sam.book(who) for _ in range(3)] for who in others]
    [cancelled], *waiting = at_once([lambda: [first.post(f"{there}/cancellation", {"note": ""})], *tries])
    got = statuses([answer for each in waiting for answer in each])
    assert cancelled.status == 303
    assert set(got) <= {303, 409}
    assert len(sam.calls()) == got[303] <= 1
