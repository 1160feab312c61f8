"""What tests of saved things share: searches of Ana's, and the worker's look through them."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from app.accounts.models import Person
from app.db import begin_writing
from app.db import db as database
from app.saved import alerts, finding, searches
from app.saved.models import SavedSearch
from tests.conftest import Clock

TUCSON = "America/Phoenix"


@pytest.fixture
def keep(app: Flask, clock: Clock, ana: Person) -> Callable[..., SavedSearch]:
    """keep("format=group", "daily"): a search of Ana's, saved now, with letters of that rhythm."""

    def kept(query: str = "", rhythm: str = "daily", *, by: Person | None = None) -> SavedSearch:
        database.session.commit()
        begin_writing()
        saved = searches.keep(by or ana, finding.canonical(query), TUCSON, now=clock.now())
        searches.change(saved, saved.name, rhythm, now=clock.now())
        database.session.commit()
        return saved

    return kept


@pytest.fixture
def tell(app: Flask, clock: Clock) -> Callable[[], int]:
    """tell(): what the worker does now; how many letters it wrote."""

    def told() -> int:
        database.session.commit()
        return alerts.tell_due(clock.now())

    return told


@pytest.fixture
def writing() -> Callable[[], None]:
    """writing(): begin to change rows after the worker was there."""

    def begin() -> None:
        database.session.rollback()
        begin_writing()

    return begin


@pytest.fixture
def statements(app: Flask) -> Callable[[Callable[[], object]], int]:
    """statements(act): how many statements the act sends to the database."""

    def counted(act: Callable[[], object]) -> int:
        sent: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            sent.append(statement)

        event.listen(database.engine, "before_cursor_execute", note)
        try:
            act()
        finally:
            event.remove(database.engine, "before_cursor_execute", note)
        return len(sent)

    return counted
