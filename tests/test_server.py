"""`make run` runs two processes as one: both serve, both end, and neither is missed in silence."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest

from app import server
from app.config import ROOT
from app.taxonomies import vocabularies
from tests.live import PATIENCE
from tests.postgres import free_port

WEB = """
from http.server import BaseHTTPRequestHandler, HTTPServer
class Ready(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *said): pass
HTTPServer(("127.0.0.1", {port}), Ready).serve_forever()
"""
WORKING = "import os, signal; print('worker', os.getpid(), flush=True); signal.pause()"
STUBBORN = "import os, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + WORKING.partition("; ")[2]
FAILING = "raise SystemExit(3)"
SERVE = """
import json, os, sys
from app import server
server.GRACE = 0.5
sys.exit(server.serve(json.loads(sys.argv[1]), env=os.environ, port=int(sys.argv[2])))
"""


@pytest.fixture
def serving() -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """serving(worker): a server that answers, and a worker that runs the given code."""
    begun: list[subprocess.Popen[str]] = []

    def begin(worker: str) -> subprocess.Popen[str]:
        port = free_port()
        python = [sys.executable, "-c"]
        commands = {"web server": [*python, WEB.format(port=port)], "worker": [*python, worker]}
        command = [*python, SERVE, json.dumps(commands), str(port)]
        begun.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def pid_of_worker(process: subprocess.Popen[str]) -> int:
    """Read until the worker has said who it is and the address has been given."""
    said = [process.stdout.readline(), process.stdout.readline()]
    assert any("answers at http://127.0.0.1:" in line for line in said)
    return int(next(line for line in said if line.startswith("worker")).split()[1])


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_it_ends_both(serving, sign):
    process = serving(WORKING)
    worker = pid_of_worker(process)
    process.send_signal(sign)
    assert process.wait(PATIENCE) == 0
    assert not is_alive(worker)


def test_a_process_that_will_not_end_is_ended(serving):
    process = serving(STUBBORN)
    worker = pid_of_worker(process)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert not is_alive(worker)


def test_when_one_dies_the_other_is_ended_and_it_says_which(serving):
    process = serving(FAILING)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "The worker has ended by itself (exit code 3)" in said


def test_a_port_in_use_is_noticed():
    with socket.socket() as other:
        other.bind((server.HOST, 0))
        other.listen()
        assert server.is_taken(other.getsockname()[1])
    assert not server.is_taken(free_port())


def test_the_run_command_refuses_a_port_in_use_and_bad_settings_with_a_sentence(tmp_path):
    def run(**settings: str) -> str:
        env = {**os.environ, "SC_INSTANCE_PATH": str(tmp_path), **settings}
        command = [sys.executable, "-m", "app", "run"]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)
        assert done.returncode == 1
        return done.stderr

    with socket.socket() as other:
        other.bind((server.HOST, 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert run(SC_PORT=port).startswith(f"Port {port} is in use by another program: end it, or choose another")
    assert run(SC_ZONE="Mars/Base") == "SC_ZONE must be an IANA zone, such as America/Chicago.\n"


def test_a_search_that_ticks_everything_fits_into_a_request():
    ticked = [(kind, term) for kind, vocabulary in vocabularies.load().items() for term in vocabulary.terms]
    command = server.commands(5000)["web server"]
    most = int(command[command.index("--limit-request-line") + 1])
    assert len(f"GET /openings?{urlencode(ticked)} HTTP/1.1") + 1000 < most


def test_the_debugger_is_never_served_to_others(tmp_path):
    env = {**os.environ, "SC_INSTANCE_PATH": str(tmp_path)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "run", "--debug", "--host", "192.0.2.1", "--port", "0"]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE)
    assert ended.returncode == 1
    assert "Error: The debugger is for this machine alone" in ended.stderr
