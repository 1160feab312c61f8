"""Fees, dates and times as people write them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app import formats

NOON_IN_DECEMBER = datetime(2026, 12, 1, 18, 15, tzinfo=UTC)


@pytest.mark.parametrize(("cents", "words"), [(7000, "70"), (7250, "72.50"), (123400, "1,234"), (5, "0.05"), (0, "0")])
def test_a_fee_is_whole_dollars_where_it_can_be(cents: int, words: str) -> None:
    assert formats.dollars(cents) == words


@pytest.mark.parametrize(
    ("minute", "words"),
    [(0, "midnight"), (5, "12:05 am"), (719, "11:59 am"), (720, "12:00 pm"), (1050, "5:30 pm"), (1440, "midnight")],
)
def test_minutes_after_midnight_become_a_clock(minute: int, words: str) -> None:
    assert formats.minute_words(minute) == words


@pytest.mark.parametrize(
    ("start", "minutes", "words"),
    [
        (1050, 60, "5:30–6:30 pm"),
        (690, 60, "11:30 am–12:30 pm"),
        (1380, 60, "11:00 pm–midnight"),
        (0, 60, "midnight–1:00 am"),
    ],
)
def test_a_stretch_says_the_half_of_the_day_once(start: int, minutes: int, words: str) -> None:
    assert formats.span_words(start, minutes) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/Chicago", "Tue, Dec 1, 12:15 pm CST"),
        ("America/Phoenix", "Tue, Dec 1, 11:15 am MST"),
        ("Asia/Kathmandu", "Wed, Dec 2, midnight UTC+5:45"),
        ("Pacific/Honolulu", "Tue, Dec 1, 8:15 am HST"),
    ],
)
def test_an_instant_is_told_in_the_readers_zone_and_names_it(zone: str, words: str) -> None:
    assert formats.when(NOON_IN_DECEMBER, zone) == words


def test_the_doubled_hour_of_autumn_is_told_apart_by_its_abbreviation() -> None:
    first, second = datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert formats.when(first, "America/New_York") == "Sun, Nov 1, 1:30 am EDT"
    assert formats.when(second, "America/New_York") == "Sun, Nov 1, 1:30 am EST"


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (datetime(2026, 12, 1, 18, 15, tzinfo=UTC), "1:15–1:35 pm EST"),
        (datetime(2026, 12, 1, 16, 50, tzinfo=UTC), "11:50 am–12:10 pm EST"),
        (datetime(2027, 3, 14, 6, 50, tzinfo=UTC), "1:50 am EST–3:10 am EDT"),
        (datetime(2026, 11, 1, 5, 50, tzinfo=UTC), "1:50 am EDT–1:10 am EST"),
    ],
)
def test_a_call_across_a_change_of_the_clock_names_both_times(start: datetime, words: str) -> None:
    assert formats.zoned_span(start, start + timedelta(minutes=20), "America/New_York") == words


def test_words_in_a_row_end_with_and() -> None:
    assert [formats.listed(w) for w in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_counts_agree_with_their_noun() -> None:
    assert formats.plural(1, "seat") == "1 seat"
    assert formats.plural(1200, "seat") == "1,200 seats"
    assert formats.plural(2, "person", "people") == "2 people"


def test_dates_and_zones_have_plain_names() -> None:
    assert formats.on_date(date(2026, 11, 3)) == "Nov 3, 2026"
    assert formats.zone_words("America/Chicago") == "Central time"
    assert formats.zone_words("America/Argentina/Buenos_Aires") == "Buenos Aires time"
