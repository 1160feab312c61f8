"""The shades of a map of states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.tally import steps


@pytest.mark.parametrize(
    ("counts", "bounds"),
    [
        ((3, 4, 12, 25, 46, 64, 98, 129, 154, 183), (1, 20, 60, 110)),
        ((100, 900, 6_000, 25_000), (1, 2_000, 7_000, 14_500)),
        ((5_000, 5_400, 6_200, 7_000), (1, 5_450, 5_950, 6_450)),
        ((1, 2, 0), (1, 2, 3, 4)),
        ((154,), (1, 10, 40, 85)),
        ((0, 0), (1, 2, 3, 4)),
        ((), (1, 2, 3, 4)),
    ],
)
def test_shades_follow_from_the_counts_at_hand(counts, bounds):
    assert steps(counts) == bounds


@given(st.lists(st.integers(0, 10**7), max_size=51))
def test_each_shade_begins_above_the_one_before_and_the_fullest_states_are_not_all(counts):
    first, second, third, fourth = steps(counts)
    assert 1 == first < second < third < fourth
    if max(counts, default=0) > 4 * min((n for n in counts if n), default=1) + 20:
        assert min(n for n in counts if n) < second
        assert max(counts) >= fourth
