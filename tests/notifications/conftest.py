"""Letters on stationery of the tests' own, and what carries them."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.db import db as database
from app.notifications import outbox
from app.notifications.carriers import FileCarrier
from app.notifications.delivery import TEMPLATES, Stationery, deliverer
from app.notifications.folder import Folder
from app.notifications.models import Letter
from app.notifications.sending import Deliver
from tests.conftest import Clock

FACTS = {"sender": "Sam Okafor", "starts_at": "2026-12-01T17:00:00Z", "zone": "America/Chicago"}


@pytest.fixture
def stationery(app: Flask) -> Stationery:
    return Stationery(app.config["SC"], (TEMPLATES, Path(__file__).parent / "templates"))


@pytest.fixture
def owe(app: Flask, clock: Clock) -> Callable[..., Letter]:
    """owe(): a letter to Ana is owed, and that is committed. Facts and columns can be changed."""

    def posted(key: str = "greeting:1", facts: dict[str, Any] | None = None, **columns: Any) -> Letter:
        to = {"to_email": "ana.ruiz@example.org", "to_name": "Ana Ruiz", "secrets": {"token": "s3cret-token"}}
        letter = outbox.post(
            "tests/greeting", key=key, now=clock.now(), facts={**FACTS, **(facts or {})}, **{**to, **columns}
        )
        database.session.commit()
        return letter

    return posted


@pytest.fixture
def mail_folder(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def deliver(stationery: Stationery, mail_folder: Path) -> Deliver:
    """Delivery to files."""
    return deliverer(stationery, FileCarrier(mail_folder))


@pytest.fixture
def delivered(mail_folder: Path) -> Callable[[], list[EmailMessage]]:
    """delivered(): what the files hold, newest first."""
    folder = Folder(mail_folder)
    return lambda: [folder.open(name).message for name in folder.names()]
