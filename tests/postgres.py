"""Finds the PostgreSQL that the suite runs on, or starts one: no test of data is left out for want of a server."""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from app.bench import postgres
from app.bench.postgres import SETTING


class NoPostgres(Exception):
    """There is no server to test on; the message says what to do."""


@dataclass(frozen=True)
class Server:
    """A server on which databases can be made, and how to stop it (nothing happens to one that was found running)."""

    url: str
    stop: Callable[[], None] = lambda: None


def find() -> Server:
    """The server named by SC_TEST_DATABASE_URL, else one on this machine, else one started in a temporary folder.

    Raises NoPostgres with a sentence when the named one does not answer, or none can be started.
    """
    if found := postgres.find():
        return Server(found.render_as_string(hide_password=False))
    if os.environ.get(SETTING):
        raise NoPostgres(f"{SETTING} names a server that does not answer, or lets nobody make databases.")
    return _start()


@contextmanager
def database(url: str, name: str) -> Iterator[str]:
    """A new, empty database on the server at `url`; gives its URL and drops it afterwards."""
    with postgres.connect(make_url(url)) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
        # What a crash of the machine would lose is of no interest here; what the tests see is the same.
        server.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    try:
        yield make_url(url).set(database=name).render_as_string(hide_password=False)
    finally:
        with postgres.connect(make_url(url)) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _start() -> Server:
    folder = Path(tempfile.mkdtemp(prefix="second-chair-postgres-"))
    programs, user = _programs(folder), _user()
    if user:
        shutil.chown(folder, user)

    def run(*command: str) -> None:
        subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=60)

    def stop() -> None:
        run(str(programs / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(folder)

    port = free_port()
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    data, log = str(folder / "data"), str(folder / "log")
    run(str(programs / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    run(str(programs / "pg_ctl"), "-D", data, "-l", log, "-o", options, "-w", "start")
    return Server(f"postgresql://postgres@127.0.0.1:{port}/postgres", stop)


def _programs(folder: Path) -> Path:
    """Where initdb and pg_ctl are: Debian's newest, or the pgserver wheel's (copied, for a root that hands it on)."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if installed:
        return installed[-1].parent
    wheel = importlib.util.find_spec("pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        shutil.rmtree(folder)
        raise NoPostgres(
            "The tests need PostgreSQL: install it (Debian: sudo apt-get install postgresql), "
            f"or set {SETTING} to a server where databases can be made."
        )
    package = Path(wheel.submodule_search_locations[0])
    for part in (package, package.with_name("pgserver.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / "pgserver" / "pginstall" / "bin"


def _user() -> str | None:
    """Whom a root lets run the server, for PostgreSQL refuses root; None for anyone else."""
    if os.geteuid() != 0:
        return None
    return "postgres" if _is_user("postgres") else "nobody"


def _is_user(name: str) -> bool:
    return subprocess.run(["id", name], capture_output=True, check=False).returncode == 0


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
