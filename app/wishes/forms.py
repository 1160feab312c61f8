"""What each step of the questionnaire asks."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from wtforms import (
    Field,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms import Form as Row
from wtforms.validators import StopValidation, ValidationError

from app.formats import WEEKDAYS
from app.introcalls.windows import clock_words, minute_of
from app.licensure.kinds import DISCIPLINES
from app.matching.chips import GOALS
from app.places import finding
from app.taxonomies import vocabularies
from app.web.fields import Parsed, PicksField, RowsField, ZoneField, choices, choose, whole
from app.web.forms import Form, SomeOf, stripped
from app.wishes import packing, week
from app.wishes.wishes import CONSULTATION, MOST_TERMS, VOCABULARIES, WISHES, WITHIN, Wishes

MOST_ROWS = 14  # of hours beside the parts of days, to be filled in
MOST_SHOWN = 2 * MOST_ROWS  # a row around a whole part of a day comes back as two: before it and after it
TOO_MANY_HOURS = "These are more different hours than we can keep. Please tick whole parts of days for some of them."


def some_of(label: str, pairs: Iterable[tuple[Any, str]], **kwargs: Any) -> SelectMultipleField:
    """A field of ticks."""
    return SelectMultipleField(label, [SomeOf()], choices=choices(pairs), validate_choice=False, **kwargs)


def one_of(label: str, pairs: Iterable[tuple[str, str]], **kwargs: Any) -> RadioField:
    """A field of radio buttons."""
    return choose(RadioField, label, pairs, **kwargs)


def firm(of: str) -> RadioField:
    """Whether a wish is one, or a must. `of` says of what."""
    return one_of(f"How firm: {of}", [("like", "Would like"), ("must", "Must")], default="like")


def five_digits(text: str | None) -> str | None:
    """A ZIP code without the four digits that may follow it."""
    return text[:5] if text and re.fullmatch(r"[0-9]{5}-[0-9]{4}", text) else text


def terms_of(kind: str) -> PicksField:
    """Terms of a vocabulary."""
    found = vocabularies.vocabulary(kind)
    ask = f"{found.ask_supervisee} Up to {MOST_TERMS}."
    return PicksField(found.label, found.terms.items(), [SomeOf(MOST_TERMS)], ask)


class StepForm(Form):
    """One step, filled in with what was said before."""

    def __init__(self, wishes: Wishes, **kwargs: Any) -> None:
        firmness = {f"must_{name}": "must" if name in wishes.musts else "like" for name in WISHES}
        super().__init__(data=self.shown(wishes) | firmness, **kwargs)
        self._wishes = wishes

    def shown(self, wishes: Wishes) -> dict[str, Any]:
        """What stands in the fields of the step at first."""
        return vars(wishes)

    def said(self) -> dict[str, Any]:
        """What is said at the step, by the names of Wishes."""
        found = {name: field.data for name, field in self._fields.items() if hasattr(self._wishes, name)}
        return {name: tuple(dict.fromkeys(v)) if isinstance(v, list) else v for name, v in found.items()}

    def wishes(self) -> Wishes:
        """All wishes, with those of this step as they are said here."""
        asked = {name for name in WISHES if f"must_{name}" in self}
        musts = {name for name in asked if self[f"must_{name}"].data == "must"}
        return packing.tidy(replace(self._wishes, **self.said(), musts=(self._wishes.musts - asked) | musts))

    def faults(self) -> list[str]:
        """What is wrong, in the order of the page, for a line beside the form."""
        return [*self.form_errors, *_faults(self)]

    @property
    def picks(self) -> list[tuple[PicksField, RadioField]]:
        """The vocabularies it asks for, each with how firm it is."""
        return [(self[kind], self[f"must_{kind}"]) for kind in self._fields if kind in VOCABULARIES]


class GoalForm(StepForm):
    """A board and a license, or consultation. `kept` is the track that the reader chose elsewhere, to begin with."""

    state = SelectField("Where you are licensed", validate_choice=False)
    discipline = one_of("Working toward", [*GOALS.items(), ("", "Not sure yet")])
    must_verdict = firm("that the hours count for my board")

    def __init__(self, wishes: Wishes, states: Sequence[tuple[str, str]], kept: tuple[str, str], **kwargs: Any) -> None:
        self._kept = kept
        super().__init__(wishes, **kwargs)
        self.state.choices = choices([("", "Choose a state"), *states])

    def shown(self, wishes: Wishes) -> dict[str, Any]:
        state, discipline = (wishes.state, wishes.discipline) if wishes.state or wishes.discipline else self._kept
        return {"state": state, "discipline": discipline}

    def said(self) -> dict[str, Any]:
        is_consultation = self.discipline.data == CONSULTATION
        return {"state": "" if is_consultation else self.state.data, "discipline": self.discipline.data}

    def validate_state(self, field: Field) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise StopValidation("We do not know this state. Please choose one from the list.")
        if not field.data and self.discipline.data in DISCIPLINES:
            raise StopValidation("Please choose the state whose board you answer to.")


class HoursRow(Row):
    """Hours on some days of the week. Without a day and hours it is an empty row."""

    days = some_of("Days", ((str(day), name[:3]) for day, name in enumerate(WEEKDAYS)))
    start = StringField("From", filters=[stripped])
    end = StringField("To", filters=[stripped])

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """As ever; and that the hours can be meant."""
        is_sound = super().validate(*args, **kwargs)
        if not (self.days.data or self.start.data or self.end.data):
            return bool(is_sound)
        start, end = self._minute(self.start, "From when?"), self._minute(self.end, "Until when?", is_end=True)
        if not self.days.data:
            _refuse(self.days, "On which days?")
        if start is not None and end is not None and end <= start:
            _refuse(self.end, "This ends before it begins. Hours past midnight belong to the next day.")
        return not self.errors

    def hours(self) -> Iterator[week.Hours]:
        """What is said by it; to be asked of a sound row."""
        if self.days.data:
            start, end = minute_of(self.start.data or ""), minute_of(self.end.data or "", is_end=True)
            yield from ((int(day), start, end) for day in self.days.data)

    @staticmethod
    def _minute(field: Field, ask: str, *, is_end: bool = False) -> int | None:
        if not field.data:
            _refuse(field, ask)
            return None
        try:
            return minute_of(field.data[:40], is_end=is_end)
        except ValueError as fault:
            _refuse(field, str(fault))
            return None


class MeetingForm(StepForm):
    """Format, place, and the times of a week: whole parts of days, and hours beside them."""

    format = some_of("Format", [("individual", "One to one"), ("group", "In a group")])
    must_format = firm("the format")
    delivery = one_of("Place", [("", "Either"), ("online", "Online"), ("in_person", "In person")])
    zip = StringField("ZIP code you would travel from", filters=[stripped, five_digits])
    within = Parsed("Miles at most", whole(1, packing.MOST_MILES))
    must_place = firm("the place")
    parts = some_of(
        "Times you could meet",
        ((f"{day}-{part}", f"{name} {words.lower()}") for part, (words, *_) in week.PARTS.items()
         for day, name in enumerate(WEEKDAYS)),
    )  # fmt: skip
    hours = RowsField(FormField(HoursRow), max_entries=MOST_SHOWN)
    zone = ZoneField("These times are in")
    must_times = firm("the times")

    def __init__(self, wishes: Wishes, zone: str, **kwargs: Any) -> None:
        self._zone = wishes.zone or zone
        super().__init__(wishes, **kwargs)
        self.zone.offer(self._zone)
        if not self.is_submitted():
            self.add_row()

    def shown(self, wishes: Wishes) -> dict[str, Any]:
        kept = week.week(wishes.free)
        return vars(wishes) | {
            "parts": [f"{day}-{part}" for day, part in kept.parts],
            "hours": [_row(hours, days) for hours, days in week.by_hours(kept.hours).items()][:MOST_SHOWN],
            "zone": self._zone,
        }

    def said(self) -> dict[str, Any]:
        parts = [(int(day), part) for day, _, part in (one.partition("-") for one in self.parts.data or ())]
        hours = [one for row in self.hours for one in row.form.hours()]
        return super().said() | {
            "zip": self.zip.data or "",
            "within": self.within.data or WITHIN,
            "free": week.spans(parts, hours),
        }

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """As ever; and that what is said can be shown again."""
        is_sound = super().validate(*args, **kwargs)
        if is_sound and len(week.by_hours(week.week(self.said()["free"]).hours)) > MOST_SHOWN:
            self.form_errors.append(TOO_MANY_HOURS)
        return not self.errors

    def add_row(self) -> None:
        """Another row for hours, while there may be one."""
        if self.has_room:
            self.hours.append_entry()

    @property
    def has_room(self) -> bool:
        """Whether there may be another row for hours."""
        return len(self.hours.entries) < MOST_ROWS

    @property
    def week_days(self) -> tuple[str, ...]:
        return WEEKDAYS

    @property
    def day_parts(self) -> list[tuple[str, str]]:
        """Each part of the day and its hours, in words."""
        return [(words, week.hours_words(start, end)) for words, start, end in week.PARTS.values()]

    @property
    def has_hours(self) -> bool:
        """Whether a row holds anything, or more than one is there to be filled in."""
        return len(self.hours.entries) > 1 or any(any(row.form.data.values()) or row.errors for row in self.hours)

    def validate_zip(self, field: Field) -> None:
        if not field.data:
            return
        if not (field.data.isascii() and field.data.isdigit() and len(field.data) == 5):
            raise ValidationError("A ZIP code has five digits.")
        if finding.find(field.data) is None:
            raise ValidationError("We do not know this ZIP code.")


class FeeForm(StepForm):
    """The most she can pay."""

    max_fee = Parsed("The most you can pay", whole(0, packing.MOST_DOLLARS))
    must_fee = firm("the fee")


class WorkForm(StepForm):
    """What she works with."""

    specialty, must_specialty = terms_of("specialty"), firm("the specialties")
    population, must_population = terms_of("population"), firm("the clients")
    modality, must_modality = terms_of("modality"), firm("the approaches")
    setting, must_setting = terms_of("setting"), firm("the settings")


class StyleForm(StepForm):
    """How she likes to be supervised."""

    style, must_style = terms_of("style"), firm("the style")
    language, must_language = terms_of("language"), firm("the language")


class HomeForm(StepForm):
    """What is nobody's business but hers."""

    affinity, must_affinity = terms_of("affinity"), firm("the shared background")


FORMS: dict[str, Callable[..., StepForm]] = {
    "goal": GoalForm, "meeting": MeetingForm, "fee": FeeForm, "work": WorkForm, "style": StyleForm, "home": HomeForm,
}  # fmt: skip


def _faults(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        if isinstance(field, RowsField):
            yield from _faults(field)
        elif isinstance(field, FormField):
            yield from _faults(field.form)
        else:
            yield from (f"{field.label.text}: {words}" for words in field.errors)


def _refuse(field: Field, words: str) -> None:
    field.errors = [*field.errors, words]


def _row(hours: tuple[int, int], days: Sequence[int]) -> dict[str, Any]:
    return {"days": [str(day) for day in days], "start": clock_words(hours[0]), "end": clock_words(hours[1])}
