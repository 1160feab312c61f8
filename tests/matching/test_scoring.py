"""The columns say exactly what fit says of each opening."""

from random import Random

import numpy as np
import pytest

from app.matching import fit, scoring
from tests.conftest import TUESDAY
from tests.matching import likely


@pytest.fixture(scope="module")
def openings():
    random = Random(4)
    return [likely.opening(TUESDAY, random, number) for number in range(1, 401)]


@pytest.fixture(scope="module")
def index(openings):
    return likely.index_of(openings)


def rows_of(index, openings):
    return np.array([index.row_of[one.opening_id] for one in openings])


@pytest.mark.parametrize("few", [True, False], ids=["few rows are gathered", "many are worked through whole"])
@pytest.mark.parametrize("seed", range(60))
def test_scores_and_musts_are_those_of_each_opening(openings, index, seed, few):
    random = Random(seed)
    wishes, here = likely.wishes(random), random.choice((None, likely.HERE))
    some = random.sample(openings, 60 if few else 300)
    rows, known = rows_of(index, some), [likely.spread(wishes, one) for one in some]
    one_by_one = [fit.score(wishes, one, now=TUESDAY, here=here).score for one in known]
    assert scoring.scores(wishes, index, rows, TUESDAY, here=here).tolist() == one_by_one
    met = [not fit.misses(wishes, one, now=TUESDAY, here=here) for one in known]
    assert scoring.meets(wishes, index, rows, TUESDAY, here=here).tolist() == met


@pytest.mark.parametrize("seed", range(20))
def test_without_one_must_the_others_stand(openings, index, seed):
    wishes = likely.wishes(Random(seed))
    rows, known = rows_of(index, openings), [likely.spread(wishes, one) for one in openings]
    for must in wishes.musts:
        left = [set(fit.misses(wishes, one, now=TUESDAY, here=likely.HERE)) <= {must} for one in known]
        assert scoring.meets(wishes, index, rows, TUESDAY, must, here=likely.HERE).tolist() == left


def test_no_rows_have_no_scores(index):
    none = np.array([], np.int64)
    assert scoring.scores(likely.wishes(Random(1)), index, none, TUESDAY).tolist() == []


def test_weekly_times_that_come_later_are_learned(openings):
    """The index that has learned them since says what one that knew them all along says."""
    known, wishes = likely.index_of(openings), likely.wishes(Random(11))
    learning = likely.index_of(openings)
    learning.weekly, later = learning.weekly[:40], learning.weekly[40:]
    assert wishes.free
    few = np.flatnonzero((learning.times < 40).all(axis=1))[:20]
    scoring.scores(wishes, learning, few, TUESDAY)
    learning.weekly.extend(later)
    rows = rows_of(known, openings)
    assert (scoring.scores(wishes, learning, rows, TUESDAY) == scoring.scores(wishes, known, rows, TUESDAY)).all()
