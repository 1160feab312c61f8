"""Fetch a calendar from an address that a stranger typed, without being led into our own network.

Name and port are judged, the name is looked up once, every address found must be a public one, and the connection goes
to the address that was checked, so that a second look-up cannot say something else. Redirects are followed by hand and
judged anew. Everything together takes ten seconds at most, however slowly the other side speaks.
"""

import io
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, BinaryIO
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from app.introcalls.feeds import LARGEST

REDIRECTS = 3
SAFE = "/?&=:@!$'()*+,;%~-._[]"  # what may stand in a request line as it is
# The part of IPv6 that is given out at all, but for ranges that only wrap an IPv4 address or are for examples.
GIVEN_OUT = ip_network("2000::/3")
NOT_GIVEN_OUT = (ip_network("2002::/16"), ip_network("2001::/32"), ip_network("3fff::/20"))
RELAYS = (ip_network("192.0.0.0/24"), ip_network("192.88.99.0/24"))
STATUSES = {
    401: "It asks for a sign-in. Use the secret address that your calendar program gives for sharing.",
    403: "It refuses to show the calendar. Has the sharing been turned off?",
    404: "There is no calendar at this address any more.",
    410: "There is no calendar at this address any more.",
    429: "It asks us to come back later.",
}


class Unreachable(Exception):
    """The calendar could not be fetched; `str()` says why, in words for the one whose calendar it is."""


@dataclass(frozen=True)
class Fetched:
    """What came back: the text, None if it has not changed; and the mark by which to ask next time."""

    text: str | None
    etag: str = ""


def public(address: str) -> bool:
    """Whether an IP address is one of the open internet; False for what is none at all.

    Stricter than `is_global`, which lets through multicast and addresses that lead to a wrapped private one.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        return ip in GIVEN_OUT and ip.is_global and not any(ip in wrapped for wrapped in NOT_GIVEN_OUT)
    return _is_public_v4(ip)


def _is_public_v4(ip: IPv4Address) -> bool:
    is_special = ip.is_multicast or ip.is_reserved or ip.is_unspecified or any(ip in relays for relays in RELAYS)
    return ip.is_global and not is_special


def addresses(host: str, port: int) -> list[str]:
    """Every IP address of a name, as the system's resolver says. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Guard:
    """What a fetch may do. Tests bring their own; the product only ever uses it as it stands."""

    look_up: Callable[[str, int], Sequence[str]] = addresses
    may_visit: Callable[[str], bool] = public
    ports: frozenset[int] = frozenset({80, 443})
    seconds: float = 10.0
    largest: int = LARGEST
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)


@cache
def usual() -> Guard:
    """The guard of the product, made once: reading the certificates of the system takes a while."""
    return Guard()


def cleaned(url: str, guard: Guard | None = None) -> str:
    """The address as we would ask for it: webcal:// is https://, what stands behind # is cut off.

    Raises Unreachable for what is no web address, or one we do not go to by its form alone.
    """
    _target(url := _https(url), guard or usual())
    return url


def fetch(url: str, etag: str = "", guard: Guard | None = None) -> Fetched:
    """Ask for the calendar; with `etag`, only if it has changed. Raises Unreachable."""
    guard = guard or usual()
    ends = time.monotonic() + guard.seconds
    url = _https(url)
    try:
        for _ in range(REDIRECTS + 1):
            answer = _ask(_target(url, guard), etag, guard, ends)
            if isinstance(answer, Fetched):
                return answer
            url = _onward(url, answer)
    except TimeoutError:
        raise Unreachable(f"It did not answer in full within {guard.seconds:g} seconds.") from None
    except ssl.SSLError:
        raise Unreachable("Its certificate is not valid, so we cannot be sure whom we would ask.") from None
    except OSError:
        raise Unreachable("It could not be reached.") from None
    except (HTTPException, ValueError):
        raise Unreachable("It answers with something that we do not understand.") from None
    raise Unreachable("It sends us on and on from one address to the next.")


