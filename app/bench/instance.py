"""A server of its own for a bench: a fresh database with the demonstration in a temporary folder."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from app import server
from app.config import ROOT


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((server.HOST, 0))
        return int(probe.getsockname()[1])


def _flask(env: dict[str, str], *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        env=env,
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def serving() -> Iterator[int]:
    """Prepare and serve `app.bench.served:app`; yields the port. Everything is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="second-chair-bench-") as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith("SC_")}
        env |= {"SC_INSTANCE_PATH": folder, "SC_ENV": "demo"}
        for words in (("db", "upgrade"), ("demo", "load")):
            _flask(env, *words)
        port = _free_port()
        command = [word.replace("wsgi:app", "app.bench.served:app") for word in server.commands(port)["web server"]]
        process = subprocess.Popen(command, env=env, cwd=ROOT)
        try:
            deadline = time.monotonic() + server.PATIENCE
            while not server.is_ready(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("The bench's server did not get ready.")
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()
            process.wait(server.GRACE)
