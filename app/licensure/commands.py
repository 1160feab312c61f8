"""`flask rules`: look after the rule files."""

import json
from pathlib import Path

import click

from app.licensure import tracks
from app.licensure.words import counted


@click.group()
def rules() -> None:
    """The boards' rules, one file a state."""


@rules.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the counts and the errors as JSON.")
def check(path: Path | None, as_json: bool) -> None:
    """Check the rule files in PATH (a file or a folder; by default the rules shipped) and print every error."""
    path = path or tracks.SHIPPED
    errors = [str(error) for error in tracks.check(path)]
    found = None if errors else tracks.load(path)
    sizes = (len(found.jurisdictions), len(found)) if found else (0, 0)
    if as_json:
        click.echo(json.dumps({"jurisdictions": sizes[0], "tracks": sizes[1], "errors": errors}, indent=2))
    elif errors:
        click.echo("\n".join(errors))
    else:
        click.echo(f"OK: {counted(sizes[0], 'jurisdiction')}, {counted(sizes[1], 'track')}.")
    if errors:
        raise SystemExit(1)
