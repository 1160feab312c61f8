"""When supervisors can be called: their next free start, and the week of starts that a reader picks from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from app.db import db
from app.formats import clock_time, iso, zone_short
from app.introcalls import diaries, slots
from app.introcalls.diaries import Diary
from app.introcalls.models import Call, CallSettings
from app.supervisors.models import Supervisor

US_ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu",
)
A_WEEK = timedelta(days=7)
SOON = timedelta(days=21)  # most have a free start by then: what calendars say of later need not be read


@dataclass(frozen=True)
class Start:
    """A start on the page: when, and whether somebody has it already."""

    at: datetime
    is_taken: bool = False


@dataclass(frozen=True)
class Day:
    """A day of the reader's, with its starts. `is_doubled`: it has an hour twice, so that each time needs its zone."""

    on: date
    starts: tuple[Start, ...]
    is_doubled: bool = False


# A day as components/bits.day_slots takes it: "Mon", "Nov 30", [("2026-11-30T18:15:00Z", "12:15 pm", False)]
Row = tuple[str, str, list[tuple[str, str, bool]]]


@dataclass(frozen=True)
class Picker:
    """A week of free starts in the reader's zone, all that introcalls/_slots.html needs.

    `monday` begins the week shown; `earlier` and `later` are dates to turn to, None at either end. `next_free` is the
    first free start after a week that has none. `minutes` is None when she takes no calls here. `faults` are words for
    what was asked in vain, by name (`from`, `tz`). `moving` is the public id of a call that is being moved.
    """

    supervisor_id: int
    slug: str
    first_name: str
    zone: str
    zones: tuple[str, ...]
    minutes: int | None
    by_video: bool
    monday: date
    days: tuple[Day, ...]
    earlier: date | None
    later: date | None
    next_free: datetime | None
    faults: Mapping[str, str]
    moving: str | None

    @property
    def rows(self) -> list[Row]:
        """The days as the page lists them."""
        return rows(self.days, self.zone)

    @property
    def next_from(self) -> date | None:
        """The reader's date of the next free start."""
        return self.next_free.astimezone(slots.zone_named(self.zone)).date() if self.next_free else None

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of this week is free."""
        return all(start.is_taken for day in self.days for start in day.starts)


def next_free(supervisor_ids: Iterable[int], now: datetime) -> dict[int, datetime | None]:
    """The first free start of each supervisor as a UTC instant, None for those who have none or take no calls."""
    ids = list(supervisor_ids)
    near = diaries.load(ids, now, ahead=SOON)
    soon = {one: next(diary.free(now, until=now + SOON), None) for one, diary in near.items()}
    far = diaries.load([one for one, at in soon.items() if at is None], now)
    return dict.fromkeys(ids) | soon | {one: next(diary.free(now), None) for one, diary in far.items()}


def is_free(supervisor: Supervisor, starts_at: datetime, now: datetime) -> bool:
    """Whether a call with her may start at that instant, and nobody has it."""
    diary = diaries.load([supervisor.id], now).get(supervisor.id)
    return diary is not None and diary.is_free(starts_at, now)


def settings_of(supervisor: Supervisor) -> CallSettings | None:
    """How she takes calls, None if she does not."""
    return db.session.get(CallSettings, supervisor.id)


def picker(
    supervisor: Supervisor,
    zone: str,
    now: datetime,
    from_: date | None = None,
    *,
    faults: Mapping[str, str] | None = None,
    moving: Call | None = None,
) -> Picker:
    """The week that holds `from_`, in the reader's `zone`; without a date the first week that has a free start.

    A date in the past shows this week, one beyond her horizon the last week within it. `moving` is a call that is to
    be put elsewhere: what it takes is free.
    """
    diary = diaries.load([supervisor.id], now, but=moving).get(supervisor.id)
    settings = settings_of(supervisor)
    there = slots.zone_named(zone)
    today = now.astimezone(there).date()
    end = now + timedelta(days=diary.habits.horizon_days if diary else 0)
    first, last = _monday(today), _monday(end.astimezone(there).date())
    soonest = next(diary.free(now), None) if diary else None
    if from_ is None:
        from_ = soonest.astimezone(there).date() if soonest else today
    monday = min(max(_monday(from_), first), last)
    days = _days(diary, zone, now, monday, moving) if diary else ()
    shown = Picker(
        supervisor.id, supervisor.slug, supervisor.first_name, zone, _zones(zone, supervisor.zone),
        minutes=diary.habits.minutes if diary else None,
        by_video=settings is None or settings.is_by_video,
        monday=monday,
        days=tuple(day for day in days if day.on >= today and (day.starts or day.on.weekday() < 5)),
        earlier=monday - A_WEEK if monday > first else None,
        later=monday + A_WEEK if monday < last else None,
        next_free=None,
        faults=faults or {},
        moving=moving.public_id if moving else None,
    )
    if not shown.is_empty or diary is None:
        return shown
    after = datetime.combine(monday + A_WEEK, time.min, there)
    return replace(shown, next_free=next(diary.free(now, since=after), soonest))


def left(supervisor: Supervisor, zone: str, now: datetime, near: datetime | None, count: int = 4) -> tuple[Day, ...]:
    """Days with free starts, at most `count`, from the day of a start that somebody wanted; else the first at all."""
    diary = diaries.load([supervisor.id], now).get(supervisor.id)
    if diary is None:
        return ()
    there = slots.zone_named(zone)
    since = now if near is None else datetime.combine(near.astimezone(there).date(), time.min, there)
    return grouped(diary.free(now, since=since), zone, count) or grouped(diary.free(now), zone, count)


def grouped(starts: Iterable[datetime], zone: str, count: int) -> tuple[Day, ...]:
    """Starts in order as the first `count` days of a zone that have any."""
    return _grouped((Start(at) for at in starts), zone)[:count]


def rows(days: Iterable[Day], zone: str) -> list[Row]:
    """Days in words; where a clock shows an hour twice, each time says which it is."""

    def words(start: Start, is_doubled: bool) -> str:
        time_words = clock_time(start.at, zone)
        return f"{time_words} {zone_short(start.at, zone)}" if is_doubled else time_words

    return [
        (
            f"{day.on:%a}",
            f"{day.on:%b} {day.on.day}",
            [(iso(start.at), words(start, day.is_doubled), start.is_taken) for start in day.starts],
        )
        for day in days
    ]


def _days(diary: Diary, zone: str, now: datetime, monday: date, moving: Call | None) -> tuple[Day, ...]:
    """All seven days of a week, with what is free and what is taken."""
    there = slots.zone_named(zone)
    since, until = (datetime.combine(day, time.min, there) for day in (monday, monday + A_WEEK))
    here = moving.starts_at if moving else None
    starts = [Start(at, is_taken=at == here) for at in diary.free(now, since, until)]
    taken = (slots.instant(start) for start, _ in diary.taken)
    starts += [Start(at, is_taken=True) for at in taken if max(since, now) <= at < until]
    found = {day.on: day for day in _grouped(sorted(starts, key=lambda start: start.at), zone)}
    week = [monday + timedelta(days=n) for n in range(7)]
    return tuple(found.get(on, Day(on, ())) for on in week)


def _grouped(starts: Iterable[Start], zone: str) -> tuple[Day, ...]:
    there = slots.zone_named(zone)
    by_day: dict[date, list[Start]] = {}
    for start in starts:
        by_day.setdefault(start.at.astimezone(there).date(), []).append(start)
    return tuple(Day(on, tuple(of_day), _is_doubled(on, zone)) for on, of_day in by_day.items())


def _is_doubled(on: date, zone: str) -> bool:
    """Whether clocks go back on that day."""
    there = slots.zone_named(zone)
    morning, night = (datetime.combine(on, at, there).utcoffset() for at in (time.min, time.max))
    return morning is not None and night is not None and night < morning


def _zones(zone: str, hers: str) -> tuple[str, ...]:
    """The zones to choose from: those of the country, the reader's and the supervisor's own."""
    return tuple(dict.fromkeys((*US_ZONES, hers, zone)))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
