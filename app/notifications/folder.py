"""The folder of .eml files, read as a mailbox: for looking at what was sent while no mail server is set."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from app.refusals import Missing


@dataclass(frozen=True)
class Attachment:
    """A file that came with a letter."""

    name: str
    mimetype: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A letter as it was written to the folder; its name is the file's, without the ending."""

    name: str
    message: EmailMessage

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def date(self) -> datetime:
        moment: datetime = self.message["Date"].datetime
        return moment

    @property
    def headers(self) -> list[tuple[str, str]]:
        inner = ("Content-", "MIME-")
        return [(name, str(value)) for name, value in self.message.items() if not name.startswith(inner)]

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def attachments(self) -> list[Attachment]:
        return [
            Attachment(part.get_filename() or "file", part.get_content_type(), part.get_content())
            for part in self.message.iter_attachments()
        ]

    def _body(self, subtype: str) -> str:
        part = self.message.get_body((subtype,))
        return str(part.get_content()) if part is not None else ""


class Folder:
    """The letters in a folder. Only names that the folder lists can be opened."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        """Names of the letters, newest first."""
        files = self._path.glob("[0-9]*.eml")
        return [file.stem for file in sorted(files, key=lambda f: (f.stat().st_mtime_ns, f.name), reverse=True)]

    def open(self, name: str) -> Mail:
        """The letter of that name. Raises Missing."""
        if name not in self.names():
            raise Missing
        return Mail(name, message_from_bytes((self._path / f"{name}.eml").read_bytes(), policy=default))
