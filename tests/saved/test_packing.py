"""Many numbers in few bytes, and back."""

import random

import numpy as np
import pytest

from app.saved.packing import pack, unpack, without


@pytest.mark.parametrize("numbers", [(), (1,), (7, 3, 2**31 - 1), range(1, 290_000)])
def test_what_is_packed_comes_out_again(numbers):
    assert unpack(pack(np.array(numbers, np.int64))).tolist() == sorted(numbers)


def test_a_tenth_of_all_openings_takes_few_bytes():
    chosen = random.Random(4).sample(range(1, 290_000), 29_000)
    assert len(pack(np.array(chosen))) < 29_000


@pytest.mark.parametrize(("others", "left"), [((), [3, 9]), ((9, 40), [3]), ((3, 9), [])])
def test_what_is_known_already_is_left_out(others, left):
    assert without(np.array([3, 9]), np.array(others, np.int64)).tolist() == left
