"""An invented market of supervision: what supervisors can do and say, what supervisees need and say.

Nobody's hidden side is made from the weights of a fit. What a supervisor can do is not all in her profile, and what a
supervisee needs is not all in her wishes; `noise` says how far her words are from her needs (0: not at all).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.licensure.verdict import Value
from app.matching import asked as asking
from app.matching import filling
from app.matching.index import COLUMNS, RANKS, Found, Index
from app.matching.known import Known
from app.places import finding
from app.taxonomies import vocabularies
from app.wishes.wishes import Wishes

START = datetime(2026, 1, 5, 15, tzinfo=UTC)
STATE, DISCIPLINE, ZONE, ZIP = "TX", "counseling", "America/Chicago", "78702"
AUSTIN = (30.26, -97.72)
HERE = finding.unit(*AUSTIN)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 24 * 60
# How many words of each vocabulary a supervisor masters and a supervisee needs: least, most.
MASTERS = {"specialty": (6, 12), "population": (3, 6), "modality": (3, 6), "style": (2, 4), "setting": (1, 4)}
NEEDS = {"specialty": (2, 4), "population": (1, 3), "modality": (1, 2), "style": (1, 2), "setting": (1, 1)}
PARTS = ("times", "fee", "place", "answer", *MASTERS)  # what a supervisee may care about
Words = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Offer:
    """One opening with one supervisor: what is known of it, and what she really masters. `takes` is how many places."""

    known: Known
    masters: Words
    takes: int


@dataclass(frozen=True)
class Seeker:
    """One supervisee: when she comes (days), what she says, and what she needs, with how much she cares for each."""

    day: int
    wishes: Wishes
    true: Wishes
    budget: float
    cares: Mapping[str, float]
    chemistry: NDArray[np.float64] = field(repr=False)

    def likes(self, number: int, offer: Offer) -> float:
        """How much she likes the opening once they have talked: 0 to 1 by her needs, and what nobody could foresee."""
        return _weighed(self, offer) + float(self.chemistry[number])


def offers(random: np.random.Generator, count: int) -> list[Offer]:
    """Openings, the older first."""
    return [_offer(random, number + 1, count) for number in range(count)]


def seekers(random: np.random.Generator, count: int, among: int, noise: float, chemistry: float) -> list[Seeker]:
    """Supervisees over thirty days."""
    return [_seeker(random, 30 * n // count, among, noise, chemistry) for n in range(count)]


def index_of(known: Sequence[Known], track_id: str, day: int = 0) -> Index:
    """An index of such openings without a database; their verdicts are on the one track."""
    columns = {name: np.zeros(len(known), kind) for name, (kind, _) in COLUMNS.items() if name != "turn"}
    found = Found(columns, np.full((len(known), 3), np.nan), np.zeros(len(known), np.int64))
    for at, one in enumerate(known):
        _put(found, at, one, track_id)
    return filling.built(found, day)


def _put(found: Found, at: int, one: Known, track_id: str) -> None:
    here, columns = np.array([at]), found.columns
    columns["opening"][at], columns["supervisor"][at] = one.opening_id, one.supervisor_id
    columns["format"][at] = ("individual", "group").index(one.format)
    columns["fee"][at] = one.fee_cents
    columns["reduced"][at] = -1 if one.reduced_fee_cents is None else one.reduced_fee_cents
    columns["answer"][at] = -1 if one.answer_hours is None else one.answer_hours
    columns["confirmed"][at] = (one.confirmed_at - EPOCH) // timedelta(microseconds=1) if one.confirmed_at else 0
    if one.point:
        found.points[at] = one.point
    ways = [("online", one.online), ("in_person", one.in_person)]
    found.said.extend(("delivery", way, here) for way, is_so in ways if is_so)
    for kind, listed in one.terms.items():
        found.said.extend((kind, term, here) for term in listed)
        found.said.extend([("says", kind, here)] * bool(listed))
    if one.verdict:
        found.ranks.append((track_id, RANKS[one.verdict], here))
    found.times.extend(((one.zone, one.minutes, *time), here) for time in one.times)


def _weighed(seeker: Seeker, offer: Offer) -> float:
    if not can_meet(seeker.true, offer.known):
        return -1.0
    good = {part: _good(part, seeker, offer) for part in seeker.cares}
    return sum(seeker.cares[part] * good[part] for part in good) / sum(seeker.cares.values())


def can_meet(wishes: Wishes, known: Known) -> bool:
    """Whether one of its times is among those in which she is free; true where either side names none."""
    if not (known.times and wishes.free):
        return True
    asked = asking.of(wishes, None)
    return any(asking.usable(asked, day * DAY + start, known.minutes) for day, start in known.times)


def _good(part: str, seeker: Seeker, offer: Offer) -> float:
    """How good one thing is for her, by what is really so."""
    if part in MASTERS:
        needed = frozenset(getattr(seeker.true, part))
        return len(needed & offer.masters[part]) / len(needed)
    if part == "fee":
        fee = (offer.known.reduced_fee_cents or offer.known.fee_cents) / 100
        return 1 / (1 + exp((fee - seeker.budget) / (0.15 * seeker.budget)))
    if part == "place":
        return _reach(seeker, offer.known)
    if part == "answer":
        return exp(-(offer.known.answer_hours or 72) / 120)
    return 1.0  # they can meet


def _reach(seeker: Seeker, known: Known) -> float:
    if known.online and seeker.true.delivery != "in_person":
        return 1.0
    if known.point is None or seeker.true.delivery == "online":
        return 0.0
    return exp(-finding.miles_of(finding.apart2(HERE, known.point)) / (2 * seeker.true.within))


# What is drawn


def _offer(random: np.random.Generator, number: int, count: int) -> Offer:
    is_group, in_person = bool(random.random() < 0.3), bool(random.random() < 0.5)
    masters = {kind: _some(random, kind, *bounds) for kind, bounds in MASTERS.items()}
    fee = int(random.normal(55 if is_group else 105, 25 if not is_group else 12))
    fee = max(20, fee // 5 * 5)
    lat, lon = AUSTIN[0] + random.normal(0, 0.3), AUSTIN[1] + random.normal(0, 0.3)
    known = Known(
        opening_id=number,
        supervisor_id=number,
        first_name="Someone",
        verdict=list(Value)[int(random.choice(4, p=(0.05, 0.2, 0.15, 0.6)))],
        format="group" if is_group else "individual",
        seats=6 if is_group else 1,
        free=1,
        online=not in_person or bool(random.random() < 0.5),
        in_person=in_person,
        point=finding.unit(lat, lon) if in_person else None,
        zone=ZONE,
        minutes=90 if is_group else 60,
        rhythm="weekly",
        times=_times(random, 1 if is_group else int(random.integers(1, 5))),
        fee_cents=fee * 100,
        reduced_fee_cents=fee * 70 if random.random() < 0.2 else None,
        terms={kind: _said(random, kind, words) for kind, words in masters.items() if random.random() < 0.85},
        answer_hours=int(random.exponential(40)) + 1 if random.random() < 0.7 else None,
        confirmed_at=START - timedelta(days=float(random.uniform(0, 29))),
    )
    return Offer(known, masters, int(random.integers(2, 5)) if is_group else 1)


def _said(random: np.random.Generator, kind: str, masters: frozenset[str]) -> tuple[str, ...]:
    """What a profile lists: most of what she masters, and now and then what she would like to."""
    listed = [term for term in sorted(masters) if random.random() < 0.8]
    return tuple(dict.fromkeys([*listed, *(_some(random, kind, 0, 1) if random.random() < 0.3 else ())]))


def _seeker(random: np.random.Generator, day: int, among: int, noise: float, chemistry: float) -> Seeker:
    wants_group = bool(random.random() < 0.25)
    budget = float(max(40, random.normal(100, 25)) * (0.6 if wants_group else 1))
    needs: dict[str, Any] = {kind: tuple(sorted(_some(random, kind, *bounds))) for kind, bounds in NEEDS.items()}
    true = Wishes(
        state=STATE,
        discipline=DISCIPLINE,
        format=("group" if wants_group else "individual",),
        delivery=str(random.choice(("", "online", "in_person"), p=(0.4, 0.3, 0.3))),
        zip=ZIP,
        within=int(random.choice((10, 25, 50))),
        free=_free(random, int(random.integers(4, 9))),
        zone=ZONE,
        max_fee=round(budget),
        **needs,
    )
    cared = [part for part in PARTS if random.random() < 0.8] or ["fee"]
    cares = {part: float(random.lognormal(0, 0.7)) for part in cared}
    return Seeker(day, _told(random, true, budget, noise), true, budget, cares, random.normal(0, chemistry, among))


def _told(random: np.random.Generator, true: Wishes, budget: float, noise: float) -> Wishes:
    """What she says: some of it left out, some of it forgotten, some of it not meant."""
    silent = [part for part in ("times", "place", *NEEDS) if random.random() < 0.15 * noise]
    words: dict[str, Any] = {
        kind: () if kind in silent else _misheard(random, kind, getattr(true, kind), noise) for kind in NEEDS
    }
    kept = tuple(span for span in true.free if random.random() > 0.15 * noise)
    firm = {name for name, often in (("fee", 0.4), ("times", 0.4)) if random.random() < often}
    return Wishes(
        state=true.state,
        discipline=true.discipline,
        format=true.format,
        delivery="" if "place" in silent else true.delivery,
        zip="" if "place" in silent else true.zip,
        within=true.within,
        free=() if "times" in silent else kept,
        zone=true.zone,
        max_fee=round(budget * float(1 + random.normal(0, 0.1 * noise))),
        musts=frozenset({"verdict", "format", *firm}),
        **words,
    )


def _misheard(random: np.random.Generator, kind: str, needed: Sequence[str], noise: float) -> tuple[str, ...]:
    heard = [term for term in needed if random.random() > 0.2 * noise]
    more = _some(random, kind, 0, 2) if random.random() < 0.3 * noise else frozenset()
    return tuple(dict.fromkeys([*heard, *sorted(more)]))


def _some(random: np.random.Generator, kind: str, least: int, most: int) -> frozenset[str]:
    """Words of a vocabulary; a few of them are wanted and offered far more often than the rest."""
    every, often = _often(kind)
    some = random.choice(len(every), int(random.integers(least, most + 1)), replace=False, p=often)
    return frozenset(every[n] for n in some)


@cache
def _often(kind: str) -> tuple[list[str], NDArray[np.float64]]:
    every = list(vocabularies.vocabulary(kind).terms)
    often = 1 / np.arange(2, len(every) + 2) ** 0.8
    return every, often / often.sum()


def _times(random: np.random.Generator, count: int) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({(int(random.integers(0, 6)), int(random.integers(16, 39)) * 30) for _ in range(count)}))


def _free(random: np.random.Generator, blocks: int) -> tuple[tuple[int, int], ...]:
    """Half days and evenings of a week."""
    parts = [(8, 12), (12, 17), (17, 21)]
    every = [(day * DAY + 60 * first, day * DAY + 60 * last) for day in range(6) for first, last in parts]
    chosen = random.choice(len(every), min(blocks, len(every)), replace=False)
    return tuple(sorted(every[n] for n in chosen))
