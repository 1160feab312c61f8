"""Write an opening: begin, save, keep what is half written, and notice that another tab was quicker.

What is wanted comes as a mapping of the opening's own columns, and `times` as (weekday, minute) and `elsewhere`, the
seats taken by people placed elsewhere. What it does not name stays as it is. Faults are named by field of the editor.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.accounts.models import Person
from app.db import db
from app.openings import freshness, history, letters, seating, verdicts
from app.openings.models import Opening, OpeningTime
from app.places import finding
from app.refusals import Refused
from app.supervisors.models import Supervisor

Wanted = Mapping[str, Any]
COLUMNS = (
    "format", "title", "line", "about", "who_for", "online", "in_person", "zone", "rhythm", "nth", "minutes",
    "starts_on", "reduced_fee_cents", "reduced_places",
)  # fmt: skip
STALE = "This opening was saved in another tab or window meanwhile. Below you see both; choose what holds."
SEATS = {"individual": 1, "dyad": 2}
MOST_SEATS = 40
MOST_TIMES = 7  # a week


def begin(supervisor: Supervisor, kind: str, *, by: Person, now: datetime) -> Opening:
    """A draft of an individual opening, a dyad or a group, as she works: her place, her zone, her usual fee."""
    seats = SEATS.get(kind, 6)
    opening = Opening(
        supervisor=supervisor, format="group" if kind == "group" else "individual", seats=seats, status="draft",
        online=True, in_person=False, zone=supervisor.zone, minutes=90 if kind == "group" else 60,
        city=supervisor.city, state=supervisor.state, zip=supervisor.zip,
        latitude=supervisor.latitude, longitude=supervisor.longitude,
        fee_cents=supervisor.fee_low_cents or 0, created_at=now, updated_at=now, times=[], seat_rows=[],
    )  # fmt: skip
    seating.arrange(opening, seats, None, now=now)
    db.session.add(opening)
    db.session.flush()
    history.record(opening, "begun", by=by, now=now)
    verdicts.refresh([opening.id], verdicts.today(now))
    return opening


def copy(opening: Opening, *, by: Person, now: datetime) -> Opening:
    """A draft that says the same, with every seat free."""
    columns = (*COLUMNS, "supervisor", "seats", "city", "state", "zip", "latitude", "longitude", "fee_cents")
    same = {name: getattr(opening, name) for name in columns}
    twin = Opening(**same, status="draft", created_at=now, updated_at=now, times=[], seat_rows=[])
    twin.times = [OpeningTime(weekday=one.weekday, start_minute=one.start_minute) for one in opening.times]
    seating.arrange(twin, opening.seats, None, now=now)
    db.session.add(twin)
    db.session.flush()
    history.record(twin, "copied", by=by, now=now)
    verdicts.refresh([twin.id], verdicts.today(now))
    return twin


def values(opening: Opening) -> dict[str, Any]:
    """What the opening says, in the form in which it is wanted."""
    return {
        **{name: getattr(opening, name) for name in (*COLUMNS, "seats", "zip", "fee_cents")},
        "times": tuple((one.weekday, one.start_minute) for one in opening.times),
        "elsewhere": seating.elsewhere(opening),
    }


def differences(opening: Opening, wanted: Wanted) -> history.Fields:
    """Where what is wanted differs from what is stored: [stored, wanted] by field."""
    stored = values(opening)
    return history.changed(stored, {**stored, **_whole(wanted)})


def faults(opening: Opening, wanted: Wanted) -> dict[str, str]:
    """What cannot be, in words by field of the editor."""
    said = {**values(opening), **wanted}
    reduced, found = said["reduced_fee_cents"], {}
    if said["format"] == "group" and not 2 <= said["seats"] <= MOST_SEATS:
        found["seats"] = f"A group has 2 to {MOST_SEATS} seats."
    elif words := seating.fault(opening, said["seats"], said["elsewhere"]):
        found["seats"] = words
    if reduced is not None and reduced >= (said["fee_cents"] or 0):
        found["reduced_fee"] = "The reduced fee must be lower than the fee."
    if said["reduced_places"] and reduced is None:
        found["reduced_places"] = "Say the reduced fee as well, or leave this empty."
    elif (said["reduced_places"] or 0) > said["seats"]:
        found["reduced_places"] = f"There are only {said['seats']} seats."
    if said["zip"] and said["zip"] != opening.zip and finding.find(said["zip"]) is None:
        found["zip"] = "We do not know this ZIP code."
    return found


def missing(said: Wanted) -> dict[str, str]:
    """What an opening must say before anyone is shown it, in words by field of the editor."""
    found = {}
    if said["format"] == "group" and not said["title"]:
        found["title"] = "Give the group a name."
    if not said["line"]:
        found["line"] = "Say in one sentence who it is for and what happens."
    if not said["times"] and (said["format"] == "group" or said["rhythm"] == "monthly"):
        found["times"] = "Say on which day it meets, and when."
    if said["in_person"] and not said["zip"]:
        found["zip"] = "Give the ZIP code of where you meet. Readers see its first three digits."
    if said["fee_cents"] is None:
        found["fee"] = "Say what a session costs; 0 if it is free."
    return found


def refuse_stale(opening: Opening, wanted: Wanted, version: int) -> None:
    """Refuse with 409 if the opening was saved after `version` was read, and says something else than is wanted."""
    db.session.refresh(opening, with_for_update=True)
    if version != opening.version and differences(opening, wanted):
        raise Refused(STALE, status=409)


def save(opening: Opening, wanted: Wanted, *, version: int, by: Person, now: datetime) -> Opening:
    """Store all that is wanted. Of one that is published, she has then said that it is open, and placed people hear
    of what they depend on. Refused if it cannot be, if one that was ever shown lacks something, or another tab was
    quicker.
    """
    refuse_stale(opening, wanted, version)
    needed = missing({**values(opening), **wanted}) if opening.status != "draft" else {}
    changed = _write(opening, wanted, {**needed, **faults(opening, wanted)}, now)
    if changed:
        history.record(opening, "changed", by=by, now=now, fields=changed)
        letters.tell_placed(opening, changed, now=now)
    if opening.status == "published":
        freshness.confirm(opening, by=by, now=now, quietly=True)
    return opening


def keep(opening: Opening, wanted: Wanted, *, version: int, now: datetime) -> Opening:
    """Store what a draft says so far, without a line in its history. Refused as `save`, and for others than drafts."""
    refuse_stale(opening, wanted, version)
    if opening.status != "draft":
        raise Refused("This opening is no draft any more: save it with the button.", status=409)
    _write(opening, wanted, faults(opening, wanted), now)
    return opening


def _write(opening: Opening, wanted: Wanted, wrong: Mapping[str, str], now: datetime) -> history.Fields:
    """Store what is wanted, and say what changed."""
    for field, words in wrong.items():
        raise Refused(words, field)
    before, wanted = values(opening), _whole(wanted)
    for name in (*COLUMNS, "fee_cents"):
        setattr(opening, name, wanted.get(name, before[name]))
    if wanted.get("zip", opening.zip) != opening.zip:
        _move(opening, wanted["zip"])
    if "times" in wanted:
        held = {(one.weekday, one.start_minute): one for one in opening.times}
        opening.times = [held.get(at) or OpeningTime(weekday=at[0], start_minute=at[1]) for at in wanted["times"]]
    seating.arrange(opening, wanted.get("seats", opening.seats), wanted.get("elsewhere"), now=now)
    opening.seats = wanted.get("seats", opening.seats)
    db.session.flush()
    if changed := history.changed(before, values(opening)):
        opening.version, opening.updated_at = opening.version + 1, now
        db.session.flush()
        _judge_anew(opening, changed, now)
    return changed


def _judge_anew(opening: Opening, changed: history.Fields, now: datetime) -> None:
    """Boards limit how many she supervises at once: a seat taken in one opening is felt in all of hers."""
    if "elsewhere" in changed:
        verdicts.refresh_of(opening.supervisor_id, verdicts.today(now))
    else:
        verdicts.refresh([opening.id], verdicts.today(now))


def _move(opening: Opening, zip: str) -> None:
    place = finding.find(zip)
    opening.zip, opening.city = zip, place.city if place else ""
    opening.state = place.state if place else opening.supervisor.state
    opening.latitude, opening.longitude = (place.latitude, place.longitude) if place else (None, None)


def _whole(wanted: Wanted) -> dict[str, Any]:
    """A draft may leave the fee open; it is stored as 0 then."""
    whole = dict(wanted)
    if "fee_cents" in whole:
        whole["fee_cents"] = whole["fee_cents"] or 0
    return whole
