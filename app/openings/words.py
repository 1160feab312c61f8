"""An opening in words: when it meets in the reader's zone, how, and what it costs. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from app.formats import WEEKDAYS, dollars, listed, span_words, zone_named

NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "last"}
OFTEN = {"weekly": "", "fortnightly": "Every other ", "monthly": "Once a month on "}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True)
class Meets:
    """When an opening meets: `times` are (weekday, minute after midnight) local to `zone`, Monday 0; `starts_on` is its
    first day."""

    times: tuple[tuple[int, int], ...]
    minutes: int
    rhythm: str
    nth: int | None
    zone: str
    starts_on: date | None = None


@lru_cache(maxsize=65_536)
def shifted(weekday: int, minute: int, zone: str, reader: str, on: date) -> tuple[int, int, int]:
    """A weekly time of one zone in another: (weekday, minute, days moved), at its next occurrence from `on`.

    `on` is a date in `zone`. A time that a clock change skips is the instant the clocks jump over it to, as zoneinfo
    reckons it.
    """
    day = on + timedelta(days=(weekday - on.weekday()) % 7)
    there = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone_named(zone))
    here = there.astimezone(zone_named(reader))
    return here.weekday(), here.hour * 60 + here.minute, (here.date() - day).days


def rhythm(meets: Meets, reader: str, on: date) -> str:
    """When it meets, in the reader's zone: "Tuesdays 5:30–6:30 pm", "Every other Wednesday 12:00–1:30 pm".

    What begins later than `on` is told as it will be then: the clocks may have changed.
    """
    on = max(on, meets.starts_on or on)
    if not meets.times:
        how = {"weekly": "Weekly", "fortnightly": "Every other week", "monthly": "Monthly"}[meets.rhythm]
        return f"{how}, at a time you agree on"
    moved = [(weekday, *shifted(weekday, minute, meets.zone, reader, on)) for weekday, minute in meets.times]
    by_start: dict[int, list[str]] = {}
    for own, weekday, minute, days in sorted(moved, key=lambda m: (m[1], m[2])):
        by_start.setdefault(minute, []).append(_day(meets, own, weekday, days))
    parts = [f"{_days(meets, days)} {span_words(start, meets.minutes)}" for start, days in by_start.items()]
    words = "; ".join(parts) if len(parts) > 2 else " and ".join(parts)
    if meets.rhythm == "monthly" and meets.nth:
        return words[0].upper() + words[1:]
    return f"{OFTEN[meets.rhythm]}{words}"


def _day(meets: Meets, own: int, weekday: int, days: int) -> str:
    if meets.rhythm == "weekly":
        return f"{WEEKDAYS[weekday]}s"
    if meets.rhythm != "monthly" or not meets.nth:
        return WEEKDAYS[weekday]
    if days:  # the day after the first Friday need not be the first Saturday
        return f"the {WEEKDAYS[weekday]} {'after' if days > 0 else 'before'} the {NTH[meets.nth]} {WEEKDAYS[own]}"
    return f"{NTH[meets.nth]} {WEEKDAYS[weekday]}"


def _days(meets: Meets, days: list[str]) -> str:
    return f"{listed(days)} of the month" if meets.nth and meets.rhythm == "monthly" else listed(days)


def form(format: str, seats: int) -> str:
    """ "Individual", "Two people", "Group of 6"."""
    if format == "group":
        return f"Group of {seats}"
    return "Two people" if seats == 2 else "Individual"


def kind(format: str, seats: int, online: bool, in_person: bool, city: str) -> str:
    """ "Group of 6 · in person, Austin", "Two people · online", "Individual · online or San Antonio"."""
    if online and in_person:
        where = f"online or {city or 'in person'}"
    elif in_person:
        where = f"in person, {city}" if city else "in person"
    else:
        where = "online"
    return f"{form(format, seats)} · {where}"


def heading(format: str, seats: int, title: str, name: str) -> str:
    """What the page of an opening is called: its title, or its form and the supervisor."""
    if title:
        return title
    if format == "group":
        return f"Group with {name}"
    return f"{'Supervision for two' if seats == 2 else 'Individual supervision'} with {name}"


def monthly_fee(cents: int, rhythm: str, times: int) -> str | None:
    """ "about $195 a month" for a meeting each week at $45; None where that is the fee itself, or not known."""
    a_year = {"weekly": 52, "fortnightly": 26}.get(rhythm)
    if a_year is None or times != 1:
        return None
    return f"about ${dollars(round(cents * a_year / 12 / 100) * 100)} a month"


def unit(format: str) -> str:
    """What the fee is for; it is always one person's."""
    return "a meeting" if format == "group" else "a session"


def reduced(cents: int | None, places: int | None) -> str | None:
    """ "$50 for 2 places", or None without a reduced fee."""
    if cents is None:
        return None
    if places is None:
        return f"${dollars(cents)} reduced"
    return f"${dollars(cents)} for {places} {'place' if places == 1 else 'places'}"


def online_in(states: Sequence[str]) -> str:
    """Where someone may be who meets her online: the states she is licensed in, by name."""
    if not states:
        return "Online"
    if len(states) == 1:
        return f"Online, anywhere in {states[0]}"
    return f"Online, in {listed(sorted(states))}" if len(states) < 4 else f"Online, in {len(states)} states"


def chairs(seats: int, open_ones: int) -> str:
    """ "Two of six chairs are open.", "The one place is open.", "All six chairs are taken."."""
    if seats == 1:
        return "The place is open." if open_ones else "The place is taken."
    if not open_ones:
        return f"All {counted(seats)} chairs are taken."
    if open_ones == seats:
        return f"All {counted(seats)} chairs are open."
    return f"{counted(open_ones).capitalize()} of {counted(seats)} chairs {'is' if open_ones == 1 else 'are'} open."


def counted(number: int) -> str:
    """A number in a sentence: 2 → "two", 14 → "14"."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number}"
