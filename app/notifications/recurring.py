"""What is done again and again: each job has a row that says when it is due, and one worker of many does it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from app import clock
from app.db import db
from app.notifications.leases import is_free, transaction
from app.notifications.models import Recurring

LEASE = timedelta(minutes=10)
HEARTBEAT = "worker"
BEAT = timedelta(seconds=10)

log = structlog.get_logger()


@dataclass(frozen=True)
class Job:
    """A recurring job. `run(now)` changes rows in a write transaction that is committed for it.

    Long jobs may commit in between (and call begin_writing again). Done in ten minutes, or another worker begins it
    too; and since a worker may be killed, doing it twice must do no harm. A job that is `outside` waits for others (a
    network, say): it is given no transaction, and begins and commits short ones of its own.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], None]
    outside: bool = False


def run_due(jobs: Sequence[Job], may_go_on: Callable[[], bool] = lambda: True) -> tuple[int, int]:
    """Run the jobs that are due, one after another; how many were done, and how many broke."""
    done = broken = 0
    for job in _due(jobs, clock.now()):
        if not may_go_on():
            break
        if until := _claim(job, clock.now()):
            if _run(job, until):
                done += 1
            else:
                broken += 1
    return done, broken


def states(jobs: Sequence[Job]) -> list[tuple[Job, Recurring | None]]:
    """Each job with its row; None for one that never ran."""
    rows = {row.name: row for row in db.session.scalars(select(Recurring))}
    return [(job, rows.get(job.name)) for job in jobs]


def beat(now: datetime) -> None:
    """Show that a worker lives."""
    _ensure(HEARTBEAT, now + BEAT)
    db.session.execute(update(Recurring).where(Recurring.name == HEARTBEAT).values(next_at=now + BEAT))


def seen_at() -> datetime | None:
    """When a worker last showed that it lives. It does so every 10 seconds, but for long jobs and slow mail servers."""
    next_at = db.session.scalar(select(Recurring.next_at).where(Recurring.name == HEARTBEAT))
    return None if next_at is None else next_at - BEAT


def _due(jobs: Sequence[Job], now: datetime) -> list[Job]:
    rows = db.session.execute(select(Recurring.name, Recurring.next_at)).all()
    db.session.rollback()
    waiting = {name for name, next_at in rows if next_at > now}
    return [job for job in jobs if job.name not in waiting]


def _claim(job: Job, now: datetime) -> datetime | None:
    """Take the job if it is due and free: until when it is ours."""
    until = now + LEASE
    is_due = (Recurring.name == job.name, Recurring.next_at <= now, is_free(Recurring.lease_until, now))
    with transaction():
        _ensure(job.name, now)
        taken = db.session.execute(update(Recurring).where(*is_due).values(lease_until=until))
    return until if taken.rowcount else None  # type: ignore[attr-defined]


def _run(job: Job, until: datetime) -> bool:
    """Run a claimed job; whether it was done. What it changed and when it is due next are committed together."""
    started = clock.now()
    try:
        if job.outside:
            job.run(started)
        with transaction():
            if not job.outside:
                job.run(started)
            _put_off(job, until, error="")
    except Exception as fault:
        log.error("recurring job broke", job=job.name, exc_info=fault)
        with transaction():
            _put_off(job, until, error=f"{type(fault).__name__}: {fault}"[:300])
        return False
    log.debug("recurring job done", job=job.name, seconds=(clock.now() - started).total_seconds())
    return True


def _put_off(job: Job, until: datetime, *, error: str) -> None:
    """Due again in a while. If the lease ran out, the row is another worker's by now."""
    ours = (Recurring.name == job.name, Recurring.lease_until == until)
    db.session.execute(
        update(Recurring).where(*ours).values(next_at=clock.now() + job.every, lease_until=None, last_error=error)
    )


def _ensure(name: str, next_at: datetime) -> None:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    row = insert(Recurring).values(name=name, next_at=next_at)
    db.session.execute(row.on_conflict_do_nothing(index_elements=["name"]))
