"""From a ZIP code to its place, and from one point to another."""

from math import asin, cos, radians, sin, sqrt

from app.db import db
from app.places.models import Place

EARTH_MILES = 3958.8  # mean radius
Point = tuple[float, float, float]  # a place as a unit vector from the middle of the earth


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


def unit(lat: float, lon: float) -> Point:
    """The place (degrees north and east) as a unit vector. Whatever compares distances makes it here, once."""
    north, east = radians(lat), radians(lon)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def point(zip: str) -> Point | None:
    """The same of a ZIP code, None if there is none."""
    place = find(zip) if zip else None
    return unit(place.latitude, place.longitude) if place else None


def chord2(miles: float) -> float:
    """Miles over the ground as the square of the straight line between two unit vectors: the same order, no roots."""
    chord = 2 * sin(miles / (2 * EARTH_MILES))
    return chord * chord


def apart2(one: Point, other: Point) -> float:
    """The square of the straight line between two unit vectors.

    Each step is one operation of IEEE 754 in this order, so that the same over an array gives the same bits.
    """
    x, y, z = one[0] - other[0], one[1] - other[1], one[2] - other[2]
    return x * x + y * y + z * z


def miles_of(chord2: float) -> float:
    """Back to miles over the ground."""
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(chord2) / 2))
