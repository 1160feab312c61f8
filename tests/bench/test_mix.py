"""The searches that a bench asks: the same from the same seed, and every one of them possible."""

import random
from urllib.parse import parse_qs, urlsplit

import pytest

from app.bench import mix
from app.matching import criteria
from app.wishes import packing


@pytest.mark.parametrize("kind", mix.KINDS)
def test_every_search_can_be_asked(kind: str):
    dice = random.Random(3)
    for _ in range(200):
        asked = criteria.parse(parse_qs(urlsplit(mix.KINDS[kind](dice)).query))
        assert not asked.problems
        assert bool(asked.criteria.track_id) == (kind != "broad")
        assert bool(asked.criteria.q) == (kind == "text")


def test_the_same_seed_asks_the_same():
    assert mix.typical(random.Random(5)) == mix.typical(random.Random(5))


def test_what_somebody_wishes_for_is_said_as_a_questionnaire_would():
    wishes = mix.wishes(random.Random(2))
    assert wishes.has_any
    assert packing.read(packing.packed(wishes)) == packing.tidy(wishes)
