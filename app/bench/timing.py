"""Time requests one after another, the compared addresses in turn, so that a busy machine is busy for all of them."""

import http.client
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.server import HOST

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


def interleaved(takes: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Spread]:
    """Call each in turn, `rounds` times after a tenth of that as warm-up."""
    times: dict[str, list[float]] = {name: [] for name in takes}
    for turn in range(-rounds // 10, rounds):
        for name, take in takes.items():
            began = time.perf_counter()
            take()
            if turn >= 0:
                times[name].append(time.perf_counter() - began)
    return {name: spread(taken) for name, taken in times.items()}


class Caller:
    """One connection to the bench's server, kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=30)

    def get(self, path: str, **headers: str) -> bytes:
        """The body as it came over the wire; anything but 200 ends the bench."""
        self._connection.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
        return body

    def fragment(self, path: str) -> Callable[[], bytes]:
        """A request as htmx sends it, to be called."""
        return lambda: self.get(path, HX_Request="true", HX_Request_Type="partial")

    def page(self, path: str) -> Callable[[], bytes]:
        """A request for the whole page, to be called."""
        return lambda: self.get(path)
