"""Searches as people make them, at random from a seed: so many filters, the well-known states and words more often."""

import csv
import random
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

from app.config import ROOT
from app.licensure.kinds import DISCIPLINES
from app.matching.criteria import DAYS, FORMATS
from app.taxonomies import vocabularies
from app.wishes.wishes import VOCABULARIES, Wishes

# Millions of people, of the states in which most searches happen, and a ZIP code of their largest city.
STATES: Mapping[str, tuple[int, str]] = {
    "CA": (39, "90012"), "TX": (31, "78701"), "FL": (23, "33130"), "NY": (20, "10001"), "PA": (13, "19103"),
    "IL": (13, "60601"), "OH": (12, "43215"), "GA": (11, "30303"), "NC": (11, "28202"), "MI": (10, "48226"),
    "NJ": (9, "07102"), "VA": (9, "23219"), "WA": (8, "98101"), "AZ": (7, "85004"), "TN": (7, "37203"),
    "MA": (7, "02108"), "MO": (6, "63101"), "CO": (6, "80202"), "MN": (6, "55401"), "OR": (4, "97204"),
}  # fmt: skip
COMMON = ("trauma", "anxiety", "therapy", "family", "licensed", "associates", "clients", "work", "children")
MOST_FILTERS = 4
Pairs = list[tuple[str, str]]


def typical(dice: random.Random) -> str:
    """A track and up to four filters."""
    return _address(_narrowed(dice, MOST_FILTERS))


def broad(dice: random.Random) -> str:
    """No track, at most one filter."""
    return _address(_filters(dice, dice.randint(0, 1), dice.choice(list(STATES))))


def text(dice: random.Random) -> str:
    """A track, at most one filter, and words: a name (40 %), two topics (40 %) or one common word (20 %)."""
    kind = dice.choices(("name", "topics", "common"), (40, 40, 20))[0]
    words = _name(dice) if kind == "name" else _topics(dice) if kind == "topics" else dice.choice(COMMON)
    return _address([*_narrowed(dice, 1), ("q", words)])


def wishing(dice: random.Random) -> str:
    """A track and up to two filters, asked by somebody with wishes."""
    return _address(_narrowed(dice, 2))


KINDS: Mapping[str, Callable[[random.Random], str]] = {
    "typical": typical,
    "broad": broad,
    "text": text,
    "with wishes": wishing,
}


def wishes(dice: random.Random) -> Wishes:
    """What somebody wishes for: most things a little, nothing a must."""
    state = dice.choice(list(STATES))
    days = sorted(dice.sample(range(5), 3))
    chosen: dict[str, Any] = {
        kind: tuple(dice.sample(list(vocabularies.vocabulary(kind).terms), dice.randint(1, 4)))
        for kind in VOCABULARIES
        if dice.random() < 0.7
    }
    return Wishes(
        state=state,
        discipline=dice.choice(list(DISCIPLINES)),
        format=(dice.choice(FORMATS),),
        delivery=dice.choice(("online", "in_person", "")),
        zip=STATES[state][1],
        free=tuple((day * 1440 + 17 * 60, day * 1440 + 20 * 60) for day in days),
        zone="America/Chicago",
        max_fee=dice.randrange(60, 160, 10),
        **chosen,
    )


def _address(pairs: Pairs) -> str:
    return f"/openings?{urlencode(pairs)}"


def _narrowed(dice: random.Random, most: int) -> Pairs:
    """A track, and up to so many filters."""
    state = dice.choices(list(STATES), [people for people, _ in STATES.values()])[0]
    track = [("state", state), ("discipline", dice.choices(list(DISCIPLINES), (3, 1, 2))[0])]
    return track + _filters(dice, dice.randint(0, most), state)


def _filters(dice: random.Random, count: int, state: str) -> Pairs:
    makers = dice.sample(list(_FILTERS), count)
    return [pair for name in makers for pair in _FILTERS[name](dice, state)]


def _term(kind: str) -> Callable[[random.Random, str], Pairs]:
    """One or two words of a vocabulary, the first of them more often."""

    def chosen(dice: random.Random, _: str) -> Pairs:
        terms: Sequence[str] = list(vocabularies.vocabulary(kind).terms)
        weights = [1 / (n + 3) for n in range(len(terms))]
        return [(kind, term) for term in dict.fromkeys(dice.choices(terms, weights, k=dice.randint(1, 2)))]

    return chosen


_FILTERS: Mapping[str, Callable[[random.Random, str], Pairs]] = {
    "format": lambda dice, _: [("format", dice.choice(FORMATS))],
    "delivery": lambda dice, _: [("delivery", dice.choice(("online", "online", "in_person")))],
    "max_fee": lambda dice, _: [("max_fee", str(dice.randrange(60, 180, 5)))],
    "day": lambda dice, _: [("day", day) for day in dice.sample(DAYS[:5], 2)],
    "after": lambda dice, _: [("after", f"{dice.randint(15, 18)}:00")],
    "seats": lambda dice, _: [("seats", "2")],
    "zip": lambda dice, state: [("zip", STATES[state][1]), ("within", dice.choice(("25", "50", "100")))],
    **{kind: _term(kind) for kind in ("specialty", "modality", "population", "style", "language")},
}


def _name(dice: random.Random) -> str:
    return dice.choice(dice.choice(_names()).split())


def _topics(dice: random.Random) -> str:
    kinds = ("specialty", "modality", "population")
    labels = [word for kind in kinds for word in vocabularies.vocabulary(kind).terms.values()]
    return " ".join(label.split()[0].strip("(),") for label in dice.sample(labels, 2))


@cache
def _names() -> list[str]:
    """Those of the demonstration, of whose parts every grown name is made."""
    with (ROOT / "demo" / "supervisors.csv").open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]
