"""Many numbers in few bytes, and back."""

import random

import pytest

from app.saved.packing import pack, unpack


@pytest.mark.parametrize("numbers", [(), (1,), (7, 3, 2**31 - 1), range(1, 290_000)])
def test_what_is_packed_comes_out_again(numbers):
    assert unpack(pack(numbers)) == frozenset(numbers)


def test_a_tenth_of_all_openings_takes_few_bytes():
    chosen = random.Random(4).sample(range(1, 290_000), 29_000)
    assert len(pack(chosen)) < 29_000
