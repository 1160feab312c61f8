"""The openings of a page of results as templates/components/entry.html draws them: a few statements for all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.db import db
from app.formats import dollars, when, zone_words
from app.introcalls import availability
from app.licensure import eligibility
from app.licensure.eligibility import Facts
from app.licensure.tracks import Track
from app.licensure.verdict import TITLES, Value
from app.matching.filters import Reader
from app.openings import seats, verdicts, words
from app.openings.models import Opening, OpeningTime, OpeningVerdict
from app.openings.offers import offer_of
from app.places import areas, finding
from app.places.models import Place
from app.supervisors import words as supervisor_words
from app.supervisors.models import Supervisor

Card = dict[str, Any]
STALE_DAYS = 30
TIMES = (OpeningTime.opening_id, OpeningTime.weekday, OpeningTime.start_minute)


@dataclass(frozen=True)
class View:
    """For whom cards are made: her zone and the moment, her track, the place distances are from, and how an opening's
    number becomes an address."""

    reader: Reader
    track: Track | None
    place: Place | None
    address: Callable[[int], str]


def cards(ids: Sequence[int], view: View) -> list[Card]:
    """The openings with these numbers, in this order; what entry.html needs of each."""
    if not ids:
        return []
    rows = {row.id: row for row in db.session.execute(_query(view.track).where(Opening.id.in_(ids)))}
    supervisor_ids = {row.supervisor_id for row in rows.values()}
    times = _times(ids)
    facts = verdicts.facts_for(supervisor_ids)
    calls = availability.next_free(supervisor_ids, view.reader.now)
    return [
        _card(row, times.get(id, ()), facts[row.supervisor_id], calls.get(row.supervisor_id), view)
        for id in ids
        if (row := rows.get(id))
    ]


def _query(track: Track | None) -> Any:
    columns = (
        Opening.id, Opening.supervisor_id, Opening.format, Opening.seats, Opening.title, Opening.line, Opening.online,
        Opening.in_person, Opening.city, Opening.latitude, Opening.longitude, Opening.zone, Opening.rhythm, Opening.nth,
        Opening.minutes, Opening.starts_on, Opening.fee_cents, Opening.reduced_fee_cents, Opening.reduced_places,
        Opening.confirmed_at, Supervisor.name, Supervisor.figure,
    )  # fmt: skip
    query = select(*columns, seats.taken().label("taken")).join(Supervisor, Supervisor.id == Opening.supervisor_id)
    if track is None:
        return query
    own = OpeningVerdict.opening_id == Opening.id
    stored = select(OpeningVerdict.value).where(own, OpeningVerdict.track == track.id).correlate(Opening)
    return query.add_columns(stored.scalar_subquery().label("value"))


def _times(ids: Iterable[int]) -> dict[int, tuple[tuple[int, int], ...]]:
    query = select(*TIMES).where(OpeningTime.opening_id.in_(ids)).order_by(*TIMES)
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for opening_id, weekday, start in db.session.execute(query):
        found[opening_id] = (*found.get(opening_id, ()), (weekday, start))
    return found


def _card(row: Any, times: Sequence[tuple[int, int]], facts: Facts, call: datetime | None, view: View) -> Card:
    reader, today = view.reader, verdicts.today(view.reader.now)
    standing = supervisor_words.standing(facts, view.track.state if view.track else None, today)
    is_group = row.format == "group"
    meets = words.Meets(tuple(times), row.minutes, row.rhythm, row.nth, row.zone)
    stale = _days_unconfirmed(row, reader.now)
    return {
        "id": row.id,
        "href": view.address(row.id),
        "kind": words.kind(row.format, row.seats, row.online, row.in_person, row.city),
        "title": row.title if is_group and row.title else None,
        "name": row.name,
        "figure": row.figure or None,
        "tone": row.supervisor_id % 4 + 1,
        "credential": standing.codes,
        "verified": standing.verified,
        **_verdict(row, facts, view),
        "line": row.line,
        "rhythm": words.rhythm(meets, reader.zone, reader.now.astimezone(ZoneInfo(row.zone)).date()),
        "zone": zone_words(reader.zone) if times else "",
        "facts": _facts(row, facts, standing.verified, stale, view),
        "fee": f"${dollars(row.fee_cents)}",
        "unit": words.unit(row.format),
        "reduced": words.reduced(row.reduced_fee_cents, row.reduced_places),
        "seats": row.seats if row.seats > 1 else None,
        "open": row.seats - row.taken,
        "first_call": when(call, reader.zone) if call else None,
        "action": "See the group" if is_group else "See times",
        "stale": stale > 0,
    }


def _verdict(row: Any, facts: Facts, view: View) -> Card:
    """The stored value, which the search went by; under it the first reason against, if there is one."""
    track = view.track
    if track is None:
        return {"verdict": "", "verdict_words": ""}
    value = Value(row.value or eligibility.default_value(track))
    card: Card = {"verdict": value.value, "verdict_words": TITLES[value].format(track.label)}
    if value is not Value.COUNTS:
        found = eligibility.judge(track, offer_of(row), facts, verdicts.today(view.reader.now))
        if found.value is value:
            card["reasons"] = [(found.findings[0].kind, found.findings[0].words)]
    return card


def _facts(row: Any, facts: Facts, verified: bool, stale: int, view: View) -> list[tuple[str, str]]:
    """Pairs (icon, words) under the rhythm."""
    found = []
    if row.in_person:
        found.append(("map-pin", _place(row, view.place)))
    if row.online:
        states = supervisor_words.states(facts, verdicts.today(view.reader.now))
        found.append(("video", words.online_in([areas.name(code) for code in states if areas.is_state(code)])))
    if row.starts_on and row.starts_on > view.reader.now.date():
        found.append(("calendar-days", f"Starts {row.starts_on:%B} {row.starts_on.day}"))
    if not verified:
        found.append(("hourglass", "License self-reported, not verified yet"))
    if stale:
        found.append(("bell", f"Not confirmed for {stale} days"))
    return found


def _place(row: Any, place: Place | None) -> str:
    city = row.city or "In person"
    if place is None or row.latitude is None or row.longitude is None:
        return city
    miles = finding.miles(place.latitude, place.longitude, row.latitude, row.longitude)
    near = "less than a mile" if miles < 0.5 else f"{round(miles)} {'mile' if round(miles) == 1 else 'miles'}"
    return f"{city}, {near} from {place.zip}"


def _days_unconfirmed(row: Any, now: datetime) -> int:
    """Days since the supervisor last confirmed the opening, if they are more than she is given; else 0."""
    if row.confirmed_at is None:
        return 0
    days: int = (now - row.confirmed_at).days
    return days if days > STALE_DAYS else 0
