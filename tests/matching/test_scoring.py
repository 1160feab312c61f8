"""The columns say exactly what fit says of each opening."""

from datetime import timedelta
from random import Random

import numpy as np
import pytest
from sqlalchemy import select

from app.db import db as database
from app.licensure import tracks
from app.matching import filling, fit, known, loading, recalled, scoring, weights
from app.openings import verdicts
from app.openings.models import FreshnessAsk, Opening
from app.supervisors.models import SupervisorTerm
from tests.conftest import TUESDAY
from tests.matching import likely
from tests.people import make_opening, make_supervisor


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
@pytest.mark.parametrize("seed", range(30))
def test_scores_and_musts_are_those_of_each_opening(openings, index, seed, few):
    random = Random(seed)
    wishes, here = likely.wishes(random), random.choice((None, likely.HERE))
    some = random.sample(openings, 60 if few else 300)
    rows, known = rows_of(index, some), [likely.spread(wishes, one) for one in some]
    one_by_one = [fit.score_alone(wishes, one, now=TUESDAY, here=here) for one in known]
    assert scoring.scores(wishes, index, rows, TUESDAY, here=here).tolist() == one_by_one
    met = [not fit.misses(wishes, one, now=TUESDAY, here=here) for one in known]
    assert scoring.meets(wishes, index, rows, TUESDAY, here=here).tolist() == met


@pytest.mark.parametrize("seed", range(20))
def test_without_one_must_the_others_stand(openings, index, seed):
    wishes = likely.wishes(Random(seed))
    rows, known = rows_of(index, openings), [likely.spread(wishes, one) for one in openings]
    for must in wishes.musts:
        left = [set(fit.misses(wishes, one, now=TUESDAY, here=likely.HERE)) <= {must} for one in known]
        assert scoring.meets(wishes, index, rows, TUESDAY, {must}, here=likely.HERE).tolist() == left


def test_the_table_of_scores_holds_what_is_reckoned():
    table, most = scoring._all_scores().reshape(-1, scoring.MOST + 1), 12 * np.arange(1 + scoring.MOST // 12)
    for weight in range(0, len(table), 7):
        points = range(most[weight] + 1)
        assert table[weight, : most[weight] + 1].tolist() == [weights.scored(n, weight) for n in points]


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


@pytest.fixture
def posted(db, clock):
    """Forty openings in the database, by ten supervisors, and what was asked of them and answered."""
    random = Random(8)
    for number in range(10):
        post(random, number)
    db.session.flush()
    verdicts.refresh_all(verdicts.today(clock.now()))
    return list(db.session.scalars(select(Opening.id).order_by(Opening.id)))


def post(random, number):
    drawn = likely.opening(TUESDAY, random)
    supervisor = make_supervisor(f"Number {number}", code="LPC-S", state=random.choice(("TX", "AZ")), specialties=())
    supervisor.terms = [
        SupervisorTerm(kind=kind, term=term, position=at)
        for kind, listed in drawn.terms.items()
        for at, term in enumerate(listed)
    ]
    for _ in range(4):
        as_is = likely.opening(TUESDAY, random)
        near = {"latitude": 30 + random.random(), "longitude": -98 + random.random()} if as_is.point else {}
        opening = make_opening(
            supervisor,
            format=as_is.format,
            times=as_is.times,
            fee=as_is.fee_cents // 100,
            reduced_fee_cents=as_is.reduced_fee_cents,
            online=as_is.online,
            in_person=as_is.in_person,
            confirmed_at=as_is.confirmed_at,
            minutes=as_is.minutes,
            zone=as_is.zone,
            **{"latitude": None, "longitude": None, **near},
        )
        ask(opening, drawn.answer_hours, random)


def ask(opening, hours, random):
    """Questions whether it is still open, answered after about so many hours, or not."""
    for number in range(2):
        at = TUESDAY - timedelta(days=40 + number)
        answered_at = at + timedelta(hours=hours - random.random()) if hours else None
        token = f"{opening.id}/{number}".ljust(64, "x")
        database.session.add(
            FreshnessAsk(opening_id=opening.id, asked_at=at, answered_at=answered_at, token_hash=token)
        )


@pytest.mark.parametrize("seeds", [range(40), range(40, 80)], ids=["some wishes", "other wishes"])
def test_what_is_read_from_the_tables_scores_alike_both_ways(posted, clock, seeds):
    now = clock.now()
    index = filling.built(loading.load_all(now), verdicts.today(now).toordinal())
    rows = np.array([index.row_of[id] for id in posted])
    for seed in seeds:
        wishes = likely.wishes(Random(seed))
        track = tracks.load().find(wishes.state, wishes.discipline)
        read = known.load(posted, track, now).values()
        fits = [fit.score(wishes, one, now=now, here=likely.HERE).score for one in read]
        assert scoring.scores(wishes, index, rows, now, here=likely.HERE).tolist() == fits
        met = [not fit.misses(wishes, one, now=now, here=likely.HERE) for one in read]
        assert scoring.meets(wishes, index, rows, now, here=likely.HERE).tolist() == met


def test_an_opening_is_read_as_it_stands(posted, clock):
    read = known.load(posted, tracks.load().find("TX", "counseling"), clock.now())
    assert {one.opening_id for one in read.values()} == set(posted)
    assert {one.verdict for one in read.values()} > {"no"}
    assert {one.answer_hours for one in read.values()} > {None}
    assert known.load([], None, clock.now()) == {}


@pytest.mark.parametrize("seeds", [range(200, 230)])
def test_what_the_index_recalls_fits_as_what_the_tables_say(posted, clock, seeds):
    """To the word: the same score, reasons and misfits."""
    now = clock.now()
    index = filling.built(loading.load_all(now), verdicts.today(now).toordinal())
    for seed in seeds:
        wishes = likely.wishes(Random(seed))
        track = tracks.load().find(wishes.state, wishes.discipline)
        read = known.load(posted, track, now)
        names = {id: one.first_name for id, one in read.items()}
        again = recalled.recall(index, names | {10**6: "Nobody"}, track, wishes.terms())
        assert [words_of(wishes, one) for one in again.values()] == [words_of(wishes, one) for one in read.values()]


def words_of(wishes, one):
    found = fit.score(wishes, one, now=TUESDAY, here=likely.HERE)
    return found.score, [(r.pair, r.other) for r in (*found.reasons, *found.misfits)]
