"""Letters in files, and letters handed to a real SMTP server, also to one that refuses."""

import smtplib
import socket
import ssl
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from app.notifications import carriers, sending
from app.notifications.carriers import FileCarrier, SmtpCarrier, TryLater, Undeliverable, carrier
from app.notifications.delivery import deliverer


class Mailbox:
    """What the SMTP server does with letters: takes them, unless it was told what to answer first."""

    farewell = "221 Bye"

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.rcpt: list[str] = []
        self.data: list[str] = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.rcpt:
            return self.rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        return self.farewell

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.data:
            return self.data.pop(0)
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def serve(mailbox):
    """serve(): a server in front of the mailbox, on a port of its own; its port."""
    running = []

    def start(**options) -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
        controller.start()
        running.append(controller)
        return port

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture(scope="session")
def certificate() -> ssl.SSLContext:
    """A certificate that 127.0.0.1 signed itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).parent / "loopback.pem")
    return context


def message(to: str = "ana.ruiz@example.org") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "no-reply@example.org", to, "Hello"
    letter.set_content("A word.")
    return letter


def test_only_the_owner_may_read_letters_with_live_links(tmp_path):
    FileCarrier(tmp_path / "mail").carry(EmailMessage(), "0001-letter")
    written = tmp_path / "mail" / "0001-letter.eml"
    assert (written.stat().st_mode & 0o777, written.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_letter_becomes_a_file_and_sent_again_the_same_one(tmp_path):
    folder = FileCarrier(tmp_path / "mail")
    for _ in range(2):
        folder.carry(message(), "00000001-greeting")
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == "00000001-greeting.eml"
    assert message_from_bytes(file.read_bytes(), policy=default)["Subject"] == "Hello"


def test_a_folder_that_cannot_be_written_keeps_the_letter_owed(owe, stationery, tmp_path):
    (tmp_path / "mail").write_text("a file where the folder should be")
    letter = owe()
    assert sending.send_due(deliverer(stationery, FileCarrier(tmp_path / "mail"))) == sending.Tally(postponed=1)
    assert "FileExistsError" in letter.last_error


def test_a_server_takes_a_letter(serve, mailbox):
    SmtpCarrier(f"smtp://127.0.0.1:{serve()}").carry(message(), "1")
    assert [m["Subject"] for m in mailbox.taken] == ["Hello"]


def test_a_server_that_took_a_letter_and_ends_oddly_has_taken_it(serve, mailbox, owe, stationery):
    owe()
    mailbox.farewell = "421 closing down"
    deliver = deliverer(stationery, SmtpCarrier(f"smtp://127.0.0.1:{serve()}"))
    assert sending.send_due(deliver) == sending.Tally(sent=1)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_may_look_through_a_letter_for_minutes(serve, certificate, monkeypatch, scheme):
    waited = []

    def take(smtp: smtplib.SMTP, text: bytes) -> tuple[int, bytes]:
        waited.append(smtp.sock.gettimeout())
        return 250, b"OK"

    monkeypatch.setattr(smtplib.SMTP, "data", take)
    port = serve(ssl_context=certificate) if scheme == "smtps" else serve()
    SmtpCarrier(f"{scheme}://127.0.0.1:{port}").carry(message(), "1")
    assert waited == [carriers.TAKING]


def test_whoever_holds_a_letter_holds_it_for_longer_than_a_server_may_take():
    answers = 12 * carriers.SECONDS + 2 * carriers.TAKING  # greeting, TLS, sign-in, addresses; then to the letter
    assert sending.IN_HAND.total_seconds() >= answers


def test_a_refusal_for_good_is_one_however_the_server_ends(serve, mailbox):
    mailbox.rcpt, mailbox.farewell = ["550 no such user"], "421 closing down"
    with pytest.raises(Undeliverable, match="550 no such user"):
        SmtpCarrier(f"smtp://127.0.0.1:{serve()}").carry(message(), "1")


def test_a_server_that_refuses_first_gets_the_letter_a_minute_later(serve, mailbox, owe, stationery, clock):
    letter = owe()
    mailbox.rcpt = ["451 greylisted, come back later"]
    mailbox.data = ["452 no space left"]
    deliver = deliverer(stationery, SmtpCarrier(f"smtp://127.0.0.1:{serve()}"))
    assert sending.send_due(deliver) == sending.Tally(postponed=1)
    assert letter.last_error == "451 greylisted, come back later"
    clock.forward(minutes=1)
    assert sending.send_due(deliver) == sending.Tally(postponed=1)
    assert letter.last_error == "452 no space left"
    clock.forward(minutes=2)
    assert sending.send_due(deliver) == sending.Tally(sent=1)
    assert [m["Message-ID"] for m in mailbox.taken] == [letter.message_id]
    assert letter.tries == 3


@pytest.mark.parametrize(("stage", "words"), [("rcpt", "550 no such user"), ("data", "554 not this text")])
def test_a_server_that_refuses_for_good_ends_the_letter(serve, mailbox, owe, stationery, stage, words):
    letter = owe()
    setattr(mailbox, stage, [words])
    deliver = deliverer(stationery, SmtpCarrier(f"smtp://127.0.0.1:{serve()}"))
    assert sending.send_due(deliver) == sending.Tally(failed=1)
    assert letter.last_error == words
    assert letter.failed_at


def test_a_server_that_is_away_is_tried_later():
    with pytest.raises(TryLater, match="ConnectionRefusedError"):
        SmtpCarrier("smtp://127.0.0.1:1").carry(message(), "1")


def test_an_address_beyond_ascii_goes_only_where_it_is_understood(serve):
    port = serve(enable_SMTPUTF8=False)
    with pytest.raises(Undeliverable):
        SmtpCarrier(f"smtp://127.0.0.1:{port}").carry(message("josé@example.org"), "1")


def test_tls_is_taken_up_where_it_is_offered(serve, mailbox, certificate):
    port = serve(tls_context=certificate, require_starttls=True)
    SmtpCarrier(f"smtp://127.0.0.1:{port}").carry(message(), "1")
    assert len(mailbox.taken) == 1


def test_smtps_speaks_tls_from_the_first_byte(serve, mailbox, certificate):
    port = serve(ssl_context=certificate)
    SmtpCarrier(f"smtps://127.0.0.1:{port}").carry(message(), "1")
    assert len(mailbox.taken) == 1


def test_a_user_signs_in_with_what_the_address_says(serve, mailbox, certificate):
    def check(server, session, envelope, mechanism, data):
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"ana@site", b"p:w/d")
        return AuthResult(success=known, handled=False)

    port = serve(tls_context=certificate, auth_required=True, authenticator=check)
    SmtpCarrier(f"smtp://ana%40site:p%3Aw%2Fd@127.0.0.1:{port}").carry(message(), "1")
    assert len(mailbox.taken) == 1
    with pytest.raises(TryLater, match="535"):
        SmtpCarrier(f"smtp://ana%40site:wrong@127.0.0.1:{port}").carry(message(), "2")


def test_a_password_is_not_sent_to_another_machine_in_the_clear(serve, mailbox, monkeypatch):
    port = serve()
    monkeypatch.setattr(carriers, "LOOPBACK", frozenset())
    with pytest.raises(TryLater, match="TLS"):
        SmtpCarrier(f"smtp://ana:secret@127.0.0.1:{port}").carry(message(), "1")
    assert not mailbox.taken


def test_a_bad_certificate_of_another_machine_is_not_trusted(serve, mailbox, certificate, monkeypatch):
    port = serve(ssl_context=certificate)
    monkeypatch.setattr(carriers, "LOOPBACK", frozenset())
    with pytest.raises(TryLater, match="CERTIFICATE_VERIFY_FAILED"):
        SmtpCarrier(f"smtps://127.0.0.1:{port}").carry(message(), "1")
    assert not mailbox.taken


def test_the_settings_choose_the_carrier(tmp_path):
    assert isinstance(carrier("", tmp_path), FileCarrier)
    assert isinstance(carrier("smtps://mail.example", tmp_path), SmtpCarrier)
