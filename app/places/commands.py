"""`flask places`: the table of ZIP codes."""

import json

import click

from app.db import begin_writing, db
from app.places import loading


@click.group()
def places() -> None:
    """ZIP codes with their points and time zones."""


@places.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figure as JSON.")
def load(as_json: bool) -> None:
    """Fill the table of ZIP codes anew. Safe to repeat; needs no network."""
    begin_writing()
    count = loading.load()
    db.session.commit()
    click.echo(json.dumps({"zip_codes": count}) if as_json else f"{count:,} ZIP codes.")
