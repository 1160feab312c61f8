"""Fetching a calendar that a stranger named: never into our own network, never longer or more than was said."""

import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread

import pytest

from app.introcalls import fetching
from app.introcalls.fetching import Fetched, Guard, Unreachable, fetch, public

NAME = "calendars.example.org"
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
PEM = Path(__file__).parent / "calendars.pem"  # for that name, signed by itself; its key opens nothing

ADDRESSES = [
    ("8.8.8.8", True),
    ("203.0.114.1", True),
    ("2606:4700:4700::1111", True),
    ("127.0.0.1", False),
    ("127.8.9.10", False),
    ("0.0.0.0", False),  # noqa: S104
    ("10.1.2.3", False),
    ("172.16.0.1", False),
    ("192.168.1.1", False),
    ("169.254.169.254", False),  # where clouds tell their secrets
    ("100.64.0.1", False),
    ("192.0.0.8", False),
    ("192.0.2.1", False),
    ("192.88.99.1", False),
    ("198.18.0.1", False),
    ("203.0.113.7", False),
    ("224.0.0.1", False),
    ("240.0.0.1", False),
    ("255.255.255.255", False),
    ("::", False),
    ("::1", False),
    ("::7f00:1", False),
    ("::ffff:127.0.0.1", False),
    ("::ffff:8.8.8.8", False),
    ("64:ff9b::7f00:1", False),
    ("64:ff9b:1::a00:1", False),
    ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),  # Teredo
    ("2002:7f00:1::", False),  # 6to4
    ("2001:db8::1", False),
    ("3fff::1", False),
    ("fc00::1", False),
    ("fd12:3456::1", False),
    ("fe80::1", False),
    ("fe80::1%eth0", False),
    ("fec0::1", False),
    ("ff02::1", False),
    ("5f00::1", False),
    ("calendars.example.org", False),
    ("", False),
    ("127.1", False),
    ("0x7f.0.0.1", False),
]


@pytest.mark.parametrize(("address", "is_public"), ADDRESSES)
def test_which_addresses_are_of_the_open_internet(address: str, is_public: bool):
    assert public(address) is is_public


