"""The first command of a newcomer: `make run`, after the installing."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from app import server
from app.config import ROOT
from tests.live import PATIENCE, environment
from tests.postgres import free_port


class Run:
    """`python -m app run` on an instance folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        env = environment({"SC_INSTANCE_PATH": str(folder), "SC_PORT": str(self.port)})
        command = [sys.executable, "-m", "app", "run"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)

    def until_it_answers(self) -> list[str]:
        """What it says up to the address."""
        said = []
        for line in self.process.stdout:
            said.append(line.strip())
            if "answers at" in line:
                return said
        raise AssertionError("\n".join(said))

    def status(self, path: str) -> int:
        connection = HTTPConnection(server.HOST, self.port, timeout=PATIENCE)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        return status

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[[], Run]]:
    """run(): the command, on the same folder each time."""
    begun: list[Run] = []

    def begin() -> Run:
        begun.append(Run(tmp_path / "instance"))
        return begun[-1]

    yield begin
    for command in begun:
        command.end()


def test_a_newcomer_gets_the_demo_once_and_ctrl_c_ends_everything(run, tmp_path):
    first = run()
    assert "Loading the demo: invented people, real rules." in first.until_it_answers()
    assert [first.status(path) for path in ("/", "/openings?state=TX&discipline=counseling", "/rules/tx")] == [200] * 3
    assert first.end() == 0
    assert not server.is_taken(first.port)
    again = run()
    assert not any("Loading" in line for line in again.until_it_answers())
    assert again.end() == 0
    assert (tmp_path / "instance" / "secret").stat().st_mode & 0o777 == 0o600
