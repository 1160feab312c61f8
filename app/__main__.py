"""`python -m app run`: what `make run` does once everything is installed."""

import sys

import click
from dotenv import load_dotenv
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import clock, create_app, server
from app.accounts.models import Person
from app.config import ROOT, BadSettings, settings
from app.db import begin_writing, db
from app.places import loading
from app.places.models import Place
from app.steward import demo


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
        prepare(create_app())
    except BadSettings as fault:
        sys.exit(str(fault))
    except OperationalError as fault:
        sys.exit(f"The database does not answer: {fault.orig}")
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(server.serve(server.commands(chosen.port), env=server.environment(chosen), port=chosen.port))


def prepare(app: Flask) -> None:
    """Bring the database up to date; fill an empty one with the ZIP codes and (never in production) the demo."""
    with app.app_context():
        upgrade()
        begin_writing()
        if db.session.scalar(select(Place.zip).limit(1)) is None:
            print("Loading ZIP codes.", flush=True)
            loading.load()
        if not app.config["SC"].is_production and db.session.scalar(select(Person.id).limit(1)) is None:
            print("Loading the demo: invented people, real rules.", flush=True)
            demo.load(now=clock.now())
        db.session.commit()
        db.engine.dispose()


if __name__ == "__main__":
    main(prog_name="python -m app")
