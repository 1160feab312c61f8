"""Figures of an instance for the operator's monitoring, in Prometheus' text format. They name nobody."""

from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db import db
from app.introcalls.models import Call
from app.notifications import recurring, sending
from app.notifications.models import Letter
from app.openings.models import STATUSES, Opening

CALLS = ("held", "confirmed", "cancelled", "expired")


def told(*, now: datetime) -> bytes:
    """All figures as they stand at `now`."""
    registry = CollectorRegistry()

    def gauge(name: str, meaning: str, label: str | None = None) -> Gauge:
        return Gauge(f"second_chair_{name}", meaning, [label] if label else [], registry=registry)

    openings = gauge("openings", "Openings by status.", "status")
    for status, count in _by_status(Opening.status, STATUSES):
        openings.labels(status).set(count)
    calls = gauge("calls", "Intro calls by status.", "status")
    for status, count in _by_status(Call.status, CALLS):
        calls.labels(status).set(count)
    outbox = sending.count(now)
    letters = gauge("letters", "Letters not sent yet, of those due by now, and given up.", "state")
    for state, count in (("owed", outbox.owed), ("due", outbox.due), ("failed", outbox.failed)):
        letters.labels(state).set(count)
    gauge("oldest_letter_seconds", "Age of the oldest letter not sent yet; 0 for none.").set(_age(_oldest_owed(), now))
    if seen := recurring.seen_at():
        gauge("worker_seen_seconds", "How long ago a worker showed that it lives.").set(_age(seen, now))
    return generate_latest(registry)


def _by_status(column: InstrumentedAttribute[str], statuses: tuple[str, ...]) -> list[tuple[str, int]]:
    found = dict(db.session.execute(select(column, func.count()).group_by(column)).all())
    return [(status, found.get(status, 0)) for status in statuses]


def _oldest_owed() -> datetime | None:
    return db.session.scalar(select(func.min(Letter.created_at)).where(sending.IS_OWED))


def _age(moment: datetime | None, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds()) if moment else 0.0
