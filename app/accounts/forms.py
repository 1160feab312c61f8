"""Forms of accounts. What was typed is kept when a form is refused, but never a password."""

from typing import Any

from wtforms import Field, PasswordField, RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from app.accounts import passwords
from app.accounts.registration import Claim
from app.licensure.kinds import DISCIPLINES
from app.places.areas import STATES
from app.web.fields import ZoneField, choose
from app.web.forms import AtMost, EmailAddress, Form, OneLine, Required, stripped

HERE_FOR = (
    ("licensure", "Supervision toward a license"),
    ("consultation", "Consultation, licensed already"),
    ("supervisor", "I supervise"),
)
GOALS = (("licensure", "Toward a license"), ("consultation", "Consultation"))
ROLES_AND_GOALS = {
    "licensure": ("supervisee", "licensure"),
    "consultation": ("supervisee", "consultation"),
    "supervisor": ("supervisor", "licensure"),
}
TOWARD = [(id, words.capitalize()) for id, words in DISCIPLINES.items()]
NOT_SAID = ("", "Not said")
NAME = (Required("Please give your name."), AtMost(120), OneLine())


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
    here_for = choose(RadioField, "What brings you here", HERE_FOR, default="licensure")
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


class DetailsForm(Form):
    """Name, zone and, for a supervisee, what she works toward."""

    name = StringField("Name", NAME, filters=[stripped])
    zone = ZoneField("Time zone")
    goal = choose(RadioField, "What you look for", GOALS)
    state = choose(SelectField, "Licensed in", (NOT_SAID, *STATES))
    discipline = choose(SelectField, "Working toward", (NOT_SAID, *TOWARD))

    def __init__(self, zone: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone.offer(zone)

    def said(self) -> dict[str, Any]:
        """What is typed, for `people.describe`; the fields a person was not shown are left out."""
        return {name: field.data or None for name, field in self._fields.items() if name != "csrf_token"}

    def validate_discipline(self, field: Field) -> None:
        if bool(field.data) != bool(self.state.data):
            raise ValidationError("Please choose both the state and the license, or neither.")
