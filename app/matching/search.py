"""The search: which openings suit, how many of each kind, in what order. Core statements on the normalised tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select

from app.db import db
from app.introcalls import availability
from app.licensure.eligibility import default_value
from app.licensure.tracks import Track
from app.matching import filters
from app.matching.criteria import PER_PAGE, VERDICTS, Criteria
from app.matching.filters import Condition, Reader, openings
from app.openings import freshness
from app.openings.models import OpeningVerdict
from app.places.models import Place

stored = OpeningVerdict.__table__.c
LOOKED_AT = 2000  # openings whose next free call is worked out for one search


@dataclass(frozen=True)
class WayOut:
    """A filter that could be dropped, the search without it, and how many openings that gives."""

    name: str
    criteria: Criteria
    total: int


@dataclass(frozen=True)
class Results:
    """What a search found. `ids` are those of its page, in order; `places` the seats free in all that was found.

    `formats` and `verdicts` count each value with the other filters standing; `verdicts` is empty without a track.
    `ways_out` is filled when nothing was found: the best first.
    """

    criteria: Criteria
    total: int
    places: int = 0
    ids: Sequence[int] = ()
    formats: dict[str, int] = field(default_factory=dict)
    verdicts: dict[str, int] = field(default_factory=dict)
    ways_out: Sequence[WayOut] = ()

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    @property
    def first(self) -> int:
        """Which one this page begins with, counted from 1."""
        return (self.criteria.page - 1) * PER_PAGE + 1

    @property
    def shown(self) -> int:
        """How many have been shown at the end of this page."""
        return min(self.total, self.criteria.page * PER_PAGE)


def search(criteria: Criteria, track: Track | None, place: Place | None, reader: Reader) -> Results:
    """Find openings. `track` is whose verdicts are shown and ordered by; `place` that of the criteria's ZIP."""
    held = filters.conditions(criteria, place, reader)
    counted = _counts([condition for name, condition in held.items() if name != "format"], track)
    wanted = [n for (f, v), n in counted.items() if _suits(f, criteria.format) and _suits(v, criteria.verdict)]
    total = sum(n for n, _ in wanted)
    pages = max(1, -(-total // PER_PAGE))
    criteria = criteria.on_page(min(criteria.page, pages))
    return Results(
        criteria,
        total,
        sum(free for _, free in wanted),
        ids=_page(criteria, held.values(), track, reader) if total else (),
        formats=_summed((f, n) for (f, v), (n, _) in counted.items() if _suits(v, criteria.verdict)),
        verdicts=_summed((v, n) for (f, v), (n, _) in counted.items() if track and _suits(f, criteria.format)),
        ways_out=() if total else ways_out(criteria, track, place, reader),
    )


def ways_out(criteria: Criteria, track: Track | None, place: Place | None, reader: Reader) -> list[WayOut]:
    """Each applied filter that gives something when dropped alone, the most first."""
    found = []
    for name in criteria.applied():
        left = criteria.without(name)
        on_track = track if left.track_id or not criteria.track_id else None
        if total := count(left, on_track, place if left.zip else None, reader):
            found.append(WayOut(name, left, total))
    return sorted(found, key=lambda way: -way.total)


def count(criteria: Criteria, track: Track | None, place: Place | None, reader: Reader) -> int:
    """How many openings suit."""
    held = filters.conditions(criteria, place, reader).values()
    query = _among([func.count()], track).where(*held, *_verdicts(criteria, track))
    return int(db.session.execute(query).scalar_one())


def _suits(value: str, chosen: Sequence[str]) -> bool:
    return not chosen or value in chosen


def _summed(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for value, n in pairs:
        sums[value] = sums.get(value, 0) + n
    return sums


def _value(track: Track | None) -> ColumnElement[str]:
    """The verdict's value of the opening at hand; needs `_among`."""
    return func.coalesce(stored.value, default_value(track).value) if track else literal("")


def _among(columns: Sequence[Any], track: Track | None) -> Select[Any]:
    """From openings with their supervisors and, on a track, their stored verdicts."""
    tables = filters.TABLES
    if track:
        own = and_(stored.opening_id == openings.id, stored.track == track.id)
        tables = tables.outerjoin(OpeningVerdict.__table__, own)
    return select(*columns).select_from(tables)


def _verdicts(criteria: Criteria, track: Track | None) -> list[Condition]:
    return [_value(track).in_(criteria.verdict)] if track and criteria.verdict else []


def _counts(held: Iterable[Condition], track: Track | None) -> dict[tuple[str, str], tuple[int, int]]:
    """How many openings there are by format and verdict, and how many seats free in them."""
    value = _value(track).label("value")
    query = (
        _among([openings.format, value, func.count(), func.sum(filters.FREE)], track)
        .where(*held)
        .group_by(openings.format, value)
    )
    return {(format, verdict): (n, int(free)) for format, verdict, n, free in db.session.execute(query)}


def _page(criteria: Criteria, held: Iterable[Condition], track: Track | None, reader: Reader) -> list[int]:
    first = (criteria.page - 1) * PER_PAGE
    columns = [openings.id, openings.supervisor_id, _sinks(reader.now)]
    query = _among(columns, track).where(*held, *_verdicts(criteria, track))
    query = query.order_by(*_order(criteria.sort, track, reader.now))
    if criteria.sort == "soonest":
        return _soonest(db.session.execute(query).all(), reader)[first : first + PER_PAGE]
    return [row[0] for row in db.session.execute(query.limit(PER_PAGE).offset(first))]


def _sinks(now: datetime) -> ColumnElement[int]:
    """1 for an opening that was not confirmed for too long, although we asked."""
    return case((openings.confirmed_at <= freshness.stale_before(now), 1), else_=0)


def _order(sort: str, track: Track | None, now: datetime) -> list[ColumnElement[Any]]:
    """Ties by what counts, then by when the opening was last confirmed, then the newer number.

    By fee or age too, what was not confirmed for too long comes after the others.
    """
    rank: list[ColumnElement[Any]] = (
        [case({value: n for n, value in enumerate(VERDICTS)}, value=_value(track))] if track else []
    )
    fresh: list[ColumnElement[Any]] = [
        func.coalesce(openings.confirmed_at, openings.published_at).desc().nulls_last(),
        openings.id.desc(),
    ]
    by: dict[str, list[ColumnElement[Any]]] = {
        "fee": [_sinks(now), openings.fee_cents.asc()],
        "newest": [_sinks(now), openings.published_at.desc().nulls_last()],
    }
    return [*by.get(sort, []), *rank, *fresh]


def _soonest(rows: Sequence[Any], reader: Reader) -> list[int]:
    """By the next free intro call; those without one last, and after them whatever exceeds the number looked at.

    Rows are (opening, supervisor, whether it sinks); what sinks comes after what does not.
    """
    near, rest = rows[:LOOKED_AT], rows[LOOKED_AT:]
    free = availability.next_free({row[1] for row in near}, reader.now)
    last = max((at for at in free.values() if at), default=reader.now)
    ordered = sorted(near, key=lambda row: (row[2], not free.get(row[1]), free.get(row[1]) or last))
    return [row[0] for row in (*ordered, *rest)]
