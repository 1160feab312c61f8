"""Letters before a license ends. That it no longer counts afterwards needs no deed: verdicts look at the date."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.accounts.models import Person
from app.db import db
from app.notifications.outbox import post
from app.supervisors import verification
from app.supervisors.models import Credential, Supervisor

NOTICES = (0, 14, 60)
LATEST = timedelta(days=30)


def notice(expires: date, on: date) -> int | None:
    """Which letter is due on a day: that of 60, 14 or 0 days before the end; None for none.

    Each is due until the next one is, and the last for a month, so that a worker that stood still sends it later.
    """
    left = (expires - on).days
    if left < -LATEST.days:
        return None
    return next((days for days in NOTICES if left <= days), None)


def remind(on: date, now: datetime) -> int:
    """Owe the letters that are due on that day; how many licenses have one. Each letter is owed once.

    Nothing is written of a credential that a check did not confirm, nor to those who left.
    """
    near = Credential.expires_on.between(on - LATEST, on + timedelta(days=NOTICES[-1]))
    stays = Supervisor.removed_at.is_(None) & Person.closed_at.is_(None) & (Credential.status != "refused")
    query = (
        select(Credential)
        .join(Credential.supervisor)
        .join(Supervisor.person)
        .options(contains_eager(Credential.supervisor).contains_eager(Supervisor.person))
        .where(near, stays)
        .order_by(Credential.id)
    )
    due = [(one, one.expires_on) for one in db.session.scalars(query) if one.expires_on]
    for credential, expires in due:
        _remind(credential, expires, on, now)
    return len(due)


def _remind(credential: Credential, expires: date, on: date, now: datetime) -> None:
    supervisor, days = credential.supervisor, notice(expires, on)
    post(
        "supervisors/lapsing" if expires >= on else "supervisors/lapsed",
        to_email=supervisor.person.email, to_name=supervisor.name,
        key=f"credential/{credential.id}/{expires}/{days}", now=now,
        facts={
            "name": supervisor.first_name, "credential": verification.title(credential),
            "expires_on": expires.isoformat(), "days": (expires - on).days, "path": f"/credentials/{credential.id}",
        },
    )  # fmt: skip
