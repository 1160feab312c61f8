"""The index of each process follows every change of every other, and no search reads it half changed."""

import random
import re
from collections.abc import Callable
from itertools import chain

import pytest
from flask import Flask

from app.db import db
from app.openings import verdicts
from app.openings.models import Opening
from tests import people
from tests.conftest import TUESDAY
from tests.live import Answer, Caller, Instance, at_once, writing

STATE = "WY"  # nobody else's here
SEARCH = f"/openings?state={STATE}&discipline=counseling"
OPENINGS, WRITERS, CHANGES, READERS, SEARCHES = 24, 3, 20, 4, 10
FORMATS = ("individual", "group")


@pytest.fixture
def openings(live: Instance) -> list[int]:
    """Openings in a state of their own, every other one a group; their ids."""
    with writing():
        supervisors = [people.make_supervisor("Wyn Plains", state=STATE) for _ in range(OPENINGS // 4)]
        found = [
            people.make_opening(hers, format=FORMATS[n % 2], seats=2 + n % 3, fee=60)
            for hers in supervisors
            for n in range(4)
        ]
        verdicts.refresh([one.id for one in found], verdicts.today(TUESDAY))
    return [one.id for one in found]


def total(answer: Answer) -> int:
    said = re.search(r"<title>\s*(No|[\d,]+) openings?\b", answer.text)
    assert said, answer.text[:500]
    return 0 if said[1] == "No" else int(said[1].replace(",", ""))


def counts(answer: Answer, facet: str) -> list[int]:
    """How many the choices of a filter say they lead to."""
    return [int(n) for n in re.findall(rf'for="{facet}-\w+" data-count="(\d+)"', answer.text)]


def changing(app: Flask, ids: list[int], seed: int) -> Callable[[], list[Answer]]:
    """Pauses, shows, dates and reprices openings at random, each time in a transaction of its own."""
    chance = random.Random(seed)

    def change() -> list[Answer]:
        with app.app_context():
            for _ in range(CHANGES):
                with writing():
                    opening = db.session.get(Opening, chance.choice(ids), with_for_update=True)
                    opening.status = chance.choice(("published", "published", "paused"))
                    opening.format, opening.fee_cents = chance.choice(FORMATS), chance.choice((6000, 9000))
        return []

    return change


def searching(live: Instance) -> Callable[[], list[Answer]]:
    caller = Caller(live)
    return lambda: [caller.get(SEARCH) for _ in range(SEARCHES)]


def test_no_search_reads_what_is_half_changed(live: Instance, openings: list[int]) -> None:
    writers = [changing(live.app, openings, seed) for seed in range(WRITERS)]
    answers = list(chain(*at_once([*writers, *(searching(live) for _ in range(READERS))])))
    assert {answer.status for answer in answers} == {200}
    assert len(answers) == READERS * SEARCHES
    for answer in answers:
        assert sum(counts(answer, "format")) == total(answer)
        assert sum(counts(answer, "verdict")) == total(answer)
    assert len({total(answer) for answer in answers}) > 1


def test_each_process_shows_a_change_at_its_very_next_request(live: Instance, openings: list[int]) -> None:
    for turn, opening_id in enumerate(openings[:5]):
        with writing():
            db.session.get(Opening, opening_id).fee_cents = 100 * (3 + turn)
        address = f"{SEARCH}&max_fee={3 + turn}&sort=fee"
        answers = at_once([lambda to=address: Caller(live).get(to)] * 8)
        assert [total(answer) for answer in answers] == [1 + turn] * 8
        assert all(f"/openings/{opening_id}" in answer.text for answer in answers)


def test_workers_that_are_started_later_know_what_happened_meanwhile(live: Instance, openings: list[int]) -> None:
    live.stop()
    with writing():
        for opening_id in openings[::2]:
            db.session.get(Opening, opening_id).status = "closed"
    live.start()
    answers = at_once([lambda: Caller(live).get(SEARCH)] * 8)
    assert [total(answer) for answer in answers] == [total(answers[0])] * 8
    assert all(f"/openings/{opening_id}" not in answer.text for answer in answers for opening_id in openings[::2])
