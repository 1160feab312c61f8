"""How the fit is worked out, in words: drawn from weights.py, so that the page cannot say anything else. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.formats import plural
from app.matching import weights
from app.matching.weights import FULL, Weight
from app.openings.words import NUMBERS

SHARES = {
    0: "nothing", 2: "a sixth", 3: "a quarter", 4: "a third", 5: "five twelfths", 6: "half", 8: "two thirds",
    9: "three quarters", 10: "five sixths", 11: "eleven twelfths", 12: "all",
}  # fmt: skip
VERDICT_WORDS = {"counts": "counts", "partly": "in part", "check": "check with your board", "no": "does not count"}
Step = tuple[str, str]  # what holds, the share it earns


@dataclass(frozen=True)
class Row:
    """A line of the table: a part, its weight, how long its bar is of a hundred, and how it is graded."""

    part: Weight
    bar: int
    steps: Sequence[Step]


def rows() -> list[Row]:
    """The parts, the weightiest first."""
    top = max(row.weight for row in weights.TABLE)
    return [Row(row, round(100 * row.weight / top), _steps(row)) for row in weights.TABLE]


def levels() -> list[tuple[int, int, str]]:
    """The words of the meter: from, to, words; the best first."""
    tops = [100, *(least - 1 for least, _ in weights.LEVELS)]
    return [(least, top, words) for (least, words), top in zip(weights.LEVELS, tops, strict=False)]


def _steps(row: Weight) -> list[Step]:
    if row.enough:
        return _steps_of_terms(row.enough)
    return {
        "verdict": [(VERDICT_WORDS[value], SHARES[grade]) for value, grade in weights.VERDICTS.items()],
        "times": _steps_of_times(),
        "place": [
            ("online, if you would meet online", SHARES[FULL]),
            *_percents(weights.MILES, "the miles you would go"),
        ],
        "fee": [*_percents(weights.FEE, "your budget"), ("a reduced fee within it", SHARES[weights.REDUCED[0][1]])],
        "format": [("as you asked", SHARES[FULL]), ("otherwise", SHARES[0])],
        "answer": [(f"within {_span(hours)}", SHARES[grade]) for hours, grade in weights.ANSWER],
        "freshness": [(f"less than {bound.days} days ago", SHARES[grade]) for bound, grade in weights.FRESH],
    }[row.name]


def _steps_of_terms(enough: int) -> list[Step]:
    return [
        (f"{NUMBERS[hits]} in common", SHARES[weights.share(hits, enough, enough)]) for hits in range(enough, 0, -1)
    ]


def _steps_of_times() -> list[Step]:
    single = [(plural(n, "usable time"), SHARES[weights.usable_grade(n, 9, is_group=False)]) for n in (1, 2, 3)]
    return [*single, ("a group at a time you can keep", SHARES[weights.usable_grade(1, 1, is_group=True)])]


def _percents(ladder: Sequence[tuple[int, int]], of: str) -> list[Step]:
    within = [f"within {of}" if percent == 100 else f"up to {percent - 100}% beyond" for percent, _ in ladder]
    return list(zip(within, (SHARES[grade] for _, grade in ladder), strict=True))


def _span(hours: int) -> str:
    return plural(hours // 24, "day") if hours > 24 else "a day"
