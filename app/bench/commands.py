"""`flask bench`: measure the pages against their promises."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from app import clock
from app.bench import slots, table, weight
from app.bench.instance import serving
from app.bench.timing import SEARCH, Caller, Spread, interleaved

CONSTANT = "twenty constant cards"
to_file = click.option(
    "--write", type=click.Path(exists=True, path_type=Path), help="Put the table into this document."
)
as_json = click.option("--json", "wants_json", is_flag=True, help="Print figures for machines.")


@click.group()
def bench() -> None:
    """Measure the pages beside constant pages of the same server, in one run."""


@bench.command()
@click.option("--rounds", type=click.IntRange(min=2), default=400, show_default=True, help="Requests of each address.")
@to_file
@as_json
def search(rounds: int, write: Path | None, wants_json: bool) -> None:
    """The search's fragment and page, as a guest sees them, on the demonstration."""
    with serving() as port:
        caller = Caller(port)
        spreads = interleaved(
            {
                CONSTANT: caller.page("/bench/cards"),
                "constant fragment with filters": caller.page("/bench/results"),
                "fragment, a track": caller.fragment(SEARCH),
                "fragment, a track and three filters": caller.fragment(
                    f"{SEARCH}&format=individual&max_fee=120&day=tue"
                ),
                "fragment, nothing filtered": caller.fragment("/openings"),
                "page, a track": caller.page(SEARCH),
            },
            rounds,
        )
        sizes = {**weight.first_visit(caller), "a change of a filter": weight.filter_change(caller)}
    _say(spreads, sizes, "search", write, wants_json)


@bench.command("slots")
@click.option("--rounds", type=click.IntRange(min=2), default=400, show_default=True, help="Turns.")
@to_file
@as_json
def slots_command(rounds: int, write: Path | None, wants_json: bool) -> None:
    """The free starts of sixty days, beside rendering twenty constant cards in the same process."""
    with serving() as port:
        caller = Caller(port)
        diary = slots.busy_diary(clock.now())
        spreads = interleaved(
            {
                CONSTANT: caller.page("/bench/cards"),
                "free starts of sixty days": lambda: list(diary.free(clock.now())),
                "next free start": lambda: next(diary.free(clock.now())),
                "slot page as a fragment": caller.fragment(slots.a_page(caller)),
            },
            rounds,
        )
    _say(spreads, {}, "slots", write, wants_json)


def _say(spreads: dict[str, Spread], sizes: dict[str, int], name: str, write: Path | None, wants_json: bool) -> None:
    base = spreads[CONSTANT].p50
    ratios = {each: round(s.p50 / base, 3) for each, s in spreads.items()}
    if wants_json:
        figures: dict[str, Any] = {"ms": {n: asdict(s) for n, s in spreads.items()}, "ratios": ratios, "bytes": sizes}
        click.echo(json.dumps(figures, indent=2))
        return
    text = table.of(spreads, CONSTANT) + (f"\n\n{table.of_bytes(sizes)}" if sizes else "")
    click.echo(text)
    if write:
        table.write(write, name, text)
