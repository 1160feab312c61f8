"""`flask steward`, `flask import` and `flask demo`."""

import json
from pathlib import Path
from typing import Any

import click
from flask import current_app

from app import clock
from app.db import begin_writing, db
from app.refusals import Refused
from app.steward import demo as demonstration
from app.steward import growing, imports, stewards
from app.steward.imports import Report

as_figures = click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")


@click.group()
def steward() -> None:
    """Stewards verify licenses and look after the site."""


@steward.command("add")
@click.argument("email")
def add_steward(email: str) -> None:
    """Let the account of EMAIL be a steward. Safe to repeat."""
    begin_writing()
    try:
        person, is_new = stewards.add(email, now=clock.now())
    except Refused as refusal:
        db.session.rollback()
        raise click.ClickException(refusal.words) from None
    words = f"{person.name} is a steward{' from now on' if is_new else ' already'}."
    db.session.commit()
    click.echo(words)


@click.group()
def demo() -> None:
    """The demonstration: invented people on an instance of its own."""


@demo.command("load")
@as_figures
def load_demo(as_json: bool) -> None:
    """Fill an empty database with invented people, credentials and openings. Safe to repeat."""
    if current_app.config["SC"].is_production:
        raise click.ClickException("This is a production instance: the demonstration’s passwords are known to all.")
    begin_writing()
    try:
        reports = demonstration.load(now=clock.now())
    except Refused as refusal:
        db.session.rollback()
        raise click.ClickException(refusal.words) from None
    db.session.commit()
    if as_json:
        click.echo(json.dumps({report.kind: report.rows for report in reports}))
    else:
        click.echo("The demonstration: " + ", ".join(f"{report.rows:,} {report.kind}" for report in reports) + ".")


@demo.command("grow")
@click.argument("count", type=click.IntRange(min=1))
@as_figures
def grow_demo(count: int, as_json: bool) -> None:
    """Add COUNT supervisors with all they own, copied from the demonstration's under other names."""
    begin_writing()
    try:
        for done in growing.grow(count, now=clock.now()):
            db.session.commit()
            click.echo(f"{done:,} of {count:,} supervisors", err=True)
            begin_writing()
    except Refused as refusal:
        db.session.rollback()
        raise click.ClickException(refusal.words) from None
    db.session.rollback()
    click.echo(json.dumps({"supervisors": count}) if as_json else f"{count:,} supervisors more.")


@click.group("import")
def import_() -> None:
    """Take in supervisors, credentials and openings from CSV files (docs/IMPORT.md)."""


def _importing(kind: str) -> Any:
    """The command that imports files of a kind."""

    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--dry-run", is_flag=True, help="Check everything and say what would happen; change nothing.")
    @click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
    def command(file: Path, dry_run: bool, as_json: bool) -> None:
        begin_writing()
        report = imports.take(kind, file.read_bytes(), now=clock.now())
        if report.faults or dry_run:
            db.session.rollback()
        else:
            db.session.commit()
        if as_json:
            click.echo(json.dumps({**report.figures(), "dry_run": dry_run}, indent=2, ensure_ascii=False))
        else:
            _say(report, dry_run)
        if report.faults:
            raise SystemExit(1)

    command.__doc__ = f"Import {kind} from FILE, a CSV file. All of it or, with an error in any line, nothing."
    return import_.command(kind)(command)


def _say(report: Report, dry_run: bool) -> None:
    """The result in words; what went wrong on the error stream."""
    for fault in report.faults:
        click.echo(str(fault), err=True)
    if report.faults:
        count = len(report.faults)
        click.echo(f"{count} error{'s' if count > 1 else ''}; nothing was imported.", err=True)
    else:
        done = "would be imported" if dry_run else "imported"
        click.echo(f"{report.rows:,} {report.kind} {done}: {report.added:,} new, {report.known:,} known before.")


for _kind in imports.KINDS:
    _importing(_kind)
