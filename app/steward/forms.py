"""What a steward fills in."""

from typing import Any

from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import StopValidation

from app.supervisors.verification import DECISIONS, Decision
from app.web.forms import AtMost, Form, OneLine, stripped


class DecisionForm(Form):
    """A decision on a credential. `seen` is the number of the newest check when the page was made."""

    seen = HiddenField()
    decision = HiddenField()
    source = StringField("Source looked at", [OneLine(), AtMost(200)], filters=[stripped])
    note = TextAreaField("Reason or question", [AtMost(500)], filters=[stripped])

    def __init__(self, seen: int, **kwargs: Any) -> None:
        super().__init__(data={"seen": str(seen)}, **kwargs)

    def validate_decision(self, field: Field) -> None:
        if field.data not in DECISIONS:
            raise StopValidation("Please press verify, refuse or ask.")

    def made(self) -> Decision:
        """What was pressed."""
        seen = self.seen.data or ""
        number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
        return Decision(self.decision.data, number, self.source.data or "", self.note.data or "")
