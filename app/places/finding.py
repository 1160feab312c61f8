"""From a ZIP code to its place, and from one point to another."""

from math import asin, cos, radians, sin, sqrt

from app.db import db
from app.places.models import Place

EARTH_MILES = 3958.8  # mean radius


def find(zip: str) -> Place | None:
    """The place of a five-digit ZIP code, None if there is none."""
    return db.session.get(Place, zip)


def miles(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance of two points (degrees north and east) over the ground, by the haversine formula."""
    north, east = radians(lat2 - lat1), radians(lon2 - lon1)
    half = sin(north / 2) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(east / 2) ** 2
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(half)))


def box(lat: float, lon: float, miles: float) -> tuple[float, float, float, float]:
    """Degrees (south, north, west, east) of a box that holds every point within so many `miles`.

    For a first, indexed look; `miles()` decides. Made for this country: no box reaches a pole or the date line.
    """
    north = miles / (EARTH_MILES * radians(1))
    # The circle is widest, in degrees, not at its middle but a little towards the pole.
    east = north / cos(radians(min(89.0, abs(lat) + north)))
    return lat - north, lat + north, lon - east, lon + east
