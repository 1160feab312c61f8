"""`flask bench`: measure the pages against their promises."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from app import clock
from app.bench import match, postgres, searches, slots, table
from app.bench.instance import demonstration
from app.bench.searches import CARDS
from app.bench.timing import Caller, Spread, interleaved

DATABASES = ("sqlite", "postgresql")
to_file = click.option(
    "--write", type=click.Path(exists=True, path_type=Path), help="Put the table into this document."
)
as_json = click.option("--json", "wants_json", is_flag=True, help="Print figures for machines.")


@click.group()
def bench() -> None:
    """Measure the pages beside constant pages of the same server, in one run."""


@bench.command()
@click.option(
    "--size", "sizes", type=click.IntRange(min=1000), multiple=True, default=(20_000, 200_000), show_default=True,
    help="Supervisors; may be repeated.",
)  # fmt: skip
@click.option("--rounds", type=click.IntRange(min=2), default=200, show_default=True, help="Requests of each kind.")
@click.option("--database", "databases", type=click.Choice(DATABASES), multiple=True, help="One only; usually both.")
@click.option(
    "--keep", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Keep the databases with this folder, and use those that are there.",
)  # fmt: skip
@to_file
@as_json
def search(
    sizes: tuple[int, ...],
    rounds: int,
    databases: tuple[str, ...],
    keep: Path | None,
    write: Path | None,
    wants_json: bool,
) -> None:
    """The search at 20,000 and 200,000 supervisors, on SQLite and PostgreSQL, beside constant pages."""
    wanted = [name for name in DATABASES if name in (databases or DATABASES)]
    if "postgresql" in wanted and not postgres.find():
        click.echo(f"There is no PostgreSQL to measure on: set {postgres.SETTING} to a server's URL.", err=True)
        wanted.remove("postgresql")
    if not wanted:
        raise click.ClickException("Nothing is left to measure.")
    found = searches.measure(wanted, sorted(set(sizes)), rounds, keep, lambda words: click.echo(words, err=True))
    if wants_json:
        click.echo(json.dumps(found.figures(), indent=2))
        return
    text = "\n\n".join([*table.of_run(found), table.of_bytes(found.sizes)])
    click.echo(text)
    if write:
        table.write(write, "search", text)


@bench.command("slots")
@click.option("--rounds", type=click.IntRange(min=2), default=400, show_default=True, help="Turns.")
@to_file
@as_json
def slots_command(rounds: int, write: Path | None, wants_json: bool) -> None:
    """The free starts of sixty days, beside rendering twenty constant cards in the same process."""
    with demonstration() as port:
        caller = Caller(port)
        diary = slots.busy_diary(clock.now())
        spreads = interleaved(
            {
                CARDS: caller.page("/bench/cards"),
                "free starts of sixty days": lambda: list(diary.free(clock.now())),
                "next free start": lambda: next(diary.free(clock.now())),
                "slot page as a fragment": caller.fragment(slots.a_page(caller)),
            },
            rounds,
        )
    _say(spreads, "slots", write, wants_json)


@bench.command("match")
@click.option("--seeds", type=click.IntRange(min=1), default=6, show_default=True, help="Worlds simulated a setting.")
@to_file
@as_json
def match_command(seeds: int, write: Path | None, wants_json: bool) -> None:
    """Intro calls for one placement by fit, at random and newest first, and how fair the turn is: a simulation."""
    found = match.figures(range(seeds))
    click.echo(json.dumps(found, indent=2) if wants_json else match.table_of(found))
    if write:
        table.write(write, "match", match.table_of(found))
        (write.parent / "pictures" / "intro-calls.svg").write_text(match.plot_of(found), "utf-8")


def _say(spreads: dict[str, Spread], name: str, write: Path | None, wants_json: bool) -> None:
    base = spreads[CARDS].p50
    ratios = {each: round(s.p50 / base, 3) for each, s in spreads.items()}
    if wants_json:
        figures: dict[str, Any] = {"ms": {n: asdict(s) for n, s in spreads.items()}, "ratios": ratios}
        click.echo(json.dumps(figures, indent=2))
        return
    text = table.of(spreads, CARDS)
    click.echo(text)
    if write:
        table.write(write, name, text)
