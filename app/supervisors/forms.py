"""What a supervisor fills in."""

from dataclasses import asdict
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField

from app.licensure import tracks
from app.licensure.credentials import CODES, Code
from app.licensure.kinds import DISCIPLINES
from app.places import areas
from app.supervisors.verification import Claim
from app.web.fields import Parsed, choices, choose, day, whole
from app.web.forms import AtMost, Form, OneLine, Required, stripped

# --- /credentials ---

SAID = {"yes": True, "no": False, "": None}
APPROVED = (("yes", "Yes"), ("no", "No"), ("", "Not said"))
STATES = (("", "None: given nationally"), *areas.STATES)


class CredentialForm(Form):
    """What she says of a credential. `version` is that of the claim the form was filled with."""

    version = HiddenField()
    state = SelectField("State", choices=choices(STATES), validate_choice=False)
    code = SelectField("License or designation", [Required("Please choose one of these.")], validate_choice=False)
    number = StringField("Number", [OneLine(), AtMost(40)], filters=[stripped])
    issued_on = Parsed("Issued on", day, date.isoformat)
    expires_on = Parsed("Valid to", day, date.isoformat)
    approved = choose(RadioField, "Approved as supervisor by the board", APPROVED, default="")
    training_hours = Parsed("Hours of supervisor training", whole(0, 2000))
    training_on = Parsed("Training finished on", day, date.isoformat)

    def __init__(self, claim: Claim, **kwargs: Any) -> None:
        approved = {value: word for word, value in SAID.items()}[claim.approved]
        said = {"state": claim.state or "", "approved": approved, "version": claim.version}
        super().__init__(data=asdict(claim) | said, **kwargs)
        self.code.choices = code_choices(self.state.data or "")

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
