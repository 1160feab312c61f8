"""From looks to calls to seats, week by week."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.openings import counting
from app.openings.funnel import WEEKS, funnel, monday, mondays

TODAY = date(2026, 11, 24)  # a Tuesday
DAYS = st.dates(date(2026, 8, 1), date(2026, 12, 31))


def test_the_weeks_are_the_last_eight_and_this_one_is_the_last():
    weeks = mondays(TODAY)
    assert (len(weeks), weeks[0], weeks[-1]) == (WEEKS, date(2026, 10, 5), date(2026, 11, 23))


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2026, 11, 23), -1), (date(2026, 11, 29), -1), (date(2026, 11, 22), -2)]
)
def test_a_week_runs_from_monday_to_sunday(day, expected):
    found = funnel([(1, "Hour")], views={(1, day): 3}, calls=[day], seats=[(1, day)], today=TODAY)
    week = found.weeks[expected]
    assert (week.views, week.calls, week.seats) == (3, 1, 1)
    assert (found.views, found.calls, found.seats) == (3, 1, 1)


@pytest.mark.parametrize("day", [date(2026, 10, 4), date(2026, 11, 30)])
def test_what_lies_outside_the_weeks_is_left_out(day):
    found = funnel([(1, "Hour")], views={(1, day): 3}, calls=[day], seats=[(1, day)], today=TODAY)
    assert (found.views, found.calls, found.seats) == (0, 0, 0)


def test_another_opening_is_left_out_and_the_order_is_kept():
    found = funnel([(2, "B"), (1, "A")], views={(1, TODAY): 1, (3, TODAY): 9}, calls=[], seats=[], today=TODAY)
    assert [(line.title, line.views[-1]) for line in found.lines] == [("B", 0), ("A", 1)]
    assert found.weeks[-1].views == 1


@given(st.dictionaries(st.tuples(st.integers(1, 3), DAYS), st.integers(1, 50)), st.lists(DAYS), DAYS)
def test_nothing_is_counted_twice_and_nothing_within_is_lost(views, calls, today):
    found = funnel([(1, "A"), (2, "B")], views=views, calls=calls, seats=(), today=today)
    first, after = mondays(today)[0], monday(today) + timedelta(weeks=1)
    assert found.views == sum(n for (id, on), n in views.items() if id < 3 and first <= on < after)
    assert found.calls == sum(first <= on < after for on in calls)
    assert found.views == sum(sum(line.views) for line in found.lines)


@pytest.mark.parametrize(
    ("counts", "partly", "expected"),
    [
        ([], [], ""),
        (["Texas LPC"], ["Texas LMFT"], "Texas LPC; in part Texas LMFT"),
        ([], ["Texas LPC", "Ohio LPC"], "in part Texas LPC and Ohio LPC"),
        (["A", "B", "C", "D", "E"], [], "A, B, C and 2 more"),
    ],
)
def test_what_an_opening_counts_for_is_one_line(counts, partly, expected):
    assert counting.words(counts, partly) == expected
