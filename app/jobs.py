"""The recurring jobs of all rooms, run by `flask worker`."""

from datetime import datetime, timedelta

from app.notifications import outbox
from app.notifications.recurring import Job
from app.web import once


def forget_actions(now: datetime) -> None:
    """A form sent again after two days is a new action."""
    once.forget(before=now - timedelta(days=2))


def forget_letters(now: datetime) -> None:
    """Letters hold names and addresses: ninety days after sending they go."""
    outbox.forget(before=now - timedelta(days=90))


JOBS = (
    Job("forget old actions", timedelta(hours=6), forget_actions),
    Job("forget old letters", timedelta(days=1), forget_letters),
)
