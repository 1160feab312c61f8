"""`python -m app run`: what `make run` does once everything is installed."""

import sys

import click
from dotenv import load_dotenv
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import create_app, server
from app.accounts.models import Person
from app.config import ROOT, BadSettings, Settings, settings
from app.db import db


@click.group()
def main() -> None:
    """Second Chair on this machine."""


@main.command()
def run() -> None:
    """Migrate the database, load the demo into an empty one, and serve until Ctrl-C."""
    load_dotenv(ROOT / ".env")
    try:
        chosen = settings()
        if server.is_taken(chosen.port):
            sys.exit(f"Port {chosen.port} is in use by another program: end it, or choose another with SC_PORT.")
        prepare(chosen)
    except BadSettings as fault:
        sys.exit(str(fault))
    except OperationalError as fault:
        sys.exit(f"The database does not answer: {fault.orig}")
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(server.serve(server.commands(chosen.port), env=server.environment(chosen), port=chosen.port))


def prepare(chosen: Settings) -> None:
    """Bring the database up to date, and fill an empty one with the demo (never in production)."""
    app = create_app()
    with app.app_context():
        upgrade()
        is_empty = db.session.scalar(select(Person.id).limit(1)) is None
    if is_empty and not chosen.is_production:
        print("Loading the demo: invented people, real rules.", flush=True)
        app.test_cli_runner().invoke(args=["demo", "load"], catch_exceptions=False)


if __name__ == "__main__":
    main(prog_name="python -m app")
