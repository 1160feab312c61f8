"""Every letter owed is sent, at least once; a refusal is waited out, and a crash loses nothing."""

from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, text

from app.db import db as database
from app.notifications import sending
from app.notifications.carriers import TryLater, Undeliverable
from app.notifications.models import Letter


class Killed(BaseException):
    """The worker is gone, as if by kill -9."""


def refusing(error: Exception):
    """A delivery that refuses every letter."""

    def deliver(letter: Letter) -> None:
        raise error

    return deliver


def test_a_letter_that_is_due_is_delivered_and_its_secrets_go(db, owe, deliver, delivered, clock):
    letter = owe()
    assert sending.send_due(deliver) == sending.Tally(sent=1)
    (message,) = delivered()
    assert "s3cret-token" in message.get_body(("plain",)).get_content()
    assert letter.sent_at == clock.now()
    assert letter.lease_until is None
    assert letter.secrets is None
    assert "s3cret" not in str(db.session.execute(text("SELECT * FROM letters")).all())


def test_nothing_is_sent_twice(owe, deliver, delivered):
    owe()
    sending.send_due(deliver)
    assert sending.send_due(deliver) == sending.Tally()
    assert len(delivered()) == 1


def test_a_letter_held_back_waits_for_its_time(owe, deliver, clock):
    owe(send_after=clock.now() + timedelta(hours=1))
    assert sending.send_due(deliver) == sending.Tally()
    clock.forward(minutes=60)
    assert sending.send_due(deliver) == sending.Tally(sent=1)


def test_no_transaction_is_open_while_a_letter_is_carried(db, owe):
    states = []
    owe()
    sending.send_due(lambda letter: states.append(db.session().in_transaction()))
    assert states == [False]


def test_refused_for_now_it_is_tried_again_after_growing_pauses(owe, clock):
    letter, pauses = owe(), []
    for _ in range(8):
        assert sending.send_due(refusing(TryLater("451 busy"))) == sending.Tally(postponed=1)
        pauses.append((letter.send_after - clock.now()) / timedelta(minutes=1))
        clock.at(letter.send_after - timedelta(seconds=1))
        assert sending.send_due(refusing(TryLater("451 busy"))) == sending.Tally()
        clock.forward(seconds=1)
    assert pauses == [1, 2, 5, 15, 60, 60, 60, 60]
    assert (letter.tries, letter.last_error) == (8, "451 busy")
    assert letter.secrets == {"token": "s3cret-token"}


def test_after_forty_eight_tries_it_is_given_up(owe, clock):
    letter = owe()
    for _ in range(47):
        assert sending.send_due(refusing(TryLater("451 busy"))) == sending.Tally(postponed=1)
        clock.forward(minutes=60)
    assert sending.send_due(refusing(TryLater("451 busy"))) == sending.Tally(failed=1)
    assert letter.failed_at == clock.now()
    assert sending.refused(letter.key, after=letter.created_at) is None  # nobody said that it would never be taken


def test_a_letter_refused_for_good_is_known_by_its_key(owe, clock):
    letter = owe(key="gone")
    sending.send_due(refusing(Undeliverable("550 no such user")))
    assert sending.refused("gone", after=clock.now() - timedelta(hours=1)) == letter
    assert sending.refused("gone", after=clock.now()) is None
    assert sending.refused("never written", after=clock.now() - timedelta(hours=1)) is None


def test_refused_for_good_it_is_given_up_at_once_and_its_secrets_go(owe, clock):
    letter = owe()
    assert sending.send_due(refusing(Undeliverable("550 no such user"))) == sending.Tally(failed=1)
    assert (letter.failed_at, letter.tries, letter.last_error) == (clock.now(), 1, "550 no such user")
    assert letter.secrets == {}
    clock.forward(days=1)
    assert sending.send_due(refusing(Undeliverable("550 no such user"))) == sending.Tally()


def test_a_letter_at_fault_does_not_keep_the_others_back(owe, deliver, delivered):
    faulty, sound = owe(key="1", secrets=None), owe(key="2")
    assert sending.send_due(deliver) == sending.Tally(sent=1, postponed=1)
    assert "UndefinedError" in faulty.last_error
    assert [m["Message-ID"] for m in delivered()] == [sound.message_id]


