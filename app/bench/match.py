"""Does the order of a fit save intro calls, and is it fair? A simulation, seeded, on an invented market.

Each supervisee looks at the openings that meet her musts and calls down the list until she likes one well enough and it
still has a place. The three orders are ours (the real score and turn), the same openings in random order, and the
newest first; everything else is the same for all three, chance included.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.bench import market, plot
from app.bench.market import HERE, START, Offer, Seeker
from app.matching import filling, order, scoring
from app.matching.criteria import PER_PAGE
from app.matching.index import Index
from app.openings import verdicts

OURS, RANDOM, NEWEST = "by fit", "the same filters, random order", "the same filters, newest first"
PATIENCE = 20  # calls after which somebody gives up
SEARCHES, DAYS = 1000, 30
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Setting:
    """What is assumed: how many there are, how far words are from needs, how much is chance, how choosy they are."""

    openings: int = 600
    seekers: int = 240
    noise: float = 1.0
    chemistry: float = 0.08
    least: float = 0.62
    reads: bool = False  # skips what the card rules out: no time she can keep, or a fee far over her budget


# Each row of the table changes one thing.
USUAL = Setting()
SETTINGS = {
    "as assumed": USUAL,
    "she reads each card and skips what it rules out": replace(USUAL, reads=True),
    "her words are her needs": replace(USUAL, noise=0.0),
    "words half as far from needs": replace(USUAL, noise=0.5),
    "words half as far again": replace(USUAL, noise=1.5),
    "words twice as far": replace(USUAL, noise=2.0),
    "words twice as far, and she reads each card": replace(USUAL, noise=2.0, reads=True),
    "twice as much chance in liking": replace(USUAL, chemistry=0.16),
    "easier to please": replace(USUAL, least=0.55),
    "harder to please": replace(USUAL, least=0.7),
    "half as many openings": replace(USUAL, openings=300),
}
EQUALS = (25, 50, 100, 200, 300)


@dataclass(frozen=True)
class Outcome:
    """Calls and placements in one order."""

    calls: int
    placements: int

    @property
    def per_placement(self) -> float:
        return self.calls / max(1, self.placements)


def compare(setting: Setting, seeds: Sequence[int]) -> dict[str, Outcome]:
    """The outcome of each order, summed over some worlds."""
    every = [_run(setting, seed) for seed in seeds]
    return {
        name: Outcome(sum(one[name].calls for one in every), sum(one[name].placements for one in every))
        for name in (OURS, RANDOM, NEWEST)
    }


def saved(outcomes: dict[str, Outcome], other: str) -> float:
    """The share of intro calls for one placement that our order saves."""
    return 1 - outcomes[OURS].per_placement / outcomes[other].per_placement


def figures(seeds: Sequence[int]) -> dict[str, Any]:
    """All that is measured: by setting and order, what our order saves beside the others, and the Gini by equals."""
    outcomes = {name: compare(setting, seeds) for name, setting in SETTINGS.items()}
    return {
        "orders": {name: {of: _figure(one) for of, one in found.items()} for name, found in outcomes.items()},
        "saved": {
            name: {of: round(saved(found, of), 3) for of in (RANDOM, NEWEST)} for name, found in outcomes.items()
        },
        "gini": {str(equals): round(gini(first_pages(equals)), 3) for equals in EQUALS},
        "seeds": list(seeds),
    }


def table_of(found: dict[str, Any]) -> str:
    """The figures as two Markdown tables."""
    lines = [
        "| assumed | by fit | random | newest | saved: random | saved: newest | placed |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, orders in found["orders"].items():
        calls = " | ".join(f"{orders[of]['per_placement']:.1f}" for of in (OURS, RANDOM, NEWEST))
        less = " | ".join(f"{found['saved'][name][of]:.0%}" for of in (RANDOM, NEWEST))
        placed = " / ".join(str(orders[of]["placements"]) for of in (OURS, RANDOM, NEWEST))
        lines.append(f"| {name} | {calls} | {less} | {placed} |")
    lines += ["", f"| equally fitting openings | {' | '.join(found['gini'])} |", f"|---|{'---|' * len(found['gini'])}"]
    return "\n".join([*lines, f"| Gini of first pages | {' | '.join(f'{g:.2f}' for g in found['gini'].values())} |"])


def plot_of(found: dict[str, Any]) -> str:
    """Calls for a placement as words and needs come apart, as SVG."""
    by_noise = sorted((one.noise, name) for name, one in SETTINGS.items() if replace(one, noise=1.0) == USUAL)
    series = {
        of.removeprefix("the same filters, "): [found["orders"][name][of]["per_placement"] for _, name in by_noise]
        for of in (OURS, RANDOM, NEWEST)
    }
    axis = "how far what supervisees say is from what they need (1: as assumed)"
    return plot.bars("Intro calls for one placement", [f"{noise:g}" for noise, _ in by_noise], series, axis)


def gini(counts: Sequence[int]) -> float:
    """0 where all have the same, near 1 where one has all."""
    ordered = np.sort(np.asarray(counts, np.float64))
    ranks = np.arange(1, len(ordered) + 1)
    return float((2 * ranks - len(ordered) - 1) @ ordered / (len(ordered) * ordered.sum()))


def first_pages(equals: int, searches: int = SEARCHES, days: int = DAYS, seed: int = 1) -> list[int]:
    """How often each of so many equally fitting openings stood on the first page in a month of searches."""
    random = np.random.default_rng(seed)
    one = market.offers(random, 1)[0].known
    numbers = random.choice(1_000_000, equals, replace=False) + 1
    index = market.index_of([replace(one, opening_id=int(n), supervisor_id=int(n)) for n in numbers], _track())
    rows = np.array([index.row_of[int(n)] for n in numbers])
    seen = np.zeros(index.count, np.int64)
    for day, asked in enumerate(np.bincount(random.integers(0, days, searches), minlength=days)):
        _turn(index, day)
        now = START + timedelta(days=day)
        seen[order.by_fit(index, rows, np.full(equals, 90, np.uint8), now, PER_PAGE)] += asked
    return [int(n) for n in seen[rows]]


def _figure(one: Outcome) -> dict[str, float]:
    return {"per_placement": round(one.per_placement, 2), "calls": one.calls, "placements": one.placements}


def _run(setting: Setting, seed: int) -> dict[str, Outcome]:
    random = np.random.default_rng(seed)
    offers = market.offers(random, setting.openings)
    people = market.seekers(random, setting.seekers, setting.openings, setting.noise, setting.chemistry)
    index = market.index_of([offer.known for offer in offers], _track())
    index.published = index.opening.copy()  # numbers are given in the order of posting
    shuffles = np.random.default_rng(seed + 1)
    orders: dict[str, Callable[[Seeker, Rows], Rows]] = {
        OURS: lambda one, rows: _by_fit(index, one, rows),
        RANDOM: lambda _, rows: shuffles.permutation(rows),
        NEWEST: lambda one, rows: order.newest(index, rows, START, len(rows)),
    }
    return {name: _placed(setting, people, offers, index, ordered) for name, ordered in orders.items()}


def _placed(
    setting: Setting,
    people: Sequence[Seeker],
    offers: Sequence[Offer],
    index: Index,
    ordered: Callable[[Seeker, Rows], Rows],
) -> Outcome:
    left, calls, placements = [offer.takes for offer in offers], 0, 0
    rows = np.array([index.row_of[offer.known.opening_id] for offer in offers])
    for one in people:
        open_rows = rows[np.array(left) > 0]
        met = open_rows[scoring.meets(one.wishes, index, open_rows, START, here=_here(one))]
        made, place = _calls(setting, one, offers, (int(index.opening[row]) - 1 for row in ordered(one, met)))
        calls += made
        if place is not None:
            left[place] -= 1
            placements += 1
    return Outcome(calls, placements)


def _calls(setting: Setting, one: Seeker, offers: Sequence[Offer], shown: Iterable[int]) -> tuple[int, int | None]:
    """How many calls she makes down the list, and which opening she takes."""
    made = 0
    for number in shown:
        offer = offers[number]
        if setting.reads and _is_ruled_out(one, offer):
            continue
        made += 1
        if one.likes(number, offer) >= setting.least:
            return made, number
        if made == PATIENCE:
            break
    return made, None


def _is_ruled_out(one: Seeker, offer: Offer) -> bool:
    fee = offer.known.reduced_fee_cents or offer.known.fee_cents
    return fee > 125 * one.budget or not market.can_meet(one.true, offer.known)


def _by_fit(index: Index, one: Seeker, rows: Rows) -> Rows:
    _turn(index, one.day)
    scores = scoring.scores(one.wishes, index, rows, START, here=_here(one))
    return order.by_fit(index, rows, scores, START, len(rows))


def _here(one: Seeker) -> tuple[float, float, float] | None:
    return HERE if one.wishes.zip else None


def _turn(index: Index, day: int) -> None:
    filling.turn_to(index, verdicts.today(START + timedelta(days=day)).toordinal())


def _track() -> str:
    return f"{market.STATE}/{market.DISCIPLINE}"