@dataclass
class Site:
    """A web server on this machine that answers what a test says, and remembers what it was asked."""

    port: int = 0
    asked: list[str] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    done: Event = field(default_factory=Event)
    answer: Callable[[str], Iterable[bytes]] = lambda request: [ok()]

    def url(self, path: str = "/basic.ics", host: str = NAME, scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def guard(self, **more) -> Guard:
        usual = {"look_up": lambda host, port: ["127.0.0.1"], "may_visit": lambda address: True, "seconds": 5}
        return Guard(**{**usual, "ports": frozenset({self.port}), **more})


def ok(body: bytes = CALENDAR, *headers: str, status: str = "200 OK") -> bytes:
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", "")
    return "\r\n".join(lines).encode() + body


def moved(to: str) -> bytes:
    return ok(b"", f"Location: {to}", status="302 Found")


def serve(site: Site, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                request = b""
                while b"\r\n\r\n" not in request and (piece := self.request.recv(4096)):
                    request += piece
                site.asked.append(request.decode())
                for piece in site.answer(request.decode()):
                    self.request.sendall(piece)

    class Server(ThreadingTCPServer):
        daemon_threads = True

        def get_request(self):
            connection, address = super().get_request()
            return (tls.wrap_socket(connection, server_side=True) if tls else connection), address

        def handle_error(self, request, client_address) -> None:
            """A visitor who left early is no news."""

    with Server(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield site
        site.done.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serve(Site())


@pytest.fixture
def secure_site() -> Iterator[Site]:
    site, tls = Site(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(PEM)
    tls.sni_callback = lambda _socket, name, _context: site.names.append(name)
    yield from serve(site, tls)


def refused(url: str, guard: Guard | None = None, etag: str = "") -> str:
    with pytest.raises(Unreachable) as refusal:
        fetch(url, etag, guard)
    return str(refusal.value)


def slowly(*pieces: bytes, site: Site, pause: float = 0.02) -> Iterator[bytes]:
    for piece in pieces:
        if site.done.wait(pause):
            return
        yield piece


def test_a_calendar_is_fetched_with_its_mark(site):
    site.answer = lambda request: [ok(CALENDAR, 'ETag: "v1"')]
    assert fetch(site.url("/a%20b/basic.ics?key=c d"), guard=site.guard()) == Fetched(CALENDAR.decode(), '"v1"')
    assert site.asked[0].startswith("GET /a%20b/basic.ics?key=c%20d HTTP/1.1\r\n")
    assert f"Host: {NAME}:{site.port}\r\n" in site.asked[0]


def test_what_has_not_changed_is_not_sent_again(site):
    site.answer = lambda request: [ok(b"", status="304 Not Modified") if 'If-None-Match: "v1"' in request else ok()]
    assert fetch(site.url(), '"v1"', site.guard()).text is None
    assert fetch(site.url(), '"v0"', site.guard()).text == CALENDAR.decode()


def test_a_mark_cannot_smuggle_lines_into_the_question(site):
    fetch(site.url(), '"v1"\r\nX-Evil: 1', site.guard())
    assert "Evil" not in site.asked[0]


def test_names_in_other_scripts_and_pieces_without_length_are_understood(site):
    site.answer = lambda request: [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"]
    assert fetch(site.url(host="bücher.example"), guard=site.guard()).text == "hello"
    assert "Host: xn--bcher-kva.example" in site.asked[0]


def test_one_look_up_decides_and_the_connection_goes_where_it_said(site):
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    guard = site.guard(look_up=lambda host, port: answers.pop(0))
    assert fetch(site.url(), guard=guard).text == CALENDAR.decode()
    assert len(answers) == 1


def test_the_products_own_guard_stays_out_of_this_machine(site):
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"):
        assert "private network" in refused(f"http://{host}/basic.ics")
    assert "private network" in refused("http://[::1]/basic.ics")
    assert "ports" in refused(site.url())
    assert site.asked == []


@pytest.mark.parametrize("found", [["8.8.8.8", "10.0.0.1"], ["169.254.169.254"], ["::1"], []])
def test_one_private_address_among_those_of_a_name_is_enough(found):
    assert "private network" in refused(f"https://{NAME}/basic.ics", Guard(look_up=lambda host, port: found))


@pytest.mark.parametrize(
    "to", ["http://169.254.169.254/latest/meta-data/", "http://[::ffff:127.0.0.1]/", "http://127.0.0.1/"]
)
def test_a_redirect_into_a_private_network_is_not_followed(site, to):
    site.answer = lambda request: [moved(to)]
    port_80 = frozenset({site.port, 80})
    guard = site.guard(may_visit=lambda address: address == "127.0.0.1" and not site.asked, ports=port_80)
    assert "private network" in refused(site.url(), guard)
    assert len(site.asked) == 1


def test_a_redirect_to_a_name_is_looked_up_and_judged_anew(site):
    site.answer = lambda request: [moved(site.url("/next.ics", host="inside.example.org"))]
    found = {NAME: ["127.0.0.1"], "inside.example.org": ["127.0.0.2"]}
    guard = site.guard(look_up=lambda host, port: found[host], may_visit=lambda address: address == "127.0.0.1")
    assert "private network" in refused(site.url(), guard)


def test_three_redirects_are_followed_and_a_fourth_is_not(site):
    site.answer = lambda request: [ok()] if "/3 " in request else [moved(f"/{len(site.asked)}")]
    assert fetch(site.url(), guard=site.guard()).text == CALENDAR.decode()
    site.asked.clear()
    site.answer = lambda request: [moved("/again")]
    assert "on and on" in refused(site.url(), site.guard())
    assert len(site.asked) == 4


@pytest.mark.parametrize("to", ["ftp://calendars.example.org/", "file:///etc/passwd", "//[", ""])
def test_a_redirect_to_what_is_no_web_address_ends_it(site, to):
    site.answer = lambda request: [moved(to)]
    assert refused(site.url(), site.guard())
    assert len(site.asked) == 1


def test_ten_megabytes_are_not_read(site):
    def flood(request: str) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        for _ in range(160):
            yield b"x" * 65_536

    site.answer = flood
    assert "larger than 1 MB" in refused(site.url(), site.guard())


@pytest.mark.parametrize("place", ["headers", "body", "first line"])
def test_a_slow_drip_ends_with_the_time_there_is(site, place):
    began = {"first line": b"", "headers": b"HTTP/1.1 200 OK\r\n", "body": b"HTTP/1.1 200 OK\r\n\r\n"}[place]
    site.answer = lambda request: slowly(began, *[b"x"] * 500, site=site)
    started = time.monotonic()
    assert "within 0.3 seconds" in refused(site.url(), site.guard(seconds=0.3))
    assert time.monotonic() - started < 2


def test_a_resolver_that_never_answers_is_left_behind(site):
    guard = site.guard(look_up=lambda host, port: site.done.wait(3) and [], seconds=0.2)
    assert "within 0.2 seconds" in refused(site.url(), guard)
    site.done.set()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (ok(b"", status="404 Not Found"), "no calendar at this address"),
        (ok(b"", status="401 Unauthorized"), "sign-in"),
        (ok(b"", status="403 Forbidden"), "refuses"),
        (ok(b"", status="500 Oh"), "the error 500"),
        (ok(b"x", "Content-Encoding: gzip"), "packed"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "do not understand"),
        (b"", "could not be reached"),
    ],
)
def test_what_came_back_instead_is_said_in_words(site, answer, words):
    site.answer = lambda request: [answer]
    assert words in refused(site.url(), site.guard())


def test_nobody_there_and_no_such_name_are_said_in_words(site):
    assert "could not be reached" in refused("http://127.0.0.1:1/", site.guard(ports=frozenset({1})))
    assert "no site named nothing.invalid" in refused("https://nothing.invalid/", Guard(look_up=nobody))


def nobody(host: str, port: int) -> list[str]:
    raise fetching.socket.gaierror(-2, "Name or service not known")


def test_over_https_the_certificate_must_be_of_the_name(secure_site):
    trusting = ssl.create_default_context(cafile=PEM)
    url = secure_site.url(scheme="webcal")
    assert fetch(url, guard=secure_site.guard(tls=trusting)).text == CALENDAR.decode()
    assert secure_site.names == [NAME]
    other = secure_site.url(scheme="https", host="other.example.org")
    assert "certificate" in refused(other, secure_site.guard(tls=trusting))
    assert "certificate" in refused(url, secure_site.guard())


def test_from_https_no_redirect_leads_to_http(secure_site):
    secure_site.answer = lambda request: [moved(f"http://{NAME}/basic.ics")]
    trusting = ssl.create_default_context(cafile=PEM)
    assert "without encryption" in refused(secure_site.url(scheme="https"), secure_site.guard(tls=trusting))


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" webcal://calendars.example.org/a.ics ", "https://calendars.example.org/a.ics"),
        ("WEBCAL://Calendars.example.org/A.ics#part", "https://Calendars.example.org/A.ics"),
        ("https://calendars.example.org:443/a.ics?x=1", "https://calendars.example.org:443/a.ics?x=1"),
    ],
)
def test_an_address_is_put_in_order(typed, address):
    assert fetching.cleaned(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "", "calendar", "ftp://calendars.example.org/", "https://", "https:///a.ics", "file:///etc/passwd",
        "https://name:word@calendars.example.org/", "https://calendars.example.org:8080/", "https://10.0.0.1/a.ics",
        "http://[::1]/", "https://calendars.example.org:port/", "https://[half/", "https://a b.example/",
        "javascript:alert(1)", f"https://{'x' * 70}.example/",
    ],
)
def test_what_is_no_address_of_the_open_web_is_refused_at_once(typed):
    with pytest.raises(Unreachable):
        fetching.cleaned(typed)