def test_killed_between_sending_and_noting_it_goes_out_again_under_the_same_id(owe, deliver, delivered, clock):
    letter, sent = owe(), []

    def deliver_and_die(letter: Letter) -> None:
        deliver(letter)
        sent.append(letter.message_id)
        raise Killed

    with suppress(Killed):
        sending.send_due(deliver_and_die)
    assert sending.send_due(deliver) == sending.Tally()
    clock.forward(minutes=11)
    assert sending.send_due(deliver) == sending.Tally(sent=1)
    assert [m["Message-ID"] for m in delivered()] == sent == [letter.message_id]


def test_what_a_killed_worker_held_is_due_again_when_its_lease_runs_out(owe, deliver, clock):
    for number in range(5):
        owe(key=f"letter {number}")
    sending.claim(clock.now())
    clock.forward(seconds=59)
    assert sending.send_due(deliver) == sending.Tally()
    clock.forward(seconds=1)
    assert sending.send_due(deliver) == sending.Tally(sent=4)
    clock.forward(minutes=10)  # the one that a server may have been looking through
    assert sending.send_due(deliver) == sending.Tally(sent=1)


def test_a_slow_server_does_not_outlast_the_lease(owe, clock):
    for number in range(10):
        owe(key=f"letter {number}")
    assert sending.send_due(lambda _: clock.forward(seconds=50)) == sending.Tally(sent=10)


def test_no_other_worker_sends_what_a_server_is_looking_through(owe, clock):
    for number in range(3):
        owe(key=f"letter {number}")
    sent = []

    def look_through(letter: Letter) -> None:
        clock.forward(minutes=9)
        if not sent:  # another worker goes on with the rest meanwhile
            sending.send_due(lambda letter: sent.append(letter.id))
        sent.append(letter.id)

    first, *rest = database.session.scalars(select(Letter.id).order_by(Letter.id))
    assert sending.send_due(look_through) == sending.Tally(sent=1)
    assert sent == [*rest, first]


def test_a_worker_that_slept_through_its_lease_leaves_the_rest_to_others(db, owe, clock):
    first, *rest = [owe(key=f"letter {number}") for number in range(3)]
    held = []

    def fall_asleep(letter: Letter) -> None:
        clock.forward(minutes=5)
        with database.engine.begin() as other:  # another worker takes the rest
            until = clock.now() + timedelta(minutes=7)
            other.execute(Letter.__table__.update().where(Letter.id != first.id).values(lease_until=until))
        held.append(letter.id)
        raise TryLater("asleep")

    first_id = first.id
    db.session.commit()
    sending.send_due(fall_asleep)
    assert held == [first_id]
    assert all(letter.sent_at is None for letter in rest)


def test_told_to_end_it_gives_back_what_it_has_not_tried(db, owe, deliver):
    for number in range(5):
        owe(key=f"letter {number}")
    answers = iter([True, True, False])
    assert sending.send_due(deliver, lambda: next(answers)) == sending.Tally(sent=2)
    assert db.session.scalars(select(Letter.lease_until)).all() == [None] * 5
    assert sending.send_due(deliver) == sending.Tally(sent=3)


def test_a_round_takes_the_oldest_twenty(owe, clock):
    later = [owe(key=f"later {n}", send_after=clock.now() + timedelta(seconds=1)).id for n in range(15)]
    first, sent = [owe(key=f"first {n}").id for n in range(15)], []
    clock.forward(seconds=1)
    sending.send_due(lambda letter: sent.append(letter.id))
    assert sent == [*first, *later[:5]]


def test_two_workers_at_once_send_each_letter_once(app, owe):
    ids = [owe(key=f"letter {number}").id for number in range(60)]
    database.session.commit()
    together, sent = Barrier(2), []

    def work() -> None:
        with app.app_context():
            together.wait()
            while sending.send_due(lambda letter: sent.append(letter.id)).sent:
                pass

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == ids


def test_the_outbox_can_be_counted(owe, clock):
    owe(key="due")
    owe(key="later", send_after=clock.now() + timedelta(days=1))
    owe(key="given up").failed_at = clock.now()
    assert sending.count(clock.now()) == sending.Owed(owed=2, due=1, failed=1)


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 2), (3, 5), (4, 15), (5, 60), (6, 60), (47, 60)])
def test_pauses_grow_to_an_hour(tries, minutes):
    assert sending.pause_after(tries) == timedelta(minutes=minutes)
