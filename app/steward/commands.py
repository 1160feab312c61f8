"""`flask import` and `flask demo`."""

import click


@click.group()
def demo() -> None:
    """The demonstration: invented people on an instance of its own."""


@click.group("import")
def import_() -> None:
    """Take in supervisors and openings from CSV files (docs/IMPORT.md)."""
