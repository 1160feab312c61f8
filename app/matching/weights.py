"""What counts how much in a fit: one table, from which /how-matching-works is drawn too. Pure.

Each part of a fit is graded in whole steps from 0 to FULL. Steps and thresholds stand here once, for `grades` (one
opening) and `scoring` (columns of an index) must say the same.
"""

from dataclasses import dataclass
from datetime import timedelta

FULL = 12  # divisible by 2, 3 and 4, so that shares of a few wishes are whole steps
NEITHER = 50  # the score where nothing at all is known
ALWAYS = ("answer", "freshness")


@dataclass(frozen=True)
class Weight:
    """A part of the fit. `enough` of the chosen words of a vocabulary make it full (0 elsewhere)."""

    name: str
    weight: int
    label: str
    why: str
    enough: int = 0


TABLE = (
    Weight("verdict", 24, "Counts for your board", "Hours that do not count cost months, so this weighs most."),
    Weight("times", 18, "Meets when you are free", "One time you can keep nearly does; a few leave room to choose."),
    Weight("specialty", 16, "Knows your concerns", "You bring your caseload; three of the concerns are enough.", 3),
    Weight("place", 14, "Online, or near enough", "A drive each week decides whether supervision lasts."),
    Weight("fee", 14, "Within your budget", "A reduced fee counts too, a little less: its places are few."),
    Weight("population", 12, "Knows your clients", "Teens are not small adults; three groups are enough.", 3),
    Weight("style", 12, "Supervises as you learn best", "It colors every session; two ways in common are enough.", 2),
    Weight("format", 10, "Individual or group, as you like", "Different work, and boards count it differently."),
    Weight("modality", 10, "Shares your approaches", "It helps, but good supervision crosses schools.", 2),
    Weight("language", 10, "Speaks your languages", "Some work can only be told in the language it was done in.", 2),
    Weight("affinity", 10, "Shares your background", "Only if you ask for it; nobody but you sees that you did.", 2),
    Weight("setting", 5, "Knows where you work", "Useful, and soon learned; one setting in common is enough.", 1),
    Weight("answer", 4, "Answers soon", "It always counts a little: a quick no is better than silence."),
    Weight("freshness", 4, "Confirmed lately", "It always counts a little: what was confirmed lately is still open."),
)  # fmt: skip
WEIGHTS = {row.name: row.weight for row in TABLE}
ENOUGH = {row.name: row.enough for row in TABLE if row.enough}

# The words of the meter: from this score on.
LEVELS = ((85, "Fits very well"), (65, "Fits well"), (40, "Fits in part"), (0, "Fits little"))

# Ladders: the first bound that holds gives the grade; beyond the last it is 0.
VERDICTS = {"counts": 12, "partly": 8, "check": 4, "no": 0}
MILES = ((100, 12), (125, 8), (150, 5), (200, 2))  # percent of the miles she would travel
FEE = ((100, 12), (110, 6), (125, 3))  # percent of her budget
REDUCED = ((100, 8), (110, 4), (125, 2))  # the same for a reduced fee
ANSWER = ((24, 12), (72, 9), (168, 5))  # hours
FRESH = ((timedelta(days=7), 12), (timedelta(days=14), 10), (timedelta(days=31), 8))  # since it was confirmed
SOME_OF_GROUP = 10  # a group meets at several times, of which she is free at some
ONE_TIME = 10  # one usable time of an individual opening; each further one a step more


def usable_grade(usable: int, named: int, is_group: bool) -> int:
    """The grade of so many usable of so many named times (at least one). A group meets at all of its times."""
    if not usable:
        return 0
    if is_group:
        return FULL if usable == named else SOME_OF_GROUP
    return min(FULL, ONE_TIME - 1 + usable)


def share(hits: int, wished: int, enough: int) -> int:
    """The grade of so many hits among the words wished for (at least one): all of them, or enough, are full."""
    needed = min(wished, enough)
    return FULL * min(hits, needed) // needed


def scored(points: int, weight: int) -> int:
    """Points (weights times grades) of the weight that is known, 0 to 100: rounded, halves upward."""
    most = FULL * weight
    return (200 * points + most) // (2 * most) if most else NEITHER


def words(score: int) -> str:
    """ "Fits very well" for 92."""
    return next(said for least, said in LEVELS if score >= least)
