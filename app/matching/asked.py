"""Wishes made ready to be held against openings: what is malformed or unknown is as if it had not been said. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfoNotFoundError

from app.formats import zone_named
from app.licensure import tracks
from app.licensure.tracks import Track
from app.matching import weights
from app.matching.criteria import DELIVERIES, FORMATS
from app.places import finding
from app.places.finding import Point
from app.taxonomies import vocabularies
from app.wishes.wishes import WEEK, Span, Wishes

NO_LIMIT = 2**31 - 1  # cents; more than any fee


@dataclass(frozen=True, eq=False)
class Asked:
    """What one supervisee asks for.

    `place` is "", online, in_person, near (in person, around `here`) or either (online, or near). `spans` are merged
    and in order. `distances` and `fees` are ladders of weights.py, their bounds squares of a chord, and cents. `parts`
    are the names of what counts, in the order of the table; `musts` those of them that filter.
    """

    track: Track | None
    format: str
    place: str
    here: Point | None
    within: int
    spans: tuple[Span, ...]
    zone: str
    budget: int | None
    terms: Mapping[str, tuple[str, ...]]
    wanted_musts: frozenset[str]

    @cached_property
    def parts(self) -> tuple[str, ...]:
        said = {
            "verdict": self.track,
            "times": self.spans,
            "place": self.place,
            "fee": self.budget is not None,
            "format": self.format,
        }
        counted = {name for name, value in said.items() if value} | self.terms.keys() | set(weights.ALWAYS)
        return tuple(row.name for row in weights.TABLE if row.name in counted)

    @cached_property
    def musts(self) -> tuple[str, ...]:
        return tuple(name for name in self.parts if name in self.wanted_musts)

    @cached_property
    def distances(self) -> tuple[tuple[float, int], ...]:
        return tuple((finding.chord2(self.within * percent / 100), grade) for percent, grade in weights.MILES)

    @cached_property
    def fees(self) -> tuple[tuple[int, int], ...]:
        return self._cents(weights.FEE)

    @cached_property
    def reduced_fees(self) -> tuple[tuple[int, int], ...]:
        return self._cents(weights.REDUCED)

    def _cents(self, ladder: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple((min(NO_LIMIT, (self.budget or 0) * percent // 100), grade) for percent, grade in ladder)


@lru_cache(maxsize=1024)
def of(wishes: Wishes, here: Point | None) -> Asked:
    """The wishes made ready; `here` is the point of their ZIP code, or None."""
    here = here if wishes.zip else None
    formats = {format for format in wishes.format if format in FORMATS}
    spans = _merged(wishes.free) if _is_zone(wishes.zone) else ()
    return Asked(
        track=tracks.load().find(wishes.state, wishes.discipline) if wishes.track_id else None,
        format=formats.pop() if len(formats) == 1 else "",  # who takes both has no wish
        place=_place(wishes.delivery, here, wishes.within),
        here=here,
        within=wishes.within,
        spans=spans,
        zone=wishes.zone if spans else "",
        budget=None if wishes.max_fee is None else max(0, wishes.max_fee) * 100,
        terms=_terms(wishes),
        wanted_musts=wishes.musts,
    )


def usable(asked: Asked, start: int, minutes: int) -> bool:
    """Whether a meeting from `start` (minutes since Monday midnight on her clock) lies wholly in her free times.

    Sunday night goes on into Monday.
    """
    end = start + minutes
    pieces = [(start, min(end, WEEK))] + ([(0, end - WEEK)] if end > WEEK else [])
    return all(any(a <= first and last <= b for a, b in asked.spans) for first, last in pieces)


def _place(delivery: str, here: Point | None, within: int) -> str:
    if delivery not in DELIVERIES:
        return "either" if here and within > 0 else ""
    return "near" if delivery == "in_person" and here and within > 0 else delivery


def _merged(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted((max(0, start), min(end, WEEK)) for start, end in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return tuple(merged)


def _terms(wishes: Wishes) -> dict[str, tuple[str, ...]]:
    known = {
        kind: tuple(dict.fromkeys(term for term in chosen if vocabularies.exists(kind, term)))
        for kind, chosen in wishes.terms().items()
    }
    return {kind: chosen for kind, chosen in known.items() if chosen}


def _is_zone(zone: str) -> bool:
    try:
        return bool(zone_named(zone))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False
