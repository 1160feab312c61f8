"""How well an opening suits a supervisee: 0 to 100, with reasons in words. Pure.

Whole numbers only (weights.py), so that `scoring` says exactly the same over the columns of an index. What was wished
for but of which a profile says nothing leaves the sum and what the sum is held against; what nobody wished for does not
count either, except how soon she answers and how lately the opening was confirmed.

Wherever the wishes name a ZIP code, `here` is its point (places.finding.point): this file reads no table. Without it no
distance counts.
"""

from dataclasses import dataclass
from datetime import datetime

from app.matching import asked as asking
from app.matching import grades, reasons, weights
from app.matching.known import Known
from app.matching.reasons import Reason
from app.places.finding import Point
from app.wishes.wishes import Wishes


@dataclass(frozen=True)
class Fit:
    """A score with what speaks for the opening, strongest first, and what does not, most important first."""

    score: int
    reasons: tuple[Reason, ...]
    misfits: tuple[Reason, ...]

    @property
    def words(self) -> str:
        """ "Fits very well", for the meter."""
        return weights.words(self.score)


def score(wishes: Wishes, opening: Known, *, now: datetime, here: Point | None = None) -> Fit:
    """The fit of one opening. `opening.verdict` is on the track of the wishes."""
    asked = asking.of(wishes, here)
    reached = grades.of(asked, opening, now)
    yes, no = reasons.of(asked, opening, reached, now)
    return Fit(_scored(reached), yes, no)


def score_alone(wishes: Wishes, opening: Known, *, now: datetime, here: Point | None = None) -> int:
    """The score without a sentence being made."""
    return _scored(grades.of(asking.of(wishes, here), opening, now))


def misses(wishes: Wishes, opening: Known, *, now: datetime, here: Point | None = None) -> tuple[str, ...]:
    """The musts that the opening does not meet, or does not say whether it does; empty if it may be shown."""
    asked = asking.of(wishes, here)
    return tuple(part for part in asked.musts if not grades.is_met(part, asked, opening, now))


def _scored(reached: dict[str, grades.Grade]) -> int:
    known = {part: grade for part, grade in reached.items() if grade is not None}
    points = sum(weights.WEIGHTS[part] * grade for part, grade in known.items())
    return weights.scored(points, sum(weights.WEIGHTS[part] for part in known))
