"""The form every room's forms inherit from, and validators with our own words."""

from collections.abc import Callable
from typing import Any, ClassVar

from email_validator import EmailNotValidError, validate_email
from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, FileField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError

from app.db import db
from app.refusals import Refused


class Form(FlaskForm):
    """A form whose refusals, by a validator or by a rule, take the same way back to the page.

    `status` is what the page answers when the form was refused: 422, or the refusal's own.
    """

    status: int = 200
    result: Any = None

    class Meta(FlaskForm.Meta):
        """How a form is filled."""

        def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any:
            """What was typed, and files for fields that take one: in the place of words a file is nothing."""
            sent = super().wrap_formdata(form, formdata)
            if not isinstance(sent, CombinedMultiDict):
                return sent
            names = {field.name for field in form if isinstance(field, FileField)}
            files = MultiDict((name, file) for name, file in request.files.items(multi=True) if name in names)
            return CombinedMultiDict((files, request.form))

    def attempt(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Validate, then call the verb. True when it was carried out; its return value is in `result`.

        A Refused from the verb becomes an error beside its field (or of the form) and undoes what the verb had changed.
        """
        if not self.validate():
            self.status = 422
            return False
        try:
            self.result = verb(*args, **kwargs)
            db.session.flush()
        except Refused as refusal:
            db.session.rollback()
            self.refuse(refusal)
            return False
        return True

    def refuse(self, refusal: Refused) -> None:
        """Put a refusal's words beside the field it names, or at the top of the form."""
        self.status = refusal.status
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(refusal.words)
        else:
            field.errors = [*field.errors, refusal.words]


class Required:
    """Something other than blanks must be there. `words` say what is missing."""

    field_flags: ClassVar[dict[str, Any]] = {}

    def __init__(self, words: str) -> None:
        self.words = words

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if not (field.data.strip() if isinstance(field.data, str) else field.data):
            raise StopValidation(self.words)


class AtMost:
    """At most so many characters."""

    field_flags: ClassVar[dict[str, Any]] = {}

    def __init__(self, length: int) -> None:
        self.length = length

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if len(field.data or "") > self.length:
            raise ValidationError(f"Please keep this to {self.length:,} characters; it has {len(field.data):,} now.")


class OneOf:
    """One of the choices, and nothing else."""

    words = "Please choose one of these."
    field_flags: ClassVar[dict[str, Any]] = {}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise StopValidation(self.words)


class SomeOf:
    """None but these choices, and at most so many of them."""

    field_flags: ClassVar[dict[str, Any]] = {}

    def __init__(self, most: int = 99) -> None:
        self.most = most

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if not set(field.data or ()) <= {choice.value for choice in field.choices}:
            raise StopValidation("One of these is not on our list. Please choose again.")
        if len(set(field.data or ())) > self.most:
            raise StopValidation(f"Please choose at most {self.most}: those that matter most.")


class OneLine:
    """No line breaks or control characters: the text goes into headers and calendars."""

    field_flags: ClassVar[dict[str, Any]] = {}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if any(ord(c) < 32 or ord(c) == 127 for c in field.data or ""):
            raise ValidationError("Please write this in one line, without special characters.")


class EmailAddress:
    """An address that mail can reach, judged by its form alone (no look-up during a request)."""

    field_flags: ClassVar[dict[str, Any]] = {}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        text = (field.data or "").strip()
        if not text:
            raise StopValidation("Please give an e-mail address.")
        if "@" not in text:
            raise ValidationError("This address lacks an @ sign.")
        if "." not in text.rsplit("@", 1)[1]:
            raise ValidationError("This address has no ending, such as .org.")
        try:
            validate_email(text, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            raise ValidationError("This does not look like an e-mail address.") from None


def stripped(text: str | None) -> str | None:
    """Filter for text fields: without blanks around it."""
    return text.strip() if text else text
