"""Draw a letter: from its row and its two templates to the e-mail that is carried away."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape

from app import formats
from app.config import ROOT, Settings
from app.notifications.carriers import Carrier, Undeliverable
from app.notifications.models import Letter

MAX_SUBJECT = 180
TEMPLATES = ROOT / "templates"
STOP = "List-Unsubscribe"


class Whole(EmailPolicy):
    """Leaves the address of List-Unsubscribe in one piece: too long for a line it would be put into encoded words, and
    mail programs do not look for an address in those."""

    def fold(self, name: str, value: Any) -> str:
        return f"{name}: {value}{self.linesep}" if name == STOP else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii") if name == STOP else super().fold_binary(name, value)


POLICY = Whole(linesep=SMTP.linesep, cte_type="7bit")  # servers without 8BITMIME take it too


class Stationery:
    """The letters' templates, and what every letter can say of the site.

    A template sees the letter's facts and secrets by their own names, `to_name`, `base_url`, `site_name` and
    `support_email`; the pages' own filters, and `instant`, which turns an ISO 8601 text into a datetime.
    """

    def __init__(self, sc: Settings, folders: Sequence[Path] = (TEMPLATES,)) -> None:
        self._sender = _address(*parseaddr(sc.mail_from))
        self._site = {"base_url": sc.base_url, "site_name": sc.site_name, "support_email": sc.support_email}
        self._folder = FileSystemLoader(folders)
        self._templates = Environment(
            loader=self._folder, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
            autoescape=select_autoescape(enabled_extensions=("html",), default_for_string=False),
        )
        self._templates.filters.update({f.__name__: f for f in formats.FILTERS}, instant=datetime.fromisoformat)
        self._inliner = CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)

    def draw(self, letter: Letter) -> EmailMessage:
        """The e-mail: subject, text and HTML, and its calendar entry if it has one.

        Raises jinja2.TemplateError if a template is missing or lacks a fact, Undeliverable if the address is none.
        """
        facts = {**letter.facts, **(letter.secrets or {}), **self._site, "to_name": letter.to_name}
        subject, text = self._text(letter.kind, facts)
        message = EmailMessage(policy=POLICY)
        message["From"] = self._sender
        message["To"] = _address(letter.to_name, letter.to_email)
        message["Subject"] = subject
        message["Date"] = max(letter.created_at, letter.send_after)
        message["Message-ID"] = letter.message_id
        message["Auto-Submitted"] = "auto-generated"
        _add_headers(message, facts)
        message.set_content(text, cte="quoted-printable")
        message.add_alternative(self._html(letter.kind, facts), subtype="html", cte="quoted-printable")
        if letter.calendar:
            _add_calendar(message, letter.calendar, letter.method or "REQUEST")
        return message

    def _text(self, kind: str, facts: dict[str, Any]) -> tuple[str, str]:
        """Subject and text. They are drawn apart, so that no fact in the subject can spill into the text."""
        source, *_ = self._folder.get_source(self._templates, f"letters/{kind}.txt")
        first, _, rest = source.partition("\n")
        if not first.startswith("Subject: "):
            raise TemplateError(f"letters/{kind}.txt does not begin with its subject")
        subject = one_line(self._templates.from_string(first.removeprefix("Subject: ")).render(facts))
        text = self._templates.from_string(rest).render(facts)
        return subject[:MAX_SUBJECT], re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"

    def _html(self, kind: str, facts: dict[str, Any]) -> str:
        return self._inliner.inline(self._templates.get_template(f"letters/{kind}.html").render(facts))


def deliverer(stationery: Stationery, carrier: Carrier) -> Callable[[Letter], None]:
    """What draws a letter and gives it to the carrier."""
    return lambda letter: carrier.carry(stationery.draw(letter), name_of(letter))


def name_of(letter: Letter) -> str:
    """The letter's name as a file: 00000042-introcalls-confirmed."""
    return f"{letter.id:08d}-{re.sub('[^a-z0-9]+', '-', letter.kind.lower())}"


def one_line(text: str) -> str:
    """The text without line breaks and control characters, fit for a header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _address(name: str, email: str) -> Address:
    user, at, domain = email.rpartition("@")
    if not (user and at and domain) or one_line(email) != email:
        raise Undeliverable(f"not an address: {email!r}")
    return Address(one_line(name), user, domain)


def _add_headers(message: EmailMessage, facts: Mapping[str, Any]) -> None:
    if reply_to := facts.get("reply_to"):
        message["Reply-To"] = _address("", reply_to)
    if path := facts.get("unsubscribe_path"):
        message[STOP] = f"<{one_line(facts['base_url'] + path)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _add_calendar(message: EmailMessage, calendar: str, method: str) -> None:
    """Twice, as calendars expect: an alternative that mail programs act on, and a file for those that do not."""
    message.add_alternative(calendar, subtype="calendar", params={"method": method})
    name = "cancelled.ics" if method == "CANCEL" else "invitation.ics"
    message.add_attachment(calendar.encode(), maintype="application", subtype="ics", filename=name)
