"""Who carries a drawn letter away: a folder of .eml files, or an SMTP server."""

import os
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

SECONDS = 20  # for each answer of the SMTP server
TAKING = 180  # for that to the letter itself, which a server may look through for spam before it takes it
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class TryLater(Exception):
    """The letter was not taken this time: the server is away, busy, or does not accept us."""


class Undeliverable(Exception):
    """The letter will never be taken: the address does not exist, or the server refuses what is in it."""


class Carrier(Protocol):
    """Takes letters away."""

    def carry(self, message: EmailMessage, name: str) -> None:
        """Take one away. `name` is the letter's own, the same at every try. Raises TryLater or Undeliverable."""


class FileCarrier:
    """Writes <name>.eml into a folder. Sent twice, a letter overwrites itself; a reader never sees half of one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, message: EmailMessage, name: str) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # letters hold live links
        draft = self._folder / f".{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_bytes(message.as_bytes())
        draft.replace(self._folder / f"{name}.eml")


class SmtpCarrier:
    """Hands letters to the server at smtp://user:password@host:port, or smtps:// for TLS from the first byte.

    Without a port: 465 for smtps, 587 with a user, else 25. TLS is taken up when the server offers it, and its
    certificate must be good, but for this machine's own. A password is sent to another machine through TLS only.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or "localhost"
        self._is_tls = parts.scheme == "smtps"
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._port = parts.port or (465 if self._is_tls else 587 if self._user else 25)
        self._is_near = self._host in LOOPBACK

    def carry(self, message: EmailMessage, name: str) -> None:
        try:
            smtp = self._connect()
            try:
                smtp.send_message(message)
            finally:
                _leave(smtp)
        except smtplib.SMTPRecipientsRefused as refusal:
            raise _refused(*next(iter(refusal.recipients.values()))) from refusal
        except smtplib.SMTPDataError as refusal:
            raise _refused(refusal.smtp_code, refusal.smtp_error) from refusal
        except smtplib.SMTPNotSupportedError as refusal:
            raise Undeliverable(str(refusal)) from refusal
        except smtplib.SMTPResponseException as refusal:  # it does not want us or our sender: the operator's to mend
            raise TryLater(_words(refusal.smtp_code, refusal.smtp_error)) from refusal
        except (OSError, smtplib.SMTPException) as fault:
            raise TryLater(f"{type(fault).__name__}: {fault}") from fault

    def _connect(self) -> smtplib.SMTP:
        tls = ssl.create_default_context()
        if self._is_near:
            tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
        if self._is_tls:
            smtp: smtplib.SMTP = _PatientTLS(self._host, self._port, timeout=SECONDS, context=tls)
        else:
            smtp = _Patient(self._host, self._port, timeout=SECONDS)
        try:
            self._enter(smtp, tls)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _enter(self, smtp: smtplib.SMTP, tls: ssl.SSLContext) -> None:
        smtp.ehlo_or_helo_if_needed()
        is_private = self._is_tls or self._is_near
        if not self._is_tls and smtp.has_extn("starttls"):
            smtp.starttls(context=tls)
            is_private = True
        if self._user:
            if not is_private:
                raise TryLater("The server offers no TLS, and a password is not sent without it.")
            smtp.login(self._user, self._password)


class _Patient(smtplib.SMTP):
    """Waits longer once it hands over the letter: one that was only slow would be sent it again."""

    def data(self, msg: Any) -> tuple[int, bytes]:
        self._wait(TAKING)
        answer = super().data(msg)
        self._wait(SECONDS)
        return answer

    def _wait(self, seconds: float) -> None:
        if self.sock:
            self.sock.settimeout(seconds)


class _PatientTLS(_Patient, smtplib.SMTP_SSL):
    """The same through TLS from the first byte."""


def carrier(mail_url: str, folder: Path) -> Carrier:
    """The carrier that the settings ask for."""
    return SmtpCarrier(mail_url) if mail_url else FileCarrier(folder)


def _leave(smtp: smtplib.SMTP) -> None:
    """Say goodbye. Whatever is answered to that, the letter was taken or refused before."""
    with suppress(OSError):
        smtp.quit()
    smtp.close()


def _refused(code: int, words: bytes | str) -> TryLater | Undeliverable:
    return (Undeliverable if code >= 500 else TryLater)(_words(code, words))


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"
