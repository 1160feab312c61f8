"""The week as people speak of it: parts of a day, and what does not fit into them to the half-hour. Pure.

Weekdays are 0 for Monday to 6 for Sunday; minutes are counted from midnight, those of a span from Monday's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.formats import WEEKDAYS, listed, span_words
from app.wishes.wishes import Span, joined

DAY = 1440
PARTS: Mapping[str, tuple[str, int, int]] = {
    "early": ("Early morning", 6 * 60, 9 * 60),
    "morning": ("Morning", 9 * 60, 12 * 60),
    "noon": ("Noon", 12 * 60, 14 * 60),
    "afternoon": ("Afternoon", 14 * 60, 17 * 60),
    "evening": ("Evening", 17 * 60, 20 * 60),
    "late": ("Late evening", 20 * 60, 22 * 60),
}
"""Each part's name, and from when to when it lasts."""

Part = tuple[int, str]  # a weekday and a key of PARTS
Hours = tuple[int, int, int]  # a weekday, from and to


@dataclass(frozen=True)
class Week:
    """The free times of a week: whole parts of days, and the hours beside them."""

    parts: frozenset[Part] = frozenset()
    hours: tuple[Hours, ...] = ()


def spans(parts: Iterable[Part], hours: Iterable[Hours]) -> tuple[Span, ...]:
    """The minutes of the week that these cover."""
    whole = [(day * DAY + PARTS[part][1], day * DAY + PARTS[part][2]) for day, part in parts]
    return joined([*whole, *((day * DAY + start, day * DAY + end) for day, start, end in hours)])


def week(free: Iterable[Span]) -> Week:
    """The parts that lie within `free`, and what is left over. spans() of it are `free` again."""
    free = joined(free)
    parts = frozenset(
        (day, part)
        for day in range(7)
        for part, (_, start, end) in PARTS.items()
        if any(first <= day * DAY + start and day * DAY + end <= last for first, last in free)
    )
    left = [hours for day in range(7) for hours in _left(day, free, parts)]
    return Week(parts, tuple(left))


def by_hours(hours: Iterable[Hours]) -> dict[tuple[int, int], list[int]]:
    """Days by the hours that they share, in the order of the week."""
    days: dict[tuple[int, int], list[int]] = {}
    for day, start, end in sorted(hours):
        days.setdefault((start, end), []).append(day)
    return days


def words(free: Iterable[Span]) -> str:
    """ "Tuesday or Thursday evenings"; where that would not end, "40 hours of the week"; "" for none."""
    free = joined(free)
    found = week(free)
    days = _by_parts(found.parts)
    said = [_parts_of(of, parts) for parts, of in days.items()]
    said += [f"{WEEKDAYS[day]} {span_words(start, end - start)}" for day, start, end in found.hours]
    if len(said) <= 3:
        return listed(said, "or")
    return f"{sum(end - start for start, end in free) // 60} hours of the week"


def hours_words(start: int, end: int) -> str:
    """Full hours as briefly as people write them: "9 am–noon"."""
    return span_words(start, end - start).replace(":00", "").replace("12 pm", "noon").replace("12–", "noon–")


def _left(day: int, free: Iterable[Span], parts: Iterable[Part]) -> Iterator[Hours]:
    """The stretches of a day that are free and not within its free parts."""
    taken = sorted(PARTS[part][1:] for on, part in parts if on == day)
    for first, last in free:
        start, end = max(first - day * DAY, 0), min(last - day * DAY, DAY)
        for from_, to in taken:
            if start < from_ < end:
                yield day, start, from_
            if from_ < end and to > start:
                start = max(start, to)
        if start < end:
            yield day, start, end


def _by_parts(parts: Iterable[Part]) -> dict[tuple[str, ...], list[int]]:
    """Days that are free in the same parts, together."""
    days: dict[tuple[str, ...], list[int]] = {}
    for day in range(7):
        of_day = tuple(part for part in PARTS if (day, part) in parts)
        if of_day:
            days.setdefault(of_day, []).append(day)
    return days


def _parts_of(days: list[int], parts: tuple[str, ...]) -> str:
    known = {(0, 1, 2, 3, 4): ["weekday"], (5, 6): ["weekend"], (0, 1, 2, 3, 4, 5, 6): ["all"]}
    names = known.get(tuple(days)) or [WEEKDAYS[day] for day in days]
    if len(parts) == len(PARTS):
        whole = "every day" if names == ["all"] else listed([f"{name}s" for name in names], "or")
        return f"{whole} from morning to night"
    of_day = ["lunchtimes" if part == "noon" else f"{PARTS[part][0].lower()}s" for part in parts]
    return f"{listed(names, 'or')} {listed(of_day, 'or')}"
