"""`flask` commands: thin, each room brings its own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.bench.commands import bench
from app.jobs import JOBS
from app.licensure.commands import rules
from app.notifications.carriers import carrier
from app.notifications.commands import jobs_command, letters, worker_command
from app.notifications.delivery import Stationery, deliverer
from app.notifications.sending import Deliver
from app.places.commands import places
from app.steward.commands import demo, import_, steward


def _in_context(command: click.Command) -> click.Command:
    """Let the command, or every command of the group, run in the application's context; the rooms know no Flask."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            _in_context(each)
    elif command.callback:
        command.callback = with_appcontext(_saying_what_the_database_says(command.callback))
    return command


def _saying_what_the_database_says(run: Callable[..., Any]) -> Callable[..., Any]:
    """`run`, with a sentence instead of a trace when the database is away or lacks its tables."""

    @wraps(run)
    def say(*args: Any, **kwargs: Any) -> Any:
        try:
            return run(*args, **kwargs)
        except (OperationalError, ProgrammingError) as fault:
            said = str(fault.orig).splitlines()[0]
            raise click.ClickException(f"The database does not answer as it should: {said}") from fault

    return say


def _deliver() -> Deliver:
    """How this instance delivers letters."""
    sc = current_app.config["SC"]
    return deliverer(Stationery(sc), carrier(sc.mail_url, sc.mail_folder))


WORKER = (worker_command(_deliver, JOBS), jobs_command(JOBS), letters)
COMMANDS = [_in_context(command) for command in (rules, *WORKER, places, steward, demo, import_, bench)]


def register(app: Flask) -> None:
    """Hang every command on the application."""
    for command in COMMANDS:
        app.cli.add_command(command)
