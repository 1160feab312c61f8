"""What a supervisor fills in about an opening, and what she answers when asked whether it is still open."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from wtforms import Form as Row
from wtforms import FormField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import StopValidation

from app.db import db
from app.formats import WEEKDAYS, dollars, minute_words
from app.openings import fees, writing
from app.openings.models import Opening
from app.openings.words import NTH
from app.refusals import Refused
from app.web.fields import Parsed, RowsField, Shown, ZoneField, choose, day, whole
from app.web.forms import AtMost, Form, OneLine, stripped

FORMATS = (("individual", "One person"), ("dyad", "Two people"), ("group", "A group"))
OFTEN = (
    ("weekly", "Every week"),
    ("fortnightly", "Every two weeks"),
    *((f"monthly-{nth}", f"Once a month, in the {word} week") for nth, word in NTH.items()),
)
DELIVERY = (("online", "Online"), ("in_person", "In person"), ("both", "Both"))
DAYS = (("", "No day"), *((str(number), name) for number, name in enumerate(WEEKDAYS)))
# Fields whose value is a column's as it stands.
PLAIN = {
    "title": "title", "line": "line", "about": "about", "who_for": "who_for", "zip": "zip", "zone": "zone",
    "starts_on": "starts_on", "reduced_fee": "reduced_fee_cents", "reduced_places": "reduced_places",
}  # fmt: skip


def cents(text: str) -> int:
    """Dollars as typed, "45", "$45.50", "1,200", in cents. ValueError with words for anything else."""
    found = re.fullmatch(r"\$?\s?(\d{1,3}(?:,\d{3})|\d{1,4})(?:\.(\d{2}))?", text, re.ASCII)
    if not found:
        raise ValueError("Please give dollars, such as 45 or 45.50.")
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0)


def minute(text: str) -> int:
    """A clock time, "8:00 am", "5:30pm", "8 am", "17:30", in minutes after midnight."""
    found = re.fullmatch(r"(\d{1,2})(?::(\d{2}))?\s*(?:([ap])\.?m\.?)?", text.lower(), re.ASCII)
    hour, rest, half = (int(found[1]), int(found[2] or 0), found[3]) if found else (99, 0, None)
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half or (found and not found[2]):
        hour = 99
    if hour > 23 or rest > 59:
        raise ValueError("Please give a time such as 8:00 am or 17:30.")
    return hour * 60 + rest


def zip_code(text: str) -> str:
    """Five digits."""
    if not re.fullmatch(r"\d{5}", text, re.ASCII):
        raise ValueError("A ZIP code has five digits.")
    return text


def prose(text: str | None) -> str:
    """Filter: without blanks around it, its lines ended in one way."""
    return (text or "").replace("\r\n", "\n").strip()


def line(text: str | None) -> str:
    """Filter: line breaks and runs of blanks become one blank."""
    return " ".join((text or "").split())


class TimeRow(Row):
    """One weekly time; a row without a day and a time is none."""

    weekday = choose(SelectField, "Day", DAYS)
    start = Parsed("Starts", minute, minute_words)

    def validate(self, extra_validators: Any = None) -> bool:
        """A day needs its time, and a time its day."""
        sound = super().validate(extra_validators)
        if bool(self.weekday.data) != (self.start.data is not None) and not self.start.errors:
            lacking = self.start if self.weekday.data else self.weekday
            lacking.errors = ["Please give the day and the time."]
            return False
        return bool(sound)


class NewOpeningForm(Form):
    """What kind of opening to begin."""

    format = choose(RadioField, "Who sits with you", FORMATS)


class OpeningForm(Form):
    """All that an opening says. `publishes`: it will be shown to readers, so nothing may be missing; nor may it in one
    that was shown before, for a press or an answer by letter shows it again."""

    version = Shown()
    fee_shown, month_shown = Shown(), Shown()
    format = choose(RadioField, "Who sits with you", FORMATS)
    title = StringField("Name", [OneLine(), AtMost(120)], filters=[stripped])
    line = TextAreaField("In one sentence", [AtMost(200)], filters=[line])
    who_for = TextAreaField("Who it is for", [AtMost(1000)], filters=[prose])
    about = TextAreaField("What a session looks like", [AtMost(4000)], filters=[prose])
    times = RowsField(FormField(TimeRow), min_entries=1, max_entries=writing.MOST_TIMES)
    often = choose(SelectField, "How often", OFTEN)
    minutes = Parsed("Minutes", whole(15, 300, 5))
    zone = ZoneField("Time zone")
    starts_on = Parsed("First meeting", day, date.isoformat)
    delivery = choose(RadioField, "Where", DELIVERY)
    zip = Parsed("ZIP code", zip_code)
    seats = Parsed("Seats", whole(1, writing.MOST_SEATS))
    elsewhere = Parsed("Taken already", whole(0, writing.MOST_SEATS))
    fee = Parsed("Fee a session", cents, dollars)
    fee_month = Parsed("Or a month", cents, dollars)
    reduced_fee = Parsed("Reduced fee", cents, dollars)
    reduced_places = Parsed("Places at it", whole(1, writing.MOST_SEATS))

    def __init__(self, opening: Opening, *, publishes: bool = False, **kwargs: Any) -> None:
        super().__init__(data=_shown(opening), **kwargs)
        self.opening, self.publishes = opening, publishes or opening.status != "draft"
        self.zone.offer(opening.zone)
        if not self.is_submitted() and len(self.times) < writing.MOST_TIMES:
            self.times.append_entry()

    def said(self) -> dict[str, Any]:
        """What is wanted of the opening, as far as its fields hold no fault."""
        sound = {name: field.data for name, field in self._fields.items() if not field.errors}
        wanted = {column: sound[name] for name, column in PLAIN.items() if name in sound}
        wanted |= {"zip": sound["zip"] or ""} if "zip" in sound else {}
        wanted |= {"elsewhere": sound["elsewhere"] or 0} if "elsewhere" in sound else {}
        wanted |= {"minutes": sound["minutes"]} if sound.get("minutes") else {}
        return wanted | self._offer(sound) | self._rhythm(sound) | self._fee(sound)

    def settled(self) -> fees.Fee:
        """The fee of a session and of a month, from the one she typed."""
        shown = fees.Fee(self.fee_shown.data, self.month_shown.data)
        rhythm = self._rhythm({"often": self.often.data}).get("rhythm", self.opening.rhythm)
        return fees.settle(fees.Fee(self.fee.data, self.fee_month.data), shown, rhythm)

    def validate(self, extra_validators: Any = None) -> bool:
        """Every field by itself, then what they say together; each fault beside its field."""
        sound = super().validate(extra_validators)
        wanted = self.said()
        found = writing.missing({**writing.values(self.opening), **wanted}) if self.publishes else {}
        found |= writing.faults(self.opening, wanted)
        for field, words in found.items():
            if not self[field].errors:
                self.refuse(Refused(words, field))
        return bool(sound and not found)

    def validate_seats(self, field: Parsed) -> None:
        """A group says how many seats it has; of the others it is known."""
        if self.format.data == "group" and field.data is None and not field.errors:
            raise StopValidation("Say how many seats the group has.")

    def refuse(self, refusal: Refused) -> None:
        """Beside the field; what is wrong with the times stands beside the first of them."""
        if refusal.field != "times":
            super().refuse(refusal)
            return
        self.status = refusal.status
        self.times[0].weekday.errors = [*self.times[0].weekday.errors, refusal.words]

    def attempt_what_is_sound(self, verb: Callable[..., Any], **kwargs: Any) -> None:
        """Call the verb with the fields that hold no fault, for what is typed is not finished. `status` says 409 where
        another tab was quicker; other faults are in `errors`."""
        self.validate()
        self.status = 200
        try:
            verb(self.opening, self.said(), version=self.version.data or 0, **kwargs)
            db.session.flush()
        except Refused as refusal:
            db.session.rollback()
            self.refuse(refusal)

    def faults(self) -> list[tuple[str, str]]:
        """Every fault as (id of its field, words); of the form itself with an empty id."""
        fields = [field for name, field in self._fields.items() if name not in ("csrf_token", "times")]
        fields += [field for row in self.times for field in row.form]
        found = [(field.id, words) for field in fields for words in field.errors]
        return [*(("", words) for words in self.form_errors), *found]

    def _offer(self, sound: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if seats := writing.SEATS.get(sound.get("format", ""), sound.get("seats")):
            found = {"seats": seats}
            found |= {"format": "group" if sound["format"] == "group" else "individual"} if "format" in sound else {}
        if "delivery" in sound:
            found |= {"online": sound["delivery"] != "in_person", "in_person": sound["delivery"] != "online"}
        return found

    def _rhythm(self, sound: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if sound.get("often") in dict(OFTEN):
            rhythm, _, nth = sound["often"].partition("-")
            found = {"rhythm": rhythm, "nth": int(nth) if nth else None}
        if "times" in sound and any(row.weekday.raw_data for row in self.times):
            rows = {(int(row.weekday.data), row.start.data) for row in self.times if row.weekday.data}
            found["times"] = tuple(sorted(rows))
        return found

    def _fee(self, sound: Mapping[str, Any]) -> dict[str, Any]:
        return {"fee_cents": self.settled().session} if {"fee", "fee_month"} <= sound.keys() else {}


def _shown(opening: Opening) -> dict[str, Any]:
    """The opening as the fields of its editor show it. A draft's fee of 0 is one not said yet."""
    session = opening.fee_cents or (None if opening.status == "draft" else 0)
    month = None if session is None else fees.month(session, opening.rhythm)
    said = writing.values(opening)
    return {
        **{name: said[column] for name, column in PLAIN.items()},
        "zip": opening.zip or None,
        "version": opening.version,
        "format": "dyad" if opening.is_dyad else opening.format,
        "times": [{"weekday": str(weekday), "start": start} for weekday, start in said["times"]],
        "often": f"monthly-{opening.nth or 1}" if opening.rhythm == "monthly" else opening.rhythm,
        "minutes": opening.minutes,
        "delivery": "both" if opening.online and opening.in_person else "online" if opening.online else "in_person",
        "seats": opening.seats,
        "elsewhere": said["elsewhere"] or None,
        "fee": session, "fee_shown": session,
        "fee_month": month, "month_shown": month,
    }  # fmt: skip
