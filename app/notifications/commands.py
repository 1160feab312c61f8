"""`flask worker`, `flask jobs` and `flask letters`."""

import json
import signal
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

import click
from sqlalchemy.exc import DBAPIError

from app import clock
from app.db import db
from app.notifications import recurring, sending
from app.notifications.leases import transaction
from app.notifications.models import Letter, Recurring
from app.notifications.recurring import Job
from app.notifications.sending import Deliver
from app.notifications.worker import Work, Worker


def worker_command(deliver: Callable[[], Deliver], jobs: Sequence[Job]) -> click.Command:
    """`flask worker`, sending with what `deliver` makes and running these jobs."""

    @click.command("worker")
    @click.option("--once", is_flag=True, help="Do what is due and exit.")
    @click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON at the end.")
    def worker(once: bool, as_json: bool) -> None:
        """Send letters and run recurring jobs, until SIGTERM or Ctrl-C; start as many as you like."""
        machine = Worker(deliver(), jobs)
        usual = {sign: signal.signal(sign, machine.end) for sign in (signal.SIGTERM, signal.SIGINT)}
        try:
            work = machine.drain() if once else machine.loop()
        except DBAPIError as fault:
            raise click.ClickException(f"The database does not answer: {fault.orig}") from fault
        finally:
            for sign, handler in usual.items():
                signal.signal(sign, handler)
        click.echo(json.dumps(asdict(work)) if as_json else _words(work))

    return worker


def jobs_command(jobs: Sequence[Job]) -> click.Command:
    """`flask jobs`, telling of these."""

    @click.command("jobs")
    @click.option("--json", "as_json", is_flag=True, help="As JSON.")
    def show(as_json: bool) -> None:
        """List recurring jobs and count the letters that wait or were given up."""
        now = clock.now()
        states, owed, seen = recurring.states(jobs), sending.count(now), recurring.seen_at()
        if as_json:
            told = [_told(job, row) for job, row in states]
            click.echo(json.dumps({"jobs": told, "letters": asdict(owed), "worker_seen_at": _iso(seen)}))
            return
        for job, row in states:
            click.echo(f"{job.name:<28} every {_span(job.every):<11} {_state(row)}")
        click.echo(f"Letters: {owed.owed} owed, {owed.due} of them due now; {owed.failed} given up.")
        click.echo(f"Worker: last seen {_iso(seen)}." if seen else "Worker: never seen.")

    return show


@click.group()
def letters() -> None:
    """Look after single letters."""


@letters.command()
@click.argument("number", type=int)
def retry(number: int) -> None:
    """Owe the letter NUMBER again that was given up."""
    with transaction():
        letter = db.session.get(Letter, number)
        if letter is None or letter.failed_at is None:
            raise click.ClickException(f"No letter {number} was given up.")
        if letter.secrets == {}:
            raise click.ClickException("It held a link that is no longer kept; its reader has to ask for a new one.")
        letter.failed_at, letter.tries, letter.send_after = None, 0, clock.now()
    click.echo(f"Letter {number} is owed again.")


def _words(work: Work) -> str:
    letters = f"Letters: {work.sent} sent, {work.postponed} put off, {work.failed} given up."
    return f"{letters} Recurring jobs: {work.jobs} done, {work.broken} broken."


def _told(job: Job, row: Recurring | None) -> dict[str, object]:
    return {
        "name": job.name, "every_seconds": int(job.every.total_seconds()),
        "next_at": _iso(row.next_at) if row else None, "last_error": row.last_error if row else "",
    }


def _state(row: Recurring | None) -> str:
    if row is None:
        return "never run"
    return f"next {_iso(row.next_at)}" + (f", broke: {row.last_error}" if row.last_error else "")


def _span(every: timedelta) -> str:
    """90 minutes → "90 minutes", 24 hours → "day"."""
    for unit, length in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if every % length == timedelta():
            count = every // length
            return unit if count == 1 else f"{count} {unit}s"
    return f"{every.total_seconds():g} seconds"


def _iso(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
