"""Show an opening to readers, rest it, end it, remove it for good. Each step is a line of its history."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select

from app import audit, changes
from app.accounts.models import Person
from app.db import db
from app.openings import freshness, history, verdicts, writing
from app.openings.models import Opening, Placement, Seat
from app.openings.writing import Wanted
from app.refusals import Refused

KEPT = timedelta(days=30)


def publish(opening: Opening, wanted: Wanted, *, version: int, by: Person, now: datetime) -> Opening:
    """Save all that is wanted and show it. Refused with words beside the first thing that is missing."""
    writing.refuse_stale(opening, wanted, version)
    for field, words in writing.missing({**writing.values(opening), **wanted}).items():
        raise Refused(words, field)
    writing.save(opening, wanted, version=version, by=by, now=now)
    opening.published_at = opening.published_at or now
    return resume(opening, by=by, now=now)


def resume(opening: Opening, *, by: Person, now: datetime) -> Opening:
    """Show a paused or closed one again; by that she says that it is open. Refused for drafts and removed ones."""
    if opening.removed_at:
        raise Refused("Bring this opening back first.", status=409)
    if opening.published_at is None and opening.status == "draft":
        raise Refused("Publish this opening from its own page, where it shows what is missing.", status=409)
    if opening.status != "published":
        _becomes(opening, "published", "published", by=by, now=now)
    return freshness.confirm(opening, by=by, now=now, quietly=True)


def pause(opening: Opening, *, by: Person, now: datetime) -> Opening:
    """Out of the search, its address kept for those who have it. Refused unless it is published."""
    if opening.status != "published":
        raise Refused("Only an opening that is published can be paused.", status=409)
    freshness.settle(opening, "paused", now=now)
    return _becomes(opening, "paused", "paused", by=by, now=now)


def close(opening: Opening, *, by: Person, now: datetime) -> Opening:
    """End it: nobody else is shown it any more; who sits in it stays. Refused unless it was shown."""
    if opening.status not in ("published", "paused"):
        raise Refused("Only an opening that was published can be closed.", status=409)
    freshness.settle(opening, "paused", now=now)
    return _becomes(opening, "closed", "closed", by=by, now=now)


def remove(opening: Opening, *, by: Person, now: datetime) -> Opening:
    """Close it at once; it is gone 30 days later unless it is brought back or somebody was placed through it."""
    if opening.removed_at is None:
        freshness.settle(opening, "paused", now=now)
        opening.removed_at = now
        _becomes(opening, "closed", "removed", by=by, now=now)
    return opening


def restore(opening: Opening, *, by: Person, now: datetime) -> Opening:
    """Bring a removed one back: paused, or a draft if it was never shown."""
    if opening.removed_at:
        opening.removed_at = None
        _becomes(opening, "paused" if opening.published_at else "draft", "restored", by=by, now=now)
    return opening


def refuse_step(opening: Opening, *, by: Person, now: datetime) -> Opening:
    """What a status that we do not know comes to."""
    raise Refused("Please press one of the buttons.")


def purge(now: datetime) -> int:
    """Delete what was removed 30 days ago and nobody was ever placed in through this site; how many."""
    seats = select(Seat.id).where(Seat.opening_id == Opening.id)
    placed = exists().where(Placement.seat_id.in_(seats.correlate(Opening)), Placement.person_id.is_not(None))
    gone = Opening.status == "closed", Opening.removed_at <= now - KEPT
    rows = db.session.execute(select(Opening.id, Opening.supervisor_id).where(*gone, ~placed)).all()
    ids = [row.id for row in rows]
    for id in ids:
        audit.record("opening.purged", "opening", id, by_id=None, now=now)
    db.session.execute(delete(Placement).where(Placement.seat_id.in_(select(Seat.id).where(Seat.opening_id.in_(ids)))))
    db.session.execute(delete(Opening).where(Opening.id.in_(ids)))
    changes.note("opening", ids)
    for supervisor_id in {row.supervisor_id for row in rows}:
        verdicts.refresh_of(supervisor_id, verdicts.today(now))
    return len(ids)


def _becomes(opening: Opening, status: str, deed: str, *, by: Person, now: datetime) -> Opening:
    opening.status, opening.updated_at = status, now
    db.session.flush()
    history.record(opening, deed, by=by, now=now)
    verdicts.refresh([opening.id], verdicts.today(now))
    return opening
