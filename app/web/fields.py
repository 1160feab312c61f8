"""Fields that the forms of several rooms have. What cannot be read is kept as it was typed, with words beside it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from wtforms import FieldList, HiddenField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import StopValidation

from app.formats import ZONE_NAMES, zone_choice
from app.web.forms import OneOf
from app.web.reader import is_zone


def choices(pairs: Iterable[tuple[Any, str]]) -> list[SelectChoice]:
    """Pairs of value and words, as WTForms wants them."""
    return [SelectChoice(value, words) for value, words in pairs]


def choose(kind: type[SelectField], label: str, pairs: Iterable[tuple[Any, str]] = (), **kwargs: Any) -> SelectField:
    """A field of which one choice is taken, refused in our own words."""
    return kind(label, [OneOf()], choices=choices(pairs), validate_choice=False, **kwargs)


class ZoneField(SelectField):
    """A time zone: those of the United States and one more are offered, any that exists is taken."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **kwargs)

    def offer(self, kept: str) -> None:
        """Offer the one that is kept before all others, and the one that is chosen."""
        zones = dict.fromkeys((kept, *ZONE_NAMES, self.data or kept))
        self.choices = choices((zone, zone_choice(zone)) for zone in zones if is_zone(zone))

    def pre_validate(self, form: Any) -> None:
        if not is_zone(self.data or ""):
            raise StopValidation(OneOf.words)


class PicksField(SelectMultipleField):
    """Any number of choices. `ask` is the question that they answer."""

    def __init__(
        self, label: str, pairs: Iterable[tuple[str, str]], validators: Sequence[Any], ask: str, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, choices=choices(pairs), validate_choice=False, **kwargs)
        self.ask = ask

    @property
    def options(self) -> list[tuple[str, str, None, bool]]:
        """Those that are chosen first, as the macros of forms take them: value, words, no count, whether it is."""
        chosen = self.data or []
        found = [(one.value, one.label, None, one.value in chosen) for one in self.choices]
        return sorted(found, key=lambda option: not option[3])


class RowsField(FieldList):
    """Rows of fields, each named by the number of its row. What has no such number is no row."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        numbered = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,4}})(?:-|$)")
        yield from (int(found[1]) for name in formdata if (found := numbered.match(name)))


class Parsed(StringField):
    """A value made of a text by `parse`, which says what is wrong in a ValueError, and written again by `write`."""

    data: Any

    def __init__(self, label: str, parse: Callable[[str], Any], write: Callable[[Any], str] = str, **kwargs: Any):
        super().__init__(label, **kwargs)
        self.parse, self.write = parse, write

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "" if self.data is None else self.write(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = None
            self.data = self.parse(text) if (text := valuelist[0].strip()) else None


class Shown(HiddenField):
    """A number that the page showed; None for anything else."""

    data: Any

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = int(valuelist[0]) if re.fullmatch(r"\d{1,9}", valuelist[0], re.ASCII) else None


def whole(least: int, most: int, step: int = 1) -> Callable[[str], int]:
    """A parser of whole numbers within these bounds: "40", "1,200", "$ 70", "70.00"."""
    of = f", in steps of {step}" if step > 1 else ""

    def parse(text: str) -> int:
        figures = re.sub(r"^\$\s*|\.0+$", "", text).replace(",", "")
        if not re.fullmatch(r"\d{1,9}", figures, re.ASCII) or not least <= int(figures) <= most or int(figures) % step:
            raise ValueError(f"Please give a whole number from {least} to {most}{of}.")
        return int(figures)

    return parse


def day(text: str) -> date:
    """A day as a browser's date field sends it, or as Americans write it. ValueError with words for anything else."""
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII):
        text = f"{found[3]}-{int(found[1]):02d}-{int(found[2]):02d}"
    try:
        made = date.fromisoformat(text)
    except ValueError:
        made = date.min
    if not 1900 <= made.year < 2200:
        raise ValueError("Please give a day such as 8/31/2027.")
    return made
