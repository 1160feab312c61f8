"""Each part of a fit for one opening, in whole steps. Pure; `scoring` says the same over an index's columns.

None is a grade that is not known: the profile does not say, so it is left out of the score.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from app.formats import local
from app.matching import weights
from app.matching.asked import Asked, usable
from app.matching.known import Known
from app.openings import words
from app.places import finding
from app.wishes.wishes import VOCABULARIES

DAY = 24 * 60
Grade = int | None


def of(asked: Asked, opening: Known, now: datetime) -> dict[str, Grade]:
    """The grade of every part that counts, in the order of the table."""
    return {part: grade(part, asked, opening, now) for part in asked.parts}


def grade(part: str, asked: Asked, opening: Known, now: datetime) -> Grade:
    """The grade of one part that is asked for, 0 to weights.FULL, or None where the opening does not say."""
    return _of_terms(part, asked, opening) if part in VOCABULARIES else _GRADES[part](asked, opening, now)


def is_met(part: str, asked: Asked, opening: Known, now: datetime) -> bool:
    """Whether a must is met. What is not known is not met; of a vocabulary any of the words will do."""
    reached = grade(part, asked, opening, now) or 0
    return reached >= LEAST.get(part, 1)


# The least grade with which a must is met, where it is not the first step. A reduced fee within the budget will do.
LEAST = {
    "verdict": weights.VERDICTS["partly"],
    "format": weights.FULL,
    "place": weights.FULL,
    "fee": weights.REDUCED[0][1],
}


def usable_times(asked: Asked, opening: Known, now: datetime) -> Sequence[tuple[int, int]]:
    """Those of the opening's weekly times (as it names them) that lie wholly in her free times, on her clock."""
    return _usable(asked, opening.times, opening.minutes, opening.zone, local(now, opening.zone).date())


@lru_cache(maxsize=4096)
def _usable(
    asked: Asked, times: tuple[tuple[int, int], ...], minutes: int, zone: str, today: date
) -> tuple[tuple[int, int], ...]:
    return tuple(time for time in times if usable(asked, on_her_clock(*time, zone, asked.zone, today), minutes))


def on_her_clock(weekday: int, start: int, zone: str, reader: str, today: date) -> int:
    """A weekly time of `zone` in minutes since Monday midnight in the zone `reader`."""
    day, minute, _ = words.shifted(weekday, start, zone, reader, today)
    return day * DAY + minute


def first(ladder: Iterable[tuple[float, int]], value: float) -> int:
    """The grade of the first bound that `value` does not exceed, 0 beyond the last."""
    return next((grade for bound, grade in ladder if value <= bound), 0)


def _verdict(_asked: Asked, opening: Known, _now: datetime) -> Grade:
    return None if opening.verdict is None else weights.VERDICTS[opening.verdict]


def _times(asked: Asked, opening: Known, now: datetime) -> Grade:
    if not opening.times:
        return None
    usable = len(usable_times(asked, opening, now))
    return weights.usable_grade(usable, len(opening.times), opening.format == "group")


def _place(asked: Asked, opening: Known, _now: datetime) -> Grade:
    if asked.place == "online" or (asked.place == "either" and opening.online):
        return weights.FULL if opening.online else 0
    if not opening.in_person:
        return 0
    if asked.place == "in_person" or asked.here is None:
        return weights.FULL
    return None if opening.point is None else first(asked.distances, finding.apart2(asked.here, opening.point))


def _fee(asked: Asked, opening: Known, _now: datetime) -> Grade:
    full, reduced = first(asked.fees, opening.fee_cents), opening.reduced_fee_cents
    return full if reduced is None else max(full, first(asked.reduced_fees, reduced))


def _format(asked: Asked, opening: Known, _now: datetime) -> Grade:
    return weights.FULL if opening.format == asked.format else 0


def _answer(_asked: Asked, opening: Known, _now: datetime) -> Grade:
    return None if opening.answer_hours is None else first(weights.ANSWER, opening.answer_hours)


def _freshness(_asked: Asked, opening: Known, now: datetime) -> Grade:
    if opening.confirmed_at is None:
        return None
    age = now - opening.confirmed_at
    return next((grade for bound, grade in weights.FRESH if age < bound), 0)


def _of_terms(kind: str, asked: Asked, opening: Known) -> Grade:
    listed, wished = opening.terms.get(kind, ()), asked.terms[kind]
    if not listed:
        return None
    return weights.share(sum(1 for term in wished if term in listed), len(wished), weights.ENOUGH[kind])


_GRADES: dict[str, Callable[[Asked, Known, datetime], Grade]] = {
    "verdict": _verdict,
    "times": _times,
    "place": _place,
    "fee": _fee,
    "format": _format,
    "answer": _answer,
    "freshness": _freshness,
}
