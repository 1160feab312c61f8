"""A fit in words: for the supervisee, and for the other side. Pure.

A sentence states what the opening and the profile say, with the figure, and nothing else. The words for the other side
are read by a supervisor of somebody without a name: private wishes, budgets and places are not in them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from app.formats import WEEKDAYS, dollars, listed, local, plural, span_words, zone_words
from app.licensure.verdict import TITLES, Value
from app.matching import grades, term_words, weights
from app.matching.asked import Asked
from app.matching.grades import DAY, Grade
from app.matching.known import Known
from app.openings import freshness
from app.openings import words as opening_words
from app.places import finding
from app.wishes.wishes import PRIVATE, VOCABULARIES

FORMATS = {"individual": "individual supervision", "group": "a group"}
Say = Callable[[], tuple[str, str]]  # words for her, and for the other side; made only when somebody reads them
KINDS = {Value.COUNTS: "yes", Value.PARTLY: "care", Value.CHECK: "care", Value.NO: "not"}
COUNTS = {  # for the other side
    Value.COUNTS: ", for which your opening counts",
    Value.PARTLY: ", for which your opening counts in part",
    Value.CHECK: "; whether your opening counts is for the board to say",
    Value.NO: ", for which your opening does not count",
}
SILENT = 2  # what a profile does not say weighs half of what it says against


class Reason(NamedTuple):
    """One sentence about a part of the fit (its name in weights.py): yes speaks for it, care is to be minded, not is
    not as wished. `other` says it to the other side, empty where that is not theirs to know. `weight` orders them.
    """

    part: str
    kind: str
    weight: int
    say: Say

    @property
    def words(self) -> str:
        return self.say()[0]

    @property
    def other(self) -> str:
        return self.say()[1]

    @property
    def pair(self) -> tuple[str, str]:
        """As components/bits.html lists reasons."""
        return self.kind, self.words


Told = tuple[str, Say]  # kind, and what makes the words


def of(
    asked: Asked, opening: Known, reached: Mapping[str, Grade], now: datetime
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """What speaks for the opening, strongest first, and what does not, most important first."""
    told = list(_all(asked, opening, reached, now))
    told.sort(key=lambda reason: -reason.weight)
    missed = {part for part in asked.musts if not grades.is_met(part, asked, opening, now)}
    against = sorted((r for r in told if r.kind != "yes"), key=lambda r: r.part not in missed)
    return _together([r for r in told if r.kind == "yes"], asked, opening), tuple(against)


def _all(asked: Asked, opening: Known, reached: Mapping[str, Grade], now: datetime) -> Iterator[Reason]:
    for part, grade in reached.items():
        weight, steps = weights.WEIGHTS[part], grade or 0
        silent = SILENT if grade is None else 1
        for kind, say in _told(part, asked, opening, grade, now):
            yield Reason(part, kind, weight * (steps if kind == "yes" else weights.FULL - steps) // silent, say)


def _told(part: str, asked: Asked, opening: Known, grade: Grade, now: datetime) -> Iterable[Told]:
    if part in VOCABULARIES:
        return _terms(part, asked, opening)
    return _TOLD[part](asked, opening, grade, now)


def _together(yes: Sequence[Reason], asked: Asked, opening: Known) -> tuple[Reason, ...]:
    """Concerns and clients are one sentence: "Works with trauma and teens, which you asked for"."""
    both = [r for r in yes if r.part in ("specialty", "population")]
    if len(both) < 2:
        return tuple(yes)
    one = Reason("specialty", "yes", sum(r.weight for r in both), lambda: _works_with(asked, opening))
    return tuple(sorted([one, *(r for r in yes if r not in both)], key=lambda r: -r.weight))


def _works_with(asked: Asked, opening: Known) -> tuple[str, str]:
    kinds = ("specialty", "population")
    return term_words.works_with([word for kind in kinds for word in term_words.hits(kind, asked.terms, opening.terms)])


def _terms(kind: str, asked: Asked, opening: Known) -> Iterator[Told]:
    wished, hers = asked.terms[kind], opening.terms.get(kind, ())
    if not hers:
        yield "care", _own(kind, lambda: term_words.silent(kind, opening.first_name, wished))
        return
    hits = [term for term in wished if term in hers]
    if hits:
        yield "yes", _own(kind, lambda: term_words.yes(kind, hits))
    if len(hits) < min(len(wished), weights.ENOUGH[kind]):
        missing = [term for term in wished if term not in hers]
        yield "care" if hits else "not", _own(kind, lambda: term_words.lacking(kind, missing))


def _own(kind: str, say: Say) -> Say:
    """Private wishes are in no words for the other side."""
    return (lambda: (say()[0], "")) if kind in PRIVATE else say


def _as_is(words: str, other: str = "") -> Say:
    return lambda: (words, other)


def _verdict(asked: Asked, opening: Known, _grade: Grade, _now: datetime) -> Iterator[Told]:
    track, value = asked.track, opening.verdict
    if track is None:
        return
    if value is None:
        yield "care", lambda: (f"Whether it counts for {track.label} is not known", "")
        return
    yield KINDS[value], lambda: (TITLES[value].format(track.label), f"Works toward {track.label}{COUNTS[value]}")


def _times(asked: Asked, opening: Known, grade: Grade, now: datetime) -> Iterator[Told]:
    if not opening.times:
        yield "care", _as_is("Names no times yet: you agree on one", "You name no times yet")
        return
    usable, named = grades.usable_times(asked, opening, now), len(opening.times)
    if not usable:
        yield "not", lambda: (_not_free(asked, opening, now), "Is not free at your times")
        return
    yield "yes", lambda: _free(asked, opening, usable, now)
    if opening.format == "group" and grade != weights.FULL:
        yield "care", lambda: _free_at_some(len(usable), named)


def _free_at_some(usable: int, named: int) -> tuple[str, str]:
    some = f"{usable} of {{}} {named} meetings"
    return f"You are free at {some.format('its')}", f"Is free at {some.format('your')}"


def _free(asked: Asked, opening: Known, usable: Sequence[tuple[int, int]], now: datetime) -> tuple[str, str]:
    named = len(opening.times)
    hers = dict.fromkeys(_day_part(*divmod(start, DAY)) for start in _starts(asked, opening, usable, now))
    yours = dict.fromkeys(_day_part(*time) for time in usable)
    words = listed(hers) if len(hers) < 4 else f"{len(usable)} of its {named} times"
    also = listed(yours) if len(yours) < 4 else f"{len(usable)} of your {named} times"
    return f"{words} are free for you", f"Is free {'at' if len(yours) > 3 else 'on'} {also}, when you meet"


def _starts(asked: Asked, opening: Known, times: Iterable[tuple[int, int]], now: datetime) -> list[int]:
    today = local(now, opening.zone).date()
    return sorted(grades.on_her_clock(*time, opening.zone, asked.zone, today) for time in times)


def _day_part(weekday: int, minute: int) -> str:
    part = "mornings" if minute < 12 * 60 else "afternoons" if minute < 17 * 60 else "evenings"
    return f"{WEEKDAYS[weekday]} {part}"


def _not_free(asked: Asked, opening: Known, now: datetime) -> str:
    if len(opening.times) > 2:
        return f"None of its {len(opening.times)} times is among your free times"
    starts = [divmod(start, DAY) for start in _starts(asked, opening, opening.times, now)]
    named = [f"{WEEKDAYS[day]}s {span_words(minute, opening.minutes)}" for day, minute in starts]
    return f"{listed(named)} {zone_words(asked.zone)} are not among your free times"


def _place(asked: Asked, opening: Known, grade: Grade, _now: datetime) -> Iterator[Told]:
    if asked.place in ("online", "either") and opening.online:
        words = "Meets online, as you asked" if asked.place == "online" else "Meets online, so distance does not matter"
        yield "yes", _as_is(words, "Can meet online")
    elif asked.place == "online":
        yield "not", _as_is("Meets in person only; you asked for online", "Asks to meet online")
    elif not opening.in_person:
        yield "not", _as_is("Meets online only; you asked for in person", "Asks to meet in person")
    elif asked.place == "in_person":
        yield "yes", _as_is("Meets in person, as you asked", "Can meet in person")
    elif grade is None or asked.here is None or opening.point is None:
        yield "care", _as_is("Meets in person, but does not say where", "You do not say where you meet")
    else:
        yield _distance(asked, finding.miles_of(finding.apart2(asked.here, opening.point)), grade)


def _distance(asked: Asked, miles: float, grade: int) -> Told:
    if grade == weights.FULL:
        near = "Less than a mile" if miles < 0.5 else plural(round(miles), "mile")
        return "yes", _as_is(f"{near} from you; you would go {asked.within}", "Within reach of where you meet")
    far = max(ceil(miles), asked.within + 1)
    return "not" if grade < 8 else "care", _as_is(
        f"{far:,} miles; you asked for {asked.within}", "Farther away than asked for"
    )


def _fee(asked: Asked, opening: Known, _grade: Grade, _now: datetime) -> Iterator[Told]:
    budget, fee, reduced = asked.budget or 0, opening.fee_cents, opening.reduced_fee_cents
    if fee <= budget:
        yield "yes", lambda: (_within(budget, opening), "Your fee is within reach")
    elif reduced is not None and reduced <= budget:
        yield "care", lambda: (_slides(budget, opening), "Your reduced fee is within reach")
    else:
        yield "not", lambda: (_over(budget, opening), "Your fee is out of reach")


def _within(budget: int, opening: Known) -> str:
    unit = opening_words.unit(opening.format)
    if opening.fee_cents == budget:
        return f"${dollars(budget)} {unit}, just your budget"
    return f"${dollars(budget - opening.fee_cents)} under your budget for {unit}"


def _slides(budget: int, opening: Known) -> str:
    over, reduced = dollars(opening.fee_cents - budget), dollars(opening.reduced_fee_cents or 0)
    return f"${over} over your budget, but it slides to ${reduced}"


def _over(budget: int, opening: Known) -> str:
    reduced, unit = opening.reduced_fee_cents, opening_words.unit(opening.format)
    slides = f", and ${dollars(reduced - budget)} over at its reduced fee" if reduced is not None else ""
    return f"${dollars(opening.fee_cents - budget)} over your budget for {unit}{slides}"


def _format(asked: Asked, opening: Known, grade: Grade, _now: datetime) -> Iterator[Told]:
    here, wished = "A group" if opening.format == "group" else "Individual", FORMATS[asked.format]
    if grade:
        yield "yes", lambda: (f"{here}, as you asked", f"Looks for {wished}")
    else:
        yield "not", lambda: (f"{here}; you asked for {wished}", f"Looks for {wished}")


def _answer(_asked: Asked, opening: Known, grade: Grade, _now: datetime) -> Iterator[Told]:
    hours = opening.answer_hours
    if hours is None:
        yield "care", lambda: (f"We do not know yet how soon {opening.first_name} answers", "")
        return
    yield "yes" if grade else "care", lambda: (f"Usually answers {freshness.answer_words(timedelta(hours=hours))}", "")


def _freshness(_asked: Asked, opening: Known, grade: Grade, now: datetime) -> Iterator[Told]:
    if opening.confirmed_at is None:
        yield "care", _as_is("Not confirmed since it was posted")
        return
    days = (now - opening.confirmed_at).days
    if grade:
        yield "yes", lambda: (f"Confirmed as open {plural(days, 'day') + ' ago' if days > 0 else 'today'}", "")
    else:
        yield "care", lambda: (freshness.stale_words(days), "")


_TOLD: dict[str, Callable[[Asked, Known, Grade, datetime], Iterable[Told]]] = {
    "verdict": _verdict,
    "times": _times,
    "place": _place,
    "fee": _fee,
    "format": _format,
    "answer": _answer,
    "freshness": _freshness,
}
