"""What is new, for readers that ask by themselves: the newest openings of a state, a discipline, or a track."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.formats import dollars
from app.licensure.tracks import Track
from app.licensure.verdict import TITLES, Value
from app.matching import search
from app.matching.criteria import PER_PAGE, VERDICTS, Criteria
from app.matching.filters import Reader
from app.openings import sheet, verdicts
from app.openings.models import Opening, Seat
from app.supervisors.models import Supervisor

NEWEST = 50
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)  # an empty feed has to have changed at some time
# What XML cannot hold, however escaped: control characters, lone surrogates, the two that are no characters.
UNREADABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """An opening as a feed tells it; `facts` are its sentences, the verdict's last if there is a track."""

    id: int
    title: str
    author: str
    facts: tuple[str, ...]
    published: datetime
    updated: datetime


def entries(asked: Criteria, track: Track | None, now: datetime) -> list[Entry]:
    """The newest openings with a place free, the newest first, at most NEWEST.

    With a track those that do not count on it are left out. Times are the opening's own: a feed has no zone.
    """
    newest = replace(asked, sort="newest", verdict=tuple(v for v in VERDICTS if v != Value.NO) if track else ())
    ids = _ids(newest, track, Reader("UTC", now))
    query = (
        select(Opening)
        .where(Opening.id.in_(ids))
        .options(joinedload(Opening.supervisor), selectinload(Opening.times))
        .options(selectinload(Opening.seat_rows).selectinload(Seat.placements))
    )
    found = {opening.id: opening for opening in db.session.scalars(query)}
    values = _values(ids, track)
    return [_entry(found[id], values.get(id, ""), now) for id in ids if id in found]  # the index may be newer


def changed(told: Sequence[Entry]) -> datetime:
    """When a feed of these last changed."""
    return max((entry.updated for entry in told), default=BEGUN)


def readable(text: str) -> str:
    """The text without what XML cannot hold."""
    return UNREADABLE.sub("", text)


def _ids(asked: Criteria, track: Track | None, reader: Reader) -> list[int]:
    """Numbers of the first NEWEST openings that a search finds, page by page."""
    ids: list[int] = []
    for page in range(1, -(-NEWEST // PER_PAGE) + 1):
        results = search.search(asked.on_page(page), track, None, reader, counting=False)
        ids += results.ids
        if results.pages <= page:
            break
    return ids[:NEWEST]


def _values(ids: Sequence[int], track: Track | None) -> dict[int, str]:
    """What each counts as on the track, in words."""
    if track is None:
        return {}
    return {id: TITLES[value].format(track.label) for id, value in verdicts.stored(ids, track).items()}


def _entry(opening: Opening, verdict: str, now: datetime) -> Entry:
    said = sheet.sheet(opening, opening.zone, now)
    supervisor: Supervisor = opening.supervisor
    fee = f"${dollars(opening.fee_cents)} {said.unit}"
    facts = said.kind, f"{said.rhythm} {said.zone}".strip(), fee, opening.line, verdict
    published = opening.published_at or opening.created_at
    return Entry(
        opening.id,
        readable(said.heading),
        readable(supervisor.name),
        tuple(readable(fact) for fact in facts if fact),
        published,
        max(published, opening.updated_at),
    )