@dataclass(frozen=True)
class _Target:
    """A judged address: where to connect, and what to ask for there."""

    is_https: bool
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """As the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.is_https else 80) else f"{host}:{self.port}"


def _https(url: str) -> str:
    scheme, colon, rest = url.strip().partition(":")
    scheme = {"webcal": "https", "webcals": "https"}.get(scheme.lower(), scheme.lower())
    return f"{scheme}{colon}{rest}".partition("#")[0]


def _target(url: str, guard: Guard) -> _Target:
    try:
        parts = urlsplit(url)
        host, port = _host(parts), parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise Unreachable("This is not a web address.") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise Unreachable("This is not a web address: it begins with https:// or webcal://.")
    if parts.username is not None or parts.password is not None:
        raise Unreachable("We do not sign in anywhere: give the address without name and password.")
    if port not in guard.ports:
        raise Unreachable("We only go to the usual ports of the web, 80 and 443.")
    if _is_number(host) and not guard.may_visit(host):
        raise Unreachable("This address leads into a private network, where we do not go.")
    path = quote(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", safe=SAFE)
    return _Target(parts.scheme == "https", host, port, path)


def _host(parts: SplitResult) -> str:
    """The name in ASCII. Raises ValueError for what cannot be one."""
    host = parts.hostname or ""
    if any(c.isspace() or not c.isprintable() for c in host) or "%" in host:
        raise ValueError(host)
    return host if _is_number(host) or not host else host.encode("idna").decode()


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _ask(target: _Target, etag: str, guard: Guard, ends: float) -> "Fetched | str":
    """One request; an address if it is a redirect to there."""
    with _connected(target, guard, ends) as connection:
        lines = [
            f"GET {target.path} HTTP/1.1", f"Host: {target.named}", "User-Agent: SecondChair (calendar busy times)",
            "Accept: text/calendar, */*;q=0.1", "Accept-Encoding: identity", "Connection: close",
        ]
        if etag.isascii() and etag.isprintable() and etag:
            lines.append(f"If-None-Match: {etag}")
        connection.settimeout(_left(ends))
        connection.sendall("\r\n".join((*lines, "", "")).encode("ascii"))
        response = HTTPResponse(_Timed(connection, ends))  # type: ignore[arg-type]
        response.begin()
        return _answer(response, guard)


def _answer(response: HTTPResponse, guard: Guard) -> "Fetched | str":
    etag = (response.getheader("ETag") or "")[:200]
    if response.status == 304:
        return Fetched(None, etag)
    if response.status in {301, 302, 303, 307, 308} and (to := response.getheader("Location")):
        return to
    if response.status != 200:
        raise Unreachable(STATUSES.get(response.status, f"It answers with the error {response.status}."))
    if (response.getheader("Content-Encoding") or "identity").lower() != "identity":
        raise Unreachable("It answers in a packed form that we did not ask for.")
    body = response.read(guard.largest + 1)
    if len(body) > guard.largest:
        raise Unreachable("The calendar is larger than 1 MB, more than we read.")
    return Fetched(body.decode("utf-8", errors="replace"), etag)


def _onward(url: str, to: str) -> str:
    """Where a redirect leads; never from a protected connection to an open one."""
    onward = _https(urljoin(url, to))
    if url.startswith("https:") and not onward.startswith("https:"):
        raise Unreachable("It sends us on to an address without encryption.")
    return onward


def _connected(target: _Target, guard: Guard, ends: float) -> socket.socket:
    """A connection to an address of the name that was checked, encrypted for the name itself."""
    found = _looked_up(target, guard, ends)
    if not found or not all(guard.may_visit(address) for address in found):
        raise Unreachable("This address leads into a private network, where we do not go.")
    connection = _first_open(found, target.port, ends)
    if not target.is_https:
        return connection
    try:
        connection.settimeout(_left(ends))
        return guard.tls.wrap_socket(connection, server_hostname=target.host)
    except BaseException:
        connection.close()
        raise


def _looked_up(target: _Target, guard: Guard, ends: float) -> Sequence[str]:
    """The name's addresses. The resolver knows no limit, so it is left behind when it takes too long."""
    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(guard.look_up, target.host, target.port).result(timeout=_left(ends))
    except (socket.gaierror, UnicodeError):
        raise Unreachable(f"There is no site named {target.host[:80]}.") from None
    finally:
        pool.shutdown(wait=False)


def _first_open(found: Sequence[str], port: int, ends: float) -> socket.socket:
    for address in found[:-1]:
        try:
            return socket.create_connection((address, port), timeout=min(3, _left(ends)))
        except OSError:
            continue
    return socket.create_connection((found[-1], port), timeout=_left(ends))


def _left(ends: float) -> float:
    """The seconds that are left. Raises TimeoutError."""
    if (left := ends - time.monotonic()) <= 0:
        raise TimeoutError
    return left


class _Timed(io.RawIOBase):
    """What arrives on a connection; each piece has only the time that is left for all."""

    def __init__(self, connection: socket.socket, ends: float) -> None:
        self._connection, self._ends = connection, ends

    def makefile(self, *_: Any) -> BinaryIO:
        """As http.client asks a socket for."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.settimeout(_left(self._ends))
        return self._connection.recv_into(buffer)
