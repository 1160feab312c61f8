"""Criteria as conditions on openings, the same on both databases.

Where: an online opening can be used in a state if its supervisor lists a license of that state; one in person if it
meets there, or near the reader's ZIP with a supervisor licensed in the state. A ZIP restricts openings in person only:
what is online has no distance, so it stays unless in person is asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians, sin
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, Select, and_, func, literal, or_, select

from app.db import db
from app.licensure.credentials import CODES
from app.matching.criteria import DAYS, Criteria
from app.openings import seats, words
from app.openings.models import Opening, OpeningTime
from app.places import finding
from app.places.models import Place
from app.supervisors.models import Credential, Supervisor, SupervisorTerm

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Reader:
    """Who looks: the IANA zone her times are in, and when."""

    zone: str
    now: datetime


def conditions(criteria: Criteria, place: Place | None, reader: Reader) -> dict[str, Condition]:
    """Conditions by the filter they belong to; all must hold. `place` is that of the criteria's ZIP.

    "open" is always there: published, by a published supervisor, with as many seats free as asked for, or one.
    """
    return dict(_conditions(criteria, place, reader))


def _conditions(criteria: Criteria, place: Place | None, reader: Reader) -> Iterator[tuple[str, Condition]]:
    free = Opening.seats - seats.taken() >= (criteria.seats or 1)
    yield "open", and_(Opening.status == "published", Supervisor.published_at.is_not(None), free)
    if criteria.state or criteria.delivery or place:
        yield "where", _where(criteria, place)
    if criteria.discipline in _CODES and not criteria.state:
        codes = _CODES[criteria.discipline]
        yield "discipline", Opening.supervisor_id.in_(_holders().where(Credential.code.in_(codes)))
    if criteria.format:
        yield "format", Opening.format.in_(criteria.format)
    for kind, terms in criteria.terms().items():
        chosen = select(SupervisorTerm.supervisor_id).where(SupervisorTerm.kind == kind, SupervisorTerm.term.in_(terms))
        yield kind, Opening.supervisor_id.in_(chosen)
    if criteria.max_fee is not None:
        yield "max_fee", Opening.fee_cents <= criteria.max_fee * 100
    if criteria.day or criteria.after is not None or criteria.before is not None:
        yield "when", _when(criteria, reader)


_CODES = {
    discipline: [code.code for code in CODES.values() if code.discipline == discipline]
    for discipline in {code.discipline for code in CODES.values() if code.discipline}
}


def _holders() -> Select[Any]:
    return select(Credential.supervisor_id).where(Credential.status != "refused")


def _where(criteria: Criteria, place: Place | None) -> Condition:
    licensed = Opening.supervisor_id.in_(_holders().where(Credential.state == criteria.state))
    online: list[Condition] = [Opening.online.is_(True)]
    in_person: list[Condition] = [Opening.in_person.is_(True)]
    if place:
        in_person.append(_near(place, criteria.within))
    if criteria.state:
        online.append(licensed)
        there = Opening.state == criteria.state
        in_person.append(or_(there, licensed) if place else there)
    ways = {"online": and_(*online), "in_person": and_(*in_person)}
    return ways[criteria.delivery] if criteria.delivery else or_(*ways.values())


def _near(place: Place, miles: int) -> Condition:
    """Within so many miles over the ground: a box that an index can use, then the haversine formula."""
    south, north, west, east = finding.box(place.latitude, place.longitude, miles)
    north_by = func.sin(func.radians(Opening.latitude - place.latitude) / 2)
    east_by = func.sin(func.radians(Opening.longitude - place.longitude) / 2)
    narrower = cos(radians(place.latitude)) * func.cos(func.radians(Opening.latitude))
    half = north_by * north_by + narrower * east_by * east_by
    return and_(
        Opening.latitude.between(south, north),
        Opening.longitude.between(west, east),
        half <= sin(miles / (2 * finding.EARTH_MILES)) ** 2,
    )


def _when(criteria: Criteria, reader: Reader) -> Condition:
    """A meeting on one of the days, within the hours, by the reader's clock.

    Offsets differ by zone and by date, and may move a meeting to another weekday. So every distinct weekly time is
    carried over to the reader's zone at its next occurrence, as the cards show it, and those that suit are asked for.
    """
    days = [DAYS.index(day) for day in criteria.day] or range(7)
    first, last = criteria.after or 0, criteria.before or 1440
    suiting: dict[tuple[str, int], list[int]] = {}
    for zone, minutes, weekday, start in _weekly_times():
        on = reader.now.astimezone(ZoneInfo(zone)).date()
        day, minute, _ = words.shifted(weekday, start, zone, reader.zone, on)
        if day in days and first <= minute and (criteria.before is None or minute + minutes <= last):
            suiting.setdefault((zone, minutes), []).append(weekday * 1440 + start)
    at = OpeningTime.weekday * 1440 + OpeningTime.start_minute
    meets = [
        and_(Opening.zone == zone, Opening.minutes == minutes, at.in_(times))
        for (zone, minutes), times in suiting.items()
    ]
    if not meets:
        return literal(1, Integer) == 0
    own = select(OpeningTime.opening_id).where(OpeningTime.opening_id == Opening.id, or_(*meets))
    return own.correlate(Opening).exists()


def _weekly_times() -> Iterator[tuple[str, int, int, int]]:
    query = (
        select(Opening.zone, Opening.minutes, OpeningTime.weekday, OpeningTime.start_minute)
        .join(OpeningTime, OpeningTime.opening_id == Opening.id)
        .where(Opening.status == "published")
        .distinct()
    )
    yield from db.session.execute(query)
