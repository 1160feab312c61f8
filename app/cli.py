"""`flask` commands: thin, each room brings its own."""

import click
from flask import Flask
from flask.cli import with_appcontext

from app.licensure.commands import rules
from app.notifications.commands import worker
from app.places.commands import places
from app.steward.commands import demo, import_


def _in_context(command: click.Command) -> click.Command:
    """Let the command, or every command of the group, run in the application's context; the rooms know no Flask."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            _in_context(each)
    elif command.callback:
        command.callback = with_appcontext(command.callback)
    return command


COMMANDS = [_in_context(command) for command in (rules, worker, places, demo, import_)]


def register(app: Flask) -> None:
    """Hang every command on the application."""
    for command in COMMANDS:
        app.cli.add_command(command)
