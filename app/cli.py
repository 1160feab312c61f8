"""`flask` commands: thin, each room brings its own."""

from flask import Flask

from app.licensure.commands import rules
from app.notifications.commands import worker
from app.places.commands import places
from app.steward.commands import demo, import_


def register(app: Flask) -> None:
    """Hang every command on the application."""
    for command in (rules, worker, places, demo, import_):
        app.cli.add_command(command)
