"""`flask places`: the table of ZIP codes."""

import click

from app.db import begin_writing, db
from app.places import loading


@click.group()
def places() -> None:
    """ZIP codes with their points and time zones."""


@places.command()
def load() -> None:
    """Fill the table of ZIP codes anew. Safe to repeat; needs no network."""
    begin_writing()
    count = loading.load()
    db.session.commit()
    click.echo(f"{count:,} ZIP codes.")
