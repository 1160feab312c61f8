"""What a supervisor writes of herself."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask_wtf.file import FileField
from wtforms import (
    Field,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as Part
from wtforms.validators import ValidationError

from app.formats import dollars
from app.places.areas import STATES
from app.supervisors import editing
from app.supervisors.editing import kinds
from app.supervisors.models import Supervisor
from app.supervisors.photos import Square
from app.taxonomies import vocabularies
from app.web.fields import Parsed, PicksField, RowsField, Shown, ZoneField, choices, whole
from app.web.forms import AtMost, Form, OneLine, Required, SomeOf, stripped

LINKS = 3
POSITIONS = {"start": 0.0, "middle": 0.5, "end": 1.0}


def _lines(text: str | None) -> str | None:
    """Lines as we keep them: browsers send each with a carriage return."""
    return text.replace("\r\n", "\n") if text else text


def fee(text: str) -> int:
    """A fee in whole dollars as cents."""
    return whole(0, 1000)(text) * 100


def terms_of(kind: str) -> PicksField:
    """Terms of a vocabulary."""
    found = vocabularies.vocabulary(kind)
    return PicksField(found.label, found.terms.items(), [SomeOf()], found.ask_supervisor)


class LinkPart(Part):
    """A link: its words, and where it leads."""

    label = StringField("Words", [AtMost(60), OneLine()], filters=[stripped])
    url = StringField("Address", [AtMost(300)], filters=[stripped])

    def validate_url(self, field: Field) -> None:
        if self.label.data and not field.data:
            raise ValidationError("Please give the address, or leave both empty.")
        if field.data and not _is_address(field.data):
            raise ValidationError("Please give an address that begins with https://.")


class DraftForm(Form):
    """Any part of a profile. `version` is the one the page shows, `over` the one to write over after a conflict."""

    version, over = Shown(), Shown()

    def __init__(self, supervisor: Supervisor, **kwargs: Any) -> None:
        super().__init__(data=_data(supervisor), **kwargs)

    @property
    def seen(self) -> int:
        """The version that the writer looked at, 0 for nonsense."""
        return self.over.data or self.version.data or 0

    def said(self) -> dict[str, Any]:
        """What is typed, as `editing.describe` takes it."""
        found = {name: field.data for name, field in self._fields.items() if name in (*editing.COLUMNS, *kinds())}
        named = {"fee_low": "fee_low_cents", "fee_high": "fee_high_cents"}
        found |= {column: self[name].data for name, column in named.items() if name in self}
        if "links" in self:
            found["links"] = [_link(part) for part in self["links"].data if part["url"]]
        return found

    def faults(self) -> list[str]:
        """What is wrong, field by field, for a line beside the form."""
        parts = [part.form for part in self["links"]] if "links" in self else []
        fields = [field for one in (self, *parts) for field in one._fields.values() if field.name != "links"]
        said = [f"{field.label.text}: {words}" for field in fields for words in field.errors]
        return [*self.form_errors, *said]

    @property
    def picks(self) -> list[PicksField]:
        """The vocabularies it asks for, in the order they are asked."""
        return [self[kind] for kind in kinds() if kind in self]

    def label_of(self, name: str) -> str:
        """How the field that says this is called."""
        return str(self[name.removesuffix("_cents")].label.text)


class YouForm(DraftForm):
    """The first step: who, in a line, and where."""

    name = StringField("Name", [Required("Please give your name."), AtMost(120), OneLine()], filters=[stripped])
    pronouns = StringField("Pronouns", [AtMost(40), OneLine()], filters=[stripped])
    headline = StringField("Headline", [AtMost(200), OneLine()], filters=[stripped])
    state = SelectField("State you work in", choices=choices([("", "Choose one"), *STATES]), validate_choice=False)
    zip = StringField("ZIP code of your office", [OneLine()], filters=[stripped])

    def validate_state(self, field: Field) -> None:
        if field.data not in dict(STATES) and field.data:
            raise ValidationError("Please choose one of these.")

    def validate_zip(self, field: Field) -> None:
        if field.data and not (field.data.isascii() and field.data.isdigit() and len(field.data) == 5):
            raise ValidationError("A ZIP code has five digits.")


class WorkForm(DraftForm):
    """The third step: what she knows, and how she supervises."""

    about = TextAreaField("About you and your supervision", [AtMost(4000)], filters=[_lines, stripped])
    specialty = terms_of("specialty")
    modality = terms_of("modality")
    population = terms_of("population")
    style = terms_of("style")
    fee_low = Parsed("From", fee, dollars)
    fee_high = Parsed("To", fee, dollars)


class ProfileForm(YouForm, WorkForm):
    """All of it."""

    zone = ZoneField("Time zone")
    setting = terms_of("setting")
    language = terms_of("language")
    affinity = terms_of("affinity")
    reduced_places = Parsed("Places at a reduced fee", whole(0, 50))
    supervisees = Parsed("Supervisees you have now", whole(0, 200))
    supervising_since = Parsed("Supervising since", whole(1950, 2100))
    links = RowsField(FormField(LinkPart), min_entries=LINKS, max_entries=5)

    def __init__(self, supervisor: Supervisor, **kwargs: Any) -> None:
        super().__init__(supervisor, **kwargs)
        self.zone.offer(supervisor.zone)


class AddressForm(Form):
    """Where the profile is found."""

    slug = StringField("Address", filters=[stripped, lambda text: text and text.casefold()])


class PhotoForm(Form):
    """A file, and which square of it."""

    photo = FileField("Photograph")
    square = RadioField(
        "What to keep of a picture that is not square",
        choices=choices([("start", "Left or top"), ("middle", "Middle"), ("end", "Right or bottom")]),
        default="middle", validate_choice=False,
    )  # fmt: skip


def square_of(given: Mapping[str, str]) -> Square:
    """The square that a form asks for, by a crop in thousandths (`x`, `y`, `part`) or by the side that is named."""
    named = POSITIONS.get(given.get("square", ""), 0.5)
    x, y, part = (_thousandths(given.get(name, "")) for name in ("x", "y", "part"))
    if x is None or y is None or part is None:
        return Square(named, named)
    return Square(x, y, max(part, 0.1))


def _thousandths(text: str) -> float | None:
    return int(text) / 1000 if text.isascii() and text.isdigit() and len(text) <= 4 and int(text) <= 1000 else None


def _data(supervisor: Supervisor) -> dict[str, Any]:
    said = editing.said_of(supervisor)
    fees = {"fee_low": said.pop("fee_low_cents"), "fee_high": said.pop("fee_high_cents")}
    return said | fees | {"version": supervisor.version}


def _link(part: Mapping[str, str]) -> dict[str, str]:
    return {"label": part["label"] or (urlsplit(part["url"]).hostname or ""), "url": part["url"]}


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and all(33 <= ord(c) < 127 for c in text)
