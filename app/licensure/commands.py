"""`flask rules`: look after the rule files."""

from pathlib import Path

import click

from app.licensure import tracks
from app.licensure.words import counted


@click.group()
def rules() -> None:
    """The boards' rules, one file a state."""


@rules.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
def check(path: Path | None) -> None:
    """Check the rule files in PATH (a file or a folder; by default the rules shipped) and print every error."""
    path = path or tracks.SHIPPED
    errors = tracks.check(path)
    for error in errors:
        click.echo(str(error))
    if errors:
        raise SystemExit(1)
    found = tracks.load(path)
    counts = counted(len(found.jurisdictions), "jurisdiction"), counted(len(found), "track")
    click.echo(f"OK: {counts[0]}, {counts[1]}.")
