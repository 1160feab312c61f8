"""The worker's rounds, its end, and the commands that start it and tell of it."""

import json
import os
import signal
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

from app.notifications import recurring, sending, worker
from app.notifications.commands import jobs_command, letters, worker_command
from app.notifications.recurring import Job
from app.notifications.worker import Work, Worker

HOUR = timedelta(hours=1)
RUNS = [Job("tidy up", HOUR, lambda now: None)]


@pytest.fixture
def run(app):
    """run(command, *args): its result; a command that fails unexpectedly raises."""
    return lambda command, *args: CliRunner().invoke(command, [str(arg) for arg in args], catch_exceptions=False)


def test_a_worker_drains_what_is_due_and_shows_that_it_lives(db, owe, deliver, clock):
    for number in range(45):
        owe(key=f"letter {number}")
    assert Worker(deliver, RUNS).drain() == Work(sent=45, jobs=1)
    assert recurring.seen_at() == clock.now()


def test_a_postponed_letter_does_not_keep_a_worker_from_being_done(owe):
    def refuse(letter) -> None:
        raise sending.TryLater("451")

    owe()
    assert Worker(refuse, []).drain() == Work(postponed=1)


def test_once_says_what_was_done(owe, deliver, run):
    owe()
    result = run(worker_command(lambda: deliver, RUNS), "--once")
    assert result.exit_code == 0
    assert result.output.endswith(
        "Letters: 1 sent, 0 put off, 0 given up. Recurring jobs: 1 done, 0 broken.\n"
    )


def test_once_gives_its_figures_as_json(owe, deliver, run):
    owe()
    result = run(worker_command(lambda: deliver, RUNS), "--once", "--json")
    figures = {"sent": 1, "postponed": 0, "failed": 0, "jobs": 1, "broken": 0}
    assert json.loads(result.stdout.splitlines()[-1]) == figures


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_after_the_letter_in_hand(db, owe, run, sign):
    first, second = owe(key="1"), owe(key="2")
    usual = signal.getsignal(sign)
    result = run(worker_command(lambda: lambda letter: os.kill(os.getpid(), sign), RUNS))
    assert result.exit_code == 0
    assert first.sent_at
    assert not second.sent_at
    assert second.lease_until is None
    assert signal.getsignal(sign) == usual


def test_a_database_away_for_a_while_does_not_end_it(owe, deliver, delivered, monkeypatch):
    owe()
    monkeypatch.setattr(worker, "POLL_AWAY", 0)
    machine = Worker(deliver, [])
    send_due, failures = sending.send_due, iter([True, True, False])

    def sometimes(*args):
        if next(failures):
            raise OperationalError("SELECT 1", {}, ConnectionError("away"))
        machine.end()
        return send_due(deliver)

    monkeypatch.setattr(sending, "send_due", sometimes)
    assert machine.loop() == Work(sent=1)
    assert len(delivered()) == 1


def test_once_says_that_the_database_is_away_and_fails(deliver, run, monkeypatch):
    def away(*args):
        raise OperationalError("SELECT 1", {}, ConnectionError("away"))

    monkeypatch.setattr(sending, "send_due", away)
    result = run(worker_command(lambda: deliver, []), "--once")
    assert result.exit_code == 1
    assert "The database does not answer: away" in result.output


def test_the_commands_are_there(app):
    result = app.test_cli_runner().invoke(args=["worker", "--once", "--json"], catch_exceptions=False)
    assert json.loads(result.stdout.splitlines()[-1])["jobs"] > 0
    for command in ("jobs", "letters"):
        assert app.test_cli_runner().invoke(args=[command, "--help"]).exit_code == 0


def test_jobs_tells_how_things_stand(owe, deliver, run, clock):
    owe(key="later", send_after=clock.now() + HOUR)
    assert "tidy up                      every hour        never run" in run(jobs_command(RUNS)).output
    Worker(deliver, RUNS).drain()
    told = run(jobs_command(RUNS)).output
    assert "next 2026-11-24T16:00:00Z" in told
    assert "Letters: 1 owed, 0 of them due now; 0 given up." in told
    assert "Worker: last seen 2026-11-24T15:00:00Z." in told


def test_jobs_tells_it_as_json(owe, run):
    owe()
    told = json.loads(run(jobs_command(RUNS), "--json").stdout)
    assert told == {
        "jobs": [{"name": "tidy up", "every_seconds": 3600, "next_at": None, "last_error": ""}],
        "letters": {"owed": 1, "due": 1, "failed": 0},
        "worker_seen_at": None,
    }


def test_a_letter_given_up_can_be_owed_again(db, owe, run, clock):
    letter = owe(secrets=None)
    letter.failed_at, letter.tries = clock.now(), 48
    db.session.commit()
    assert run(letters, "retry", letter.id).exit_code == 0
    assert (letter.failed_at, letter.tries) == (None, 0)


def test_but_not_without_the_link_it_held_nor_one_that_is_still_owed(db, owe, run, clock):
    owed, linked = owe(key="owed"), owe(key="linked", secrets={"token": "t"})
    linked.failed_at, linked.secrets = clock.now(), {}
    db.session.commit()
    assert "its reader has to ask for a new one" in run(letters, "retry", linked.id).output
    assert f"No letter {owed.id} was given up." in run(letters, "retry", owed.id).output
    assert run(letters, "retry", 999).exit_code == 1
