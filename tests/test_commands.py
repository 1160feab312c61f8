"""Every command explains itself, is called rightly or answers 2, and says in a sentence what the database lacks."""

from collections.abc import Callable, Iterator

import click
import pytest
from flask import Flask
from sqlalchemy import text

from app.cli import COMMANDS
from app.db import db


def named(command: click.Command, *before: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The command, or all in the group, each with the words that call it."""
    words = (*before, str(command.name))
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from named(each, *words)
    else:
        yield words, command


ALL = dict(pair for command in COMMANDS for pair in named(command))
FIGURES = [words for words, command in ALL.items() if any("--json" in p.opts for p in command.params)]


@pytest.fixture
def call(app: Flask) -> Callable[..., click.testing.Result]:
    return lambda *words: app.test_cli_runner().invoke(args=words)


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_explains_itself(call: Callable[..., click.testing.Result], words: tuple[str, ...]) -> None:
    assert call(*words, "--help").exit_code == 0
    assert ALL[words].help
    assert call(*words, "--no-such-option").exit_code == 2


def test_what_reports_figures_reports_them_to_programs_too() -> None:
    spoken = {("steward", "add"), ("letters", "retry")}
    assert set(FIGURES) == set(ALL) - spoken


def test_a_database_without_its_tables_is_said_in_a_sentence(call: Callable[..., click.testing.Result]) -> None:
    db.session.execute(text("ALTER TABLE letters RENAME TO lost"))
    db.session.commit()
    try:
        said = call("jobs")
    finally:
        db.session.rollback()
        db.session.execute(text("ALTER TABLE lost RENAME TO letters"))
        db.session.commit()
    assert said.exit_code == 1
    assert said.output.startswith("Error: The database does not answer as it should: ")
    assert "letters" in said.output
