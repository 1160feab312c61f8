"""Time requests one after another, the compared addresses in turn, so that a busy machine is busy for all of them."""

import http.client
import json
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.server import HOST

PATIENCE = 300  # seconds
PARTIAL = {"HX_Request": "true", "HX_Request_Type": "partial"}
SEARCH = "/openings?state=TX&discipline=counseling"


@dataclass(frozen=True)
class Spread:
    """Milliseconds: the middle, and what 95 and 99 of a hundred stay under."""

    p50: float
    p95: float
    p99: float


def spread(seconds: list[float]) -> Spread:
    """The spread of at least two measured times."""
    cuts = statistics.quantiles([s * 1000 for s in seconds], n=100, method="inclusive")
    return Spread(round(cuts[49], 3), round(cuts[94], 3), round(cuts[98], 3))


class Said(float):
    """Seconds that the server measured itself; they count in the place of those that its answer took."""


def interleaved(takes: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Spread]:
    """Call each in turn, `rounds` times after a tenth of that as warm-up."""
    times: dict[str, list[float]] = {name: [] for name in takes}
    for turn in range(-rounds // 10, rounds):
        for name, take in takes.items():
            began = time.perf_counter()
            answer = take()
            took = time.perf_counter() - began
            if turn >= 0:
                times[name].append(float(answer) if isinstance(answer, Said) else took)
    return {name: spread(taken) for name, taken in times.items()}


def a_second(port: int, path: str, clients: int = 4, seconds: float = 2.0) -> float:
    """How many answers a second so many clients get that ask again and again."""
    counts = [0] * clients

    def ask(client: int, until: float) -> None:
        caller = Caller(port)
        while time.monotonic() < until:
            caller.get(path)
            counts[client] += 1

    until = time.monotonic() + seconds
    threads = [threading.Thread(target=ask, args=(client, until)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return round(sum(counts) / seconds, 1)


class Caller:
    """One connection to the bench's server, kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        self._cookie = ""

    def get(self, path: str, **headers: str) -> bytes:
        """The body as it came over the wire; anything but 200 and 204 ends the bench."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request("GET", path, headers={**sent, "Cookie": self._cookie})
        response = self._connection.getresponse()
        body = response.read()
        if response.status not in (200, 204):
            raise RuntimeError(f"{path} answered {response.status}")
        return body

    def wishing(self, seed: str) -> "Caller":
        """The same from now on with wishes in its cookie."""
        self._connection.request("GET", f"/bench/wishes?seed={seed}")
        response = self._connection.getresponse()
        response.read()
        self._cookie = (response.getheader("Set-Cookie") or "").partition(";")[0]
        return self

    def figures(self, path: str) -> dict[str, Any]:
        """What an address of the bench says in JSON."""
        said: dict[str, Any] = json.loads(self.get(path))
        return said

    def each(self, paths: Iterator[str], **headers: str) -> Callable[[], bytes]:
        """A request for the next of these, to be called."""
        return lambda: self.get(next(paths), **headers)

    def core(self, paths: Iterator[str]) -> Callable[[], Said]:
        """The search of the next of these without its page, to be called."""
        return lambda: Said(self.figures(next(paths).replace("/openings", "/bench/core", 1))["seconds"])

    def fragment(self, path: str) -> Callable[[], bytes]:
        """A request as htmx sends it, to be called."""
        return lambda: self.get(path, **PARTIAL)

    def page(self, path: str) -> Callable[[], bytes]:
        """A request for the whole page, to be called."""
        return lambda: self.get(path)
