"""Forms of accounts. What was typed is kept when a form is refused, but never a password."""

from typing import Any, ClassVar

from wtforms import Field, PasswordField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import StopValidation, ValidationError

from app.accounts import passwords
from app.accounts.registration import Claim
from app.formats import ZONE_NAMES
from app.licensure.kinds import DISCIPLINES
from app.places.areas import STATES
from app.web.forms import AtMost, EmailAddress, Form, OneLine, Required, stripped
from app.web.reader import is_zone


def choices(*pairs: tuple[str, str]) -> list[SelectChoice]:
    """Pairs of value and words, as WTForms wants them."""
    return [SelectChoice(value, words) for value, words in pairs]


HERE_FOR = choices(
    ("licensure", "Supervision toward a license"),
    ("consultation", "Consultation, licensed already"),
    ("supervisor", "I supervise"),
)
GOALS = choices(("licensure", "Toward a license"), ("consultation", "Consultation"))
ROLES_AND_GOALS = {
    "licensure": ("supervisee", "licensure"),
    "consultation": ("supervisee", "consultation"),
    "supervisor": ("supervisor", "licensure"),
}
TOWARD = [(id, words.capitalize()) for id, words in DISCIPLINES.items()]
NOT_SAID = ("", "Not said")
NAME = (Required("Please give your name."), AtMost(120), OneLine())


class OneOf:
    """One of the choices, and nothing else."""

    field_flags: ClassVar[dict[str, Any]] = {}

    def __init__(self, words: str = "Please choose one of these.") -> None:
        self.words = words

    def __call__(self, form: Form, field: Field) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise StopValidation(self.words)


class SignInForm(Form):
    email = StringField("E-mail", [EmailAddress()], filters=[stripped])
    password = PasswordField("Password", [Required("Please give your password.")])


class NewPasswordForm(Form):
    """A new password of a person whose name and address it must not lean on."""

    password = PasswordField("New password")

    def __init__(self, name: str, email: str) -> None:
        super().__init__()
        self._of = name, email

    def validate_password(self, field: Field) -> None:
        if fault := passwords.fault(field.data or "", *self._of):
            raise ValidationError(fault)


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField("Present password", [Required("Please give your present password.")])


class SignUpForm(Form):
    here_for = RadioField(
        "What brings you here", [OneOf()], choices=HERE_FOR, default="licensure", validate_choice=False
    )
    name = StringField("Your name", NAME, filters=[stripped])
    email = StringField("E-mail", [EmailAddress(), AtMost(254)], filters=[stripped])
    password = PasswordField("Password")

    def validate_password(self, field: Field) -> None:
        if fault := passwords.fault(field.data or "", self.name.data or "", self.email.data or ""):
            raise ValidationError(fault)

    def claim(self, password_hash: str | None, **beside: Any) -> Claim:
        """What is typed here, with what the browser says beside it."""
        role, goal = ROLES_AND_GOALS.get(self.here_for.data, ("supervisee", "licensure"))
        return Claim(self.name.data or "", password_hash or "", role, goal, **beside)


class AddressForm(Form):
    """Where a letter should go: a reset, or a link sent again."""

    email = StringField("E-mail", [EmailAddress()], filters=[stripped])


class PressForm(Form):
    """Nothing to fill in: a button."""


class DetailsForm(Form):
    """Name, zone and, for a supervisee, what she works toward."""

    name = StringField("Name", NAME, filters=[stripped])
    zone = SelectField("Time zone", validate_choice=False)
    goal = RadioField("What you look for", [OneOf()], choices=GOALS, validate_choice=False)
    state = SelectField("Licensed in", [OneOf()], choices=choices(NOT_SAID, *STATES), validate_choice=False)
    discipline = SelectField("Working toward", [OneOf()], choices=choices(NOT_SAID, *TOWARD), validate_choice=False)

    def __init__(self, zone: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        zones = {name: f"{words} ({_city(name)})" for name, words in ZONE_NAMES.items()}
        self.zone.choices = choices(*({zone: _city(zone)} | zones).items())

    def said(self) -> dict[str, Any]:
        """What is typed, for `people.describe`; the fields a person was not shown are left out."""
        return {name: field.data or None for name, field in self._fields.items() if name != "csrf_token"}

    def validate_zone(self, field: Field) -> None:
        if not is_zone(field.data or ""):
            raise ValidationError("Please choose one of these.")

    def validate_discipline(self, field: Field) -> None:
        if bool(field.data) != bool(self.state.data):
            raise ValidationError("Please choose both the state and the license, or neither.")


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")
