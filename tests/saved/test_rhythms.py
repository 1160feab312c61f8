"""When letters are due: in the morning of the reader's own clock, and once a day at most."""

from datetime import UTC, datetime

import pytest

from app.saved import rhythms
from tests.conftest import TUESDAY

ARIZONA, EASTERN = "America/Phoenix", "America/New_York"


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "after", "due"),
    [
        ("daily", utc(24, 14, 59), utc(24, 15)),  # eight in Arizona is three in the afternoon, UTC
        ("daily", utc(24, 15), utc(25, 15)),
        ("weekly", utc(24, 15), utc(30, 15)),  # a Monday
        ("weekly", utc(30, 14), utc(30, 15)),
        ("weekly", utc(30, 15), utc(7, 15, month=12)),
        ("at_once", utc(24, 3), utc(24, 3)),
        ("never", utc(24, 3), None),
    ],
)
def test_a_search_is_due_in_its_rhythm(rhythm, after, due):
    assert rhythms.next_due(rhythm, after, ARIZONA) == due


def test_the_morning_stays_at_eight_when_the_clocks_change():
    before = rhythms.next_due("daily", utc(31, 12, month=10), EASTERN)
    after = rhythms.next_due("daily", utc(1, 12, month=11), EASTERN)
    assert (before, after) == (utc(1, 13, month=11), utc(1, 13, month=11))
    assert rhythms.next_due("daily", utc(31, 11, month=10), EASTERN) == utc(31, 12, month=10)


def test_after_a_letter_the_next_morning_is_the_earliest():
    assert rhythms.not_before(None, ARIZONA) is None
    assert rhythms.not_before(TUESDAY, ARIZONA) == utc(25, 15)
    assert rhythms.not_before(utc(25, 6, 59), ARIZONA) == utc(25, 15)  # 11:59 pm: hardly eight hours later
    assert rhythms.not_before(utc(25, 7), ARIZONA) == utc(26, 15)


def test_a_day_ends_at_the_readers_midnight():
    assert rhythms.end_of_day(TUESDAY, ARIZONA) == utc(25, 7)
