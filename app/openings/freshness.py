"""Whether openings are still open: asked by letter after 30 days, marked while unanswered, paused after 45.

The letter's link opens a page with a button and works without signing in; its token is kept as a hash alone.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, time, timedelta
from functools import cache
from math import ceil, inf
from statistics import median

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select, update

from app import audit, changes
from app.accounts.models import Person
from app.accounts.sign_ins import hash_of
from app.db import db
from app.formats import zone_named
from app.openings import history, letters, verdicts
from app.openings.models import FreshnessAsk, Opening
from app.refusals import Missing, Refused
from app.supervisors.models import Supervisor

ASK_AFTER, PAUSE_AFTER = timedelta(days=30), timedelta(days=45)
NOTICE = timedelta(days=10)  # between the letter and the pause, however late the letter went
LOOK_BACK, LEAST = timedelta(days=90), 5
ANSWERS = ("open", "full", "paused")
A_DAY = 24 * 3600


def days_unconfirmed(confirmed_at: datetime | None, now: datetime) -> int:
    """Days since an opening was last confirmed, if they are more than she is given; else 0."""
    days = (now - confirmed_at).days if confirmed_at else 0
    return days if days > ASK_AFTER.days else 0


def stale_before(now: datetime) -> datetime:
    """What was confirmed at this instant or earlier is not confirmed for too long."""
    return now - ASK_AFTER - timedelta(days=1)


def stale_words(days: int) -> str:
    """ "Not confirmed for 38 days; we have asked." """
    return f"Not confirmed for {days} days; we have asked."


def confirm(opening: Opening, *, by: Person | None, now: datetime, quietly: bool = False) -> Opening:
    """It is still open. Refused unless it is published. `quietly`: a line of the history says so already."""
    if opening.status != "published":
        raise Refused("This opening is not published.", status=409)
    opening.confirmed_at = now
    settle(opening, "open", now=now)
    if not quietly:
        history.record(opening, "confirmed", by=by, now=now)
    return opening


def settle(opening: Opening, answer: str, *, now: datetime) -> None:
    """Whatever we asked about it so far is answered."""
    asked = update(FreshnessAsk).where(FreshnessAsk.opening_id == opening.id, FreshnessAsk.answered_at.is_(None))
    db.session.execute(asked.values(answered_at=now, answer=answer))
    changes.note("supervisor", [opening.supervisor_id])  # how soon she answers stands with each of her openings


def asked_with(token: str) -> tuple[FreshnessAsk, Opening]:
    """What a letter's link is about. Missing for a token we did not give, or an opening that was removed."""
    ask = db.session.scalar(select(FreshnessAsk).where(FreshnessAsk.token_hash == hash_of(token)))
    opening = db.session.get(Opening, ask.opening_id) if ask else None
    if ask is None or opening is None or opening.removed_at:
        raise Missing
    return ask, opening


def answer(ask: FreshnessAsk, opening: Opening, said: str, *, now: datetime) -> Opening:
    """Carry out what she says by the link: open (also after we paused it), full or paused. Refused the second time."""
    if said not in ANSWERS:
        raise Refused("Please press one of the three.")
    db.session.refresh(ask, with_for_update=True)
    if ask.answered_at or opening.status not in ("published", "paused"):
        raise Refused("This question has been answered.", status=409)
    settle(opening, said, now=now)
    opening.status, opening.updated_at = "published" if said == "open" else "paused", now
    if said == "open":
        opening.confirmed_at = now
    history.record(opening, "confirmed" if said == "open" else said, by=opening.supervisor.person, now=now)
    verdicts.refresh([opening.id], verdicts.today(now))
    return opening


def ask_due(now: datetime) -> int:
    """Ask about each published opening that nobody confirmed for 30 days, unless we have asked since; how many."""
    due = db.session.scalars(_unconfirmed(now - ASK_AFTER).where(~_asked_since(now))).all()
    for opening in due:
        token = secrets.token_urlsafe(32)
        ask = FreshnessAsk(opening_id=opening.id, token_hash=hash_of(token), asked_at=now)
        db.session.add(ask)
        db.session.flush()
        letters.ask(opening, ask, token, days=_age(opening, now), now=now)
        audit.record("opening.asked", "opening", opening.id, by_id=None, now=now)
    return len(due)


