"""Send the letters that are due: claim some under a lease, send each outside any transaction, note how it went.

At least once: a worker killed between the server's answer and our note leaves a letter that is sent again, with the
same Message-ID, by which mailboxes recognise it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, and_, func, null, select, update

from app import clock
from app.db import db
from app.notifications.carriers import TryLater, Undeliverable
from app.notifications.leases import is_free, transaction
from app.notifications.models import Letter

AT_ONCE = 20
LEASE = timedelta(minutes=1)  # renewed for the rest of those claimed with every letter sent
IN_HAND = timedelta(minutes=10)  # more for the one that is sent next: longer than the slowest server may take
PAUSES = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 60))  # after the first refusals; then always the last
TRIES = 48
IS_OWED = and_(Letter.sent_at.is_(None), Letter.failed_at.is_(None))

log = structlog.get_logger()
Deliver = Callable[[Letter], None]


@dataclass
class Tally:
    """What became of letters."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Owed:
    """How many letters wait (`due` of them now), and how many were given up."""

    owed: int
    due: int
    failed: int


def send_due(deliver: Deliver, may_go_on: Callable[[], bool] = lambda: True) -> Tally:
    """Send up to AT_ONCE letters that are due; `may_go_on` is asked before each. What is left over is given back."""
    tally = Tally()
    if not _any_due(clock.now()):
        return tally
    held, until = claim(clock.now())
    while held and clock.now() < until and may_go_on():
        letter, *held = held
        until = _note(letter, held, _tried(deliver, letter, tally), until)
    _give_back(held, until)
    return tally


def claim(now: datetime) -> tuple[list[Letter], datetime]:
    """Letters due that no other worker holds, oldest first, now ours until the instant returned.

    They are copies apart from the session, so that reading them opens no transaction.
    """
    until = now + LEASE
    due = select(Letter.__table__).where(_is_due(now)).order_by(Letter.send_after, Letter.id).limit(AT_ONCE)
    with transaction():
        rows = db.session.execute(due.with_for_update(skip_locked=True)).mappings()
        letters = [Letter(**row) for row in rows]
        _lease(letters, until)
    return letters, until


def count(now: datetime) -> Owed:
    """How the outbox stands."""
    conditions = (IS_OWED, _is_due(now), Letter.failed_at.is_not(None))
    counts = select(*(func.count().filter(condition) for condition in conditions)).select_from(Letter)
    owed, due, failed = list(db.session.execute(counts).one())
    return Owed(owed, due, failed)


def refused(key: str, *, after: datetime) -> Letter | None:
    """The letter of that key, if a server refused it for good after that instant. Tries that ran out are no refusal."""
    at_its_word = Letter.failed_at > after, Letter.tries < TRIES
    return db.session.scalar(select(Letter).where(Letter.key == key, *at_its_word))


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many refusals."""
    return PAUSES[min(tries, len(PAUSES)) - 1]


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(IS_OWED, Letter.send_after <= now, is_free(Letter.lease_until, now))


def _any_due(now: datetime) -> bool:
    """Asked without the write lock, which an idle worker would otherwise take every second."""
    found = db.session.scalar(select(Letter.id).where(_is_due(now)).limit(1))
    db.session.rollback()
    return found is not None


def _tried(deliver: Deliver, letter: Letter, tally: Tally) -> dict[str, Any]:
    """Try one letter: how it went, as values of its columns."""
    try:
        deliver(letter)
    except Undeliverable as refusal:
        return _failed(letter, str(refusal), tally)
    except TryLater as refusal:
        return _postponed(letter, str(refusal), tally)
    except Exception as fault:  # a template at fault may be mended before the tries are used up
        log.error("letter cannot be sent", letter=letter.id, kind=letter.kind, exc_info=fault)
        return _postponed(letter, f"{type(fault).__name__}: {fault}", tally)
    tally.sent += 1
    log.info("letter sent", letter=letter.id, kind=letter.kind)
    return {"sent_at": clock.now(), "secrets": null(), "last_error": ""}


def _postponed(letter: Letter, words: str, tally: Tally) -> dict[str, Any]:
    if letter.tries + 1 >= TRIES:
        return _failed(letter, words, tally)
    tally.postponed += 1
    pause = pause_after(letter.tries + 1)
    log.warning("letter postponed", letter=letter.id, kind=letter.kind, tries=letter.tries + 1, seconds=pause.seconds)
    return {"send_after": clock.now() + pause, "last_error": words[:300]}


def _failed(letter: Letter, words: str, tally: Tally) -> dict[str, Any]:
    tally.failed += 1
    log.error("letter given up", letter=letter.id, kind=letter.kind, tries=letter.tries + 1)
    # An empty mapping rather than nothing: it tells that there was a secret, without which the letter cannot be drawn.
    return {"failed_at": clock.now(), "secrets": null() if letter.secrets is None else {}, "last_error": words[:300]}


def _note(letter: Letter, rest: Sequence[Letter], outcome: dict[str, Any], until: datetime) -> datetime:
    """Write down how a letter went, and hold the rest, which was ours `until` then; until when it is ours now."""
    with transaction():
        values = {**outcome, "tries": letter.tries + 1, "lease_until": None}
        db.session.execute(update(Letter).where(Letter.id == letter.id, IS_OWED).values(values))
        if (now := clock.now()) < until:  # else others may hold it by now
            until = now + LEASE
            _lease(rest, until)
    return until


def _lease(letters: Sequence[Letter], until: datetime) -> None:
    """Hold them until then, the first, which is sent next, for longer."""
    ids = [letter.id for letter in letters]
    for some, end in ((ids[:1], until + IN_HAND), (ids[1:], until)):
        db.session.execute(
            update(Letter).where(Letter.id.in_(some)).values(lease_until=end),
            execution_options={"synchronize_session": False},
        )


def _give_back(letters: Sequence[Letter], until: datetime) -> None:
    """Free what was claimed and not tried, unless the lease ran out and another may hold it."""
    if letters:
        ids, ours = [letter.id for letter in letters], (until, until + IN_HAND)
        with transaction():
            db.session.execute(
                update(Letter).where(Letter.id.in_(ids), Letter.lease_until.in_(ours)).values(lease_until=None)
            )
