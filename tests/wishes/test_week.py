"""The week in parts of days and in words: what is ticked comes back, and the rest is not lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wishes import week
from app.wishes.wishes import WEEK, joined

EVENING, LATE = (17 * 60, 20 * 60), (20 * 60, 22 * 60)
spans = st.lists(st.tuples(st.integers(0, WEEK), st.integers(0, WEEK)).map(lambda two: tuple(sorted(two))), max_size=9)


@given(spans)
def test_parts_and_hours_cover_the_same_minutes(free):
    found = week.week(free)
    assert week.spans(found.parts, found.hours) == joined(free)


@given(st.sets(st.tuples(st.integers(0, 6), st.sampled_from(list(week.PARTS)))))
def test_ticked_parts_come_back_ticked_and_nothing_else(parts):
    found = week.week(week.spans(parts, ()))
    assert found == week.Week(frozenset(parts))


def test_hours_beside_a_part_are_left_over():
    found = week.week(week.spans([(1, "evening")], [(1, 16 * 60 + 30, 17 * 60)]))
    assert found == week.Week(frozenset({(1, "evening")}), ((1, 16 * 60 + 30, 17 * 60),))


def test_a_night_belongs_to_both_its_days():
    found = week.week([(23 * 60, 25 * 60)])
    assert found.hours == ((0, 23 * 60, 1440), (1, 0, 60))


@pytest.mark.parametrize(
    ("parts", "hours", "words"),
    [
        ([], [], ""),
        ([(1, "evening")], [], "Tuesday evenings"),
        ([(1, "evening"), (3, "evening")], [], "Tuesday or Thursday evenings"),
        ([(day, "noon") for day in range(5)], [], "weekday lunchtimes"),
        ([(day, part) for day in range(5) for part in week.PARTS], [], "weekdays from morning to night"),
        ([(day, part) for day in range(7) for part in week.PARTS], [], "every day from morning to night"),
        ([(day, part) for day in (1, 3) for part in week.PARTS], [], "Tuesdays or Thursdays from morning to night"),
        ([(5, "morning"), (6, "morning"), (5, "noon"), (6, "noon")], [], "weekend mornings or lunchtimes"),
        ([(1, "evening")], [(4, 1050, 1110)], "Tuesday evenings or Friday 5:30–6:30 pm"),
        ([], [(day, 600 + 30 * day, 660 + 30 * day) for day in range(5)], "5 hours of the week"),
    ],
)
def test_free_times_in_words(parts, hours, words):
    assert week.words(week.spans(parts, hours)) == words


def test_hours_are_written_briefly():
    named = [week.hours_words(start, end) for _, start, end in week.PARTS.values()]
    assert named == ["6–9 am", "9 am–noon", "noon–2 pm", "2–5 pm", "5–8 pm", "8–10 pm"]
