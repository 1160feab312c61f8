"""Subscribed calendars: read by the worker, outside any transaction; what they keep busy is no free start."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from app.introcalls import apart, availability, booking, busy, checking, diaries
from app.introcalls.feeds import Unreadable
from app.introcalls.fetching import Fetched, Unreachable
from app.introcalls.models import BusyCalendar, BusySpan, CallSettings
from app.jobs import JOBS
from app.notifications import recurring
from app.refusals import Missing, Refused
from tests import people
from tests.conftest import TUESDAY

NINE = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)  # Tuesday, 9 am in Phoenix
SECRET = "https://calendars.example.org/private-0123456789abcdef/basic.ics"
HEAD, END = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "END:VCALENDAR\r\n"


def calendar_text(*events: str) -> str:
    return f"{HEAD}{''.join(events)}{END}"


def meeting(start: str, end: str, uid: str = "one@example.org") -> str:
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:{start}\r\nDTEND:{end}\r\nEND:VEVENT\r\n"


BUSY_AT_NINE = calendar_text(meeting("20261201T155700Z", "20261201T162200Z"))


@pytest.fixture
def calendar(sam, clock) -> BusyCalendar:
    people.make_call_settings(sam)
    return busy.add(sam, SECRET, "Practice", by=sam.person, now=clock.now())


@pytest.fixture
def check(db, clock):
    """check(answer): the worker reads what is due, and every address answers so; what was asked."""

    def check(answer: Fetched | str | Exception) -> list[tuple[str, str]]:
        asked: list[tuple[str, str]] = []

        def fetch(url: str, etag: str) -> Fetched:
            asked.append((url, etag))
            if isinstance(answer, Exception):
                raise answer
            return answer if isinstance(answer, Fetched) else Fetched(answer)

        db.session.commit()
        checking.check_due(clock.now(), fetch)
        return asked

    return check


def spans(db) -> list[tuple[datetime, datetime]]:
    rows = db.session.execute(select(BusySpan.starts_at, BusySpan.ends_at).order_by(BusySpan.starts_at))
    return [tuple(row) for row in rows]


def morning(sam, clock) -> list[str]:
    diary = diaries.load([sam.id], clock.now())[sam.id]
    return [f"{at:%H:%M}" for at in diary.free(clock.now(), NINE, NINE + timedelta(hours=1))]


def test_what_the_calendar_keeps_busy_is_not_free(sam, calendar, check, clock):
    assert morning(sam, clock) == ["16:00", "16:15", "16:30", "16:45"]
    check(BUSY_AT_NINE)
    assert morning(sam, clock) == ["16:30", "16:45"]  # busy until 16:25 on the grid of five minutes


@pytest.mark.parametrize(
    ("start", "end", "free"),
    [
        ("1610", "1615", ["16:15", "16:30", "16:45"]),  # a call from 16:00 would last until 16:20
        ("1616", "1620", ["16:30", "16:45"]),
        ("1620", "1630", ["16:30", "16:45"]),  # after a call ten minutes stay free, before a meeting too
        ("1630", "1645", ["16:00", "16:45"]),
        ("1630", "1646", ["16:00"]),
        ("1500", "1600", ["16:00", "16:15", "16:30", "16:45"]),
        ("1500", "1601", ["16:15", "16:30", "16:45"]),
    ],
)
def test_a_call_keeps_clear_of_what_is_busy(sam, calendar, check, clock, start, end, free):
    check(calendar_text(meeting(f"20261201T{start}00Z", f"20261201T{end}00Z")))
    assert morning(sam, clock) == free


def test_a_busy_time_cannot_be_booked_either(db, sam, ana, calendar, check, clock):
    check(BUSY_AT_NINE)
    with pytest.raises(Refused, match="no longer free"):
        booking.book(sam, NINE, by=ana, note="", zone="America/Phoenix", now=clock.now())


def test_busy_times_do_not_count_as_calls_of_the_week(db, sam, calendar, check, clock):
    db.session.get(CallSettings, sam.id).max_per_week = 1
    check(BUSY_AT_NINE)
    assert morning(sam, clock) == ["16:30", "16:45"]


def test_nobody_sees_what_is_busy_as_a_call(client, sam, calendar, check):
    check(BUSY_AT_NINE)
    assert "is-taken" not in client.get("/supervisors/sam-okafor/slots?from=2026-12-01&tz=America/Phoenix").text


def test_a_calendar_is_read_at_once_and_then_every_quarter_of_an_hour(db, calendar, check, clock):
    assert len(check(BUSY_AT_NINE)) == 1
    clock.forward(minutes=14)
    assert check(BUSY_AT_NINE) == []
    clock.forward(minutes=1)
    assert len(check(BUSY_AT_NINE)) == 1
    assert (calendar.checked_at, calendar.read_at, calendar.error) == (clock.now(), clock.now(), "")


def test_new_times_take_the_place_of_the_old(db, calendar, check, clock):
    check(BUSY_AT_NINE)
    clock.forward(minutes=15)
    check(calendar_text(meeting("20261202T160000Z", "20261202T170000Z")))
    assert spans(db) == [(NINE + timedelta(days=1), NINE + timedelta(days=1, hours=1))]


def test_what_has_not_changed_stands_and_once_a_day_all_is_read_anew(db, calendar, check, clock):
    check(Fetched(BUSY_AT_NINE, '"v1"'))
    clock.forward(minutes=15)
    assert check(Fetched(None)) == [(SECRET, '"v1"')]
    assert len(spans(db)) == 1
    clock.forward(days=1)
    assert check(Fetched(BUSY_AT_NINE, '"v1"')) == [(SECRET, "")]


@pytest.mark.parametrize("answer", [Unreachable("It could not be reached."), ValueError("oh"), "<html>", HEAD])
def test_a_failure_keeps_what_was_read_last_and_says_why(db, calendar, check, clock, answer):
    check(BUSY_AT_NINE)
    read_at = clock.now()
    clock.forward(minutes=15)
    check(answer)
    assert len(spans(db)) == 1
    assert calendar.error
    assert (calendar.failures, calendar.read_at, calendar.checked_at) == (1, read_at, clock.now())


def test_failures_are_tried_again_later_and_later_and_forgotten_once_it_works(db, calendar, check, clock):
    waits = []
    for _ in range(7):
        check(Unreachable("It could not be reached."))
        waits.append((calendar.check_at - clock.now()) // timedelta(minutes=1))
        clock.at(calendar.check_at)
    assert waits == [15, 30, 60, 120, 240, 360, 360]
    check(BUSY_AT_NINE)
    assert (calendar.failures, calendar.error, len(spans(db))) == (0, "", 1)


def test_one_bad_calendar_keeps_no_other_from_being_read(db, sam, calendar, clock):
    other = busy.add(sam, "https://other.example.org/a.ics", "", by=sam.person, now=clock.now())
    db.session.commit()
    checking.check_due(clock.now(), lambda url, etag: Fetched("nothing" if "other" in url else BUSY_AT_NINE))
    assert len(spans(db)) == 1
    assert "not a calendar" in other.error


def test_a_fault_of_ours_is_told_and_stops_no_other(db, sam, calendar, check, monkeypatch):
    def no_process(*_, **__):
        raise OSError("Cannot allocate memory")

    monkeypatch.setattr(apart, "busy", no_process)
    check(BUSY_AT_NINE)
    assert "fault may be ours" in calendar.error


def test_fetching_holds_no_transaction(db, calendar, clock):
    db.session.commit()
    engine = db.engine

    def fetch(url: str, etag: str) -> Fetched:
        with engine.begin() as another:
            another.exec_driver_sql("UPDATE busy_calendars SET label = 'written meanwhile'")
        return Fetched(BUSY_AT_NINE)

    checking.check_due(clock.now(), fetch)
    assert (calendar.label, calendar.error) == ("written meanwhile", "")


def test_one_removed_while_it_was_read_stays_removed(db, sam, calendar, clock):
    calendar_id = calendar.id
    busy.remove(calendar, by=sam.person, now=clock.now())
    db.session.commit()
    checking.keep(calendar_id, checking.Read([(NINE, NINE + timedelta(hours=1))]), clock.now())
    assert spans(db) == []


def test_removing_a_calendar_frees_its_times(db, sam, calendar, check, clock):
    check(BUSY_AT_NINE)
    busy.remove(calendar, by=sam.person, now=clock.now())
    db.session.commit()
    assert spans(db) == []


def test_her_own_call_that_comes_back_with_her_calendar_is_not_busy(db, sam, ana, calendar, check):
    call = people.make_call(sam, ana, starts_at=NINE)
    check(calendar_text(meeting("20261201T160000Z", "20261201T162000Z", f"{call.public_id}@second-chair")))
    assert spans(db) == []


def test_the_worker_reads_calendars_among_its_jobs(db, calendar, monkeypatch):
    monkeypatch.setattr(checking.fetching.socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("10.0.0.1", 443))])
    db.session.commit()
    assert recurring.run_due(JOBS) == (len(JOBS), 0)
    assert "private network" in calendar.error


def test_a_feed_that_never_ends_is_ended(db):
    rule = "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18"
    lines = f"DTSTART:19000101T000000Z\r\nDTEND:19000101T000100Z\r\n{rule};BYSECOND=1,2,3,4,5,6,7,8,9,10\r\n"
    text = calendar_text(*(f"BEGIN:VEVENT\r\nUID:{n}\r\n{lines}END:VEVENT\r\n" for n in range(200)))
    started = time.monotonic()
    with pytest.raises(Unreadable, match="too long"):
        apart.busy(text, "America/Phoenix", NINE, NINE + timedelta(days=90), seconds=0.5)
    assert time.monotonic() - started < 20


def test_a_calendar_read_apart_is_read_the_same():
    found = apart.busy(BUSY_AT_NINE, "America/Phoenix", TUESDAY, TUESDAY + timedelta(days=60))
    assert found == [(NINE - timedelta(minutes=3), NINE + timedelta(minutes=22))]
    with pytest.raises(Unreadable, match="not a calendar"):
        apart.busy("<html>", "America/Phoenix", TUESDAY, TUESDAY + timedelta(days=60))


def test_five_calendars_are_the_most_and_none_twice(db, sam, calendar, clock):
    with pytest.raises(Refused, match="already"):
        busy.add(sam, SECRET.replace("https", "webcal"), "", by=sam.person, now=clock.now())
    for n in range(4):
        busy.add(sam, f"https://calendars.example.org/{n}.ics", "", by=sam.person, now=clock.now())
    with pytest.raises(Refused, match="most"):
        busy.add(sam, "https://calendars.example.org/9.ics", "", by=sam.person, now=clock.now())


def test_anothers_calendar_is_missing(db, calendar, pat):
    with pytest.raises(Missing):
        busy.own(pat, calendar.id)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (SECRET, "calendars.example.org/…ic.ics"),
        ("https://calendars.example.org/abcdef", "calendars.example.org/…ef"),
        ("https://calendars.example.org/", "calendars.example.org/…"),
    ],
)
def test_a_secret_address_is_shown_by_its_ends(url, shown):
    assert busy.hidden(url) == shown


def test_the_next_free_start_of_many_asks_once_for_their_busy_times(db, sam, pat, calendar, check, clock):
    people.make_call_settings(pat)
    check(BUSY_AT_NINE)
    asked, both = [], [sam.id, pat.id]

    def watch(connection, cursor, statement: str, *rest) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", watch)
    try:
        found = availability.next_free(both, clock.now())
    finally:
        event.remove(db.engine, "before_cursor_execute", watch)
    assert len([one for one in asked if "busy_spans" in one]) == 1
    assert len(asked) == 4
    assert all(found.values())


def test_whose_next_weeks_are_busy_is_free_after_them(sam, calendar, check, clock):
    check(calendar_text(meeting("20261101T000000Z", "20261224T000000Z")))
    assert availability.next_free([sam.id, 999], clock.now()) == {
        sam.id: datetime(2026, 12, 24, 16, 0, tzinfo=UTC), 999: None,
    }
