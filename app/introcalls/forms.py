"""What a reader fills in to book, move and cancel a call, and what she may ask of the picker."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import StopValidation

from app.formats import iso
from app.web import reader
from app.web.forms import AtMost, EmailAddress, Form, OneLine, Required, stripped

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def start(text: str) -> datetime | None:
    """A start as slot buttons carry it, "2026-12-01T23:00:00Z", as a UTC instant; None for anything else."""
    try:
        moment = datetime.fromisoformat(text[:40])
        if moment.tzinfo is None or not EARLIEST <= moment <= LATEST:
            return None
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class StartField(HiddenField):
    """A start, kept in the form: a UTC instant, or None if what was sent is none."""

    data: Any

    def _value(self) -> str:
        return iso(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = start(valuelist[0])

    def pre_validate(self, form: Form) -> None:
        if self.data is None:
            raise StopValidation("Please choose a time.")


class BookForm(Form):
    """A start, and a note for the supervisor."""

    starts_at = StartField("Time")
    note = TextAreaField("Note", filters=[stripped], validators=[AtMost(1000)])

    def __init__(self, supervisor: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.note.label.text = f"Anything {supervisor} should know"

    def said(self) -> dict[str, Any]:
        """What booking wants to know."""
        return {"note": self.note.data or ""}


class GuestForm(BookForm):
    """The same, of someone without an account."""

    name = StringField(
        "Your name", filters=[stripped], validators=[Required("Please give your name."), OneLine(), AtMost(120)]
    )
    email = StringField("E-mail", filters=[stripped], validators=[EmailAddress(), AtMost(254)])

    def said(self) -> dict[str, Any]:
        """What a hold wants to know."""
        return {**super().said(), "name": self.name.data, "email": self.email.data}


class MoveForm(Form):
    """Another start."""

    starts_at = StartField("Time")


class CancelForm(Form):
    """A word to the other."""

    note = TextAreaField("A word to the other side", filters=[stripped], validators=[AtMost(1000)])


def week(args: Mapping[str, str], today: date) -> tuple[date | None, dict[str, str]]:
    """The date asked for with `from`, and what is wrong with `from` and `tz`, by name. The rest stands."""
    faults: dict[str, str] = {}
    if args.get("tz") and not reader.is_zone(args["tz"]):
        faults["tz"] = "We do not know this time zone. Please choose one from the list."
    if not (text := args.get("from", "")):
        return None, faults
    try:
        asked = date.fromisoformat(text[:20])
    except ValueError:
        faults["from"] = "That is not a date. Here is the first week with a free time."
        return None, faults
    return min(max(asked, today), today + timedelta(days=3650)), faults
