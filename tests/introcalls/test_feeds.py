"""Busy times of subscribed calendars: files as real programs export them, with the times worked out by hand.

The files in feeds/ are invented: nobody in them lives, and no address leads anywhere.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.introcalls import feeds
from app.introcalls.feeds import Unreadable
from app.introcalls.slots import UnknownZone

FEEDS = Path(__file__).parent / "feeds"
SINCE, UNTIL = datetime(2026, 10, 19, tzinfo=UTC), datetime(2026, 12, 19, tzinfo=UTC)
HERE = "America/Chicago"  # UTC-5 until Sunday, November 1, then UTC-6

# By hand: what each calendar keeps busy, in UTC.
BUSY = {
    "google-exdate": [  # Tuesdays 4 pm in New York, but for the one in the first week of November
        "2026-10-20 20:00/21:00", "2026-10-27 20:00/21:00", "2026-11-10 21:00/22:00", "2026-11-17 21:00/22:00",
        "2026-11-24 21:00/22:00",
    ],
    "google-moved-and-cancelled": ["2026-10-26 14:00/14:30", "2026-11-03 19:00/19:45", "2026-11-16 15:00/15:30"],
    "google-free-busy-only": ["2026-10-28 15:00/17:00", "2026-10-29 01:00/01:30"],
    "google-all-day": ["2026-11-26 06:00/2026-11-28 06:00"],
    "outlook-windows-zone": ["2026-10-21 16:00/17:00", "2026-11-04 17:00/18:00", "2026-11-18 17:00/18:00"],
    "outlook-no-vtimezone": ["2026-11-05 16:30/17:15", "2026-11-23 06:00/2026-11-24 06:00"],
    "outlook-moved": ["2026-11-02 14:00/14:30", "2026-11-03 16:00/17:00", "2026-11-04 14:00/14:30"],
    "outlook-quoted-zone": ["2026-11-16 17:00/18:00"],
    "apple-duration": ["2026-11-10 21:00/22:30"],
    "apple-long-lines": ["2026-10-19 17:00/17:15", "2026-10-24 17:00/17:15", "2026-10-25 17:00/17:15"],
    "nextcloud-berlin": ["2026-10-22 15:00/16:00", "2026-10-29 16:00/17:00"],
    "nextcloud-rdate": ["2026-10-27 15:00/16:00", "2026-11-03 16:00/17:00", "2026-11-05 19:00/20:00"],
    "rdate-period": ["2026-10-27 15:00/16:00", "2026-11-04 15:00/15:30", "2026-11-05 15:00/17:00"],
    "floating": ["2026-10-30 14:00/15:00", "2026-11-06 15:00/16:00"],
    "unknown-zone": ["2026-11-12 17:00/17:30"],
    "night-of-the-fall-back": ["2026-11-01 04:00/10:00"],  # six hours between 11 pm and 4 am
    "many-days": ["2026-10-19 00:00/2026-10-21 05:00", "2026-12-04 21:00/2026-12-06 17:00"],
    "transparent-and-cancelled": [],
    "private-and-tentative": ["2026-11-17 14:00/15:00", "2026-11-18 14:00/14:30"],
    "empty": [],
    "byte-order-mark": ["2026-11-09 18:00/19:00"],
    "two-calendars": ["2026-11-09 18:00/19:00", "2026-11-10 18:00/19:00"],
    "one-broken-event": ["2026-11-11 18:00/19:00", "2026-11-12 18:00/19:00"],  # one stands back to front
    "no-end": ["2026-11-11 06:00/2026-11-12 06:00"],
    "monthly-by-weekday": ["2026-11-13 16:00/17:30", "2026-12-11 16:00/17:30"],
    "from-here-on": [
        "2026-10-19 17:00/18:00", "2026-10-26 17:00/18:00", "2026-11-02 20:00/20:30", "2026-11-09 20:00/20:30",
    ],
    "other-components": ["2026-11-04 15:00/16:00"],
}
REFUSED = {
    "refused-hourly": "more often than daily",
    "refused-cut-off": "damaged or incomplete",
    "refused-page": "not a calendar",
}
SPRING = ["2027-03-07 06:00/09:00", "2027-03-14 06:00/08:00", "2027-03-21 05:00/08:00"]  # two hours from one to four


def read(name: str) -> str:
    return (FEEDS / f"{name}.ics").read_bytes().decode()


def busy(text: str, zone: str = HERE, since: datetime = SINCE, until: datetime = UNTIL, **more) -> list[str]:
    """Spans as the table has them: the end's date only where it is another."""
    spans = feeds.busy(text, zone, since, until, **more)
    return [f"{a:%Y-%m-%d %H:%M}/{b:{'%H:%M' if a.date() == b.date() else '%Y-%m-%d %H:%M'}}" for a, b in spans]


