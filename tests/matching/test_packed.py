"""Sets of rows as bits: whatever is asked of them, a list of the rows says the same, be they few or many."""

import numpy as np
import pytest

from app.matching import packed

ROWS = 64 * 50


@pytest.fixture(params=[0, 1, 5, 40, 600, 3000], ids=lambda n: f"{n} rows")
def some(request):
    """Rows in any words, ascending, and the same as bits."""
    rows = np.sort(np.random.default_rng(request.param).choice(ROWS, request.param, replace=False))
    return rows, packed.of_rows(rows, ROWS // 64)


@pytest.fixture(scope="module")
def column():
    return np.random.default_rng(7).integers(0, 200, ROWS).astype(np.uint8)


def test_rows_come_back_as_they_went_in(some):
    rows, bits = some
    assert packed.rows_of(bits).tolist() == rows.tolist()
    assert np.flatnonzero(packed.bools_of(bits)).tolist() == rows.tolist()
    assert packed.count(bits) == len(rows)


def test_of_a_column_the_rows_below_a_bound_and_the_sum(some, column):
    rows, bits = some
    assert packed.rows_below(bits, column, 50).tolist() == [row for row in rows if column[row] < 50]
    assert packed.sum_of(bits, column) == sum(int(column[row]) for row in rows)


def test_each_line_of_a_matrix_is_counted_within_the_set(some, monkeypatch):
    rows, bits = some
    lines = [packed.of_bools(np.random.default_rng(n).random(ROWS) < 0.3, ROWS // 64) for n in range(9)]
    told = [len(set(rows) & set(packed.rows_of(line))) for line in lines]
    assert packed.counts(np.array(lines), bits).tolist() == told
    monkeypatch.setattr(packed, "AT_ONCE", 100)
    assert packed.counts(np.array(lines), bits).tolist() == told


def test_a_short_list_of_bools_leaves_the_rest_empty():
    assert packed.rows_of(packed.of_bools(np.array([False, True, True]), 2)).tolist() == [1, 2]
