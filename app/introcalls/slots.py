"""Which starts of an intro call are free. Pure.

Outside, instants are aware UTC datetimes; inside, whole minutes since 1970 UTC. The changes of the zone's offset are
found once and remembered, so that a start costs an addition and no conversion. Local times that a clock change skips
do not exist; those that it repeats are offered twice, as the two instants they are; a call that would straddle a
change is not offered.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 24 * 60
MINUTE = timedelta(minutes=1)
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
THURSDAY = 3  # the weekday of 1 January 1970

Stretch = tuple[int, int]  # local minutes after midnight, from and to (to at most 1440)
Moment = TypeVar("Moment", int, datetime)
Span = tuple[int, int]  # minutes since 1970 UTC, from and to, the end not included
Period = tuple[int, int, int]  # minutes since 1970 UTC from and to, and the zone's offset in minutes between them


class UnknownZone(ValueError):
    """A name that no time zone has."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How someone takes calls. Lengths in minutes; `zone` is that of the windows; None means no limit.

    A call may start at `now + notice` at the earliest and `now + horizon_days` at the latest, both included.
    `max_per_week` counts the calls of a local week, Monday to Sunday.
    """

    zone: str
    minutes: int = 20
    step: int = 15
    buffer: int = 10
    notice: int = DAY
    horizon_days: int = 60
    max_per_week: int | None = None
    no_calls_before: date | None = None


def free(
    windows: Mapping[int, Sequence[Stretch]],
    exceptions: Mapping[date, Sequence[Stretch]],
    taken: Iterable[Span],
    habits: Habits,
    *,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    busy: Iterable[Span] = (),
) -> Iterator[datetime]:
    """Free starts in order, as UTC instants, from `since` (included) to `until` (not included).

    `windows` are the stretches of each weekday (0 is Monday); a date in `exceptions` has those stretches instead, none
    for no calls. `taken` are the spans claimed already, each with the buffer after it; `busy` those of other
    calendars, which are no calls and so do not count for the week. Raises UnknownZone.
    """
    first, last = _range(habits, now, since, until)
    if first > last or habits.max_per_week == 0:
        return
    periods = offset_periods(habits.zone, first // DAY - 8, (last - first) // DAY + 12)
    spans = list(taken)
    blocked = merged([*spans, *busy])
    ends = [end for _, end in blocked]
    full_weeks = _full_weeks(spans, periods, habits.max_per_week)
    claim = habits.minutes + habits.buffer
    for day in _days(first, last, periods, habits.no_calls_before):
        if (day + THURSDAY) // 7 in full_weeks:
            continue
        if exceptions and (on := date.fromordinal(EPOCH_ORDINAL + day)) in exceptions:
            stretches = exceptions[on]
        else:
            stretches = windows.get((day + THURSDAY) % 7, ())
        for start in _starts_of_day(day * DAY, stretches, periods, habits):
            if first <= start <= last:
                at = bisect_right(ends, start)
                if at == len(blocked) or blocked[at][0] >= start + claim:
                    yield instant(start)


def is_free(
    windows: Mapping[int, Sequence[Stretch]],
    exceptions: Mapping[date, Sequence[Stretch]],
    taken: Iterable[Span],
    habits: Habits,
    *,
    now: datetime,
    starts_at: datetime,
) -> bool:
    """Whether a call may start at that instant."""
    until = starts_at + timedelta(minutes=1)
    return starts_at in free(windows, exceptions, taken, habits, now=now, since=starts_at, until=until)


def minute(moment: datetime) -> int:
    """The minute since 1970 UTC that an aware moment lies in."""
    return int((moment - EPOCH) // MINUTE)


def minute_up(moment: datetime, grid: int = 1) -> int:
    """The first minute since 1970 UTC, of those that `grid` divides, that is not before an aware moment."""
    return -int((EPOCH - moment) // (grid * MINUTE)) * grid


def instant(minutes: int) -> datetime:
    """The UTC instant of a minute since 1970."""
    return EPOCH + timedelta(minutes=minutes)


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of that name, old names such as US/Pacific included. Raises UnknownZone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; not a name at all; the name of a folder
        raise UnknownZone(f"{name!r} is not the name of a time zone") from None


@lru_cache(maxsize=1024)
def offset_periods(zone: str, first_day: int, days: int) -> tuple[Period, ...]:
    """The stretches of constant offset in a zone, for so many days from a day (since 1970, UTC) on.

    Looks once a day and halves its way to the minute of each change; two changes within a day have never been.
    Raises UnknownZone.
    """
    there = zone_named(zone)

    def offset(at: int) -> int:
        difference = instant(at).astimezone(there).utcoffset()
        return 0 if difference is None else difference // timedelta(minutes=1)

    periods, begun, current = [], first_day * DAY, offset(first_day * DAY)
    for day in range(first_day, first_day + days):
        before, after = day * DAY, (day + 1) * DAY
        if offset(after) == current:
            continue
        while after - before > 1:
            middle = (before + after) // 2
            before, after = (middle, after) if offset(middle) == current else (before, middle)
        periods.append((begun, after, current))
        begun, current = after, offset(after)
    periods.append((begun, (first_day + days) * DAY, current))
    return tuple(periods)


def _range(habits: Habits, now: datetime, since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """The first and the last minute at which a call may start."""
    first = minute_up(now + timedelta(minutes=habits.notice))
    last = minute(now + timedelta(days=habits.horizon_days))
    if since is not None:
        first = max(first, minute_up(since))
    if until is not None:
        last = min(last, minute_up(until) - 1)
    return first, last


def _days(first: int, last: int, periods: Sequence[Period], no_calls_before: date | None) -> range:
    """Local days (since 1970) in which a minute from first to last may lie."""
    offsets = [offset for _, _, offset in periods]
    begin = (first + min(offsets)) // DAY
    if no_calls_before is not None:
        begin = max(begin, no_calls_before.toordinal() - EPOCH_ORDINAL)
    return range(begin, (last + max(offsets)) // DAY + 1)


def _starts_of_day(midnight: int, stretches: Sequence[Stretch], periods: Sequence[Period], habits: Habits) -> list[int]:
    """Every start that a local day's stretches allow, sorted, each instant once."""
    starts: list[int] = []
    for opens, closes in stretches:
        for begun, ended, offset in periods:
            low = max(midnight + opens, begun + offset)
            high = min(midnight + closes, ended + offset) - habits.minutes
            if low <= high:
                low += (midnight + opens - low) % habits.step  # the grid counts from the stretch's own beginning
                starts.extend(range(low - offset, high - offset + 1, habits.step))
    return sorted(set(starts)) if len(stretches) > 1 else starts


def merged(spans: Iterable[tuple[Moment, Moment]]) -> list[tuple[Moment, Moment]]:
    """The same time as sorted spans that do not touch; in minutes or in instants."""
    apart: list[tuple[Moment, Moment]] = []
    for start, end in sorted(spans):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _full_weeks(spans: Iterable[Span], periods: Sequence[Period], limit: int | None) -> set[int]:
    """Local weeks (Monday to Sunday, counted from that of 1 January 1970) that hold as many calls as are allowed."""
    if limit is None:
        return set()
    weeks = Counter(
        ((start + offset) // DAY + THURSDAY) // 7
        for start, _ in spans
        for begun, ended, offset in periods
        if begun <= start < ended
    )
    return {week for week, count in weeks.items() if count >= limit}
