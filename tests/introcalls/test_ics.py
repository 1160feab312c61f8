"""The calendar entry: read back by a second parser, escaped, folded, without anything written to one another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import vobject
from icalendar import Calendar

from app.introcalls import booking, calls, ics
from app.introcalls.ics import Meeting, Organizer
from tests import people

NINE = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
SITE = Organizer("Second Chair", "no-reply@site.example", "https://site.example")
MEETING = Meeting(
    uid="abc@second-chair",
    summary="Intro call: Sam Okafor and Ana Ruiz",
    description="Join: https://meet.example.org/sam\nThe call: https://site.example/calls/abc",
    location="https://meet.example.org/sam",
    url="https://site.example/calls/abc",
    starts_at=NINE,
    ends_at=NINE + timedelta(minutes=20),
    attendees=(("Sam Okafor", "sam@example.org"), ("Ana Ruiz", "ana@example.org")),
    sequence=0,
    told_at=NINE - timedelta(days=7),
)


def parsed(meeting=MEETING, method="REQUEST"):
    return vobject.readOne(ics.invitation(meeting, SITE, method))


def test_a_second_parser_reads_it_to_the_minute():
    calendar = parsed()
    event = calendar.vevent
    assert (calendar.method.value, event.uid.value, event.sequence.value) == ("REQUEST", "abc@second-chair", "0")
    assert (event.dtstart.value, event.dtend.value) == (NINE, NINE + timedelta(minutes=20))
    assert event.dtstart.serialize().strip() == "DTSTART:20261201T160000Z"
    assert (event.status.value, event.url.value) == ("CONFIRMED", "https://site.example/calls/abc")
    assert (event.location.value, event.summary.value) == (MEETING.location, MEETING.summary)
    assert event.organizer.value == "mailto:no-reply@site.example"
    assert [a.value for a in event.attendee_list] == ["mailto:sam@example.org", "mailto:ana@example.org"]
    assert [a.params["CN"] for a in event.attendee_list] == [["Sam Okafor"], ["Ana Ruiz"]]


def test_lines_end_and_fold_as_the_standard_says():
    text = ics.invitation(replace(MEETING, summary="Ñandú " * 40), SITE, "REQUEST")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


@pytest.mark.parametrize(
    "name", ["Ana; Ruiz, LPC", "back\\slash", "two\nlines", 'the "Ana"', "BEGIN:VEVENT\r\nUID:evil", "José 🪑"]
)
def test_no_name_bends_it(name):
    meeting = replace(MEETING, summary=f"Intro call: {name}", attendees=((name, "ana@example.org"),))
    calendar = parsed(meeting)
    assert len(calendar.vevent_list) == 1
    assert calendar.vevent.uid.value == "abc@second-chair"
    assert calendar.vevent.summary.value.replace("\r\n", "\n") == f"Intro call: {name}".replace("\r\n", "\n")
    assert calendar.vevent.attendee.value == "mailto:ana@example.org"


def test_links_add_it_to_other_calendars():
    google = parse_qs(urlsplit(ics.google_link(MEETING)).query)
    outlook = parse_qs(urlsplit(ics.outlook_link(MEETING)).query)
    assert google["dates"] == ["20261201T160000Z/20261201T162000Z"]
    assert (outlook["startdt"], outlook["enddt"]) == (["2026-12-01T16:00:00Z"], ["2026-12-01T16:20:00Z"])
    assert google["text"] == outlook["subject"] == [MEETING.summary]


def test_a_call_keeps_its_uid_while_its_sequence_grows_to_the_cancellation(app, clock, ana, sam, outbox):
    people.make_call_settings(sam)
    call = booking.book(sam, NINE, by=ana, note="private", zone="America/Phoenix", now=clock.now(), site=SITE)
    booking.move(call, NINE + timedelta(hours=1), by=ana, now=clock.forward(hours=1), site=SITE)
    booking.cancel(call, by=ana, note="private too", now=clock.forward(hours=1), site=SITE)
    sent = [Calendar.from_ical(letter.calendar) for letter in outbox()]
    events = [calendar.walk("VEVENT")[0] for calendar in sent]
    assert [calendar["METHOD"] for calendar in sent] == ["REQUEST"] * 4 + ["CANCEL"] * 2
    assert [int(event["SEQUENCE"]) for event in events] == [0, 0, 1, 1, 2, 2]
    assert len({str(event["UID"]) for event in events}) == 1
    assert str(events[-1]["STATUS"]) == "CANCELLED"
    stamps = [event["DTSTAMP"].dt for event in events]
    assert stamps[0] < stamps[2] < stamps[4]
    assert not any("private" in letter.calendar for letter in outbox())


@pytest.mark.parametrize(
    ("how", "location"),
    [
        ({"join_link": "https://meet.example.org/sam"}, "https://meet.example.org/sam"),
        ({"join_link": "", "phone": "+1 520 555 0101"}, "+1 520 555 0101"),
        ({"join_link": "javascript:alert(1)"}, ""),
        ({"join_link": ""}, ""),
    ],
)
def test_where_it_takes_place(app, ana, sam, how, location):
    people.make_call_settings(sam, **how)
    call = people.make_call(sam, ana, starts_at=NINE)
    assert calls.meeting(call, SITE, NINE).location == location
