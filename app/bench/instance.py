"""A server of its own for a bench: on a fresh database with the demonstration, or on a corpus that was made for it."""

import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app import server
from app.bench import corpora
from app.config import ROOT

PATIENCE = 300  # seconds: an index of a million supervisors is built first


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((server.HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def demonstration() -> Iterator[int]:
    """Serve the demonstration; yields the port. Everything is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="second-chair-bench-") as folder:
        env = corpora.environment(Path(folder))
        for words in (("db", "upgrade"), ("demo", "load")):
            corpora.run(env, *words)
        with serving(env) as port:
            yield port


@contextmanager
def serving(env: dict[str, str], workers: int = 2) -> Iterator[int]:
    """Serve `app.bench.served:app` with that environment; yields the port."""
    port = _free_port()
    command = [word.replace("wsgi:app", "app.bench.served:app") for word in server.commands(port)["web server"]]
    command[command.index("--workers") + 1] = str(workers)
    command += ["--timeout", str(PATIENCE), "--keep-alive", str(PATIENCE)]  # others are asked between
    process = subprocess.Popen(command, env=env, cwd=ROOT)
    try:
        deadline = time.monotonic() + PATIENCE
        while not server.is_ready(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("The bench's server did not get ready.")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(server.GRACE)
