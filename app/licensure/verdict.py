"""What a verdict is: a value, what was found, and where the rule is written."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.licensure.tracks import Source, Track


class Value(StrEnum):
    """Whether an opening counts on a track. Ordered: NO < CHECK < PARTLY < COUNTS."""

    NO = "no"
    CHECK = "check"
    PARTLY = "partly"
    COUNTS = "counts"

    def __lt__(self, other: str) -> bool:
        return _RANK[self] < _RANK[other]

    def __le__(self, other: str) -> bool:
        return _RANK[self] <= _RANK[other]

    def __gt__(self, other: str) -> bool:
        return _RANK[self] > _RANK[other]

    def __ge__(self, other: str) -> bool:
        return _RANK[self] >= _RANK[other]


_RANK: dict[str, int] = {value: rank for rank, value in enumerate(Value)}


class Finding(NamedTuple):
    """What one step found. With the value COUNTS it speaks for the opening, or is a `caution` beside it.

    `say` makes the sentence only when somebody reads it; `keys` are the figures of the rule that it rests on.
    """

    step: int
    value: Value
    say: Callable[[], str]
    keys: tuple[str, ...] = ()
    doubtful: bool = False
    caution: bool = False

    @property
    def words(self) -> str:
        return self.say()

    @property
    def kind(self) -> str:
        """The mark it is shown with: yes, care or not."""
        if self.value is Value.NO:
            return "not"
        return "yes" if self.value is Value.COUNTS and not self.caution else "care"


TITLES = {
    Value.COUNTS: "Counts for {}",
    Value.PARTLY: "Counts in part for {}",
    Value.CHECK: "Check with your board",
    Value.NO: "Does not count for {}",
}


@dataclass(frozen=True, eq=False)
class Verdict:
    """`findings` are against it, the lowest first; `support` speaks for it, or beside it."""

    value: Value
    findings: tuple[Finding, ...]
    support: tuple[Finding, ...]
    citations: tuple[Source, ...]

    def title(self, track: Track) -> str:
        """Such as "Counts in part for Texas LPC"."""
        return TITLES[self.value].format(track.label)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Pairs (not, care or yes; words): what decides first, each sentence once."""
        shown = [(finding.kind, finding.words) for finding in (*self.findings, *self.support)]
        return sorted(dict.fromkeys(shown), key=lambda reason: ("not", "care", "yes").index(reason[0]))
