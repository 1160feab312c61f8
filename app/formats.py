"""How fees, dates and times are written. Pure; the application registers each as a Jinja filter of the same name."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# What people in the United States call their zones; the rest go by their city.
ZONE_NAMES = {
    "America/New_York": "Eastern",
    "America/Detroit": "Eastern",
    "America/Indiana/Indianapolis": "Eastern",
    "America/Kentucky/Louisville": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Boise": "Mountain",
    "America/Phoenix": "Arizona",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Atlantic",
}


def dollars(cents: int) -> str:
    """7000 → "70", 7250 → "72.50": without the sign."""
    return f"{cents // 100:,}" if cents % 100 == 0 else f"{cents // 100:,}.{cents % 100:02d}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """(1, "seat") → "1 seat", (2, "seat") → "2 seats"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """["a", "b", "c"] → "a, b and c"; of nothing ""."""
    *first, end = [*words] or [""]
    return f"{', '.join(first)} {last} {end}" if first else end


def on_date(value: date) -> str:
    """Nov 3, 2026."""
    return f"{value:%b} {value.day}, {value.year}"


def minute_words(minute: int) -> str:
    """Minutes after midnight as a clock: 1050 → "5:30 pm", 1440 → "midnight"."""
    if minute % 1440 == 0:
        return "midnight"
    hour, rest = divmod(minute % 1440, 60)
    return f"{(hour - 1) % 12 + 1}:{rest:02d} {'am' if hour < 12 else 'pm'}"


def span_words(start: int, minutes: int) -> str:
    """(1050, 60) → "5:30–6:30 pm"; the half of the day is said once where both ends share it."""
    first, last = minute_words(start), minute_words(start + minutes)
    if first[-2:] == last[-2:] and first != "midnight":
        first = first[:-3]
    return f"{first}–{last}"


@cache
def zone_named(zone: str) -> ZoneInfo:
    """The zone of an IANA name. Kept: zoneinfo itself remembers only eight, and reads the ninth from its file again."""
    return ZoneInfo(zone)


def local(value: datetime, zone: str) -> datetime:
    """The instant in that zone."""
    return value.astimezone(zone_named(zone))


def clock_time(value: datetime, zone: str) -> str:
    """The instant as a clock in that zone: "5:00 pm"."""
    there = local(value, zone)
    return minute_words(there.hour * 60 + there.minute) if there.hour or there.minute else "midnight"


def clock_span(start: datetime, end: datetime, zone: str) -> str:
    """Two instants as clocks in that zone: "5:00–5:20 pm"; the half of the day is said once where both share it.

    Where the clock is changed between them each names its own time: "1:50 am EST–3:10 am EDT".
    """
    first, last = clock_time(start, zone), clock_time(end, zone)
    before, after = zone_short(start, zone), zone_short(end, zone)
    if before != after:
        return f"{first} {before}–{last} {after}"
    return f"{first[:-3] if first[-3:] == last[-3:] and first[-3:] in (' am', ' pm') else first}–{last}"


def zone_short(value: datetime, zone: str) -> str:
    """The zone's abbreviation at that instant: "CST"; where it has none, its offset: "UTC+5:30"."""
    there = local(value, zone)
    name = there.tzname() or ""
    if name and name[0] not in "+-":
        return name
    offset = there.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset is not None else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def zoned_span(start: datetime, end: datetime, zone: str) -> str:
    """As `clock_span`, with the zone: "5:00–5:20 pm CST"."""
    span, short = clock_span(start, end, zone), zone_short(end, zone)
    return span if span.endswith(short) else f"{span} {short}"


def zone_words(zone: str) -> str:
    """"Central time" for America/Chicago, "Kathmandu time" for Asia/Kathmandu."""
    return f"{ZONE_NAMES.get(zone) or zone.rsplit('/', 1)[-1].replace('_', ' ')} time"


def zone_choice(zone: str) -> str:
    """As `zone_words`, told apart from others of that name: "Central time, Chicago"."""
    words, city = zone_words(zone), zone.rsplit("/", 1)[-1].replace("_", " ")
    return words if city in words else f"{words}, {city}"


def day_words(value: datetime, zone: str) -> str:
    """Tue, Dec 1."""
    there = local(value, zone)
    return f"{there:%a}, {there:%b} {there.day}"


def long_day(value: datetime, zone: str) -> str:
    """Tuesday, December 1, 2026."""
    there = local(value, zone)
    return f"{there:%A}, {there:%B} {there.day}, {there.year}"


def when(value: datetime, zone: str) -> str:
    """Tue, Dec 1, 12:15 pm CST."""
    return f"{day_words(value, zone)}, {clock_time(value, zone)} {zone_short(value, zone)}"


def iso(value: datetime) -> str:
    """The instant for machines: 2026-11-24T23:30:00Z."""
    return value.strftime("%Y-%m-%dT%H:%M:%SZ")


FILTERS = (
    dollars, plural, listed, on_date, minute_words, span_words, clock_time, clock_span, zoned_span, zone_short,
    zone_words, zone_choice, day_words, long_day, when, iso,
)
