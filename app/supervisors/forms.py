"""What a supervisor fills in."""

from dataclasses import asdict
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import StopValidation

from app.licensure import tracks
from app.licensure.credentials import CODES, Code
from app.licensure.kinds import DISCIPLINES
from app.places import areas
from app.supervisors.verification import Claim
from app.web.forms import AtMost, Form, OneLine, Required, stripped

# --- /credentials ---

SAID = {"yes": True, "no": False, "": None}
APPROVED = [SelectChoice("yes", "Yes"), SelectChoice("no", "No"), SelectChoice("", "Not said")]
STATES = [SelectChoice("", "None: given nationally"), *(SelectChoice(*state) for state in areas.STATES)]


class DayField(StringField):
    """A day, as a browser's date field sends it or as Americans write it; what was typed is kept."""

    data: Any

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else self.data.isoformat() if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = _day(text) if text else None
        if text and self.data is None:
            raise ValueError("Please give a day such as 8/31/2027.")


class HoursField(StringField):
    """A whole number of hours."""

    data: Any

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None
        if text and (self.data is None or self.data > 2000):
            raise ValueError("Please give whole hours, from 0 to 2,000.")


class CredentialForm(Form):
    """What she says of a credential. `version` is that of the claim the form was filled with."""

    version = HiddenField()
    state = SelectField("State", choices=STATES, validate_choice=False)
    code = SelectField("License or designation", [Required("Please choose one of these.")], validate_choice=False)
    number = StringField("Number", [OneLine(), AtMost(40)], filters=[stripped])
    issued_on = DayField("Issued on")
    expires_on = DayField("Valid to")
    approved = RadioField("Approved as supervisor by the board", choices=APPROVED, default="", validate_choice=False)
    training_hours = HoursField("Hours of supervisor training")
    training_on = DayField("Training finished on")

    def __init__(self, claim: Claim, **kwargs: Any) -> None:
        approved = {value: word for word, value in SAID.items()}[claim.approved]
        said = {"state": claim.state or "", "approved": approved, "version": claim.version}
        super().__init__(data=asdict(claim) | said, **kwargs)
        self.code.choices = code_choices(self.state.data or "")

    def validate_approved(self, field: RadioField) -> None:
        if field.data not in SAID:
            raise StopValidation("Please choose one of these.")

    def claim(self) -> Claim:
        """What is typed here."""
        plain = ("issued_on", "expires_on", "training_hours", "training_on")
        return Claim(
            code=self.code.data, state=self.state.data or None, number=self.number.data or "",
            approved=SAID[self.approved.data], **{name: self[name].data for name in plain},
        )  # fmt: skip


class NewCredentialForm(CredentialForm):
    """The same of one to be listed, and whether a steward shall check it at once."""

    ask = BooleanField("Ask for verification now", default=True)


class AnswerForm(Form):
    """Asking for verification: with an answer, where a steward had a question."""

    note = TextAreaField("Your answer", filters=[stripped], validators=[AtMost(500)])


class ProofForm(Form):
    """A file."""

    proof = FileField("Proof")


def code_choices(state: str) -> list[SelectChoice]:
    """The codes to choose from, those that the state's boards name before all others."""
    named = _named(state)
    first = [_choice(code, areas.name(state)) for code in CODES.values() if code.code in named]
    rest = [code for code in CODES.values() if code.code not in named]
    professions = {**DISCIPLINES, "": "other professions"}
    return [
        SelectChoice("", "Choose one"),
        *first,
        *(
            _choice(code, words.capitalize())
            for discipline, words in professions.items()
            for code in rest
            if (code.discipline or "") == discipline
        ),
    ]


def _named(state: str) -> set[str]:
    """The codes that the rules of a state speak of, and the licenses its designations are given on."""
    if not areas.is_state(state):
        return set()
    rules = tracks.load().jurisdiction(state).tracks
    accepted = {code for track in rules for code in (*track.supervisor_credentials, track.target_license)}
    return {part for code in accepted & CODES.keys() for part in CODES[code].includes}


def _choice(code: Code, group: str) -> SelectChoice:
    return SelectChoice(code.code, f"{code.code}, {code.name}", optgroup=group)


def _day(text: str) -> date | None:
    """2027-08-31 or 8/31/2027 as a day of a believable year; None for anything else."""
    try:
        month, _, rest = text[:10].partition("/")
        number, _, year = rest.partition("/")
        day = date(int(year), int(month), int(number)) if rest else date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year < 2200 else None
