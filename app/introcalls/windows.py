"""The hours in which calls may be taken, as people write them: weekly stretches, and dates that differ. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from app.formats import WEEKDAYS, listed, minute_words, on_date, span_words

MIDNIGHT = 24 * 60
MOST_HOURS = 14  # different hours of a week
MOST_CALLS = 50  # a week, where she sets a limit
NAMED = {"noon": 12 * 60, "midnight": 0}
CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(?:([ap])\.?\s?m\.?)?", re.ASCII)


@dataclass(frozen=True, order=True)
class Window:
    """A weekly stretch: weekday (0 is Monday), local minutes after midnight from and to."""

    weekday: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {span_words(self.start, self.end - self.start)}"


@dataclass(frozen=True, order=True)
class Special:
    """A date whose hours differ from the week's; both None: no calls."""

    on: date
    start: int | None = None
    end: int | None = None

    @property
    def hours(self) -> str:
        """ "no calls", or from when to when."""
        if self.start is None or self.end is None:
            return "no calls"
        return span_words(self.start, self.end - self.start)

    def __str__(self) -> str:
        return f"{on_date(self.on)}, {self.hours}"


def minute_of(text: str, *, is_end: bool = False) -> int:
    """A clock as people type it, "9:00", "9 am", "5:30pm", "17:30", "noon", in minutes after midnight.

    Without am or pm it is the 24-hour clock. Midnight is 0, at the end of a stretch 1440. ValueError, with words for
    the person, for anything else, and for what is not on a mark of five minutes.
    """
    text = " ".join(text.lower().split())
    minute = NAMED[text] if text in NAMED else _minute(text)
    if minute is None:
        raise ValueError("Please give a time such as 9:00 am or 17:30.")
    if minute % 5:
        raise ValueError("Please give a time on a mark of five minutes, such as 9:05 am.")
    return MIDNIGHT if is_end and minute == 0 else minute


def _minute(text: str) -> int | None:
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, rest, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 99
    if (hour, rest) == (24, 0):
        return 0
    return hour * 60 + rest if hour < 24 and rest < 60 else None


def clash(windows: Iterable[Window]) -> tuple[Window, Window] | None:
    """Two windows that overlap, the earlier first; None if all stand apart. Those that only touch do not overlap."""
    for one, next_one in pairwise(sorted(windows)):
        if one.weekday == next_one.weekday and next_one.start < one.end:
            return one, next_one
    return None


def clash_of_dates(specials: Iterable[Special]) -> tuple[Special, Special] | None:
    """Two entries of one date that contradict each other: hours that overlap, or hours and no calls at all."""
    by_date = sorted(specials, key=lambda one: (one.on, one.start or 0, one.end or 0))
    for one, next_one in pairwise(by_date):
        is_whole = one.end is None or next_one.start is None
        if one.on == next_one.on and (is_whole or (next_one.start or 0) < (one.end or 0)):
            return one, next_one
    return None


def by_hours(windows: Iterable[Window]) -> list[tuple[tuple[int, ...], int, int]]:
    """Windows of the same hours together: their weekdays, from, to; in the order of the week."""
    days: dict[tuple[int, int], list[int]] = {}
    for window in sorted(windows):
        days.setdefault((window.start, window.end), []).append(window.weekday)
    return [(tuple(weekdays), start, end) for (start, end), weekdays in days.items()]


def by_run(specials: Iterable[Special]) -> list[tuple[date, date, int | None, int | None]]:
    """Dates in a row with the same hours together: first, last, from, to."""
    runs: list[tuple[date, date, int | None, int | None]] = []
    for one in sorted(specials, key=lambda one: (one.start or 0, one.end or 0, one.on)):
        hours = (one.start, one.end)
        if runs and runs[-1][2:] == hours and one.on - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], one.on, *hours)
        else:
            runs.append((one.on, one.on, *hours))
    return sorted(runs, key=lambda run: (run[0], run[2] or 0))


def dates(first: date, last: date) -> Iterator[date]:
    """Every date from first to last, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def week_words(windows: Iterable[Window]) -> str:
    """ "Monday and Tuesday 9:00 am–noon; Friday 1:00–5:00 pm"."""
    groups = by_hours(windows)
    said = [f"{_days_words(days)} {span_words(start, end - start)}" for days, start, end in groups]
    return "; ".join(said) or "no hours"


def dates_words(specials: Iterable[Special]) -> str:
    """ "Dec 24, 2026 to Dec 26, 2026: no calls; Dec 31, 2026: 9:00–11:00 am"."""
    said = []
    for first, last, start, end in by_run(specials):
        when = on_date(first) if first == last else f"{on_date(first)} to {on_date(last)}"
        said.append(f"{when}: {Special(first, start, end).hours}")
    return "; ".join(said) or "none"


def _days_words(days: Sequence[int]) -> str:
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"
    return listed([WEEKDAYS[day] for day in days])


def clock_words(minute: int | None) -> str:
    """A minute as a field shows it: "9:00 am", 720 → "12:00 pm"; empty for none."""
    return "" if minute is None else minute_words(minute)
