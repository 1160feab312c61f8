"""What a reader fills in to book, move and cancel a call, and what she may ask of the picker.

And what a supervisor fills in about the hours in which she takes calls, and about her calendars.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from wtforms import Form as Row
from wtforms import (
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation, ValidationError

from app.formats import WEEKDAYS, iso, plural
from app.introcalls import habits, windows
from app.introcalls.habits import Choice
from app.introcalls.windows import Special, Window
from app.web import reader
from app.web.fields import Parsed, RowsField, Shown, ZoneField, choices, choose, day, whole
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


# --- availability ---

MOST_DATES = 14  # rows of dates that differ
LONGEST_RUN = 92  # days of one row of dates
LENGTHS = ((15, "15 minutes"), (20, "20 minutes"))


def an_end(text: str) -> int:
    """The end of a stretch: midnight is that after it."""
    return windows.minute_of(text, is_end=True)


def a_number(text: Any) -> int:
    """A choice as a number, -1 for what is none."""
    return int(text) if re.fullmatch(r"\d{1,5}", str(text), re.ASCII) else -1


class Hours(Row):
    """From when to when, both or neither. `least` is the length of a call."""

    start = Parsed("From", windows.minute_of, windows.clock_words)
    end = Parsed("To", an_end, windows.clock_words)
    least = 15

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """As ever; and that the hours can be meant."""
        is_sound = super().validate(*args, **kwargs)
        return self._hours_are_sound() and self._rest_is_sound() and is_sound

    def _hours_are_sound(self) -> bool:
        start, end = self.start.data, self.end.data
        if self.start.errors or self.end.errors or (start is None and end is None):
            return True
        if start is None:
            return _refused(self.start, "From when?")
        if end is None:
            return _refused(self.end, "Until when?")
        if end <= start:
            return _refused(self.end, "This ends before it begins. Hours past midnight belong to the next day.")
        return end - start >= self.least or _refused(self.end, f"A call of {self.least} minutes does not fit in.")

    def _rest_is_sound(self) -> bool:
        return True

    def _has_hours(self) -> bool:
        return bool(self.start.raw_data and self.start.raw_data[0]) or bool(self.end.raw_data and self.end.raw_data[0])


class WeeklyRow(Hours):
    """Hours on some days of the week. Without a day and hours it is an empty row."""

    days = SelectMultipleField("Days", choices=choices(enumerate(WEEKDAYS)), coerce=a_number)

    def windows(self) -> Iterator[Window]:
        """What is said by it."""
        if self.start.data is not None and self.end.data is not None:
            yield from (Window(day, self.start.data, self.end.data) for day in self.days.data or ())

    def _rest_is_sound(self) -> bool:
        if self._has_hours() and not self.days.data:
            return _refused(self.days, "On which days?")
        is_idle = self.days.data and self.start.data is self.end.data is None and not self._has_hours()
        return not is_idle or _refused(self.start, "From when?")


class DatesRow(Hours):
    """A date or several in a row, with hours of their own or none. Without a date it is an empty row."""

    on = Parsed("Date", day, date.isoformat)
    until = Parsed("Last date", day, date.isoformat)

    def specials(self) -> Iterator[Special]:
        """What is said by it."""
        if self.on.data is not None:
            for on in windows.dates(self.on.data, self.until.data or self.on.data):
                yield Special(on, self.start.data, self.end.data)

    def _rest_is_sound(self) -> bool:
        first, last = self.on.data, self.until.data
        if first is None and not self.on.errors and (last or self._has_hours()):
            return _refused(self.on, "Which date?")
        if first and last and not 0 <= (last - first).days < LONGEST_RUN:
            return _refused(self.until, f"Please give a date from the first on, at most {LONGEST_RUN} days in all.")
        return True


class AvailabilityForm(Form):
    """The hours in which a supervisor takes calls."""

    version = Shown()
    weekly = RowsField(FormField(WeeklyRow), max_entries=windows.MOST_HOURS)
    dates = RowsField(FormField(DatesRow), max_entries=MOST_DATES)
    zone = ZoneField("Time zone of these hours")
    minutes = choose(RadioField, "Length of a call", LENGTHS, coerce=a_number)
    step_minutes = choose(SelectField, "A start every", coerce=a_number)
    buffer_minutes = choose(SelectField, "Free after each call", coerce=a_number)
    notice_minutes = choose(SelectField, "Notice", coerce=a_number)
    horizon_days = choose(SelectField, "Booked ahead at most", coerce=a_number)
    max_per_week = Parsed("Calls a week at most", whole(1, windows.MOST_CALLS))
    no_calls_before = Parsed("No calls until", day, date.isoformat)
    join_link = StringField("Link to join by", [AtMost(300), OneLine()], filters=[stripped])
    phone = StringField("Phone number", [AtMost(30), OneLine()], filters=[stripped])

    def __init__(self, kept: Choice, version: int, today: date, **kwargs: Any) -> None:
        weekly = [{"days": days, "start": start, "end": end} for days, start, end in windows.by_hours(kept.windows)]
        runs = [
            {"on": first, "until": last if last != first else None, "start": start, "end": end}
            for first, last, start, end in windows.by_run(kept.specials)
        ]
        super().__init__(data={**kept.columns, "version": version, "weekly": weekly, "dates": runs}, **kwargs)
        self.today = today
        if not self.weekly.entries and not self.is_submitted():
            self.weekly.append_entry()
        self.zone.offer(kept.zone)
        self.step_minutes.choices = _minutes((5, 10, 15, 20, 30, 60), kept.step_minutes)
        self.buffer_minutes.choices = _minutes((0, 5, 10, 15, 20, 30, 60), kept.buffer_minutes)
        notice = sorted({60, 120, 240, 720, 1440, 2880, 4320, 10080, kept.notice_minutes})
        self.notice_minutes.choices = choices((minutes, habits.notice_words(minutes)) for minutes in notice)
        ahead = sorted({7, 14, 21, 30, 45, 60, 90, kept.horizon_days})
        self.horizon_days.choices = choices((days, plural(days, "day")) for days in ahead)

    def rearrange(self, then: str) -> bool:
        """Add or drop a row, or none, if one of those buttons was pressed rather than Save; what was typed stays."""
        deed, _, what = then.partition(" ")
        rows = {"weekly": self.weekly, "dates": self.dates}.get(what.partition(" ")[0])
        if deed == "add" and rows is not None and len(rows.entries) < rows.max_entries:
            rows.append_entry()
        elif deed == "drop" and rows is not None:
            rows.entries = [row for row in rows.entries if row.id != what.replace(" ", "-")]
        return deed in {"add", "drop", "look"}

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """As ever; and that the hours make sense together, and people can reach her."""
        for row in (*self.weekly, *self.dates):
            row.form.least = self.minutes.data if self.minutes.data in (15, 20) else 15
        return super().validate(*args, **kwargs) and self._stand_apart()

    def said(self) -> Choice:
        """What she chose; to be asked of a form whose hours are sound."""
        columns = {name: self._fields[name].data for name in Choice("").columns}
        return Choice(
            **{**columns, "join_link": self.join_link.data or "", "phone": self.phone.data or ""},
            windows=frozenset(one for row in self.weekly for one in row.form.windows()),
            specials=frozenset(one for row in self.dates for one in row.form.specials() if one.on >= self.today),
        )

    def can_be_looked_at(self) -> bool:
        """Whether all that decides the free starts is sound; asked after validate()."""
        return not {*self.errors} - {"join_link", "phone", "version", "csrf_token", None}

    def validate_join_link(self, field: StringField) -> None:
        link = field.data or ""
        if not link and not self.phone.data:
            raise StopValidation("Give a link, or a phone number, so that people reach you.")
        if link and not re.fullmatch(r"https://[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]\S*)?", link):
            raise StopValidation("This is not a link that begins with https://.")

    def validate_phone(self, field: StringField) -> None:
        digits = re.sub(r"\D", "", field.data or "")
        if field.data and not (re.fullmatch(r"[0-9+(). x-]+", field.data, re.ASCII) and 7 <= len(digits) <= 18):
            raise ValidationError("Please give a phone number such as (512) 555-0142.")

    def _stand_apart(self) -> bool:
        """No hours twice: the words stand beside the later row."""
        weekly = [(one, row.form) for row in self.weekly for one in row.form.windows()]
        dates = [(one, row.form) for row in self.dates for one in row.form.specials()]
        return _apart(self.weekly, weekly, windows.clash(one for one, _ in weekly), "start") and _apart(
            self.dates, dates, windows.clash_of_dates(one for one, _ in dates), "on"
        )


class CalendarForm(Form):
    """A calendar to subscribe to."""

    url = StringField(
        "Secret address of the calendar", [Required("Please give an address."), AtMost(2000)], filters=[stripped]
    )
    label = StringField("Name", [AtMost(80), OneLine()], filters=[stripped])


def _apart(rows: RowsField, said: list[tuple[Any, Row]], two: tuple[Any, Any] | None, name: str) -> bool:
    """Whether no two collide; else the later row of them says so in its field of that name."""
    if two is None:
        return True
    row = [row for one, row in said if one in two][-1]
    _refused(row[name], f"{two[0]} and {two[1]} overlap. Make them one, or move one of them.")
    rows.errors = [row.errors for row in rows]  # WTForms took these down before
    return False


def _refused(field: Any, words: str) -> bool:
    field.errors = [*field.errors, words]
    return False


def _minutes(usual: Iterable[int], kept: int) -> list[SelectChoice]:
    return choices((minutes, plural(minutes, "minute")) for minutes in sorted({*usual, kept}))
