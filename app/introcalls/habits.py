"""How a supervisor takes calls: what she chose, kept, compared between two windows, and looked at beforehand."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from app import audit, changes
from app.accounts.models import Person
from app.db import db
from app.formats import on_date, plural, zone_words
from app.introcalls import availability, busy, diaries, slots, windows
from app.introcalls.availability import Row
from app.introcalls.diaries import Diary
from app.introcalls.models import CallException, CallSettings, CallWindow
from app.introcalls.slots import DAY, Habits
from app.introcalls.windows import Special, Window
from app.refusals import Refused
from app.supervisors.models import Supervisor

STALE = "This page was saved in another window meanwhile. Below is what differs; nothing is lost."
SHOWN_DAYS, SHOWN_STARTS = 4, 8


@dataclass(frozen=True)
class Choice:
    """What she chose. The names are those of CallSettings; lengths in minutes, None for no limit."""

    zone: str
    minutes: int = 20
    step_minutes: int = 15
    buffer_minutes: int = 10
    notice_minutes: int = DAY
    horizon_days: int = 60
    max_per_week: int | None = None
    no_calls_before: date | None = None
    join_link: str = ""
    phone: str = ""
    windows: frozenset[Window] = field(default_factory=frozenset)
    specials: frozenset[Special] = field(default_factory=frozenset)

    @property
    def columns(self) -> dict[str, Any]:
        """The part that stands in CallSettings."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("windows", "specials")}

    @property
    def said(self) -> dict[str, str]:
        """Each part in words, by what it is about."""
        most = "as many as fit" if self.max_per_week is None else plural(self.max_per_week, "call")
        return {
            "Weekly hours": windows.week_words(self.windows),
            "Dates that differ": windows.dates_words(self.specials),
            "Time zone": zone_words(self.zone),
            "Length of a call": plural(self.minutes, "minute"),
            "A start every": plural(self.step_minutes, "minute"),
            "Free after a call": plural(self.buffer_minutes, "minute"),
            "Notice": notice_words(self.notice_minutes),
            "Booked ahead": plural(self.horizon_days, "day"),
            "At most in a week": most,
            "No calls until": on_date(self.no_calls_before) if self.no_calls_before else "not set",
            "Link": self.join_link or "none",
            "Phone": self.phone or "none",
        }


@dataclass(frozen=True)
class Preview:
    """The next free starts that a choice would give, in its zone. `change` is when clocks change within the horizon."""

    zone: str
    days: list[Row]
    more: dict[str, int]
    change: datetime | None
    is_forward: bool


def today(supervisor: Supervisor, now: datetime) -> date:
    """The date where she works."""
    return now.astimezone(slots.zone_named(supervisor.zone)).date()


def of(supervisor: Supervisor, now: datetime) -> Choice:
    """What she has chosen, or what we suggest before she has. Dates that are over are left out."""
    settings = db.session.get(CallSettings, supervisor.id)
    if settings is None:
        return Choice(supervisor.zone)
    kept = select(CallWindow).where(CallWindow.supervisor_id == supervisor.id)
    since = today(supervisor, now)
    ahead = select(CallException).where(CallException.supervisor_id == supervisor.id, CallException.on >= since)
    return Choice(
        **{name: getattr(settings, name) for name in Choice(settings.zone).columns},
        windows=frozenset(Window(w.weekday, w.start_minute, w.end_minute) for w in db.session.scalars(kept)),
        specials=frozenset(Special(e.on, e.start_minute, e.end_minute) for e in db.session.scalars(ahead)),
    )


def version_of(supervisor: Supervisor) -> int:
    """The version that a form is filled in on; 0 before anything is kept."""
    settings = db.session.get(CallSettings, supervisor.id)
    return settings.version if settings else 0


def save(supervisor: Supervisor, choice: Choice, version: int, *, by: Person, now: datetime) -> CallSettings:
    """Keep a choice; it holds for the next reader. Calls that are booked already stay.

    Refused (409) when another window has saved something else since `version`; the same choice twice is none.
    """
    db.session.execute(select(Supervisor.id).where(Supervisor.id == supervisor.id).with_for_update())
    settings = db.session.get(CallSettings, supervisor.id, with_for_update=True)
    before = of(supervisor, now)
    if settings is not None and before == choice:
        return settings
    if version != (settings.version if settings else 0):
        raise Refused(STALE, status=409)
    if settings is None:
        settings = CallSettings(supervisor_id=supervisor.id, zone=choice.zone, version=0)
        db.session.add(settings)
    for name, value in choice.columns.items():
        setattr(settings, name, value)
    settings.version += 1
    _replace_hours(supervisor, choice)
    if before.zone != choice.zone:
        busy.read_anew(supervisor, now=now)
    db.session.flush()
    audit.record("availability.saved", "supervisor", supervisor.id, by_id=by.id, now=now, version=settings.version)
    return settings


def differences(kept: Choice, typed: Choice) -> list[tuple[str, str, str]]:
    """What two choices do not share: what it is about, and each in words."""
    here, there = kept.said, typed.said
    return [(name, here[name], there[name]) for name in here if here[name] != there[name]]


def preview(supervisor: Supervisor, choice: Choice, now: datetime) -> Preview:
    """The first days with free starts, were this choice kept; her calls and busy calendars taken into account."""
    known = diaries.load([supervisor.id], now).get(supervisor.id)
    diary = _diary(choice, known)
    found = availability.grouped(diary.free(now), choice.zone, SHOWN_DAYS)
    first = slots.minute(now) // DAY
    periods = slots.offset_periods(choice.zone, first, choice.horizon_days)
    days = availability.rows(found, choice.zone)
    return Preview(
        choice.zone,
        [(weekday, on, starts[:SHOWN_STARTS]) for weekday, on, starts in days],
        {on: len(starts) - SHOWN_STARTS for _, on, starts in days if len(starts) > SHOWN_STARTS},
        slots.instant(periods[1][0]) if len(periods) > 1 else None,
        len(periods) > 1 and periods[1][2] > periods[0][2],
    )


def notice_words(minutes: int) -> str:
    """90 → "90 minutes", 240 → "4 hours", 2880 → "2 days"."""
    if minutes and minutes % DAY == 0:
        return plural(minutes // DAY, "day")
    return plural(minutes // 60, "hour") if minutes and minutes % 60 == 0 else plural(minutes, "minute")


def _diary(choice: Choice, known: Diary | None) -> Diary:
    habits = Habits(
        choice.zone, choice.minutes, choice.step_minutes, choice.buffer_minutes, choice.notice_minutes,
        choice.horizon_days, choice.max_per_week, choice.no_calls_before,
    )
    diary = Diary(habits, taken=known.taken if known else [], busy=known.busy if known else [])
    for window in choice.windows:
        diary.windows.setdefault(window.weekday, []).append((window.start, window.end))
    for special in choice.specials:
        stretches = diary.exceptions.setdefault(special.on, [])
        if special.start is not None and special.end is not None:
            stretches.append((special.start, special.end))
    return diary


def _replace_hours(supervisor: Supervisor, choice: Choice) -> None:
    db.session.flush()
    for table in (CallWindow, CallException):
        db.session.execute(delete(table).where(table.supervisor_id == supervisor.id))
    changes.note("calls", [supervisor.id])
    of_hers = {"supervisor_id": supervisor.id}
    for window in sorted(choice.windows):
        row = CallWindow(**of_hers, weekday=window.weekday, start_minute=window.start, end_minute=window.end)
        db.session.add(row)
    for special in choice.specials:
        db.session.add(CallException(**of_hers, on=special.on, start_minute=special.start, end_minute=special.end))
