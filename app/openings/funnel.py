"""From looks to calls to seats, week by week. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 8


@dataclass(frozen=True)
class Week:
    """What happened from a Monday to the Sunday after it. Calls are booked with her, not with one opening."""

    monday: date
    views: int
    calls: int
    seats: int

    @property
    def words(self) -> str:
        """Nov 2."""
        return f"{self.monday:%b} {self.monday.day}"


@dataclass(frozen=True)
class Line:
    """One opening: its looks and the seats taken in it, a figure for each week, the oldest first."""

    opening_id: int
    title: str
    views: tuple[int, ...]
    seats: tuple[int, ...]


@dataclass(frozen=True)
class Funnel:
    """The weeks, the oldest first and the present one last, and the openings in the order they were given."""

    weeks: tuple[Week, ...]
    lines: tuple[Line, ...]

    @property
    def views(self) -> int:
        return sum(week.views for week in self.weeks)

    @property
    def calls(self) -> int:
        return sum(week.calls for week in self.weeks)

    @property
    def seats(self) -> int:
        return sum(week.seats for week in self.weeks)


def mondays(today: date) -> list[date]:
    """The Mondays of the last WEEKS weeks, that of `today` last."""
    this = monday(today)
    return [this - timedelta(weeks=ago) for ago in reversed(range(WEEKS))]


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def funnel(
    openings: Sequence[tuple[int, str]],
    *,
    views: Mapping[tuple[int, date], int],
    calls: Iterable[date],
    seats: Iterable[tuple[int, date]],
    today: date,
) -> Funnel:
    """`openings` are numbers and titles; `views` looks by opening and day, `calls` the days on which one was booked,
    `seats` opening and day for each seat taken. What lies outside the weeks, or in other openings, is left out."""
    weeks = mondays(today)
    seen: Counter[tuple[int, date]] = Counter()
    for (opening_id, day), count in views.items():
        seen[opening_id, monday(day)] += count
    taken = Counter((opening_id, monday(day)) for opening_id, day in seats)
    booked = Counter(monday(day) for day in calls)
    lines = tuple(
        Line(id, title, tuple(seen[id, week] for week in weeks), tuple(taken[id, week] for week in weeks))
        for id, title in openings
    )
    return Funnel(
        tuple(
            Week(week, sum(line.views[n] for line in lines), booked[week], sum(line.seats[n] for line in lines))
            for n, week in enumerate(weeks)
        ),
        lines,
    )
