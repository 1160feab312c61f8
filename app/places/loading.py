"""Fill the table of ZIP codes from the zipcodes package, which carries them all: no network is asked."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import available_timezones

import zipcodes
from sqlalchemy import delete, insert, select

from app.db import db
from app.places import areas
from app.places.models import Place


def load() -> int:
    """Replace all places by those of the package; says how many there are. Never commits."""
    rows = list(_rows())
    db.session.execute(delete(Place))
    db.session.execute(insert(Place), rows)
    return len(rows)


def load_if_empty() -> None:
    """Fill an empty table; leave a filled one alone."""
    if db.session.scalar(select(Place.zip).limit(1)) is None:
        load()


def _rows() -> Iterator[dict[str, Any]]:
    zones = available_timezones()
    for row in zipcodes.list_all():  # type: ignore[no-untyped-call]
        latitude, longitude = float(row["lat"]), float(row["long"])
        # Military post and a few others have no point on the map; territories have no board among our rules.
        if areas.is_state(row["state"]) and (latitude or longitude):
            zone = row["timezone"] if row["timezone"] in zones else areas.main_zone(row["state"])
            yield {
                "zip": row["zip_code"],
                "city": row["city"],
                "state": row["state"],
                "latitude": latitude,
                "longitude": longitude,
                "zone": zone,
            }
