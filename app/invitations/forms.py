"""What a supervisee says of her card, and what a supervisor writes with an invitation."""

from collections.abc import Sequence

from wtforms import SelectMultipleField, StringField, TextAreaField

from app.invitations.inviting import LONGEST
from app.invitations.lines import LONGEST as LONGEST_LINE
from app.invitations.models import Card
from app.web.forms import AtMost, Form, OneLine, Required, stripped


class CardForm(Form):
    """Which of her wishes are shown, and a line. What was sent is of this form only if it `is_sent`."""

    fields = SelectMultipleField("What may be shown", validate_choice=False)
    line = StringField("One line of your own", [AtMost(LONGEST_LINE), OneLine()], filters=[stripped])

    def __init__(
        self, choices: Sequence[tuple[str, str]], usual: Sequence[str], card: Card | None, *, is_sent: bool
    ) -> None:
        chosen = card.fields if card else usual
        ticked = [name for name, _ in choices if name in chosen]
        given = {} if is_sent else {"formdata": None}
        super().__init__(data={"fields": ticked, "line": card.draft if card else ""}, **given)
        self["fields"].choices = list(choices)


class MuteForm(Form):
    """From whom her card is kept, whatever happens."""

    whom = StringField("Somebody who should never see it", [Required("Please name somebody.")], filters=[stripped])


class InviteForm(Form):
    """A short note."""

    note = TextAreaField("A short note", [AtMost(LONGEST)], filters=[stripped])
