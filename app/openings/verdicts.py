"""What each opening counts as on each track, kept ready for the search.

Only values that differ from the track's default are stored: an opening is touched by the few tracks of the states its
supervisor is licensed in, not by all of them. Verdicts move with the date (a license lapses, two years are reached),
so `refresh_all` runs every day; whatever changes an opening, a credential or a placement calls `refresh`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select

from app import changes
from app.db import db
from app.formats import local
from app.licensure import eligibility, tracks
from app.licensure.facts import Facts
from app.licensure.tracks import Track
from app.licensure.verdict import Value, Verdict
from app.openings import seats
from app.openings.models import Opening, OpeningVerdict
from app.openings.offers import offer_of
from app.supervisors import facts

BATCH = 500
COLUMNS = (Opening.id, Opening.supervisor_id, Opening.seats, Opening.online, Opening.in_person)


def today(now: datetime) -> date:
    """The date on which a license is judged: that of the middle of the country."""
    return local(now, "America/Chicago").date()


def of(opening: Opening, track: Track, on: date) -> Verdict:
    """The verdict with every reason, worked out anew."""
    placements = seats.placements_of([opening.supervisor_id]).get(opening.supervisor_id, 0)
    supervisor = facts.facts_of(opening.supervisor, placements=placements)
    return eligibility.judge(track, offer_of(opening), supervisor, on)


def stored(opening_ids: Iterable[int], track: Track) -> dict[int, Value]:
    """What each of these counts as on the track, as it was worked out last."""
    ids = list(opening_ids)
    query = select(OpeningVerdict.opening_id, OpeningVerdict.value).where(OpeningVerdict.track == track.id)
    kept = {row.opening_id: row.value for row in db.session.execute(query.where(OpeningVerdict.opening_id.in_(ids)))}
    return {id: Value(kept.get(id, eligibility.default_value(track))) for id in ids}


def refresh(opening_ids: Iterable[int], on: date) -> int:
    """Work out the values of these openings and store them; how many rows changed. Flushes, does not commit."""
    changed, every = 0, list(opening_ids)
    for start in range(0, len(every), BATCH):
        ids = every[start : start + BATCH]
        wanted = set(_values(ids, on))
        query = select(OpeningVerdict.opening_id, OpeningVerdict.track, OpeningVerdict.value)
        rows = db.session.execute(query.where(OpeningVerdict.opening_id.in_(ids)))
        stored = {(row.opening_id, row.track, row.value) for row in rows}
        _remove(stored - wanted)
        _add(wanted - stored)
        changes.note("opening", {opening_id for opening_id, _, _ in wanted ^ stored})
        changed += len(wanted ^ stored)
    return changed


def refresh_of(supervisor_id: int, on: date) -> int:
    """The same for all openings of a supervisor, after something about her changed."""
    return refresh(db.session.scalars(select(Opening.id).where(Opening.supervisor_id == supervisor_id)).all(), on)


def refresh_all(on: date) -> int:
    """The same for every opening: the daily job."""
    return refresh(db.session.scalars(select(Opening.id).order_by(Opening.id)).all(), on)


def facts_for(supervisor_ids: Iterable[int]) -> dict[int, Facts]:
    """Facts of many supervisors, the seats taken with each included."""
    ids = set(supervisor_ids)
    placed = seats.placements_of(ids)
    return {id: replace(found, placements=placed.get(id, 0)) for id, found in facts.load(ids).items()}


def _values(ids: list[int], on: date) -> Iterator[tuple[int, str, str]]:
    """Rows (opening, track, value) that differ from the track's default."""
    rows = db.session.execute(select(*COLUMNS).where(Opening.id.in_(ids))).all()
    supervisors = facts_for(row.supervisor_id for row in rows)
    best = {id: _best(found, on) for id, found in supervisors.items()}
    for row in rows:
        for track, value in best[row.supervisor_id]:
            lower = min(value, eligibility.value_of_offer(track, offer_of(row)))
            if lower != eligibility.default_value(track):
                yield row.id, track.id, lower.value


def _best(supervisor: Facts, on: date) -> list[tuple[Track, eligibility.Value]]:
    rules = tracks.load()
    touched = [rules.track(id) for id in sorted(eligibility.tracks_touched(supervisor))]
    return [(track, eligibility.value_of_supervisor(track, supervisor, on)) for track in touched]


def _remove(rows: set[tuple[int, str, str]]) -> None:
    by_track: dict[str, list[int]] = {}
    for opening_id, track, _ in rows:
        by_track.setdefault(track, []).append(opening_id)
    for track, ids in by_track.items():
        stale = OpeningVerdict.opening_id.in_(ids)
        db.session.execute(delete(OpeningVerdict).where(OpeningVerdict.track == track, stale))


def _add(rows: set[tuple[int, str, str]]) -> None:
    new: list[dict[str, Any]] = [dict(zip(("opening_id", "track", "value"), row, strict=True)) for row in sorted(rows)]
    if new:
        db.session.execute(insert(OpeningVerdict), new)