def event(*lines: str, uid: str = "one@example.org") -> str:
    body = "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize("name", BUSY)
def test_a_calendar_keeps_its_times_busy(name: str):
    assert busy(read(name)) == BUSY[name]


def test_every_file_has_its_times_beside_it():
    names = {path.stem for path in FEEDS.glob("*.ics")}
    assert names == {*BUSY, *REFUSED, "sundays-of-the-spring"}
    assert len(names) >= 20


def test_a_night_that_loses_an_hour_is_shorter():
    march, april = datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC)
    assert busy(read("sundays-of-the-spring"), since=march, until=april) == SPRING


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_calendar_or_never_ends_is_refused_with_words(name: str):
    with pytest.raises(Unreadable, match=REFUSED[name]):
        busy(read(name))


def test_floating_and_all_day_times_follow_the_supervisors_zone():
    assert busy(read("floating"), "America/Phoenix") == ["2026-10-30 16:00/17:00", "2026-11-06 16:00/17:00"]
    assert busy(read("google-all-day"), "Asia/Kathmandu") == ["2026-11-25 18:15/2026-11-27 18:15"]


def test_line_ends_change_nothing():
    for name in ("google-exdate", "apple-long-lines"):
        assert busy(read(name).replace("\r\n", "\n")) == BUSY[name]


def test_our_own_calls_are_left_out():
    text = event("DTSTART:20261109T180000Z", "DTEND:20261109T190000Z", uid="abc@second-chair")
    assert busy(text) == ["2026-11-09 18:00/19:00"]
    assert busy(text, but={"abc@second-chair"}) == []


def test_too_much_is_refused_before_it_is_read():
    with pytest.raises(Unreadable, match="1 MB"):
        busy(event(f"DESCRIPTION:{'x' * 1024 * 1024}"))
    with pytest.raises(Unreadable, match="5,000"):
        busy("BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 5_001 + "END:VCALENDAR\r\n")


@pytest.mark.parametrize("freq", ["SECONDLY", "MINUTELY", "HOURLY", "secondly"])
def test_nothing_that_repeats_within_a_day_is_followed(freq: str):
    with pytest.raises(Unreadable, match="more often than daily"):
        busy(event("DTSTART:20261109T180000Z", f"RRULE;X-A=b:COUNT=3;FREQ={freq}"))


def test_a_series_without_end_ends_with_the_window():
    found = busy(event("DTSTART:20100101T180000Z", "DTEND:20100101T190000Z", "RRULE:FREQ=DAILY"))
    assert len(found) == 61


def test_a_zone_that_nobody_knows_is_the_callers_fault():
    with pytest.raises(UnknownZone):
        busy(read("empty"), "Mars/Olympus")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="BEGIN:VCALDRTZ;=\r\n 0123456789", max_size=300))
def test_whatever_is_written_there_is_read_or_refused(text: str):
    for whole in (text, f"BEGIN:VCALENDAR\r\n{text}\r\nEND:VCALENDAR\r\n", event(text)):
        try:
            spans = feeds.busy(whole, HERE, SINCE, UNTIL)
        except Unreadable:
            continue
        assert all(SINCE <= start < end <= UNTIL for start, end in spans)
