"""The bench's figures as a table, and that table's place in docs/PERFORMANCE.md."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.bench.timing import Spread


def of(spreads: Mapping[str, Spread], constant: str) -> str:
    """A Markdown table of times in milliseconds and their ratio to the constant one."""
    base = spreads[constant].p50
    rows = [f"| {name} | {s.p50:.2f} | {s.p95:.2f} | {s.p99:.2f} | {s.p50 / base:.2f} |" for name, s in spreads.items()]
    return "\n".join(["| what | p50 ms | p95 | p99 | p50 to constant |", "|---|---|---|---|---|", *rows])


def of_bytes(sizes: Mapping[str, Any]) -> str:
    """A Markdown table of sizes in bytes."""
    return "\n".join(["| what | bytes |", "|---|---|", *(f"| {name} | {size:,} |" for name, size in sizes.items())])


def write(path: Path, name: str, text: str) -> None:
    """Put `text` between the marks of that name in a document."""
    marks = f"<!-- {name} -->", f"<!-- /{name} -->"
    document = path.read_text("utf-8")
    between = re.compile(f"{re.escape(marks[0])}.*?{re.escape(marks[1])}", re.DOTALL)
    path.write_text(between.sub(lambda _: f"{marks[0]}\n{text}\n{marks[1]}", document), "utf-8")
