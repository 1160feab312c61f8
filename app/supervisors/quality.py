"""How much a profile tells its readers, and the one thing that would tell them most. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from app.supervisors.models import Supervisor


@dataclass(frozen=True)
class Quality:
    """`score` from 0 to 100, and the next best improvement in words, None when nothing is left."""

    score: int
    advice: str | None


@dataclass(frozen=True)
class Beside:
    """What is known of her that stands in other rooms."""

    has_opening: bool = False
    has_times: bool = False


Test = Callable[[Supervisor, Beside], bool]


def _chose(kind: str, least: int = 1) -> Test:
    return lambda supervisor, _: len(supervisor.terms_of(kind)) >= least


# Weight, whether it is there, and what to say while it is not. The weights are ours: what decides a reader comes first.
PARTS: tuple[tuple[int, Test, str], ...] = (
    (20, lambda s, _: any(c.status == "verified" for c in s.credentials),
     "Have a license verified: until then no card says that your hours count."),
    (14, lambda _, beside: beside.has_opening, "Add an opening: a profile without one is found only by its address."),
    (12, lambda _, beside: beside.has_times, "Say when you take calls, so that a first call can be booked at once."),
    (12, lambda s, _: len(s.about) >= 300, "Say more about how you supervise: four or five sentences do."),
    (10, lambda s, _: bool(s.photo or s.figure), "Add a photograph: until then your initials stand in its place."),
    (8, lambda s, _: bool(s.headline), "Write a headline: it is the line people see first."),
    (6, _chose("specialty", 3), "Choose three specialties or more: people filter by them."),
    (4, _chose("modality"), "Choose the approaches you supervise from."),
    (4, _chose("population"), "Say whom you know how to work with."),
    (3, lambda s, _: s.fee_low_cents is not None, "Give the range of your fees."),
    (2, lambda s, _: bool(s.zip), "Give your ZIP code: people nearby find you by distance."),
    (2, _chose("style"), "Say how you supervise: people choose by style."),
    (2, lambda s, _: s.supervising_since is not None, "Say since when you supervise."),
    (1, _chose("setting"), "Name the settings you know from the inside."),
)  # fmt: skip


def of(supervisor: Supervisor, beside: Beside) -> Quality:
    """How complete the profile is, and what would help most: the heaviest part that is missing."""
    there = sum(weight for weight, is_there, _ in PARTS if is_there(supervisor, beside))
    lacking = [(weight, words) for weight, is_there, words in PARTS if not is_there(supervisor, beside)]
    best = max(lacking, key=lambda pair: pair[0], default=None)
    return Quality(round(100 * there / sum(weight for weight, *_ in PARTS)), best[1] if best else None)
