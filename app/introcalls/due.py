"""What a supervisor should do first. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.introcalls.models import Call
from app.openings import freshness
from app.openings.models import Opening
from app.supervisors.models import Credential, Supervisor

SOON = timedelta(hours=24)  # a call within a day goes before everything
BEFORE_ASKING = freshness.ASK_AFTER - timedelta(days=1)  # a day before we ask by letter
LAPSES = timedelta(days=60)


@dataclass(frozen=True)
class Due:
    """One thing: `kind` is call, asked, unconfirmed, lapses, hidden, draft or nothing; its row is filled in."""

    kind: str
    call: Call | None = None
    opening: Opening | None = None
    credential: Credential | None = None
    days: int = 0


def first(
    supervisor: Supervisor, calls: Sequence[Call], openings: Sequence[Opening], *, now: datetime, today: date
) -> Due:
    """A call within a day; a steward's question; what she has not confirmed for longest; a license that ends or has
    ended; the next call; a profile or an opening that nobody sees yet. `calls` come in their order; `today` is a day
    of her zone."""
    next_call = Due("call", call=calls[0]) if calls else None
    if calls and calls[0].starts_at - now <= SOON:
        return Due("call", call=calls[0])
    waiting = _asked(supervisor) or _unconfirmed(openings, now) or _lapses(supervisor, today)
    return waiting or next_call or _unseen(supervisor, openings)


def _asked(supervisor: Supervisor) -> Due | None:
    asked = (one for one in supervisor.credentials if one.checks and one.checks[-1].decision == "asked")
    return next((Due("asked", credential=one) for one in asked), None)


def _unconfirmed(openings: Sequence[Opening], now: datetime) -> Due | None:
    since = {one.id: one.confirmed_at or one.published_at for one in openings if one.status == "published"}
    waiting = [one for one in openings if (at := since.get(one.id)) and now - at >= BEFORE_ASKING]
    if not waiting:
        return None
    oldest = min(waiting, key=lambda one: (since[one.id] or now, one.id))
    return Due("unconfirmed", opening=oldest, days=(now - (since[oldest.id] or now)).days)


def _lapses(supervisor: Supervisor, today: date) -> Due | None:
    held = [one for one in supervisor.credentials if one.status != "refused" and one.expires_on]
    ending = [one for one in held if one.expires_on and abs(one.expires_on - today) <= LAPSES]
    if not ending:
        return None
    next_one = min(ending, key=lambda one: (one.expires_on or today, one.id))
    return Due("lapses", credential=next_one, days=((next_one.expires_on or today) - today).days)


def _unseen(supervisor: Supervisor, openings: Sequence[Opening]) -> Due:
    if supervisor.published_at is None:
        return Due("hidden")
    draft = next((one for one in openings if one.status == "draft"), None)
    return Due("draft", opening=draft) if draft else Due("nothing")
