"""What a reader chose, and what is assumed until she does."""

import pytest


@pytest.mark.parametrize(
    ("address", "zone"),
    [
        ("/openings", "Eastern time"),
        ("/openings?state=TX", "Central time"),
        ("/openings?state=TX&tz=America/Denver", "Mountain time"),
        ("/openings?state=nowhere", "Eastern time"),
        ("/openings?tz=localtime", "Eastern time"),
    ],
)
def test_times_are_those_of_the_state_looked_at_until_a_zone_is_chosen(client, address: str, zone: str) -> None:
    page = client.get(address)
    shown = page.text.split('name="tz"', 1)[1].split("selected", 1)[1].split("</option>", 1)[0]
    assert zone in shown


def test_the_chosen_track_brings_its_zone_along(client) -> None:
    client.get("/openings?state=CA&discipline=counseling")
    assert 'value="America/Los_Angeles" selected' in client.get("/openings").text
