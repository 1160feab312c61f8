"""The ground every test stands on: the application on SQLite and on PostgreSQL, the clock, the cast, the visitors.

Whatever asks for `app` (or `db`, `client`, `visit`, a person) runs twice, once on each database, on rows of its own:
the database is migrated once and emptied before every test.
"""

import os
import secrets
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from contextvars import Context
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from flask_sqlalchemy import SQLAlchemy
from hypothesis import settings
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import delete, event, exists, inspect, literal, select, table, text, union_all
from werkzeug.test import TestResponse

from app import clock, create_app
from app.accounts import sign_ins
from app.accounts.models import Person
from app.accounts.session import TOKEN
from app.db import db as database
from app.matching import keeper, texts
from app.notifications.models import Letter
from app.openings import views
from app.supervisors.models import Supervisor
from tests import people, postgres

settings.register_profile("unhurried", deadline=None)  # a busy machine is no fault of what is tested
settings.load_profile("unhurried")
TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 10 am in New York, 9 in Chicago, 8 in Phoenix
ENGINES = ("sqlite", "postgresql")
server_key = pytest.StashKey[postgres.Server]()


def pytest_configure(config: pytest.Config) -> None:
    """Find or start PostgreSQL once for all test processes; without it nothing runs, rather than half."""
    if hasattr(config, "workerinput"):
        return
    try:
        config.stash[server_key] = server = postgres.find()
    except postgres.NoPostgres as fault:
        raise pytest.UsageError(str(fault)) from None
    os.environ[postgres.SETTING] = server.url


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the PostgreSQL that was started, if any."""
    if server := config.stash.get(server_key, None):
        server.stop()


class Clock:
    """The time, standing still until a test moves it."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)

    def at(self, moment: datetime) -> datetime:
        """Set the clock to an aware moment."""
        self._traveller.move_to(moment)
        return moment

    def forward(self, **by: float) -> datetime:
        """Let time pass: forward(minutes=31), forward(days=2)."""
        self._traveller.shift(timedelta(**by))
        return self.now()


class Visitor(FlaskClient):
    """Someone at the site. What the test has prepared is committed before a request and read anew after it.

    `post` sends what the page's form would: a CSRF token and an idempotency key beside the data, unless `bare=True`.
    `htmx=True` asks for the fragment.
    """

    def open(self, *args: Any, htmx: bool = False, **kwargs: Any) -> TestResponse:
        if htmx:
            kwargs["headers"] = {**(kwargs.get("headers") or {}), "HX-Request": "true", "HX-Request-Type": "partial"}
        database.session.commit()
        # Without the test's own context: `g`, and with it the session and the person, are new in each request.
        response: TestResponse = Context().run(super().open, *args, buffered=True, **kwargs)
        database.session.expire_all()
        return response

    def post(self, url: str, data: dict[str, Any] | None = None, *, bare: bool = False, **kwargs: Any) -> TestResponse:
        if not bare:
            hidden = {"csrf_token": self.csrf_token(), "idempotency_key": secrets.token_urlsafe(16)}
            data = {**hidden, **(data or {})}
        return self.open(url, method="POST", data=data, **kwargs)

    def sign_in(self, person: Person) -> None:
        """Begin a session as the person, without going through the sign-in page."""
        token = sign_ins.begin(person, "a test", now=clock.now())
        with self.session_transaction() as session:
            session[TOKEN] = token

    def csrf_token(self) -> str:
        """The token that this visitor's pages carry."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        key = self.application.config["SECRET_KEY"]
        return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))


class House(ABC):
    """One application on one migrated database, and the way to empty it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.settings = {
            "SC_BASE_URL": "http://localhost",
            "SC_DATABASE_URL": url,
            "SC_INSTANCE_PATH": str(folder),
            "SC_SECRET_KEY": "a secret of the tests, known to all",
        }
        self.app = self.build()
        with self.app.app_context():
            upgrade()

    def build(self, **settings: str) -> Flask:
        """The application on this database, with some settings changed."""
        app = create_app({**self.settings, **settings})
        app.test_client_class = Visitor
        app.config["PROPAGATE_EXCEPTIONS"] = True
        return app

    @abstractmethod
    def empty(self) -> None:
        """Put the database back to how the migrations left it."""


