"""Races over real HTTP, on both databases: one instance on each, where every test brings people of its own."""

import os
import secrets
from collections.abc import Callable, Iterator

import pytest

from app.db import db
from tests import postgres
from tests.live import Caller, Instance, running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker("race")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def instance(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """gunicorn and the worker on each database."""
    folder = tmp_path_factory.mktemp(f"race-{request.param}")
    if request.param == "sqlite":
        with running(folder, f"sqlite:///{folder / 'second-chair.sqlite'}") as instance:
            yield instance
        return
    name = f"second_chair_race_{secrets.token_hex(4)}"
    with postgres.database(os.environ[postgres.SETTING], name) as url, running(folder, url) as instance:
        yield instance


@pytest.fixture
def live(instance: Instance) -> Iterator[Instance]:
    """The instance, with its context pushed: add rows with tests.people, then `db.session.commit()`."""
    with instance.app.app_context():
        yield instance
        db.session.remove()


@pytest.fixture
def callers(live: Instance) -> Callable[[int], list[Caller]]:
    """callers(30): so many guests, each with a page open and ready to send its form."""
    return lambda count: [Caller(live).ready() for _ in range(count)]
