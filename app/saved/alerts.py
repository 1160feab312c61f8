"""Letters about what is new in saved searches: looked for by the worker, at most one a day for each person.

A person is looked through without the write lock, for that may take a while; then what was found is written in a short
transaction, unless another worker, or she herself, was quicker.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import structlog
from sqlalchemy import ColumnElement, delete, select

from app.accounts.models import Person
from app.db import db
from app.matching import search
from app.matching.cards import Card
from app.notifications.leases import transaction
from app.openings.models import Opening
from app.openings.seats import openings, taken
from app.saved import finding, last_letter, letters, packing, rhythms, searches
from app.saved.models import AlertStop, SavedSearch, ToldOpening
from app.supervisors.models import Supervisor

REMEMBERED = timedelta(days=180)  # how long what was told of is not told of again
log = structlog.get_logger()
Stamp = tuple[int, str, str, datetime | None]


@dataclass(frozen=True)
class Looked:
    """One search looked through: `stamp` is how it stood; `known` what it finds now, packed (None: what was known);
    `cards` the first of what is new, and how many `more` there are."""

    search_id: int
    stamp: Stamp
    is_due: bool
    known: bytes | None = None
    cards: Sequence[Card] = ()
    more: int = 0


@dataclass(frozen=True)
class Round:
    """All searches of a person that would be in a letter of this moment, and how many openings are new in them.
    `last` is when she was last written to; `wait_until` is set if that is too recent, or was refused."""

    person_id: int
    zone: str
    last: datetime | None
    wait_until: datetime | None
    looked: Sequence[Looked]
    total: int = 0


def tell_due(now: datetime) -> int:
    """Look through what is due and write what there is to write; how many letters. Commits person by person."""
    mine = select(SavedSearch.person_id).join(Person).where(SavedSearch.due_at <= now, Person.closed_at.is_(None))
    written = 0
    for person_id in db.session.scalars(mine.distinct().order_by(SavedSearch.person_id)).all():
        try:
            round = look(person_id, now)
            with transaction():
                written += write(round, now)
        except Exception as fault:  # one person's searches must not keep others from their letters
            log.error("alerts not written", person=person_id, exc_info=fault)
            db.session.rollback()
    return written


def look(person_id: int, now: datetime) -> Round:
    """What a letter to this person would hold. Reads only.

    Beside the searches that are due, those that would come due later today are in it: there is no other letter today.
    """
    due = _searches(SavedSearch.person_id == person_id, SavedSearch.due_at <= now)
    zone = next((saved.letters_zone for saved in due), "UTC")
    last = last_letter.written_at(person_id)
    refusal = last_letter.refusal(db.session.get_one(Person, person_id), now)
    earliest = rhythms.not_before(now if refusal else last, zone)
    if earliest and now < earliest:
        return Round(person_id, zone, last, earliest, [Looked(saved.id, _stamp(saved), True) for saved in due])
    mine = _searches(SavedSearch.person_id == person_id, SavedSearch.due_at < rhythms.end_of_day(now, zone))
    return Round(person_id, zone, last, None, *_look_through(mine, searches.told(person_id), now))


def write(round: Round, now: datetime) -> int:
    """Post the letter, if there is news, and note what was looked through; how many letters (0 or 1).

    Needs a write transaction. Nothing is done if her searches or her last letter are no longer as they were.
    """
    ids = [one.search_id for one in round.looked]
    held = {saved.id: saved for saved in _searches(SavedSearch.id.in_(ids), is_held=True)}
    if not held or [_stamp(saved) for saved in held.values()] != [one.stamp for one in round.looked]:
        return 0
    alert = last_letter.hold(round.person_id)
    if alert.sent_at != round.last:
        return 0
    if round.wait_until:
        for saved in held.values():
            saved.due_at = round.wait_until
        return 0
    news = _news(round, held)
    is_written = any(one.is_due for one, _ in news)
    if is_written:
        told = [letters.News(held[one.search_id], cards, one.more) for one, cards in news]
        gone = sum(len(one.cards) for one in round.looked) - sum(len(cards) for _, cards in news)
        letters.alert(told, round.total - gone, key=last_letter.key(round.person_id, now), now=now)
        alert.sent_at = now
        _remember(told, now)
    _settle(round, held, now, is_written=is_written)
    return int(is_written)


def forget(now: datetime) -> None:
    """Drop what was told of long ago, and links that no longer work."""
    db.session.execute(delete(ToldOpening).where(ToldOpening.told_at < now - REMEMBERED))
    db.session.execute(delete(AlertStop).where(AlertStop.expires_at <= now))


def _searches(*which: ColumnElement[bool], is_held: bool = False) -> Sequence[SavedSearch]:
    query = select(SavedSearch).join(Person).where(*which, Person.closed_at.is_(None)).order_by(SavedSearch.id)
    if is_held:
        query = query.with_for_update(of=SavedSearch).execution_options(populate_existing=True)
    return db.session.scalars(query).all()


def _look_through(mine: Sequence[SavedSearch], earlier: set[int], now: datetime) -> tuple[list[Looked], int]:
    """Each opening is told of once, under the first search that found it, and never if a letter told of it `earlier`;
    how many are new in all."""
    looked, told = [], set[int]()
    new = packing.NONE
    for saved in mine:
        what = finding.meant(saved, saved.person)
        found = finding.found(what, now)
        fresh = searches.unknown(saved, found, earlier | told)
        new = np.union1d(new, fresh)
        cards = letters.cards(search.newest(fresh, letters.room(len(told)), now), what, now)
        told |= {card["id"] for card in cards}
        packed, is_due = packing.pack(found), saved.due_at is not None and saved.due_at <= now
        changed = packed if packed != saved.known else None
        looked.append(Looked(saved.id, _stamp(saved), is_due, changed, cards, len(fresh) - len(cards)))
    return looked, len(new)


def _stamp(saved: SavedSearch) -> Stamp:
    return saved.id, saved.rhythm, saved.name, saved.due_at


def _news(round: Round, held: Mapping[int, SavedSearch]) -> list[tuple[Looked, list[Card]]]:
    """By search what is new and still there: shown, with a place free. What vanished meanwhile is left out."""
    ids = [card["id"] for one in round.looked for card in one.cards]
    shown = Opening.status == "published", Supervisor.published_at.is_not(None), taken() < openings.c.seats
    there = set(db.session.scalars(select(Opening.id).join(Supervisor).where(Opening.id.in_(ids), *shown)))
    kept = [(one, [card for card in one.cards if card["id"] in there]) for one in round.looked]
    return [(one, cards) for one, cards in kept if cards]


def _remember(told: Sequence[letters.News], now: datetime) -> None:
    for news in told:
        news.search.sent_at = now
        ids = [card["id"] for card in news.cards]
        db.session.add_all(ToldOpening(search_id=news.search.id, opening_id=id, told_at=now) for id in ids)


def _settle(round: Round, held: Mapping[int, SavedSearch], now: datetime, *, is_written: bool) -> None:
    """What was looked through is known, and due again in its rhythm; without a letter only what was due."""
    for one in round.looked:
        saved = held[one.search_id]
        if one.is_due or is_written:
            saved.known = saved.known if one.known is None else one.known
            if saved.rhythm != "at_once":  # which is due all the time
                after = max(now, saved.due_at or now)  # later than now, if it was taken along
                saved.due_at = rhythms.next_due(saved.rhythm, after, saved.letters_zone)
