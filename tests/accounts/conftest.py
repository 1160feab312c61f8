"""What the account stories share."""

from collections.abc import Callable, Iterator

import pytest
from argon2 import PasswordHasher
from werkzeug.test import TestResponse

from app.accounts import passwords
from app.accounts import people as accounts
from app.accounts.models import Person
from app.notifications.models import Letter
from tests import people
from tests.conftest import Visitor

NEW = "four herons over the ferry"


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """argon2 at the lowest price, but where the price itself is looked at."""
    passwords._nobodys.cache_clear()
    if "test_passwords" not in request.node.nodeid:
        monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def ana(app) -> Person:
    """Ana, who has chosen a password."""
    person = people.make_person("Ana Ruiz", zone="America/Phoenix")
    person.password_hash = passwords.hash(people.PASSWORD)
    return person


@pytest.fixture
def guest(app) -> Callable[[], Visitor]:
    """guest(): another browser, nobody signed in."""
    return app.test_client


@pytest.fixture
def path(outbox: Callable[..., list[Letter]]) -> Callable[[str], str]:
    """path("verify"): where the newest letter of that kind leads."""
    return lambda kind: outbox(f"accounts/{kind}")[-1].secrets["path"]


def sign_up(visitor: Visitor, email: str = "ana@example.org", **typed: str) -> TestResponse:
    """Fill in the sign-up page."""
    usual = {"here_for": "licensure", "name": "Ana Ruiz", "email": email, "password": people.PASSWORD}
    return visitor.post("/sign-up", {**usual, **typed})


def sign_in(visitor: Visitor, email: str, password: str = people.PASSWORD, **kwargs) -> TestResponse:
    """Fill in the sign-in page."""
    return visitor.post("/sign-in", {"email": email, "password": password, **kwargs.pop("data", {})}, **kwargs)


def is_in(visitor: Visitor) -> bool:
    """Whether the visitor is signed in: the dashboard opens."""
    return visitor.get("/account").status_code == 200


def find(email: str) -> Person | None:
    return accounts.find(email)
