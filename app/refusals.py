"""How a rule says no. Raised by verbs, answered by the gate and by `Form.attempt`."""


class Refused(Exception):
    """A rule said no. `words` are for the person; `field` names the form field they belong beside, if any.

    `status` is the HTTP answer a page gives: 422 for what can be mended, 409 where somebody was quicker or the
    moment has passed, 429 where a limit was reached.
    """

    def __init__(self, words: str, field: str | None = None, status: int = 422) -> None:
        super().__init__(words)
        self.words = words
        self.field = field
        self.status = status


class Missing(Exception):
    """The thing does not exist, or is not this person's to know about: 404, the same answer for both."""


class Forbidden(Exception):
    """The person may see the thing but lacks the right to do this to it: 403."""
