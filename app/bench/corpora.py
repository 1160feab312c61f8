"""Databases to measure on: the demonstration grown to a size, on SQLite and on PostgreSQL, made and dropped again."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url

from app.bench import postgres
from app.config import ROOT

MARK = "made"  # a file that says that a kept corpus is complete


@dataclass(frozen=True)
class Corpus:
    """So many supervisors in a database of a kind; `env` is the environment of whoever uses it."""

    database: str
    size: int
    env: dict[str, str]

    @property
    def name(self) -> str:
        """Such as "sqlite 200k"."""
        return f"{self.database} {short(self.size)}"


def short(size: int) -> str:
    """20k, 1M."""
    return f"{size // 1_000_000}M" if size % 1_000_000 == 0 else f"{size / 1000:g}k"


def environment(folder: Path, **more: str) -> dict[str, str]:
    """That of this process without the settings of an instance, for one in a folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("SC_")}
    return env | {"SC_INSTANCE_PATH": str(folder), "SC_ENV": "demo"} | more


def run(env: dict[str, str], *words: str) -> None:
    """A flask command on an instance."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def made(databases: Sequence[str], sizes: Sequence[int], keep: Path | None) -> Iterator[list[Corpus]]:
    """A corpus of each size in each kind of database. With `keep` they stay with that folder, for other runs."""
    server = postgres.find() if "postgresql" in databases else None
    with ExitStack() as ending:
        folder = keep or Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="second-chair-bench-")))
        made = []
        for size in sizes:
            for database in databases:
                here = folder / f"{database}-{size}"
                more = {}
                if database == "postgresql" and server:
                    more["SC_DATABASE_URL"] = ending.enter_context(
                        _database(server, f"second_chair_bench_{size}", keep)
                    )
                corpus = Corpus(database, size, environment(here, **more))
                _fill(corpus, here)
                made.append(corpus)
        yield made


def _fill(corpus: Corpus, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    run(corpus.env, "db", "upgrade")  # what was kept may be of an earlier day
    if (folder / MARK).exists():
        return
    run(corpus.env, "demo", "load")
    run(corpus.env, "demo", "grow", str(corpus.size))
    if url := corpus.env.get("SC_DATABASE_URL"):
        with postgres.connect(make_url(url)) as connection:
            connection.execute("VACUUM ANALYZE")  # as its own housekeeping would have done by and by
    (folder / MARK).write_text(f"in {time.monotonic() - began:.0f} seconds\n", "utf-8")


@contextmanager
def _database(server: URL, name: str, keep: Path | None) -> Iterator[str]:
    """The URL of a database of this name: one that is kept, or a new one that is dropped afterwards."""
    with postgres.connect(server) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if found and not keep:
            name = f"{name}_{os.getpid()}"  # kept by another run
        if not (found and keep):
            connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        if not keep:
            with postgres.connect(server) as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
