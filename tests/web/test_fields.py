"""What is typed into fields of several rooms, and what it means."""

from datetime import date

import pytest

from app.formats import ZONE_NAMES, zone_choice
from app.web.fields import day, whole


@pytest.mark.parametrize("text", ["2027-08-31", "8/31/2027", "08/31/2027"])
def test_a_day_is_read_as_browsers_send_it_and_as_americans_write_it(text: str) -> None:
    assert day(text) == date(2027, 8, 31)


@pytest.mark.parametrize("text", ["soon", "31/8/2027", "8/31/27", "2027-02-30", "0827-08-31", "9/9/9999", "٨/1/2027"])
def test_no_other_text_is_a_day(text: str) -> None:
    with pytest.raises(ValueError, match="such as 8/31/2027"):
        day(text)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("1,200", 1200), ("$70", 70), ("2000", 2000)])
def test_a_whole_number_may_be_written_as_money_is(text: str, number: int) -> None:
    assert whole(0, 2000)(text) == number


@pytest.mark.parametrize("text", ["-1", "2001", "7.5", "seven", "²", "9" * 5000])
def test_a_number_beyond_its_bounds_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="from 0 to 2000"):
        whole(0, 2000)(text)


def test_no_two_zones_to_choose_from_have_one_name() -> None:
    assert len({zone_choice(zone) for zone in ZONE_NAMES}) == len(ZONE_NAMES)
    assert zone_choice("America/Chicago") == "Central time, Chicago"
    assert zone_choice("Asia/Kathmandu") == "Kathmandu time"
