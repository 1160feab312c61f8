"""Among many openings, where only those whose turn it is are looked at: the order of a plain sort."""

from datetime import timedelta

import numpy as np
import pytest

from app.licensure import tracks
from app.matching import order, packed
from app.matching.filling import built
from app.matching.index import COLUMNS, Found
from tests.conftest import TUESDAY

MANY = 30_000
TRACK = "TX/counseling"


@pytest.fixture(scope="module", params=[0.02, 0.6, 1.0], ids=lambda share: f"{share:.0%} stale")
def index(request):
    """Many openings, of which some are stale and some answer late; three verdicts, most often "no"."""
    dice = np.random.default_rng(5)
    columns = {name: np.zeros(MANY, kind) for name, (kind, _) in COLUMNS.items() if name != "turn"}
    columns["opening"] = np.arange(1, MANY + 1)
    columns["answer"] = dice.choice([-1, 10, 72, 73, 300], MANY).astype(np.int16)
    ages = np.where(dice.random(MANY) < request.param, 33, 3)
    columns["confirmed"] = order.micros(TUESDAY) - ages * 86_400_000_000
    columns["fee"] = dice.choice([6000, 8000, 10_000], MANY).astype(np.int32)
    columns["published"] = order.micros(TUESDAY) - dice.integers(0, 50, MANY)
    found = Found(columns, np.full((MANY, 3), np.nan), np.zeros(MANY, np.int64))
    found.ranks = [(TRACK, rank, np.arange(rank, MANY, 40)) for rank in (2, 3)]
    return built(found, day=739_945)


def plain(index, key):
    """All rows, sorted by a key of a row."""
    return sorted((row for row in range(index.count) if index.opening[row]), key=key)


@pytest.mark.parametrize("track", [None, tracks.load().track(TRACK)], ids=["no track", "a track"])
@pytest.mark.parametrize("last", [20, 300, 6000, MANY])
def test_the_usual_order(index, track, last):
    every = np.arange(index.count)
    ranks = 3 - index.verdicts(TRACK, every) if track else np.zeros(index.count)
    kinds = order.classes(index, every, TUESDAY)
    rows = order.leading(index, index.bits("open", ""), track, TUESDAY, last)
    ordered = order.usual(index, rows, track, TUESDAY, last)
    assert ordered.tolist() == plain(index, lambda row: (ranks[row], kinds[row], index.turn[row]))[:last]


def test_few_of_many_are_looked_at(index):
    rows = order.leading(index, index.bits("open", ""), None, TUESDAY, 20)
    stale = order.stale(index, packed.rows_of(index.bits("open", "")), TUESDAY).all()
    assert stale or len(rows) < MANY / 20


def test_by_fit_only_those_that_come_on_the_page_are_sorted(index):
    rows = packed.rows_of(index.bits("open", ""))
    scores = np.random.default_rng(2).choice([0, 40, 41, 99, 100], len(rows)).astype(np.uint8)
    kinds = order.classes(index, rows, TUESDAY)
    at = {int(row): n for n, row in enumerate(rows)}
    told = plain(index, lambda row: (-int(scores[at[row]]), kinds[at[row]], index.turn[row]))
    for last in (20, 12_000, MANY):
        assert order.by_fit(index, rows, scores, TUESDAY, last).tolist() == told[:last]


def test_by_fee_and_by_age(index):
    rows = packed.rows_of(index.bits("open", ""))
    late = dict(zip(rows.tolist(), order.stale(index, rows, TUESDAY).tolist(), strict=True))
    by_fee = plain(index, lambda row: (late[row], index.fee[row], index.turn[row]))
    assert order.by_fee(index, rows, None, TUESDAY, 500).tolist() == by_fee[:500]
    newest = plain(index, lambda row: (late[row], -index.published[row], -index.opening[row]))
    assert order.newest(index, rows, TUESDAY, 500).tolist() == newest[:500]


def test_of_equals_the_second_key_decides_and_then_the_third():
    keys = [np.array([2, 1, 1, 1, 3]), np.array([0, 5, 4, 4, 0]), np.array([0, 0, 9, 8, 0])]
    assert order.first(keys, 3).tolist() == [3, 2, 1]
    assert order.first(keys, 99).tolist() == [3, 2, 1, 0, 4]
    assert order.first(keys, 0).tolist() == []


def test_instants_are_whole_microseconds():
    assert order.micros(TUESDAY + timedelta(microseconds=7)) - order.micros(TUESDAY) == 7
