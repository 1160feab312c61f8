"""What is typed about saved things: a note beside an opening, a search's name and rhythm."""

from wtforms import RadioField, StringField

from app.saved import rhythms
from app.saved.models import LONGEST_NAME, LONGEST_NOTE, SavedSearch
from app.web.fields import choices
from app.web.forms import AtMost, Form, OneLine, Required, stripped


class NoteForm(Form):
    """A short note of hers. Its field is named after the opening, for a page has one form for each."""

    note = StringField("Your note", filters=[stripped], validators=[OneLine(), AtMost(LONGEST_NOTE)])

    def __init__(self, opening_id: int, note: str = "") -> None:
        super().__init__(prefix=f"opening-{opening_id}-", note=note)


class SearchForm(Form):
    """What a saved search is called, and how often she is written to."""

    name = StringField(
        "What you call it",
        filters=[stripped],
        validators=[Required("Give it a name."), OneLine(), AtMost(LONGEST_NAME)],
    )
    rhythm = RadioField("Letters about what is new", choices=choices(rhythms.WORDS.items()), validate_choice=False)

    def __init__(self, saved: SavedSearch) -> None:
        super().__init__(name=saved.name, rhythm=saved.rhythm)
