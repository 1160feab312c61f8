"""Openings from a file: what is offered, when, for how much, and how many seats are gone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import db
from app.openings import seating
from app.openings.models import RHYTHMS, STATUSES, Opening, OpeningTime, Seat
from app.places.models import Place
from app.steward import cells, locations
from app.steward.reading import Column, Fault, Row
from app.supervisors.models import Supervisor

# Column of the file, attribute of the opening.
FIELDS = {
    "format": "format", "seats": "seats", "title": "title", "line": "line", "about": "about", "online": "online",
    "in_person": "in_person", "rhythm": "rhythm", "nth": "nth", "minutes": "minutes", "starts_on": "starts_on",
    "fee": "fee_cents", "reduced_fee": "reduced_fee_cents", "reduced_places": "reduced_places", "status": "status",
}  # fmt: skip
MOMENTS = {"published_on": "published_at", "confirmed_on": "confirmed_at"}

COLUMNS = (
    Column("key", cells.key, is_required=True),
    Column("supervisor_key", cells.key, is_required=True),
    Column("format", cells.choice("individual", "group"), is_required=True),
    Column("seats", cells.whole(1, 40), is_required=True),
    Column("seats_taken", cells.whole(0, 40), empty=0),
    Column("title", cells.text(120), empty=""),
    Column("line", cells.text(200), empty=""),
    Column("about", cells.text(4000, lines=True), empty=""),
    Column("online", cells.flag, is_required=True),
    Column("in_person", cells.flag, is_required=True),
    Column("city", cells.text(80), empty=""),
    Column("state", cells.state),
    Column("zip", cells.zip_code, empty=""),
    Column("zone", cells.zone, empty=""),
    Column("rhythm", cells.choice(*RHYTHMS), empty="weekly"),
    Column("nth", cells.whole(1, 5)),
    Column("minutes", cells.whole(15, 300, step=5), empty=60),
    Column("times", cells.times, empty=()),
    Column("starts_on", cells.day),
    Column("fee", cells.cents, is_required=True),
    Column("reduced_fee", cells.cents),
    Column("reduced_places", cells.whole(1, 40)),
    Column("status", cells.choice(*STATUSES), empty="published"),
    Column("published_on", cells.day),
    Column("confirmed_on", cells.day),
)


@dataclass
class Known:
    """What the database knows of the rows: openings and supervisors by key, ZIP codes."""

    openings: Mapping[str, Opening]
    supervisors: Mapping[str, Supervisor]
    places: Mapping[str, Place]


def look_up(rows: Sequence[Row]) -> Known:
    """Ask the database once for everything the rows may meet."""
    wanted = select(Opening).where(Opening.external_key.in_(row.values["key"] for row in rows))
    seats = selectinload(Opening.seat_rows).selectinload(Seat.placements)
    openings = db.session.scalars(wanted.options(selectinload(Opening.times), seats)).all()
    keys = {row.values["supervisor_key"] for row in rows}
    supervisors = db.session.scalars(select(Supervisor).where(Supervisor.external_key.in_(keys))).all()
    return Known(
        openings={str(one.external_key): one for one in openings},
        supervisors={str(one.external_key): one for one in supervisors},
        places=locations.look_up(rows),
    )


def faults(rows: Sequence[Row], known: Known, *, now: datetime) -> Iterator[Fault]:
    """What is wrong with rows whose cells are right, each by itself."""
    for row in rows:
        opening, supervisor = known.openings.get(row.values["key"]), known.supervisors.get(row.values["supervisor_key"])
        if supervisor is None:
            yield Fault(row.line, "supervisor_key", "no supervisor here has this key; import supervisors first.")
        elif opening and opening.supervisor_id != supervisor.id:
            yield Fault(row.line, "supervisor_key", "this opening belongs to another supervisor; give it a new key.")
        yield from locations.faults(row, known.places)
        yield from _faults_of_offer(row)
        yield from _faults_of_rhythm(row, opening)
        yield from _faults_of_fee(row)
        yield from _faults_of_dates(row, now.date())
        if words := seating.fault(opening, row.values["seats"], row.values.get("seats_taken")):
            yield Fault(row.line, "seats", words)


def _faults_of_offer(row: Row) -> Iterator[Fault]:
    if not row.values["online"] and not row.values["in_person"]:
        yield Fault(row.line, "in_person", "an opening meets online, in person, or both.")
    if row.values["format"] == "individual" and row.values["seats"] > 2:
        yield Fault(row.line, "seats", "an individual opening has one seat, or two for a dyad.")
    if row.values["format"] == "group" and row.values["seats"] < 2:
        yield Fault(row.line, "seats", "a group has two seats or more.")


def _faults_of_rhythm(row: Row, opening: Opening | None) -> Iterator[Fault]:
    rhythm = row.values.get("rhythm") or (opening.rhythm if opening else "weekly")
    nth = row.values.get("nth", opening.nth if opening else None)
    if rhythm == "monthly" and nth is None:
        yield Fault(row.line, "nth", "a monthly opening needs the week of the month, 1 to 4, or 5 for the last.")
    if rhythm != "monthly" and nth is not None:
        yield Fault(row.line, "nth", f"is for monthly openings; this one is {rhythm}.")


def _faults_of_fee(row: Row) -> Iterator[Fault]:
    reduced = row.values.get("reduced_fee")
    if reduced is not None and reduced >= row.values["fee"]:
        yield Fault(row.line, "reduced_fee", "must be less than the fee.")
    if reduced is None and row.values.get("reduced_places"):
        yield Fault(row.line, "reduced_places", "needs a reduced_fee.")


def _faults_of_dates(row: Row, today: date) -> Iterator[Fault]:
    for name in MOMENTS:
        if (day := row.values.get(name)) and day > today:
            yield Fault(row.line, name, "lies in the future.")


def apply(rows: Sequence[Row], known: Known, *, now: datetime) -> tuple[int, int]:
    """Write the rows; how many are new, and how many were there before. The rows have no faults."""
    added = 0
    for row in rows:
        supervisor = known.supervisors[row.values["supervisor_key"]]
        opening = known.openings.get(row.values["key"])
        if opening is None:
            opening = Opening(
                supervisor=supervisor, external_key=row.values["key"], created_at=now, times=[], seat_rows=[]
            )
            db.session.add(opening)
            added += 1
            _place(opening, row, known, before=supervisor)
        else:
            _place(opening, row, known, before=opening)
        _fill(opening, row, now)
    db.session.flush()
    return added, len(rows) - added


def _place(opening: Opening, row: Row, known: Known, before: Supervisor | Opening) -> None:
    for name, value in locations.place_of(row, known.places, before).items():
        setattr(opening, name, value)


def _fill(opening: Opening, row: Row, now: datetime) -> None:
    is_new = opening.id is None
    for name, field in FIELDS.items():
        if name in row.values:
            setattr(opening, field, row.values[name])
    for name, field in MOMENTS.items():
        if row.values.get(name):
            setattr(opening, field, min(now, datetime.combine(row.values[name], time(12), UTC)))
    if opening.status in (None, "published"):
        opening.published_at = opening.published_at or now
    opening.confirmed_at = opening.confirmed_at or opening.published_at
    if "times" in row.values:
        held = {(one.weekday, one.start_minute): one for one in opening.times}
        opening.times = [held.get(at) or OpeningTime(weekday=at[0], start_minute=at[1]) for at in row.values["times"]]
    seating.arrange(opening, row.values["seats"], row.values.get("seats_taken"), now=now)
    if is_new or db.session.is_modified(opening):
        opening.updated_at = now
    if not is_new and db.session.is_modified(opening):
        opening.version += 1
