"""A real instance for journeys and races: gunicorn and the worker as processes, with their own port and database."""

import os
import re
import secrets
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import fields
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from flask import Flask
from flask_migrate import upgrade

from app import create_app, server
from app.config import Environment
from app.db import begin_writing, db
from tests import forge, postgres

T = TypeVar("T")
PATIENCE = 60  # seconds for what another process does in its own time
_networks = count(1)


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with these settings, and the defaults for the rest: a .env has no say in the tests."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("SC_")}
    return others | {field.name: field.default for field in fields(Environment)} | dict(settings)


class Instance:
    """A running instance. `app` is the same application in this process, for a look at the rows and to add some."""

    def __init__(self, folder: Path, database_url: str, **settings: str) -> None:
        self.folder, self.port = folder, postgres.free_port()
        self.url = f"http://{server.HOST}:{self.port}"
        self.settings = {
            "SC_BASE_URL": self.url,
            "SC_DATABASE_URL": database_url,
            "SC_INSTANCE_PATH": str(folder),
            "SC_SECRET_KEY": secrets.token_urlsafe(32),
            "SC_TRUSTED_PROXIES": "1",
            **settings,
        }
        self.app: Flask = create_app(self.settings)
        with self.app.app_context():
            upgrade()
        self._commands = server.commands(self.port)
        self._running: dict[str, BaseProcess] = {}

    def start(self, *names: str) -> None:
        """Start the named processes ("web server", "worker"; none named: both) and wait until pages are answered."""
        env = environment(self.settings)
        for name in names or self._commands:
            self._running[name] = forge.start(self._commands[name], env, self.folder / "log")
        if "web server" in self._running:
            eventually(self._is_up, "the server is ready")

    def _is_up(self) -> bool:
        self._check()
        return server.is_ready(self.port)

    def _check(self) -> None:
        dead = [name for name, process in self._running.items() if process.exitcode is not None]
        assert not dead, f"{dead} ended by itself: {self.log()[-3000:]}"

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """End all processes: in order, or at once with SIGKILL."""
        for process in self._running.values():
            os.killpg(process.pid, sign) if sign == signal.SIGKILL else os.kill(process.pid, sign)
        for name, process in self._running.items():
            process.join(PATIENCE)
            assert process.exitcode is not None, f"The {name} does not end: {self.log()[-3000:]}"
        self._running.clear()

    def close(self) -> None:
        """Stop, and let go of the database."""
        self.stop()
        with self.app.app_context():
            db.engine.dispose()

    def log(self) -> str:
        """Everything the processes have written."""
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def letters(self, to: str) -> list[EmailMessage]:
        """What was sent to an address, oldest first (the default delivery writes files)."""
        self._check()
        files = sorted((self.folder / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        sent = [BytesParser(EmailMessage, policy=policy.default).parsebytes(path.read_bytes()) for path in files]
        return [letter for letter in sent if to in letter["To"]]

    def letter(self, to: str, count: int = 1) -> EmailMessage:
        """The latest letter to an address, once the worker has sent `count` of them."""
        return eventually(lambda: self.letters(to)[count - 1 :], f"{count} letters to {to}")[-1]


@contextmanager
def running(
    folder: Path, database_url: str, prepare: Callable[[Flask], None] | None = None, **settings: str
) -> Iterator[Instance]:
    """An instance, up; `prepare` fills its database first. A traceback in its log fails whoever used it."""
    instance = Instance(folder, database_url, **settings)
    if prepare:
        with instance.app.app_context():
            prepare(instance.app)
    try:
        instance.start()
        yield instance
    finally:
        instance.close()
    assert "Traceback" not in instance.log(), instance.log()[-4000:]


@contextmanager
def writing() -> Iterator[None]:
    """A transaction of this process beside the instance's own: the write lock first, the commit at the end."""
    db.session.rollback()
    begin_writing()
    yield
    db.session.commit()


def eventually(look: Callable[[], T], what: str) -> T:
    """The first truthy answer of `look`; fails with `what` when none comes in time."""
    deadline = time.monotonic() + PATIENCE
    while not (seen := look()):
        assert time.monotonic() < deadline, f"Waited {PATIENCE} seconds in vain until {what}"
        time.sleep(0.05)
    return seen


def a_network() -> dict[str, str]:
    """The header by which whoever sends it comes from a network of her own, for limits are each network's."""
    return {"X-Forwarded-For": "10.{}.{}.{}".format(*next(_networks).to_bytes(3, "big"))}


class Caller:
    """A reader without a browser, for races: on a network of her own, keeps cookies, follows nothing. `post` sends what
    a page's form would."""

    def __init__(self, instance: Instance) -> None:
        self._port, self._cookies, self._network = instance.port, SimpleCookie[str](), a_network()
        self._token = ""

    def get(self, path: str) -> "Answer":
        return self._ask("GET", path)

    def post(self, path: str, data: dict[str, Any]) -> "Answer":
        """POST with the token of this caller's pages and an idempotency key; `ready` before a race saves a request."""
        self.ready()
        hidden = {"csrf_token": self._token, "idempotency_key": secrets.token_urlsafe(16)}
        return self._ask("POST", path, urlencode({**hidden, **data}, doseq=True))

    def ready(self) -> "Caller":
        """Fetch the token that forms carry, once."""
        if not self._token:
            found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get("/sign-in").text)
            assert found, "the sign-in page has a form with a token"
            self._token = found[1]
        return self

    def _ask(self, method: str, path: str, body: str | None = None) -> "Answer":
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())
        headers = {**self._network, "Cookie": cookies}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection(server.HOST, self._port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            for cookie in response.headers.get_all("Set-Cookie") or []:
                self._cookies.load(cookie)
            return Answer(response)
        finally:
            connection.close()


class Answer:
    """A status, where it leads, and its text."""

    def __init__(self, response: HTTPResponse) -> None:
        self.status = response.status
        self.text = response.read().decode()
        self.leads_to = urlsplit(response.headers.get("Location") or "").path


def at_once(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Carry out all acts at the same moment, each in a thread; what each gave, in order."""
    barrier = Barrier(len(acts))

    def act(one: Callable[[], T]) -> T:
        barrier.wait(PATIENCE)
        return one()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(act, acts))
