"""A letter is owed once, and exactly when the action it tells of is committed."""

from datetime import timedelta
from threading import Barrier, Thread

from sqlalchemy import func, select

from app.db import begin_writing
from app.notifications import outbox
from app.notifications.models import Letter


def count(db) -> int:
    return db.session.scalar(select(func.count()).select_from(Letter))


def test_the_same_key_twice_is_one_letter(db, owe):
    first = owe(key="call:7:confirmed", to_name="Ana")
    again = owe(key="call:7:confirmed", to_name="Somebody else")
    assert again.id == first.id
    assert again.to_name == "Ana"
    assert count(db) == 1


def test_an_action_undone_owes_nothing(db, owe, clock):
    outbox.post("tests/greeting", to_email="a@example.org", to_name="A", key="undone", now=clock.now(), facts={})
    db.session.rollback()
    assert count(db) == 0


def test_two_actions_at_once_owe_a_letter_of_one_key_once(app, db, clock):
    together, ids = Barrier(2), []

    def act() -> None:
        with app.app_context():
            together.wait()
            begin_writing()
            letter = outbox.post("k", to_email="a@example.org", to_name="A", key="one", now=clock.now(), facts={})
            ids.append(letter.id)
            db.session.commit()

    threads = [Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_letters_of_long_ago_are_forgotten_and_owed_ones_kept(db, owe, clock):
    sent, failed, owed = owe(key="sent"), owe(key="failed"), owe(key="owed")
    sent.sent_at = failed.failed_at = clock.now()
    db.session.commit()
    now = clock.forward(days=91)
    assert outbox.forget(before=now - timedelta(days=90)) == 2
    assert db.session.scalars(select(Letter.key)).all() == [owed.key]