def pause_unanswered(now: datetime) -> int:
    """Pause what nobody confirmed for 45 days although we asked, and tell her; how many."""
    due = db.session.scalars(_unconfirmed(now - PAUSE_AFTER).where(_asked_since(now - NOTICE))).all()
    for opening in due:
        opening.status, opening.updated_at = "paused", now
        history.record(opening, "unanswered", by=None, now=now)
        letters.tell_paused(opening, days=_age(opening, now), now=now)
    db.session.flush()
    verdicts.refresh([opening.id for opening in due], verdicts.today(now))
    return len(due)


def answer_time(supervisor_id: int, now: datetime) -> timedelta | None:
    """How long she usually takes to answer what we asked in the last 90 days: the median, what is unanswered counting
    as longest. None with fewer than five questions, or when most stand unanswered."""
    mine = select(FreshnessAsk).join(Opening, Opening.id == FreshnessAsk.opening_id)
    asked = db.session.scalars(
        mine.where(Opening.supervisor_id == supervisor_id, FreshnessAsk.asked_at > now - LOOK_BACK)
    ).all()
    taken = [(one.answered_at - one.asked_at).total_seconds() if one.answered_at else inf for one in asked]
    usual = median(taken) if len(taken) >= LEAST else inf
    return None if usual == inf else timedelta(seconds=usual)


def answer_hours(supervisor_ids: Collection[int] | None, now: datetime) -> dict[int, int]:
    """The same of many supervisors (None: of all) in whole hours, begun ones counted, as it was when the day began that
    it is in the middle of the country; those of whom it is not known are left out."""
    since = {"since": _midnight(now) - LOOK_BACK}
    some = since if supervisor_ids is None else {**since, "ids": list(supervisor_ids)}
    taken: dict[int, list[float]] = {}
    for supervisor_id, at, answered_at in db.session.execute(_asked(supervisor_ids is None), some):
        taken.setdefault(supervisor_id, []).append((answered_at - at).total_seconds() if answered_at else inf)
    usual = {id: median(times) for id, times in taken.items() if len(times) >= LEAST}
    return {id: ceil(seconds / 3600) for id, seconds in usual.items() if seconds != inf}


@cache
def _asked(of_all: bool) -> Select[int, datetime, datetime | None]:
    """Questions asked after `:since`, of the supervisors `:ids` or of all."""
    asked, openings = FreshnessAsk.__table__, Opening.__table__
    query = select(openings.c.supervisor_id, asked.c.asked_at, asked.c.answered_at).select_from(asked.join(openings))
    query = query.where(asked.c.asked_at > bindparam("since"))
    return query if of_all else query.where(openings.c.supervisor_id.in_(bindparam("ids", expanding=True)))


def _midnight(now: datetime) -> datetime:
    """When the day of verdicts began: what is worked out for many at once holds all day."""
    return datetime.combine(verdicts.today(now), time.min, zone_named("America/Chicago"))


def answers_within(supervisor_id: int, now: datetime) -> str | None:
    """The same in words, where there is something to say."""
    usual = answer_time(supervisor_id, now)
    return answer_words(usual) if usual else None


def answer_words(usual: timedelta) -> str:
    """ "within the hour", "within a day", "within 3 days"."""
    seconds = usual.total_seconds()
    if seconds <= 3600:
        return "within the hour"
    days = -int(-seconds // A_DAY)
    return "within a day" if days <= 1 else f"within {days} days"


def _confirmed() -> ColumnElement[datetime]:
    return func.coalesce(Opening.confirmed_at, Opening.published_at)


def _unconfirmed(since: datetime) -> Select[Opening]:
    shown = Opening.status == "published", Supervisor.published_at.is_not(None)
    return select(Opening).join(Supervisor).where(*shown, _confirmed() <= since).order_by(Opening.id)


def _asked_since(until: datetime) -> ColumnElement[bool]:
    """Whether a question about the opening at hand stands open, asked after it was confirmed and by `until`."""
    open_ask = FreshnessAsk.opening_id == Opening.id, FreshnessAsk.answered_at.is_(None)
    return exists().where(*open_ask, FreshnessAsk.asked_at > _confirmed(), FreshnessAsk.asked_at <= until)


def _age(opening: Opening, now: datetime) -> int:
    return (now - (opening.confirmed_at or opening.published_at or now)).days
