"""What `flask bench search` measures: one run over all corpora, each search beside the constant page of its server."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from itertools import count, pairwise
from operator import attrgetter
from pathlib import Path
from typing import Any

from app.bench import corpora, mix, weight
from app.bench.corpora import Corpus
from app.bench.instance import serving
from app.bench.timing import PARTIAL, SEARCH, Caller, Said, Spread, a_second, interleaved

CARDS, FRAGMENT, PAGE = "twenty constant cards", "constant fragment", "constant page"
CHANGED = "fragment after a change"
SEED = 20261125
WARMING = 100  # searches of a server before it is measured
RATED = {PAGE: "/bench/page", "a search again and again": SEARCH}


@dataclass
class Measured:
    """All figures of a run. `spreads` are by corpus and what was asked; `index` and `rates` by corpus."""

    spreads: dict[str, dict[str, Spread]] = field(default_factory=dict)
    index: dict[str, dict[str, float]] = field(default_factory=dict)
    rates: dict[str, dict[str, float]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def ratios(self) -> dict[str, float]:
        """The promises as ratios. Those of SQLite have plain names, those of PostgreSQL end with its name."""
        found: dict[str, float] = {}
        for name, spreads in self.spreads.items():
            database, _, size = name.partition(" ")
            ending = "" if database == "sqlite" else f"_{database}"
            found |= {f"{key}{ending}": value for key, value in _of_one(spreads, size).items()}
        for database in ("sqlite", "postgresql"):
            ending = "" if database == "sqlite" else f"_{database}"
            names = [name for name in self.spreads if name.startswith(database)]
            for small, large in pairwise(names):
                grown = f"{small.split()[1]}_{large.split()[1]}{ending}"
                for key, what in (("growth", "page, typical"), ("core_growth", "core, typical")):
                    found[f"{key}_{grown}"] = _ratio(self.spreads[large][what], self.spreads[small][what])
        return found

    def figures(self) -> dict[str, Any]:
        """For --json."""
        ms = {name: {what: asdict(s) for what, s in each.items()} for name, each in self.spreads.items()}
        figures = {"ratios": self.ratios(), "ms": ms, "index": self.index}
        return {**figures, "requests_a_second": self.rates, "bytes": self.sizes}


def _of_one(spreads: Mapping[str, Spread], size: str) -> dict[str, float]:
    """The ratios within one corpus. A p95 is held against the p95 of the constant page, and against its p50 as well."""
    found = {}
    for kind in mix.KINDS:
        name = "page" if kind == "typical" else f"page_{kind.replace(' ', '_')}"
        page, fragment = spreads[f"page, {kind}"], spreads[f"fragment, {kind}"]
        found[f"{name}_{size}_p50"] = _ratio(page, spreads[PAGE])
        found[f"{name}_{size}_p95"] = _ratio(page, spreads[PAGE], "p95")
        found[f"{name.replace('page', 'fragment', 1)}_{size}_p50"] = _ratio(fragment, spreads[FRAGMENT])
    found[f"page_{size}_p95_to_p50"] = round(spreads["page, typical"].p95 / spreads[PAGE].p50, 3)
    found[f"text_over_plain_{size}"] = _ratio(spreads["page, text"], spreads["page, typical"])
    extra = spreads[CHANGED].p50 - spreads["fragment, typical"].p50
    found[f"change_{size}"] = round(max(0.0, extra) / spreads[PAGE].p50, 3)
    return found


def _ratio(one: Spread, other: Spread, cut: str = "p50") -> float:
    of: Callable[[Spread], float] = attrgetter(cut)
    return round(of(one) / of(other), 3)


def measure(
    databases: Sequence[str], sizes: Sequence[int], rounds: int, keep: Path | None, say: Callable[[str], None]
) -> Measured:
    """Make the corpora, serve each, and ask all of them in turn."""
    found = Measured()
    say("Making the databases.")
    began = time.monotonic()
    with corpora.made(databases, sizes, keep) as made, ExitStack() as ending:
        say(f"Made in {time.monotonic() - began:.0f} s. Building the indexes.")
        ports = {corpus.name: ending.enter_context(serving(corpus.env, workers=1)) for corpus in made}
        for name, port in ports.items():
            found.index[name] = Caller(port).figures("/bench/index")
        say("Warming.")
        for port in ports.values():
            _settle(Caller(port))
            _warm(Caller(port))
        say("Asking.")
        takes = {(c.name, what): take for c in made for what, take in _takes(c, ports[c.name]).items()}
        spreads = interleaved({f"{name}: {what}": take for (name, what), take in takes.items()}, rounds)
        for name, what in takes:
            found.spreads.setdefault(name, {})[what] = spreads[f"{name}: {what}"]
        for name, port in ports.items():
            found.rates[name] = {what: a_second(port, path) for what, path in RATED.items()}
        caller = Caller(ports[made[0].name])
        found.sizes = {**weight.first_visit(caller), "a change of a filter": weight.filter_change(caller)}
    return found


def _takes(corpus: Corpus, port: int) -> dict[str, Callable[[], object]]:
    """Each search of the mix differs from all before it: what was remembered of one never helps the next."""
    guest, wishful = Caller(port), Caller(port).wishing(str(SEED))
    takes: dict[str, Callable[[], object]] = {
        CARDS: guest.page("/bench/cards"),
        FRAGMENT: guest.page("/bench/results"),
        PAGE: guest.page("/bench/page"),
    }
    for kind in mix.KINDS:
        caller = wishful if kind == "with wishes" else guest
        takes[f"core, {kind}"] = caller.core(asked(kind, "core"))
        takes[f"fragment, {kind}"] = caller.each(asked(kind, "fragment"), **PARTIAL)
        takes[f"page, {kind}"] = caller.each(asked(kind, "page"))
    after = _after_changes(guest, asked("typical", "changed"))
    takes[CHANGED] = lambda: next(after)
    return takes


def _settle(caller: Caller) -> None:
    """As a server is some minutes after its start: the free calls of all are worked out, and nothing runs beside."""
    while caller.figures("/bench/settling")["left"]:
        pass


def _warm(caller: Caller) -> None:
    """As a server is that has been asked for a while: what people search for every day was searched for before."""
    paths = asked("text", "before")
    for _ in range(WARMING):
        caller.get(next(paths), **PARTIAL)


def asked(kind: str, what: str) -> Iterator[str]:
    """The same searches in every corpus, others for each kind and use."""
    dice = random.Random(f"{SEED} {kind} {what}")  # noqa: S311
    while True:
        yield mix.KINDS[kind](dice)


def _after_changes(caller: Caller, paths: Iterator[str]) -> Iterator[float]:
    """Change an opening, then time a search."""
    for number in count():
        caller.get(f"/bench/change?seed={number}")
        began = time.perf_counter()
        caller.get(next(paths), **PARTIAL)
        yield Said(time.perf_counter() - began)
