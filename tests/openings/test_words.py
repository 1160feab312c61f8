"""When an opening meets, in the reader's zone and in words."""

from datetime import date

import pytest

from app.openings import words
from app.openings.words import Meets

NOVEMBER = date(2026, 11, 24)
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
CHICAGO, DENVER, PHOENIX, NEW_YORK, LA, TOKYO = (
    "America/Chicago", "America/Denver", "America/Phoenix", "America/New_York", "America/Los_Angeles", "Asia/Tokyo"
)  # fmt: skip


def meets(*times: tuple[int, int], minutes: int = 60, rhythm: str = "weekly", nth: int | None = None, zone=CHICAGO):
    return Meets(times, minutes, rhythm, nth, zone)


@pytest.mark.parametrize(
    ("opening", "reader", "said"),
    [
        (meets((TUE, 1050)), CHICAGO, "Tuesdays 5:30–6:30 pm"),
        (meets((TUE, 1050)), NEW_YORK, "Tuesdays 6:30–7:30 pm"),
        (meets((TUE, 1050)), TOKYO, "Wednesdays 8:30–9:30 am"),
        (meets((MON, 540), zone=TOKYO), LA, "Sundays 4:00–5:00 pm"),
        (meets((MON, 1050), (WED, 1050)), CHICAGO, "Mondays and Wednesdays 5:30–6:30 pm"),
        (meets((MON, 1050), (WED, 600)), CHICAGO, "Mondays 5:30–6:30 pm and Wednesdays 10:00–11:00 am"),
        (meets((WED, 720), minutes=90, rhythm="fortnightly"), CHICAGO, "Every other Wednesday 12:00–1:30 pm"),
        (meets((FRI, 540), rhythm="monthly", nth=1, minutes=120), CHICAGO, "First Friday of the month 9:00–11:00 am"),
        (meets((FRI, 540), rhythm="monthly", nth=5), CHICAGO, "Last Friday of the month 9:00–10:00 am"),
        (meets((FRI, 540), rhythm="monthly"), CHICAGO, "Once a month on Friday 9:00–10:00 am"),
        (meets(rhythm="fortnightly"), CHICAGO, "Every other week, at a time you agree on"),
        (meets((SUN, 1410), zone=LA), NEW_YORK, "Mondays 2:30–3:30 am"),
    ],
)
def test_a_rhythm_is_told_in_the_readers_zone(opening, reader, said):
    assert words.rhythm(opening, reader, NOVEMBER) == said


def test_the_day_after_a_first_friday_is_not_called_a_first_saturday():
    late = meets((FRI, 1400), rhythm="monthly", nth=1, zone=LA)
    assert words.rhythm(late, NEW_YORK, NOVEMBER) == "The Saturday after the first Friday of the month 2:20–3:20 am"


def test_a_reader_without_summer_time_sees_the_hour_move():
    evening = meets((TUE, 1050), zone=DENVER)
    assert words.rhythm(evening, PHOENIX, date(2026, 7, 1)) == "Tuesdays 4:30–5:30 pm"
    assert words.rhythm(evening, PHOENIX, NOVEMBER) == "Tuesdays 5:30–6:30 pm"


def test_the_next_occurrence_decides_in_the_week_of_a_clock_change():
    # On Wednesday, 28 October 2026, Thursday still has summer time, Monday no longer.
    week = date(2026, 10, 28)
    assert words.shifted(THU, 1050, CHICAGO, PHOENIX, week) == (THU, 930, 0)
    assert words.shifted(MON, 1050, CHICAGO, PHOENIX, week) == (MON, 990, 0)


@pytest.mark.parametrize(
    ("format", "seats", "online", "in_person", "city", "said"),
    [
        ("individual", 1, True, False, "Austin", "Individual · online"),
        ("individual", 2, True, False, "Austin", "Two people · online"),
        ("individual", 1, True, True, "San Antonio", "Individual · online or San Antonio"),
        ("group", 6, False, True, "Austin", "Group of 6 · in person, Austin"),
        ("group", 2, False, True, "", "Group of 2 · in person"),
    ],
)
def test_the_kind_names_form_and_place(format, seats, online, in_person, city, said):
    assert words.kind(format, seats, online, in_person, city) == said


def test_fees_name_what_they_are_for():
    assert (words.unit("group"), words.unit("individual")) == ("a meeting", "a session")
    assert words.reduced(5000, 2) == "$50 for 2 places"
    assert words.reduced(7250, 1) == "$72.50 for 1 place"
    assert words.reduced(None, None) is None


def test_online_names_the_states_she_is_licensed_in():
    assert words.online_in(["Texas"]) == "Online, anywhere in Texas"
    assert words.online_in(["Texas", "Oklahoma"]) == "Online, in Oklahoma and Texas"
    assert words.online_in(["Texas", "Oklahoma", "Utah", "Ohio"]) == "Online, in 4 states"
