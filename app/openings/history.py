"""What changed in an opening, when and by whom: written with each saving, and said in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app import audit
from app.accounts.models import Person
from app.db import db
from app.formats import WEEKDAYS, dollars, listed, minute_words, on_date, zone_words
from app.openings import words
from app.openings.models import Opening, OpeningChange

PER_PAGE = 20
Fields = dict[str, list[Any]]

DEEDS = {
    "begun": "Begun as a draft",
    "copied": "Begun as a copy",
    "changed": "Changed",
    "published": "Published",
    "confirmed": "Confirmed: still open",
    "paused": "Paused",
    "full": "Paused, being full",
    "unanswered": "Paused, for our question was not answered",
    "closed": "Closed",
    "removed": "Removed",
    "restored": "Brought back",
}


@dataclass(frozen=True)
class Line:
    """One field in words, before and after; an empty one says "nothing"."""

    label: str
    before: str
    after: str


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Fields:
    """The fields whose values differ, as JSON keeps them. A time is kept with its zone, not said twice then."""
    old, new = _kept(before), _kept(after)
    found = {name: [old[name], new[name]] for name in new if old[name] != new[name]}
    if "times" in found:
        found.pop("zone", None)
    return found


def record(opening: Opening, deed: str, *, by: Person | None, now: datetime, fields: Fields | None = None) -> None:
    """Write a line of the history, and the deed."""
    by_id = by.id if by else None
    db.session.add(OpeningChange(opening_id=opening.id, by_id=by_id, at=now, deed=deed, fields=fields or {}))
    audit.record(f"opening.{deed}", "opening", opening.id, by_id=by_id, now=now, fields=sorted(fields or ()))


def of(opening: Opening, page: int) -> tuple[Sequence[OpeningChange], int]:
    """A page of the history, the newest first, and how many pages there are."""
    own = select(OpeningChange).where(OpeningChange.opening_id == opening.id)
    total = db.session.scalar(select(func.count()).select_from(own.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    rows = own.order_by(OpeningChange.id.desc()).limit(PER_PAGE).offset((min(page, pages) - 1) * PER_PAGE)
    return db.session.scalars(rows).all(), pages


def lines(fields: Mapping[str, Sequence[Any]]) -> list[Line]:
    """The changed fields in words, in the order of the editor. Fields unknown today are left out."""
    return [
        Line(label, _say(say, *fields[name][:1]), _say(say, *fields[name][1:2]))
        for name, (label, say) in FIELDS.items()
        if name in fields
    ]


def _say(say: Callable[[Any], str], value: Any = None) -> str:
    return "nothing" if value is None or value in ("", []) else say(value)


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    kept["times"] = [[weekday, minute, values["zone"]] for weekday, minute in values["times"]]
    return kept


def _money(cents: int) -> str:
    return f"${dollars(cents)}"


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _times(times: list[list[Any]]) -> str:
    said = [f"{WEEKDAYS[weekday]} {minute_words(minute)}" for weekday, minute, _ in times]
    return f"{listed(said)}, {zone_words(times[0][2])}"


RHYTHMS = {"weekly": "every week", "fortnightly": "every two weeks", "monthly": "once a month"}
FIELDS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "format": ("Format", {"individual": "individual", "group": "a group"}.__getitem__),
    "seats": ("Seats", str),
    "elsewhere": ("Seats taken elsewhere", str),
    "title": ("Name", str),
    "line": ("In one sentence", str),
    "who_for": ("Who it is for", str),
    "about": ("What a session looks like", str),
    "times": ("Times", _times),
    "zone": ("Time zone", zone_words),
    "rhythm": ("How often", RHYTHMS.__getitem__),
    "nth": ("Week of the month", words.NTH.__getitem__),
    "minutes": ("Minutes", str),
    "starts_on": ("Starts", lambda text: on_date(date.fromisoformat(text))),
    "online": ("Online", _flag),
    "in_person": ("In person", _flag),
    "zip": ("ZIP", str),
    "fee_cents": ("Fee", _money),
    "reduced_fee_cents": ("Reduced fee", _money),
    "reduced_places": ("Places at the reduced fee", str),
}
