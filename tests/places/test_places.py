"""ZIP codes, distances, and the names and zones of the states."""

from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.db import db
from app.licensure import tracks
from app.places import areas, finding, loading
from app.places.models import Place

AUSTIN, DALLAS = (30.2672, -97.7431), (32.7767, -96.7970)
north = st.floats(18, 71)
east = st.floats(-170, -67)


def test_loading_fills_the_country_and_can_be_repeated(app: Flask) -> None:
    first = app.test_cli_runner().invoke(args=["places", "load"])
    again = app.test_cli_runner().invoke(args=["places", "load"])
    assert first.output == again.output
    assert db.session.scalar(select(func.count()).select_from(Place)) > 40_000
    assert set(db.session.scalars(select(Place.state).distinct())) == {code for code, _ in areas.STATES}
    austin = finding.find("78702")
    assert austin is not None
    assert (austin.city, austin.state, austin.zone) == ("Austin", "TX", "America/Chicago")
    assert all(ZoneInfo(zone) for zone in db.session.scalars(select(Place.zone).distinct()))
    assert db.session.scalar(select(func.count()).where(Place.latitude == 0)) == 0


def test_an_unknown_zip_has_no_place(app: Flask) -> None:
    assert finding.find("00000") is None


def test_a_filled_table_is_left_alone(app: Flask) -> None:
    db.session.add(
        Place(zip="78702", city="Austin", state="TX", latitude=30.3, longitude=-97.7, zone="America/Chicago")
    )
    loading.load_if_empty()
    assert db.session.scalar(select(func.count()).select_from(Place)) == 1


def test_austin_is_182_miles_from_dallas() -> None:
    assert finding.miles(*AUSTIN, *DALLAS) == pytest.approx(182, abs=1)


@given(north, east, north, east)
def test_the_way_there_is_as_long_as_the_way_back(a: float, b: float, c: float, d: float) -> None:
    assert finding.miles(a, b, c, d) == pytest.approx(finding.miles(c, d, a, b))
    assert finding.miles(a, b, a, b) == 0


@given(north, east, north, east, st.sampled_from([5, 10, 25, 50, 100, 250]))
def test_what_is_near_is_in_the_box(lat: float, lon: float, lat2: float, lon2: float, within: int) -> None:
    near = lat + (lat2 - lat) / 20, lon + (lon2 - lon) / 20
    south, top, west, right = finding.box(lat, lon, within)
    if finding.miles(lat, lon, *near) <= within:
        assert south <= near[0] <= top
        assert west <= near[1] <= right


@given(north, east, north, east)
def test_a_straight_line_through_the_earth_tells_the_same_miles(
    lat: float, lon: float, lat2: float, lon2: float
) -> None:
    apart2 = finding.apart2(finding.unit(lat, lon), finding.unit(lat2, lon2))
    assert finding.miles_of(apart2) == pytest.approx(finding.miles(lat, lon, lat2, lon2), abs=1e-4)


@given(st.integers(1, 500))
def test_miles_become_a_straight_line_and_back(miles: int) -> None:
    assert finding.miles_of(finding.chord2(miles)) == pytest.approx(miles)
    assert finding.chord2(miles) < finding.chord2(miles + 1)


def test_a_zip_code_has_a_point_and_no_other_has(app: Flask) -> None:
    db.session.merge(
        Place(zip="78702", city="Austin", state="TX", latitude=AUSTIN[0], longitude=AUSTIN[1], zone="America/Chicago")
    )
    assert finding.point("78702") == finding.unit(*AUSTIN)
    assert finding.point("00000") is finding.point("") is None


def test_the_states_are_those_of_the_rules() -> None:
    assert {code for code, _ in areas.STATES} == {track.state for track in tracks.load()}
    assert areas.STATES[8] == ("DC", "District of Columbia")
    assert areas.name("TX") == "Texas"


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("TX", "America/Chicago"),
        ("AZ", "America/Phoenix"),
        ("AK", "America/Anchorage"),
        ("MI", "America/Detroit"),
        ("DC", "America/New_York"),
    ],
)
def test_each_state_has_a_main_zone(code: str, zone: str) -> None:
    assert areas.main_zone(code) == zone
    assert not areas.is_state("PR")
