"""What the tests of imports stand on."""

from pathlib import Path

import pytest
from flask import Flask

from app.db import db
from app.places.models import Place
from tests.steward.sheets import Importer

PLACES = [
    ("78702", "Austin", "TX", 30.2633, -97.7196, "America/Chicago"),
    ("79901", "El Paso", "TX", 31.7606, -106.4799, "America/Denver"),
    ("80202", "Denver", "CO", 39.7492, -104.9954, "America/Denver"),
]


@pytest.fixture
def take(app: Flask, tmp_path: Path) -> Importer:
    """take("supervisors", {"name": "Mo"}): import the usual line, so changed."""
    names = ("zip", "city", "state", "latitude", "longitude", "zone")
    db.session.add_all(Place(**dict(zip(names, row, strict=True))) for row in PLACES)
    db.session.commit()
    return Importer(app, tmp_path)
