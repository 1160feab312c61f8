"""City, state, ZIP and zone of a row: what a file says, and what the ZIP code tells besides."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import select

from app.db import db
from app.places import areas
from app.places.models import Place
from app.steward.reading import Fault, Row


class Located(Protocol):
    """What has a place already: a supervisor, an opening."""

    city: Any
    state: Any
    zip: Any
    zone: Any
    latitude: Any
    longitude: Any


NAMES = ("city", "state", "zip", "zone", "latitude", "longitude")


def look_up(rows: Sequence[Row]) -> dict[str, Place]:
    """The places of all ZIP codes that the rows name."""
    codes = {row.values["zip"] for row in rows if row.values.get("zip")}
    return {place.zip: place for place in db.session.scalars(select(Place).where(Place.zip.in_(codes)))}


def faults(row: Row, places: Mapping[str, Place]) -> Iterator[Fault]:
    """A ZIP code that does not exist, or lies in another state than the row's."""
    code, state = row.values.get("zip"), row.values.get("state")
    place = places.get(code) if code else None
    if code and place is None:
        yield Fault(row.line, "zip", f"there is no ZIP code {code}.")
    elif place and state and place.state != state:
        yield Fault(row.line, "zip", f"{code} is {place.city}, {place.state}, not in {areas.name(state)}.")


def place_of(row: Row, places: Mapping[str, Place], before: Located) -> dict[str, Any]:
    """Values of NAMES for the row: as the file says, else as its ZIP code tells, else as they were `before`."""
    said = {name: row.values[name] for name in ("city", "state", "zip", "zone") if row.values.get(name)}
    state = said.get("state", before.state)
    if place := places.get(said.get("zip", "")):
        return {name: getattr(place, name) for name in NAMES} | said
    told = {name: getattr(before, name) for name in NAMES}
    if state != before.state:
        told = {"city": "", "zone": areas.main_zone(state)}
    if state != before.state or row.values.get("zip") == "":
        told |= {"zip": "", "latitude": None, "longitude": None}
    return told | said