class SQLiteHouse(House):
    """A file, replaced by a copy of the freshly migrated one."""

    def __init__(self, folder: Path) -> None:
        self.file, self.fresh = folder / "second-chair.sqlite", folder / "fresh.sqlite"
        super().__init__(folder, f"sqlite:///{self.file}")
        with self.app.app_context():
            database.engine.dispose()
        shutil.copyfile(self.file, self.fresh)

    def build(self, **settings: str) -> Flask:
        app = super().build(**settings)
        with app.app_context():
            # What a power cut would lose is of no interest here; what the tests see is the same.
            event.listen(database.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
        return app

    def empty(self) -> None:
        with self.app.app_context():
            database.engine.dispose()
        for suffix in ("-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.fresh, self.file)


class PostgresHouse(House):
    """A database, whose filled tables are emptied, but for those that the migrations filled."""

    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(folder, url)
        with self.app.app_context(), database.engine.connect() as connection:
            names = inspect(connection).get_table_names()
            self._which = union_all(*(select(literal(n)).where(exists().select_from(table(n))) for n in names))
            self._kept = set(connection.scalars(self._which))
            self._may_all = connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))

    def empty(self) -> None:
        with self.app.app_context(), database.engine.begin() as connection:
            filled = sorted(set(connection.scalars(self._which)) - self._kept)
            if filled and not self._may_all:
                connection.execute(text(f"TRUNCATE {', '.join(filled)} CASCADE"))
                return
            # A hundred times quicker than TRUNCATE on small tables; neither keys nor guards stand in its way.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for name in filled:
                connection.execute(delete(table(name)))


@pytest.fixture(scope="session", params=ENGINES)
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The application on each engine, migrated once per test process."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        yield SQLiteHouse(folder)
        return
    name = f"second_chair_test_{secrets.token_hex(4)}"
    with postgres.database(os.environ[postgres.SETTING], name) as url:
        house = PostgresHouse(folder, url)
        yield house
        with house.app.app_context():
            database.engine.dispose()


@pytest.fixture(name="clock")
def standing_clock() -> Iterator[Clock]:
    """The clock stands at 15:00 UTC on Tuesday, 24 November 2026."""
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def app(house: House, clock: Clock) -> Iterator[Flask]:
    """The application on an empty database, its context pushed for the test's own look at the rows."""
    house.empty()
    views.TALLY.take()  # what the test before looked at
    with house.app.app_context():
        keeper.forget()  # and the index of its openings
        texts.forget()
        yield house.app
        database.session.remove()


@pytest.fixture
def app_with(house: House, app: Flask) -> Iterator[Callable[..., Flask]]:
    """Another application on the same database: app_with(SC_BASE_URL="https://…")."""
    with ExitStack() as ending:

        def build(**settings: str) -> Flask:
            other = house.build(**settings)

            def close() -> None:
                with other.app_context():
                    database.engine.dispose()

            ending.callback(close)
            return other

        yield build


@pytest.fixture
def db(app: Flask) -> SQLAlchemy:
    """The database handle; `db.session` is the test's own session."""
    return database


@pytest.fixture
def client(app: Flask) -> Visitor:
    """A guest."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def visit(app: Flask) -> Callable[[Person | Supervisor], Visitor]:
    """visit(ana): Ana at the site, signed in."""

    def signed_in(who: Person | Supervisor) -> Visitor:
        visitor: Visitor = app.test_client()  # type: ignore[assignment]
        visitor.sign_in(who.person if isinstance(who, Supervisor) else who)
        return visitor

    return signed_in


@pytest.fixture
def outbox(db: SQLAlchemy) -> Callable[..., list[Letter]]:
    """outbox(): the letters owed, oldest first; outbox("calls/confirmed") those of one kind."""

    def owed(kind: str | None = None) -> list[Letter]:
        query = select(Letter).where(Letter.sent_at.is_(None), Letter.failed_at.is_(None)).order_by(Letter.id)
        return list(db.session.scalars(query if kind is None else query.where(Letter.kind == kind)))

    return owed


@pytest.fixture
def ana(app: Flask) -> Person:
    return people.ana()


@pytest.fixture
def ben(app: Flask) -> Person:
    return people.ben()


@pytest.fixture
def sam(app: Flask) -> Supervisor:
    return people.sam()


@pytest.fixture
def pat(app: Flask) -> Supervisor:
    return people.pat()


@pytest.fixture
def wes(app: Flask) -> Person:
    return people.wes()


@pytest.fixture
def zoe(app: Flask) -> Person:
    return people.zoe()
