"""When a subscribed calendar (iCalendar, RFC 5545) is busy. Pure.

What other people's programs write is read with patience, within limits: an event that cannot be read is left out, a
text that is no calendar, is too large, or repeats more often than daily is refused with words.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import chain, count

import recurring_ical_events
from icalendar import Calendar, Component, Event

from app.introcalls import slots

LARGEST = 1024 * 1024  # bytes
MOST_COMPONENTS = 5_000
SUB_DAILY = re.compile(r"^(?:RRULE|EXRULE)[^:\n]*:[^\n]*FREQ=(?:SECONDLY|MINUTELY|HOURLY)", re.I | re.M)
FOLD = re.compile(r"\r?\n[ \t]")
DAY = timedelta(days=1)
DAMAGED = "The calendar is damaged or incomplete; we cannot read it."

Busy = tuple[datetime, datetime]  # two UTC instants, from and to


class Unreadable(ValueError):
    """Nothing can be made of the text; `str()` says why, in words for the one whose calendar it is."""


def busy(text: str, zone: str, since: datetime, until: datetime, *, but: Collection[str] = ()) -> list[Busy]:
    """The spans within [since, until) in which the calendar is busy: sorted, none touching the next.

    Recurring events are followed with their exceptions; cancelled and transparent ones do not count, tentative ones do.
    All-day events, times without a zone and times in a zone that nobody knows are in `zone` (an IANA name). `but` are
    UIDs of events to leave out. Raises Unreadable, and UnknownZone for `zone`.
    """
    text = FOLD.sub("", text.lstrip("\ufeff \t\r\n"))
    _refuse(text)
    here = slots.zone_named(zone)
    spans = chain.from_iterable(_spans(series, here, since, until) for series in _series(_calendars(text), but))
    clipped = ((max(start, since), min(end, until)) for start, end in spans)
    return slots.merged((start, end) for start, end in clipped if start < end)


def _refuse(text: str) -> None:
    """What is no calendar, or would take too long."""
    if not text[:15].upper().startswith("BEGIN:VCALENDAR"):
        raise Unreadable("What the address answers with is not a calendar.")
    if len(text.encode(errors="replace")) > LARGEST:
        raise Unreadable("The calendar is larger than 1 MB, more than we read.")
    if len(re.findall(r"^BEGIN:", text, re.I | re.M)) > MOST_COMPONENTS:
        raise Unreadable("The calendar has more than 5,000 entries, more than we read.")
    if text.rstrip()[-13:].upper() != "END:VCALENDAR":
        raise Unreadable(DAMAGED)
    if SUB_DAILY.search(text):
        raise Unreadable("The calendar has an event that repeats more often than daily, which we do not follow.")


def _calendars(text: str) -> list[Component]:
    try:
        return list(Calendar.from_ical(text, multiple=True))
    except Exception:  # the parser promises no kind of error for what it cannot read
        raise Unreadable(DAMAGED) from None


def _series(calendars: Iterable[Component], but: Collection[str]) -> Iterator[Calendar]:
    """Each event with the exceptions to it as a calendar of its own, so that a broken one spoils no other."""
    nameless = count()
    series: dict[str, Calendar] = {}
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            uid = str(event.get("UID", ""))
            if uid not in but:
                series.setdefault(uid or f"nameless {next(nameless)}", Calendar()).add_component(event)
    yield from series.values()


def _spans(series: Calendar, here: tzinfo, since: datetime, until: datetime) -> list[Busy]:
    """What one event takes; a day more on either side, for times whose zone is not yet known."""
    try:
        events = recurring_ical_events.of(series).between(since - DAY, until + DAY)
        return [_span(event, here) for event in events if isinstance(event, Event) and _is_busy(event)]
    except Exception:  # as above: dates out of range, rules that contradict themselves, no beginning at all
        return []


def _is_busy(event: Event) -> bool:
    def said(name: str) -> str:
        return str(event.get(name, "")).upper()

    is_free = said("TRANSP") == "TRANSPARENT" or said("X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"
    return not is_free and said("STATUS") != "CANCELLED"


def _span(event: Event, here: tzinfo) -> Busy:
    return _instant(event.start, here), _instant(event.end, here)


def _instant(moment: date, here: tzinfo) -> datetime:
    """A date begins at midnight; what has no zone of its own is `here`."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.min)
    return (moment if moment.tzinfo else moment.replace(tzinfo=here)).astimezone(UTC)
