"""On which tracks openings count, as their supervisor reads it in a list."""

from collections.abc import Sequence

from sqlalchemy import select

from app.db import db
from app.formats import listed
from app.licensure import tracks
from app.openings.models import OpeningVerdict

NAMED = 3  # tracks named; of the others only their number is said


def counting(opening_ids: Sequence[int]) -> dict[int, str]:
    """ "Texas LPC and Oklahoma LPC; in part Texas LMFT" by opening, from the stored values; those that count nowhere
    are left out."""
    wanted = OpeningVerdict.opening_id.in_(opening_ids), OpeningVerdict.value.in_(("counts", "partly"))
    query = select(OpeningVerdict.opening_id, OpeningVerdict.track, OpeningVerdict.value).where(*wanted)
    found: dict[int, dict[str, list[str]]] = {}
    for opening_id, track, value in db.session.execute(query.order_by(OpeningVerdict.track)):
        found.setdefault(opening_id, {}).setdefault(value, []).append(tracks.load().track(track).label)
    return {id: words(labels.get("counts", []), labels.get("partly", [])) for id, labels in found.items()}


def words(counts: Sequence[str], partly: Sequence[str]) -> str:
    """The labels of tracks as one line, what counts in part after what counts."""
    return "; ".join(filter(None, (_some(counts), f"in part {_some(partly)}" if partly else "")))


def _some(labels: Sequence[str]) -> str:
    more = len(labels) - NAMED
    return listed([*labels[:NAMED], *([f"{more} more"] if more > 0 else [])])
