"""The bench's figures as a table, and that table's place in docs/PERFORMANCE.md."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.bench.searches import FRAGMENT, PAGE, Measured
from app.bench.timing import Spread

# The promises that have a limit: the key of each ratio, what it is in words, and the most it may be.
LIMITS = {
    "page_200k_p50": ("page, SQLite 200k, p50", 1.8),
    "page_200k_p95": ("page, SQLite 200k, p95", 2.5),
    "page_200k_p50_postgresql": ("page, PostgreSQL 200k, p50", 2.4),
    "page_200k_p95_postgresql": ("page, PostgreSQL 200k, p95", 3.2),
    "page_broad_200k_p50": ("page, nothing filtered, SQLite 200k, p50", 2.5),
    "page_broad_200k_p50_postgresql": ("the same, PostgreSQL", 2.5),
    "page_text_200k_p50": ("page with words, SQLite 200k, p50", 2.0),
    "page_text_200k_p50_postgresql": ("the same, PostgreSQL", 2.0),
    "page_with_wishes_200k_p50": ("page with wishes, SQLite 200k, p50", 2.2),
    "page_with_wishes_200k_p50_postgresql": ("the same, PostgreSQL", 2.2),
    "growth_20k_200k": ("page, 200k to 20k, SQLite", 1.3),
    "growth_20k_200k_postgresql": ("page, 200k to 20k, PostgreSQL", 1.3),
    "growth_200k_1M": ("page, 1M to 200k, SQLite", 2.0),
    "core_growth_20k_200k": ("search alone, 200k to 20k, SQLite", 5.0),
    "text_over_plain_200k": ("page with words to page without, SQLite 200k", 2.0),
    "change_200k": ("a change, extra time of the next request, SQLite 200k", 0.5),
    "change_200k_postgresql": ("the same, PostgreSQL", 0.5),
}


def of(spreads: Mapping[str, Spread], constant: str) -> str:
    """A Markdown table of times in milliseconds and their ratio to the constant one."""
    base = spreads[constant].p50
    rows = [f"| {name} | {s.p50:.2f} | {s.p95:.2f} | {s.p99:.2f} | {s.p50 / base:.2f} |" for name, s in spreads.items()]
    return "\n".join(["| what | p50 ms | p95 | p99 | p50 to constant |", "|---|---|---|---|---|", *rows])


def of_run(found: Measured) -> list[str]:
    """A run as Markdown tables: the promises, the times of each corpus, the indexes."""
    parts = [of_ratios(found.ratios())]
    for name, spreads in found.spreads.items():
        parts.append(f"**{name}**, times in ms\n\n{_beside(spreads)}")
    rows = [
        f"| {name} | {index['openings']:,.0f} | {index['seconds']:.2f} | {index['bytes'] / 1e6:.1f} | "
        + " | ".join(f"{rate:.0f}" for rate in found.rates[name].values())
        + " |"
        for name, index in found.index.items()
    ]
    rates = next(iter(found.rates.values()))
    head = ["corpus", "openings", "index built in s", "index MB", *(f"{what}, a second" for what in rates)]
    return [*parts, "\n".join([f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *rows])]


def of_ratios(ratios: Mapping[str, float]) -> str:
    """Those that have a limit, with it."""
    rows = [f"| {words} | {limit:g} | {ratios[key]:.2f} |" for key, (words, limit) in LIMITS.items() if key in ratios]
    return "\n".join(["| ratio | limit | measured |", "|---|---|---|", *rows])


def _beside(spreads: Mapping[str, Spread]) -> str:
    """Times and their ratio to the constant one of the same kind, p50 to p50 and p95 to p95."""
    rows = []
    for name, s in spreads.items():
        base = spreads[FRAGMENT if name.startswith(("fragment", "constant fragment")) else PAGE]
        ratios = f"{s.p50 / base.p50:.2f} | {s.p95 / base.p95:.2f}"
        rows.append(f"| {name} | {s.p50:.2f} | {s.p95:.2f} | {s.p99:.2f} | {ratios} |")
    return "\n".join(
        ["| what | p50 | p95 | p99 | p50 to constant | p95 to constant |", "|---|---|---|---|---|---|", *rows]
    )


def of_bytes(sizes: Mapping[str, Any]) -> str:
    """A Markdown table of sizes in bytes."""
    return "\n".join(["| what | bytes |", "|---|---|", *(f"| {name} | {size:,} |" for name, size in sizes.items())])


def write(path: Path, name: str, text: str) -> None:
    """Put `text` between the marks of that name in a document."""
    marks = f"<!-- {name} -->", f"<!-- /{name} -->"
    document = path.read_text("utf-8")
    between = re.compile(f"{re.escape(marks[0])}.*?{re.escape(marks[1])}", re.DOTALL)
    path.write_text(between.sub(lambda _: f"{marks[0]}\n{text}\n{marks[1]}", document), "utf-8")
