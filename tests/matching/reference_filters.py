"""Criteria as conditions on the normalised tables, the same on both databases: what the index is held to.

Where: an online opening can be used in a state if its supervisor lists a license of that state; one in person if it
meets there, or near the reader's ZIP with a supervisor licensed in the state. A ZIP restricts openings in person only:
what is online has no distance, so it stays unless in person is asked for.
"""

from collections.abc import Iterator
from functools import cache
from math import cos, radians, sin
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, cast, func, or_, select

from app.db import db
from app.formats import local
from app.licensure.credentials import CODES
from app.matching.criteria import DAYS, Criteria
from app.matching.filters import Reader
from app.openings import seats, words
from app.openings.models import Opening, OpeningTime
from app.places import finding
from app.places.models import Place
from app.supervisors.models import Credential, Supervisor, SupervisorTerm

Condition = ColumnElement[bool]
# Columns of tables rather than of classes: a statement without classes passes by the ORM, at half the cost.
openings, times, supervisors = Opening.__table__.c, OpeningTime.__table__.c, Supervisor.__table__.c
credentials, terms = Credential.__table__.c, SupervisorTerm.__table__.c
_occupied = seats.occupied()
FREE = openings.seats - func.coalesce(_occupied.c.taken, 0)  # seats that are free; needs TABLES
TABLES = (
    Opening.__table__
    .join(Supervisor.__table__, supervisors.id == openings.supervisor_id)
    .outerjoin(_occupied, _occupied.c.opening_id == openings.id)
)  # fmt: skip


def conditions(criteria: Criteria, place: Place | None, reader: Reader) -> dict[str, Condition]:
    """Conditions on TABLES by the filter they belong to; all must hold. `place` is that of the criteria's ZIP.

    "open" is always there: published, by a published supervisor, with as many seats free as asked for, or one.
    """
    return dict(_conditions(criteria, place, reader))


def _conditions(criteria: Criteria, place: Place | None, reader: Reader) -> Iterator[tuple[str, Condition]]:
    roomy = (criteria.seats or 1) <= FREE
    yield "open", and_(openings.status == "published", supervisors.published_at.is_not(None), roomy)
    if criteria.state or criteria.delivery or place:
        yield "where", _where(criteria, place)
    if criteria.discipline in _CODES and not criteria.state:
        codes = _CODES[criteria.discipline]
        yield "discipline", openings.supervisor_id.in_(_holders().where(credentials.code.in_(codes)))
    if criteria.format:
        yield "format", openings.format.in_(criteria.format)
    for kind, chosen in criteria.terms().items():
        who = select(terms.supervisor_id).where(terms.kind == kind, terms.term.in_(chosen))
        yield kind, openings.supervisor_id.in_(who)
    if criteria.max_fee is not None:
        yield "max_fee", openings.fee_cents <= criteria.max_fee * 100
    if criteria.day or criteria.after is not None or criteria.before is not None:
        yield "when", _when(criteria, reader)


_CODES = {
    discipline: [code.code for code in CODES.values() if code.discipline == discipline]
    for discipline in {code.discipline for code in CODES.values() if code.discipline}
}


def _holders() -> Select[Any]:
    return select(credentials.supervisor_id).where(credentials.status != "refused")


def _where(criteria: Criteria, place: Place | None) -> Condition:
    licensed = openings.supervisor_id.in_(_holders().where(credentials.state == criteria.state))
    online: list[Condition] = [openings.online.is_(True)]
    in_person: list[Condition] = [openings.in_person.is_(True)]
    if place:
        in_person.append(_near(place, criteria.within))
    if criteria.state:
        online.append(licensed)
        there = openings.state == criteria.state
        in_person.append(or_(there, licensed) if place else there)
    ways = {"online": and_(*online), "in_person": and_(*in_person)}
    return ways[criteria.delivery] if criteria.delivery else or_(*ways.values())


def _near(place: Place, miles: int) -> Condition:
    """Within so many miles over the ground: a box that an index can use, then the haversine formula."""
    south, north, west, east = finding.box(place.latitude, place.longitude, miles)
    north_by = func.sin(func.radians(openings.latitude - place.latitude) / 2)
    east_by = func.sin(func.radians(openings.longitude - place.longitude) / 2)
    narrower = cos(radians(place.latitude)) * func.cos(func.radians(openings.latitude))
    half = north_by * north_by + narrower * east_by * east_by
    return and_(
        openings.latitude.between(south, north),
        openings.longitude.between(west, east),
        half <= sin(miles / (2 * finding.EARTH_MILES)) ** 2,
    )


def _when(criteria: Criteria, reader: Reader) -> Condition:
    """A meeting on one of the days, within the hours, by the reader's clock.

    Offsets differ by zone and by date, and may move a meeting to another weekday. So every distinct weekly time is
    carried over to the reader's zone at its next occurrence, as the cards show it, and those that suit are asked for.
    """
    days = {DAYS.index(day) for day in criteria.day or DAYS}
    first, last = criteria.after or 0, criteria.before or DAY + DAY
    today = cache(lambda zone: local(reader.now, zone).date())
    suiting = []
    for zone, minutes, weekday, start in db.session.execute(_weekly_times()).all():
        day, minute, _ = words.shifted(weekday, start, zone, reader.zone, today(zone))
        if day in days and first <= minute and minute + minutes <= last:
            suiting.append(f"{zone}/{minutes}/{weekday * DAY + start}")
    return _meets(suiting)


DAY = 24 * 60


def _meets(suiting: list[str]) -> Condition:
    """Has one of these weekly times, each written as one text, so that any number of them is one condition."""
    at = cast(times.weekday * DAY + times.start_minute, String)
    key = openings.zone + "/" + cast(openings.minutes, String) + "/" + at
    among = key.in_(bindparam("suiting", suiting, expanding=True))
    return select(times.opening_id).where(times.opening_id == openings.id, among).correlate(Opening.__table__).exists()


@cache
def _weekly_times() -> Select[Any]:
    query = select(openings.zone, openings.minutes, times.weekday, times.start_minute)
    return query.where(times.opening_id == openings.id, openings.status == "published").distinct()
