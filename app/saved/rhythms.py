"""When alerts are due: as soon as there is news, each morning, or on Monday mornings, by the reader's clock. Pure.

However often there is news, she gets one letter a day: after one, the next goes the next morning at the earliest.
"""

from datetime import UTC, date, datetime, time, timedelta

from app.formats import local, zone_named

MORNING = time(8)
WORDS = {
    "at_once": "At once",
    "daily": "Each morning",
    "weekly": "Monday mornings",
    "never": "No letters",
}


def next_due(rhythm: str, after: datetime, zone: str) -> datetime | None:
    """When a search of this rhythm is looked through next, having been looked through; None for never."""
    if rhythm == "never":
        return None
    if rhythm == "at_once":
        return after
    day = local(after, zone).date()
    if _morning(day, zone) <= after:
        day += timedelta(days=1)
    if rhythm == "weekly":
        day += timedelta(days=-day.weekday() % 7)
    return _morning(day, zone)


def not_before(last: datetime | None, zone: str) -> datetime | None:
    """The earliest moment of another letter after one at `last`; None if there was none."""
    return _morning(local(last, zone).date() + timedelta(days=1), zone) if last else None


def end_of_day(now: datetime, zone: str) -> datetime:
    """The midnight to come on a clock of that zone."""
    day = local(now, zone).date() + timedelta(days=1)
    return datetime.combine(day, time(), zone_named(zone)).astimezone(UTC)


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, MORNING, zone_named(zone)).astimezone(UTC)
