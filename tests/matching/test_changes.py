"""Whatever the rooms do to an opening, a supervisor or her diary, the index knows at the next request."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import select

from app import changes, clock, instance, jobs
from app.accounts.models import Person
from app.changes import ChangeLog
from app.db import begin_writing, db
from app.introcalls import availability, booking, busy, checking, slots
from app.introcalls.checking import Read
from app.introcalls.models import CallException, CallSettings
from app.matching import calls, keeper, loading
from app.openings import freshness, publishing, verdicts, writing
from app.openings.models import FreshnessAsk, Opening
from app.places import loading as places
from app.steward import growing
from app.supervisors.models import Supervisor
from tests import people
from tests.conftest import TUESDAY
from tests.matching.indexes import assert_patched_is_rebuilt, told
from tests.people import THU
from tests.steward.sheets import Importer


@pytest.fixture
def opening(sam: Supervisor) -> Opening:
    """One that is shown, with its verdicts, in an index that was made before anything happened to it."""
    opening = people.make_opening(sam, line="For associates", seats=2, format="group", title="Group")
    people.make_opening(sam, seats=1, taken=1)
    people.make_opening(people.pat())
    verdicts.refresh_all(verdicts.today(TUESDAY))
    db.session.commit()
    keeper.current()
    return opening


def became() -> list[tuple[str, int]]:
    """What has been written into the log since it was asked last."""
    rows = db.session.execute(select(ChangeLog.kind, ChangeLog.id).order_by(ChangeLog.seq)).all()
    return [(row.kind, row.id) for row in rows]


def save(one: Opening, **wanted) -> None:
    writing.save(one, wanted, version=one.version, by=one.supervisor.person, now=TUESDAY)


def expired(one: Opening) -> None:
    one.supervisor.credentials[0].expires_on = date(2026, 1, 1)
    db.session.flush()
    verdicts.refresh_of(one.supervisor_id, verdicts.today(TUESDAY))


def purged(one: Opening) -> None:
    one.status, one.removed_at = "closed", TUESDAY - timedelta(days=40)
    db.session.flush()
    publishing.purge(TUESDAY)


def asked_and_answered(one: Opening) -> None:
    for n in range(5):
        asked_at = TUESDAY - timedelta(days=n, hours=9)
        db.session.add(FreshnessAsk(opening_id=one.id, token_hash=f"{n}", asked_at=asked_at))
    db.session.flush()
    freshness.confirm(one, by=one.supervisor.person, now=TUESDAY)


def unanswered(one: Opening) -> None:
    one.confirmed_at = TUESDAY - timedelta(days=46)
    asked_at = TUESDAY - timedelta(days=14)
    db.session.add(FreshnessAsk(opening_id=one.id, token_hash="x", asked_at=asked_at))
    db.session.flush()
    assert freshness.pause_unanswered(TUESDAY) == 1


DEEDS: dict[str, Callable[[Opening], object]] = {
    "paused": lambda one: publishing.pause(one, by=one.supervisor.person, now=TUESDAY),
    "closed": lambda one: publishing.close(one, by=one.supervisor.person, now=TUESDAY),
    "removed": lambda one: publishing.remove(one, by=one.supervisor.person, now=TUESDAY),
    "purged": purged,
    "fee": lambda one: save(one, fee_cents=4200),
    "times": lambda one: save(one, times=((THU, 600), (THU, 720))),
    "seats": lambda one: save(one, seats=5, elsewhere=2),
    "all seats taken": lambda one: save(one, elsewhere=2),
    "in person": lambda one: setattr(one, "in_person", True),
    "confirmed later": lambda one: freshness.confirm(one, by=None, now=TUESDAY + timedelta(hours=2)),
    "asked and answered": asked_and_answered,
    "unanswered": unanswered,
    "verdicts of all": expired,
    "profile hidden": lambda one: setattr(one.supervisor, "published_at", None),
    "term dropped": lambda one: one.supervisor.terms.pop(),
    "credential refused": lambda one: setattr(one.supervisor.credentials[0], "status", "refused"),
    "credential added": lambda one: people.make_credential(one.supervisor, "LMFT", state="TX"),
    "credential deleted": lambda one: db.session.delete(one.supervisor.credentials[0]),
    "supervisor deleted": lambda one: db.session.delete(db.session.scalars(select(Supervisor)).all()[-1]),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_it_is_seen_at_once_whatever_happens(opening: Opening, deed: str) -> None:
    before = told(keeper.current())
    DEEDS[deed](opening)
    db.session.commit()
    assert told(assert_patched_is_rebuilt(TUESDAY)) != before


def test_the_very_first_change_is_seen_as_every_other(app: Flask) -> None:
    assert keeper.current().live == 0
    people.make_opening(people.sam())
    changes.note_all()  # an import of many leaves a single line
    db.session.commit()
    assert keeper.current().live == 1


def test_of_what_is_committed_meanwhile_nothing_is_taken_in_half(app: Flask, opening: Opening, monkeypatch) -> None:
    answers, mine = loading._answers, opening.id

    def meanwhile(*asked):
        monkeypatch.setattr(loading, "_answers", answers)
        with app.app_context():
            begin_writing()
            one = db.session.get_one(Opening, mine)
            one.fee_cents, one.supervisor.terms = 100, []
            db.session.commit()
        return answers(*asked)

    monkeypatch.setattr(loading, "_answers", meanwhile)
    opening.title = "Another"
    db.session.commit()
    index = keeper.current()
    row = index.row_of[mine]
    assert index.fee[row] != 100
    assert index.has("says", "specialty", np.array([row]))[0]
    assert told(keeper.current()) == told(assert_patched_is_rebuilt(TUESDAY))


def test_a_draft_that_is_published_appears(opening: Opening, sam: Supervisor) -> None:
    draft = writing.begin(sam, "individual", by=sam.person, now=TUESDAY)
    db.session.commit()
    assert draft.id not in keeper.current().row_of
    publishing.publish(draft, {"line": "Now"}, version=draft.version, by=sam.person, now=TUESDAY)
    db.session.commit()
    assert draft.id in assert_patched_is_rebuilt(TUESDAY).row_of


def test_a_change_that_is_taken_back_leaves_no_trace(opening: Opening) -> None:
    before = became()
    opening.fee_cents = 1
    db.session.flush()
    db.session.rollback()
    db.session.commit()
    assert became() == before


def test_a_change_within_a_savepoint_is_written_at_the_end(opening: Opening) -> None:
    before = became()
    with db.session.begin_nested():
        opening.fee_cents = 1
    assert became() == before
    db.session.commit()
    assert became()[len(before) :] == [("opening", opening.id)]


def test_what_changes_often_in_one_transaction_is_written_once(opening: Opening) -> None:
    before = became()
    for fee in (1, 2, 3):
        opening.fee_cents = fee
        db.session.flush()
    db.session.commit()
    assert became()[len(before) :] == [("opening", opening.id)]


def test_what_matters_to_nobody_is_not_written(opening: Opening, ana: Person) -> None:
    db.session.commit()
    before = became()
    ana.zone = "America/Chicago"
    db.session.commit()
    assert became() == before


def test_old_changes_are_forgotten_but_for_the_newest(opening: Opening, clock) -> None:
    at = clock.forward(days=3)
    assert len(became()) > 1
    jobs.forget_changes(at)
    db.session.commit()
    assert len(became()) == 1
    assert keeper.current() is keeper.current()
    assert_patched_is_rebuilt(at)


def test_an_index_that_slept_too_long_is_made_anew(opening: Opening, clock) -> None:
    before = keeper.current()
    opening.fee_cents = 7700
    db.session.commit()
    opening.supervisor.headline = "New"
    db.session.commit()
    jobs.forget_changes(clock.forward(days=3))
    db.session.commit()
    after = keeper.current()
    assert after is not before
    assert after.fee[after.row_of[opening.id]] == 7700


def test_what_is_imported_and_copied_is_found(app: Flask, tmp_path: Path) -> None:
    places.load_if_empty()
    db.session.commit()
    assert keeper.current().live == 0
    take = Importer(app, tmp_path)
    assert take("supervisors", {"key": "D-1"}).exit_code == 0
    assert take("credentials", {"supervisor_key": "D-1"}).exit_code == 0
    assert take("openings", {"key": "D-1-1", "supervisor_key": "D-1"}).exit_code == 0
    assert assert_patched_is_rebuilt(TUESDAY).live == 1
    instance.mark_demo(now=TUESDAY)
    for _ in growing.grow(3, now=TUESDAY):
        db.session.commit()
    assert assert_patched_is_rebuilt(TUESDAY).live == 4


# Free call times


def next_calls(*supervisors: Supervisor) -> list[datetime | None]:
    """As the index remembers them, which is as the diaries say."""
    db.session.commit()
    ids, now = np.array([one.id for one in supervisors]), clock.now()
    found = keeper.current().calls.of(ids, now).tolist()
    assert found == keeper.current().calls.of(ids, now).tolist()
    shown = [None if at == calls.NEVER else slots.instant(at) for at in found]
    free = availability.next_free([one.id for one in supervisors], now)
    assert shown == [free[one.id] for one in supervisors]
    return shown


@pytest.fixture
def on_call(sam: Supervisor) -> Supervisor:
    people.make_call_settings(sam)
    people.make_opening(sam)
    next_calls(sam)
    return sam


def book(supervisor: Supervisor, ana: Person) -> None:
    starts_at = availability.next_free([supervisor.id], clock.now())[supervisor.id]
    booking.book(supervisor, starts_at, by=ana, note="", zone="America/Phoenix", now=clock.now())


def test_a_call_booked_moves_the_next_one(on_call: Supervisor, ana: Person) -> None:
    (before,) = next_calls(on_call)
    book(on_call, ana)
    (after,) = next_calls(on_call)
    assert after > before


def test_who_looks_at_older_tables_tells_a_new_index_nothing(app: Flask, on_call: Supervisor, ana: Person) -> None:
    (before,) = next_calls(on_call)
    keeper.forget()
    ids = np.array([on_call.id])  # the reader's look at the tables begins here
    with app.app_context():
        begin_writing()
        book(db.session.get_one(Supervisor, int(ids[0])), db.session.get_one(Person, ana.id))
        db.session.commit()
    keeper.current().calls.of(ids, clock.now())
    assert next_calls(on_call) != [before]


def test_a_call_cancelled_gives_its_time_back(on_call: Supervisor, ana: Person) -> None:
    before = next_calls(on_call)
    book(on_call, ana)
    next_calls(on_call)
    call = db.session.scalars(select(booking.Call)).one()
    booking.cancel(call, by=ana, note="", now=clock.now())
    assert next_calls(on_call) == before


def test_a_hold_that_runs_out_gives_its_time_back_to_the_minute(on_call: Supervisor, clock) -> None:
    (before,) = next_calls(on_call)
    gale = {"name": "Gale", "email": "gale@example.org", "note": "", "zone": "America/Phoenix", "sender_key": "k"}
    booking.hold(on_call, before, **gale, now=clock.now())
    assert next_calls(on_call) != [before]
    for seconds in (29 * 60 + 30, 29, 1):
        clock.forward(seconds=seconds)
        next_calls(on_call)
    booking.expire_holds(clock.now())
    next_calls(on_call)


def test_the_next_call_moves_on_with_the_clock(on_call: Supervisor, clock) -> None:
    seen = set()
    for _ in range(60):
        clock.forward(minutes=41)
        seen.update(next_calls(on_call))
    assert len(seen) > 10


def test_where_the_horizon_ends_a_start_comes_in_time(sam: Supervisor, clock) -> None:
    later = {"horizon_days": 3, "notice_minutes": 0, "no_calls_before": date(2026, 12, 17)}
    people.make_call_settings(sam, windows=[(THU, 600, 660)], **later)
    found = [next_calls(sam)[0] for _ in range(60) if clock.forward(hours=11)]
    assert found[0] is None
    assert found[-1] is not None


def test_new_hours_days_off_and_busy_calendars_are_felt(on_call: Supervisor, clock) -> None:
    (first,) = next_calls(on_call)
    db.session.add(CallException(supervisor_id=on_call.id, on=first.date()))
    (second,) = next_calls(on_call)
    assert second.date() > first.date()
    calendar = busy.add(on_call, "https://calendar.example.org/x.ics", "", by=on_call.person, now=clock.now())
    db.session.commit()
    checking.keep(calendar.id, Read([(second - timedelta(hours=1), second + timedelta(hours=9))]), clock.now())
    (third,) = next_calls(on_call)
    assert third > second
    busy.remove(busy.own(on_call, calendar.id), by=on_call.person, now=clock.now())
    assert next_calls(on_call) == [second]
    db.session.get(CallSettings, on_call.id).notice_minutes = 60 * 24 * 20
    (last,) = next_calls(on_call)
    assert last > third


def test_she_who_takes_no_calls_has_none(sam: Supervisor, pat: Supervisor) -> None:
    people.make_call_settings(pat, zone="Mars/Base")
    assert next_calls(sam, pat) == [None, None]
