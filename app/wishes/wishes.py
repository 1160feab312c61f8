"""What a supervisee wants, as values. Pure.

A wish that was not said is empty. Each wish that was said is a like, unless its name stands in `musts`: then an opening
that does not meet it, or does not say whether it does, is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.licensure.kinds import DISCIPLINES

CONSULTATION = "consultation"  # in the place of a discipline: the goal of a licensed therapist; no board rule applies
VOCABULARIES = ("specialty", "modality", "population", "style", "setting", "language", "affinity")
PRIVATE = ("affinity",)  # kept out of addresses, logs, letters and whatever a supervisor sees
# The names under which a wish can be a must, in the order in which they are asked.
WISHES = ("verdict", "format", "place", "times", "fee", *VOCABULARIES)
WEEK = 7 * 24 * 60
WITHIN = 25
MOST_TERMS = 12  # of one vocabulary; a guest's answers have to fit into a cookie

Span = tuple[int, int]


class Sought:
    """What wishes and the criteria of a search have in common: a track or consultation, and terms of vocabularies."""

    state: str
    discipline: str

    @property
    def track_id(self) -> str:
        """Such as "TX/counseling"; empty unless both are chosen."""
        return f"{self.state}/{self.discipline}" if self.state and self.discipline in DISCIPLINES else ""

    @property
    def is_consultation(self) -> bool:
        return self.discipline == CONSULTATION

    def terms(self) -> dict[str, tuple[str, ...]]:
        """Chosen terms by vocabulary; those without any are left out."""
        return {kind: chosen for kind in VOCABULARIES if (chosen := getattr(self, kind))}


@dataclass(frozen=True)
class Wishes(Sought):
    """One supervisee's wishes.

    `state` and `discipline` are her track, or `discipline` is CONSULTATION. `format` holds individual, group or both.
    `delivery` is "", online or in_person; `zip` with `within` miles says from where she would travel. `free` are spans
    of the week in which she could meet: minutes since Monday midnight on the clock of the IANA zone `zone`, in order,
    not touching one another. `max_fee` is whole dollars a session (a meeting, in a group). The vocabularies hold ids of
    app/taxonomies. `musts` are names of WISHES: "verdict" means counts, in full or in part.
    """

    state: str = ""
    discipline: str = ""
    format: tuple[str, ...] = ()
    delivery: str = ""
    zip: str = ""
    within: int = WITHIN
    free: tuple[Span, ...] = ()
    zone: str = ""
    max_fee: int | None = None
    specialty: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    population: tuple[str, ...] = ()
    style: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    affinity: tuple[str, ...] = ()
    musts: frozenset[str] = frozenset()

    def says(self, name: str) -> bool:
        """Whether something was wished for under this name of WISHES."""
        match name:
            case "verdict":
                return bool(self.track_id)
            case "place":
                return bool(self.delivery or self.zip)
            case "times":
                return bool(self.free)
            case "fee":
                return self.max_fee is not None
            case _:
                return bool(getattr(self, name))

    @property
    def has_any(self) -> bool:
        """Whether anything at all was said."""
        return self.is_consultation or any(self.says(name) for name in WISHES)


EMPTY = Wishes()


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same minutes in order; spans that touch or overlap are made one, empty and impossible ones left out."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if not 0 <= start < end <= WEEK:
            continue
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return tuple(whole)
