"""Links in letters that end alerts without a sign-in: of one search, or of all. The token is kept as a hash alone."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select

from app import audit
from app.accounts.sign_ins import hash_of
from app.db import db
from app.refusals import Missing
from app.saved import searches
from app.saved.models import AlertStop

GOOD_FOR = timedelta(days=366)


def give(person_id: int, search_id: int | None, *, now: datetime) -> str:
    """A token that ends the alerts of one search, or (None) of all of hers, for a year."""
    token = secrets.token_urlsafe(32)
    scope = "all" if search_id is None else "one"
    stop = AlertStop(token_hash=hash_of(token), person_id=person_id, search_id=search_id, scope=scope)
    stop.expires_at = now + GOOD_FOR
    db.session.add(stop)
    return token


def meant_by(token: str, *, now: datetime) -> AlertStop:
    """What a token ends. Missing for one that we did not give, or more than a year ago."""
    stop = db.session.scalar(select(AlertStop).where(AlertStop.token_hash == hash_of(token)))
    if stop is None or stop.expires_at <= now:
        raise Missing
    return stop


def carry_out(stop: AlertStop, *, now: datetime) -> AlertStop:
    """End what it ends; twice is once. Alerts that she asks for anew afterwards end only if it is used again."""
    if stop.scope == "all" or stop.search_id is not None:
        searches.silence(stop.person_id, stop.search_id)
    if stop.used_at is None:
        stop.used_at = now
        audit.record("alerts.ended", "saved_search", stop.search_id, by_id=stop.person_id, now=now, scope=stop.scope)
    return stop


def is_done(stop: AlertStop) -> bool:
    """Whether nothing is left for it to end."""
    if stop.scope == "one":
        return stop.search is None or stop.search.rhythm == "never"
    return not any(saved.rhythm != "never" for saved in searches.of(stop.person))
