"""What a steward fills in."""

from typing import Any

from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import StopValidation

from app.supervisors.verification import DECISIONS, Decision
from app.web.fields import Shown
from app.web.forms import AtMost, Form, OneLine, stripped


class DecisionForm(Form):
    """A decision on a credential. `seen` is the number of the newest check when the page was made."""

    seen = Shown()
    decision = HiddenField()
    source = StringField("Source looked at", [OneLine(), AtMost(200)], filters=[stripped])
    note = TextAreaField("Reason or question", [AtMost(500)], filters=[stripped])

    def __init__(self, seen: int, **kwargs: Any) -> None:
        super().__init__(data={"seen": seen}, **kwargs)

    def validate_decision(self, field: Field) -> None:
        if field.data not in DECISIONS:
            raise StopValidation("Please press verify, refuse or ask.")

    def made(self) -> Decision:
        """What was pressed."""
        return Decision(self.decision.data, self.seen.data or 0, self.source.data or "", self.note.data or "")
