"""/metrics: figures for the operator, and for nobody else."""

from collections.abc import Callable

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from app.accounts.models import Person
from app.notifications import outbox
from tests import people
from tests.conftest import Clock, Visitor

AWAY = {"REMOTE_ADDR": "203.0.113.7"}


def figures(text: str) -> dict[str, float]:
    """Each sample by its name and label."""
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {":".join([sample.name, *sample.labels.values()]): sample.value for sample in samples}


def test_the_figures_tell_of_openings_calls_and_letters(client: Visitor, clock: Clock) -> None:
    people.make_opening(people.sam())
    outbox.post("accounts/verify", to_email="zoe@example.org", to_name="Zoe", key="1", now=clock.now(), facts={})
    clock.forward(minutes=10)
    found = figures(client.get("/metrics").text)
    assert found["second_chair_openings:published"] == 1
    assert found["second_chair_calls:confirmed"] == 0
    assert found["second_chair_letters:owed"] == 1
    assert found["second_chair_oldest_letter_seconds"] == 600


def test_a_steward_may_look_from_anywhere(visit: Callable[[Person], Visitor], wes: Person, ana: Person) -> None:
    assert visit(wes).get("/metrics", environ_overrides=AWAY).status_code == 200
    assert visit(ana).get("/metrics", environ_overrides=AWAY).status_code == 404


@pytest.mark.parametrize(("address", "headers"), [
    ("203.0.113.7", {}), ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}), ("::1", {"Forwarded": "for=203.0.113.7"}),
])  # fmt: skip
def test_nobody_else_learns_that_there_are_figures(client: Visitor, address: str, headers: dict[str, str]) -> None:
    answer = client.get("/metrics", environ_overrides={"REMOTE_ADDR": address}, headers=headers)
    assert answer.status_code == 404


def test_the_figures_name_nobody(client: Visitor, app: Flask, ana: Person) -> None:
    text = client.get("/metrics").text
    assert "Ana" not in text
    assert "@" not in text
    assert app.config["SECRET_KEY"] not in text
