"""Serve the product on this machine: prepare the instance, then run the web server and the worker, until Ctrl-C."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence

import click
from flask.helpers import get_debug_flag

from app.config import ROOT, BadSettings, Settings

HOST = "127.0.0.1"
PATIENCE = 60  # seconds until a server that does not get ready is given up
GRACE = 10.0  # seconds for a process to end when asked


def commands(port: int) -> dict[str, list[str]]:
    """The two processes of an instance: "web server" on `port` of this machine, and "worker"."""
    gunicorn = "gunicorn wsgi:app --config python:app.serving --worker-class gthread --workers 2 --threads 4"
    quiet = "--graceful-timeout 5 --no-control-socket --log-level warning --limit-request-line 8190"  # all ticked
    return {
        "web server": [sys.executable, "-m", *gunicorn.split(), *quiet.split(), "--bind", f"{HOST}:{port}"],
        "worker": [sys.executable, "-m", "flask", "--app", "wsgi", "worker"],
    }


def environment(settings: Settings) -> dict[str, str]:
    """The processes' environment; links in e-mails lead to the port that is served, unless an address was set."""
    return {"SC_BASE_URL": f"http://{HOST}:{settings.port}", **os.environ}


def refuse_open_debugger() -> None:
    """The debugger runs what a reader types: `flask run --debug` serves this machine alone. Raises BadSettings."""
    command = click.get_current_context(silent=True)
    host = command.params.get("host") if command else None
    if get_debug_flag() and host not in {None, HOST, "localhost", "::1"}:
        raise BadSettings(f"The debugger is for this machine alone: leave out --host {host}, or --debug.")


def is_taken(port: int) -> bool:
    """Whether another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def serve(started: Mapping[str, Sequence[str]], *, env: Mapping[str, str], port: int) -> int:
    """Run the named commands together, say the address once it is ready, and end all when one ends or we are told to.

    Returns the exit code: 0 after Ctrl-C or SIGTERM, 1 when a process ended by itself or none got ready.
    """
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.default_int_handler)
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in started.items():
            # Each in a group of its own, so that Ctrl-C reaches us alone and we end them in order.
            running[name] = subprocess.Popen(command, env=env, cwd=ROOT, process_group=0)
        print(_watch(running, port), flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nEnding Second Chair.", flush=True)
        return 0
    finally:
        _end(running.values())


def _watch(running: Mapping[str, subprocess.Popen[bytes]], port: int) -> str:
    """Wait until a process ends, or the server does not get ready in time; says which."""
    ready, deadline = False, time.monotonic() + PATIENCE
    while True:
        for name, process in running.items():
            if process.poll() is not None:
                return f"The {name} has ended by itself (exit code {process.returncode}), so Second Chair ends too."
        if not ready:
            if ready := is_ready(port):
                print(f"Second Chair answers at http://{HOST}:{port} (Ctrl-C ends it).", flush=True)
            elif time.monotonic() > deadline:
                return f"Second Chair is not ready after {PATIENCE} seconds; http://{HOST}:{port}/readyz says why."
        time.sleep(0.2)


def is_ready(port: int) -> bool:
    """Whether /readyz on this machine answers 200."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _end(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, and make those end that have not in time."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
