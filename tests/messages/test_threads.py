"""Threads of two: who reads them, what is told by letter, what is counted as not read."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete

from app import clock as app_clock
from app.accounts.models import Person
from app.db import db
from app.invitations import cards, inviting
from app.messages import threads
from app.messages.models import Message, Thread
from app.openings.models import Opening
from app.supervisors.models import Supervisor
from app.web.once import DoneAction
from app.wishes.wishes import Wishes
from tests import people
from tests.conftest import Visitor

LIVE = "<img src=x onerror=alert(1)> {{ 7 * 7 }} javascript:alert(1)"


@pytest.fixture
def thread(sam: Supervisor, ana: Person) -> Thread:
    about = people.make_opening(sam, title="Tuesday hour")
    return threads.open_between(sam.person, ana, about=about, now=app_clock.now())


@pytest.fixture
def talk(thread: Thread) -> str:
    return f"/messages/{thread.public_id}"


def say(visit: Callable, who: Person | Supervisor, talk: str, words: str, **kwargs: object):
    return visit(who).post(talk, {"body": words}, **kwargs)


def test_what_one_writes_the_other_reads(visit: Callable, sam, ana, talk: str):
    assert say(visit, sam, talk, "Welcome.\nShall we talk?\n\nOn Tuesday?").status_code == 303
    text = visit(ana).get(talk).text
    assert "<p>Welcome.<br>Shall we talk?</p><p>On Tuesday?</p>" in text
    assert "Tuesday hour" in text


def test_there_is_one_thread_of_two_about_an_opening(sam, ana, thread: Thread):
    again = threads.open_between(ana, sam.person, about=thread.opening, now=app_clock.now())
    other = threads.open_between(ana, sam.person, about=None, now=app_clock.now())
    assert again is thread
    assert other is not thread


def test_nobody_else_reads_or_writes(visit: Callable, client: Visitor, zoe, wes, pat, talk: str):
    for who in (zoe, wes, pat):
        assert visit(who).get(talk).status_code == 404
        assert visit(who).post(f"{talk}/end").status_code == 404
        assert say(visit, who, talk, "Hello").status_code == 404
        assert visit(who).post(f"{talk}/reading", {"upto": "1"}).status_code == 404
    assert client.get(talk).status_code == 303


def test_the_other_gets_one_letter_until_she_has_read(visit: Callable, sam, ana, talk: str, outbox: Callable):
    for words in ("One", "Two", "Three"):
        say(visit, sam, talk, words)
    assert [letter.to_email for letter in outbox("messages/new")] == [ana.email]
    visit(ana).post(f"{talk}/reading", {"upto": "3"})
    say(visit, sam, talk, "Four")
    assert len(outbox("messages/new")) == 2


def test_reading_a_part_is_not_having_read_it_all(visit: Callable, sam, ana, talk: str, outbox: Callable):
    for words in ("One", "Two"):
        say(visit, sam, talk, words)
    visit(ana).post(f"{talk}/reading", {"upto": "1"})
    assert threads.unread_count(ana) == 1
    say(visit, sam, talk, "Three")
    assert len(outbox("messages/new")) == 1


def test_a_letter_tells_who_wrote_and_not_what(visit: Callable, sam, talk: str, outbox: Callable):
    say(visit, sam, talk, "A quiet word")
    assert "quiet" not in str(outbox("messages/new")[0].facts)


def test_whoever_answers_has_read(visit: Callable, sam, ana, talk: str):
    say(visit, sam, talk, "One")
    say(visit, ana, talk, "Two")
    assert (threads.unread_count(ana), threads.unread_count(sam.person)) == (0, 1)


def test_whoever_answers_has_read_and_is_written_to_again(visit: Callable, sam, ana, talk: str, outbox: Callable):
    for who, words in ((sam, "One"), (ana, "Two"), (sam, "Three")):
        say(visit, who, talk, words)
    assert [letter.to_email for letter in outbox("messages/new")].count(ana.email) == 2


def test_looking_marks_nothing(visit: Callable, sam, ana, talk: str):
    say(visit, sam, talk, "One")
    for _ in range(2):
        visit(ana).get(talk)
    assert threads.unread_count(ana) == 1


@pytest.mark.parametrize("upto", ["0", "-1", "x", "²", "", "9" * 30, "9" * 5_000])
def test_any_number_may_be_sent_as_read(visit: Callable, sam, ana, talk: str, upto: str):
    say(visit, sam, talk, "One")
    assert visit(ana).post(f"{talk}/reading", {"upto": upto}).status_code == 303
    assert threads.unread_count(ana) == (0 if len(upto) > 9 else 1)


def test_the_menu_tells_those_who_have_threads_what_is_new(visit: Callable, sam, ana, zoe, talk: str):
    say(visit, sam, talk, "One")
    assert '<span class="count count--new">1<span class="vh"> new</span></span>' in visit(ana).get("/dashboard").text
    assert 'href="/messages"' in visit(sam).get("/dashboard").text
    assert 'href="/messages"' not in visit(zoe).get("/dashboard").text


def test_with_htmx_the_thread_comes_back_alone_and_the_field_empty(visit: Callable, sam, talk: str):
    answer = say(visit, sam, talk, "Welcome.", htmx=True)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert answer.text.count("Welcome.") == 1


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 4001])
def test_nothing_or_too_much_is_refused_beside_the_field(visit: Callable, sam, talk: str, words: str):
    answer = say(visit, sam, talk, words)
    assert answer.status_code == 422
    assert 'id="body-error"' in answer.text
    assert words.strip() in answer.text
    assert db.session.query(Message).count() == 0


def test_four_thousand_letters_are_taken(visit: Callable, sam, talk: str):
    assert say(visit, sam, talk, "x" * 4000).status_code == 303


def test_sixty_an_hour_and_no_more(visit: Callable, sam, thread: Thread, talk: str, clock):
    for n in range(threads.MOST):
        threads.say(thread, sam.person, f"{n}", now=app_clock.now())
    refused = say(visit, sam, talk, "One more")
    assert (refused.status_code, "One more" in refused.text) == (429, True)
    clock.forward(hours=1)
    assert say(visit, sam, talk, "One more").status_code == 303


def test_the_same_message_pressed_twice_is_one(visit: Callable, sam, talk: str):
    visitor = visit(sam)
    for _ in range(2):
        visitor.post(talk, {"body": "Once", "idempotency_key": "k" * 22})
    assert db.session.query(Message).count() == 1


def test_what_is_written_stays_text(visit: Callable, sam, ana, talk: str):
    say(visit, sam, talk, LIVE)
    text = visit(ana).get(talk).text
    assert "<img src=x" not in text
    assert "{{ 7 * 7 }}" in text


def test_to_whoever_has_left_nobody_writes(visit: Callable, sam, ana, talk: str):
    ana.closed_at = app_clock.now()
    assert "Hello</textarea>" in say(visit, sam, talk, "Hello").text
    assert say(visit, sam, talk, "Hello").status_code == 409
    assert "cannot be reached" in visit(sam).get(talk).text


def test_a_thread_outlives_its_opening_and_one_of_its_two(visit: Callable, sam, ana, thread: Thread, talk: str):
    say(visit, sam, talk, "Welcome.")
    db.session.execute(delete(Opening))
    db.session.execute(delete(Person).where(Person.id == sam.person_id))
    db.session.commit()
    for address in (talk, "/messages"):
        assert "A former member" in visit(ana).get(address).text


def test_either_ends_a_thread_and_neither_writes_any_more(visit: Callable, sam, ana, talk: str, outbox: Callable):
    for n, (who, name) in enumerate(((ana, "Ana Ruiz"), (sam, "Sam Okafor"))):
        address = talk if n == 0 else f"/messages/{a_thread(sam, ana).public_id}"
        visit(who).post(f"{address}/end")
        for one, words in ((ana, "ended this thread"), (sam, f"{name} has ended this thread")):
            assert words in visit(one).get(address).text
            assert 'name="body"' not in visit(one).get(address).text
            assert say(visit, one, address, "Hello").status_code == 409
    assert outbox("messages/new") == []


def a_thread(sam: Supervisor, ana: Person) -> Thread:
    return threads.open_between(sam.person, ana, about=None, now=app_clock.now())


def test_what_was_typed_into_a_thread_that_has_ended_is_not_lost(visit: Callable, sam, ana, talk: str):
    visit(ana).post(f"{talk}/end")
    for htmx in (False, True):
        answer = say(visit, sam, talk, "Half an hour of thought", htmx=htmx)
        assert (answer.status_code, "Half an hour of thought</textarea>" in answer.text) == (409, True)
        assert 'id="body-error"' in answer.text


def test_what_was_written_stays_for_both(visit: Callable, sam, ana, talk: str):
    say(visit, sam, talk, "Welcome.")
    visit(ana).post(f"{talk}/end")
    for one in (sam, ana):
        assert "Welcome." in visit(one).get(talk).text


def test_ended_twice_is_ended_once_and_by_whom_it_was_first(visit: Callable, sam, ana, thread: Thread, talk: str):
    for who in (ana, ana, sam):
        assert visit(who).post(f"{talk}/end").status_code == 303
    assert visit(sam).get(talk).text.count("Ana Ruiz has ended this thread") == 2  # in the thread, and below it
    assert "Sam Okafor has ended" not in visit(ana).get(talk).text


def test_after_an_end_her_supervisor_can_neither_see_nor_invite_her(visit: Callable, sam, ana, thread, talk: str):
    other = people.make_opening(sam)
    waiting = inviting.invite(
        other,
        cards.turn_on(cards.choose(ana, (), ""), Wishes(state="AZ", discipline="counseling"), now=app_clock.now()),
        "",
        now=app_clock.now(),
    )
    visit(ana).post(f"{talk}/end")
    assert [mute.supervisor for mute in inviting.muted_by(ana)] == [sam]
    assert waiting.answer == "mute"
    assert sam.person_id in threads.known_to(ana)


def test_a_supervisor_who_ends_a_thread_mutes_nobody(visit: Callable, sam, ana, talk: str):
    visit(sam).post(f"{talk}/end")
    assert not inviting.muted_by(ana)


def test_two_who_begin_again_do_so_in_another_thread(sam, ana, thread: Thread):
    threads.end(thread, ana, now=app_clock.now())
    again = threads.open_between(ana, sam.person, about=thread.opening, now=app_clock.now())
    assert again is not thread


def test_of_what_was_written_nothing_is_kept_but_the_message(visit: Callable, sam, talk: str):
    visitor = visit(sam)
    for _ in range(2):
        answer = visitor.post(talk, {"body": "A quiet word", "idempotency_key": "k" * 22}, htmx=True)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, talk)
    assert "quiet" not in "".join(done.body for done in db.session.query(DoneAction))
    assert db.session.query(Message).count() == 1


def test_the_list_has_the_latest_first(visit: Callable, sam, pat, ana, thread: Thread, clock):
    other = threads.open_between(pat.person, ana, about=None, now=app_clock.now())
    threads.say(other, pat.person, "Hello", now=clock.forward(hours=1))
    threads.say(thread, sam.person, "Hello", now=clock.forward(days=1))
    names = [line.other.name for line in threads.lines(ana)]
    assert names == ["Sam Okafor", "Pat Lindqvist"]
    assert visit(ana).get("/messages").text.index("Sam Okafor") > 0


def test_without_any_thread_the_page_says_how_one_opens(visit: Callable, zoe):
    assert "No thread yet." in visit(zoe).get("/messages").text


def test_days_and_times_are_those_of_the_reader(visit: Callable, sam, ana, talk: str, clock):
    say(visit, sam, talk, "One")
    clock.forward(days=1)
    say(visit, sam, talk, "Two")
    text = visit(ana).get(talk).text
    for told in ("Tue, Nov 24", "Today", "8:00 am"):
        assert told in text
