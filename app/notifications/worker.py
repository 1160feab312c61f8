"""The worker: round after round, the recurring jobs that are due and the letters that are due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event

import structlog
from sqlalchemy.exc import DBAPIError

from app import clock
from app.db import db
from app.notifications import recurring, sending
from app.notifications.leases import transaction
from app.notifications.recurring import Job
from app.notifications.sending import Deliver

POLL = 1.0
POLL_AWAY = 5.0  # while the database does not answer
NEVER = datetime.min.replace(tzinfo=UTC)

log = structlog.get_logger()


@dataclass
class Work:
    """What a worker has done: letters sent, put off and given up; jobs done and broken."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    jobs: int = 0
    broken: int = 0

    def __add__(self, other: "Work") -> "Work":
        return Work(
            self.sent + other.sent, self.postponed + other.postponed, self.failed + other.failed,
            self.jobs + other.jobs, self.broken + other.broken,
        )

    def __bool__(self) -> bool:
        return self != Work()


class Worker:
    """Does what is due until `end` is called; the letter in hand is finished first."""

    def __init__(self, deliver: Deliver, jobs: Sequence[Job]) -> None:
        self._deliver, self._jobs = deliver, jobs
        self._ending = Event()
        self._beaten_at = NEVER

    def end(self, *_: object) -> None:
        """Stop after the letter in hand. Takes a signal handler's arguments."""
        self._ending.set()

    def round(self) -> Work:
        """Once through the jobs and up to one batch of letters that are due, knowing nothing of the round before."""
        db.session.rollback()
        try:
            self._beat()
            jobs, broken = recurring.run_due(self._jobs, self._may_go_on)
            tally = sending.send_due(self._deliver, self._may_go_on)
        finally:
            db.session.rollback()
        return Work(tally.sent, tally.postponed, tally.failed, jobs, broken)

    def drain(self) -> Work:
        """Round after round until nothing is due."""
        done = Work()
        while not self._ending.is_set() and (work := self.round()):
            done += work
        return done

    def loop(self) -> Work:
        """Until told to end. While the database is away it waits and tries again."""
        done, is_away = Work(), False
        while not self._ending.is_set():
            try:
                work = self.round()
            except DBAPIError as fault:
                if not is_away:
                    log.error("database unavailable", error=type(fault.orig).__name__)
                is_away = True
                self._ending.wait(POLL_AWAY)
                continue
            if is_away:
                log.info("database answers again")
            done, is_away = done + work, False
            if not work:
                self._ending.wait(POLL)
        return done

    def _may_go_on(self) -> bool:
        self._beat()
        return not self._ending.is_set()

    def _beat(self) -> None:
        now = clock.now()
        if now - self._beaten_at >= recurring.BEAT:
            with transaction():
                recurring.beat(now)
            self._beaten_at = now
