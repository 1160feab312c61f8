"""Wishes and openings at random, as they might be: for tests that compare two ways to the same answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from app.bench import market
from app.licensure.verdict import Value
from app.matching.index import Index
from app.matching.known import Known
from app.places import finding
from app.taxonomies import vocabularies
from app.wishes.wishes import CONSULTATION, VOCABULARIES, WEEK, WISHES, Wishes

TRACK = "TX/counseling"
ZONES = ("America/Chicago", "America/New_York", "America/Phoenix", "America/Los_Angeles", "Pacific/Honolulu")
AUSTIN = (30.2638, -97.7166)
HERE = finding.unit(*AUSTIN)


def opening(now: datetime, random: Random, number: int = 1, verdict: bool = True) -> Known:
    """Any opening; its verdict None unless there is a track."""
    fee, near = random.randrange(0, 30_000, 500), random.random() < 0.7
    in_person = random.random() < 0.5
    by = [random.uniform(-0.4, 0.4) if near else random.uniform(-9, 9) for _ in range(2)]
    reduced = max(0, fee - random.choice((1_000, 3_000, 6_000)))
    return Known(
        opening_id=number,
        supervisor_id=number,
        first_name="Farida",
        verdict=random.choice(list(Value)) if verdict else None,
        format=random.choice(("individual", "group")),
        seats=random.randint(1, 8),
        free=1,
        online=not in_person or random.random() < 0.4,
        in_person=in_person,
        point=finding.unit(AUSTIN[0] + by[0], AUSTIN[1] + by[1]) if in_person and random.random() < 0.8 else None,
        zone=random.choice(ZONES),
        minutes=random.choice((50, 60, 90, 120)),
        rhythm=random.choice(("weekly", "fortnightly", "monthly")),
        times=tuple(sorted({(random.randrange(7), random.randrange(0, 1440, 30)) for _ in range(random.randrange(6))})),
        fee_cents=fee,
        reduced_fee_cents=reduced if reduced < fee and random.random() < 0.3 else None,
        terms={kind: terms(kind, random, 6) for kind in VOCABULARIES if random.random() < 0.7},
        answer_hours=random.choice((None, 1, 24, 25, 72, 73, 168, 169, 400)),
        confirmed_at=random.choice((None, now - timedelta(days=random.randrange(50), seconds=random.randrange(2)))),
    )


def wishes(random: Random) -> Wishes:
    """Any wishes, some of them nonsense that must not matter."""
    return Wishes(
        state=random.choice(("", "TX", "TX", "ZZ")),
        discipline=random.choice(("", "counseling", "counseling", CONSULTATION)),
        format=random.choice(((), ("individual",), ("group",), ("individual", "group"), ("choir",))),
        delivery=random.choice(("", "online", "in_person", "by mail")),
        zip=random.choice(("", "78702")),
        within=random.choice((5, 25, 100)),
        free=_spans(random),
        zone=random.choice((*ZONES, "", "Nowhere/At_All")),
        max_fee=random.choice((None, 0, 40, 90, 200)),
        musts=frozenset(name for name in WISHES if random.random() < 0.25),
        **{kind: (*terms(kind, random, 4), *_gone(random)) for kind in VOCABULARIES if random.random() < 0.5},
    )


def terms(kind: str, random: Random, most: int) -> tuple[str, ...]:
    """A few words of a vocabulary, mostly of its first ten, so that they meet."""
    some = list(vocabularies.vocabulary(kind).terms)[:10]
    return tuple(random.sample(some, random.randint(0, most)))


def spread(wishes: Wishes, opening: Known) -> Known:
    """The opening as it would be read for these wishes: without a track it has no verdict."""
    return opening if wishes.track_id == TRACK else replace(opening, verdict=None)


def index_of(known: Sequence[Known]) -> Index:
    """An index of these openings, filled as the real one is."""
    return market.index_of(known, TRACK)


def _gone(random: Random) -> tuple[str, ...]:
    return ("no-such-word",) if random.random() < 0.05 else ()


def _spans(random: Random) -> tuple[tuple[int, int], ...]:
    if random.random() < 0.3:
        return ()
    edges = sorted(random.sample(range(0, WEEK + 1, 60), 2 * random.randint(1, 8)))
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    return tuple(random.choice(([(0, 600), *[s for s in spans if s[0] > 600], (WEEK - 300, WEEK)], spans)))
