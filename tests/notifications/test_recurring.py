"""Recurring jobs: each at its time, by one worker of many, and one that breaks stops nothing."""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Thread

from sqlalchemy import func, select

from app import audit
from app.audit import Deed
from app.db import db as database
from app.jobs import JOBS
from app.notifications import recurring
from app.notifications.models import Letter, Recurring
from app.notifications.recurring import Job
from app.web.once import DoneAction

HOUR = timedelta(hours=1)


def counting(name: str = "count") -> tuple[Job, list]:
    runs = []
    return Job(name, HOUR, runs.append), runs


def broken(now) -> None:
    audit.record("half.done", "job", None, by_id=None, now=now)
    database.session.flush()
    raise ValueError("a board has moved")


def row(db, name: str) -> Recurring:
    return db.session.get_one(Recurring, name)


def test_a_new_job_runs_at_once_and_then_at_its_time(db, clock):
    job, runs = counting()
    first = clock.now()
    assert recurring.run_due([job]) == (1, 0)
    assert recurring.run_due([job]) == (0, 0)
    clock.forward(minutes=59)
    assert recurring.run_due([job]) == (0, 0)
    clock.forward(minutes=1)
    assert recurring.run_due([job]) == (1, 0)
    assert runs == [first, first + HOUR]


def test_what_a_job_changes_is_committed_for_it(db):
    job = Job("note", HOUR, lambda now: audit.record("noted", "job", None, by_id=None, now=now))
    recurring.run_due([job])
    db.session.rollback()
    assert db.session.scalar(select(Deed.deed)) == "noted"


def test_a_job_that_breaks_leaves_nothing_half_done_and_the_others_run(db, clock):
    job, runs = counting()
    assert recurring.run_due([Job("broken", HOUR, broken), job]) == (1, 1)
    assert db.session.scalar(select(func.count(Deed.id))) == 0
    assert row(db, "broken").last_error == "ValueError: a board has moved"
    assert row(db, "broken").next_at == clock.now() + HOUR
    assert len(runs) == 1


def test_a_job_mended_forgets_its_error(db, clock):
    recurring.run_due([Job("mended", HOUR, broken)])
    clock.forward(hours=1)
    recurring.run_due([Job("mended", HOUR, lambda now: None)])
    assert row(db, "mended").last_error == ""


def test_a_job_whose_worker_was_killed_is_due_again_after_its_lease(db, clock):
    class Killed(BaseException):
        pass

    def die(now) -> None:
        raise Killed

    with suppress(Killed):
        recurring.run_due([Job("count", HOUR, die)])
    job, runs = counting()
    assert recurring.run_due([job]) == (0, 0)
    clock.forward(minutes=10)
    assert recurring.run_due([job]) == (1, 0)
    assert len(runs) == 1


def test_two_workers_at_once_run_a_job_once(app, db):
    job, runs = counting()
    together = Barrier(2)

    def work() -> None:
        with app.app_context():
            together.wait()
            recurring.run_due([job])

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(runs) == 1


def test_told_to_end_no_further_job_is_begun(db):
    job, runs = counting()
    assert recurring.run_due([job], may_go_on=lambda: False) == (0, 0)
    assert not runs


def test_a_worker_shows_that_it_lives(db, clock):
    assert recurring.seen_at() is None
    for _ in range(2):
        recurring.beat(clock.forward(seconds=15))
    assert recurring.seen_at() == clock.now()


def test_every_job_of_the_product_runs_on_an_empty_database(db):
    assert recurring.run_due(JOBS) == (len(JOBS), 0)
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert all(len(job.name) <= 40 and job.name != recurring.HEARTBEAT for job in JOBS)


def test_old_actions_and_old_letters_are_forgotten(db, owe, clock):
    owe().sent_at = clock.now()
    db.session.add(DoneAction(key_hash="old", at=clock.now()))
    db.session.commit()
    clock.forward(days=91)
    recurring.run_due(JOBS)
    assert db.session.scalar(select(func.count(Letter.id))) == 0
    assert db.session.scalar(select(func.count(DoneAction.key_hash))) == 0
