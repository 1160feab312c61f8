"""What is written into a thread."""

from wtforms import TextAreaField

from app.web.forms import Form, Required


class MessageForm(Form):
    """One message; the room itself judges its length."""

    body = TextAreaField("Your message", [Required("Please write something.")])
