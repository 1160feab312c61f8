"""When what happened on a day comes to be seen: the morning after, so that nobody learns at which hour it did. Pure."""

from datetime import UTC, datetime, time, timedelta

MORNING = time(10, tzinfo=UTC)  # early in the morning on the mainland, from 2 am Pacific to 6 am Eastern


def next_morning(now: datetime) -> datetime:
    """The first morning after this instant."""
    today = datetime.combine(now.astimezone(UTC).date(), MORNING)
    return today if today > now else today + timedelta(days=1)


def last_morning(by: datetime) -> datetime:
    """The last morning up to this instant."""
    return next_morning(by) - timedelta(days=1)
