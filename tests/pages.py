"""Read a page as a browser's form would be read: every form with its action and the names it sends."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class SeenForm:
    """A form on a page: where it goes, how, and what it would send untouched."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[SeenForm] = []
        self._inside: SeenForm | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = SeenForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._inside)
        elif self._inside and given.get("name") and tag in {"input", "select", "textarea", "button"}:
            self._inside.values.setdefault(given["name"], given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None


def forms(html: str) -> list[SeenForm]:
    """Every form on a page, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
