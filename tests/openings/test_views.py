"""How often an opening is looked at: who counts, and that looking writes nothing of its own."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from app.openings import views
from tests.people import make_opening

TODAY, SINCE = date(2026, 11, 24), date(2026, 1, 1)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
USUAL = {"method": "GET", "agent": FIREFOX, "purpose": "", "is_part": False, "is_hers": False}
PROGRAMS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "facebookexternalhit/1.1",
    "Slackbot-LinkExpanding 1.0",
    "WhatsApp/2.23",
    "curl/8.5.0",
    "python-requests/2.32",
    "Mozilla/5.0 (compatible; Baiduspider/2.0)",
)


@pytest.fixture
def opening(sam):
    return make_opening(sam)


@pytest.fixture
def counted(db, clock, opening):
    """counted(): looks at the opening by day, once everything is written."""

    def look() -> dict[date, int]:
        db.session.commit()
        views.write(clock.now())
        return {on: count for (_, on), count in views.by_day([opening.id], SINCE).items()}

    return look


@pytest.mark.parametrize(
    "changed",
    [{"method": "HEAD"}, {"is_part": True}, {"is_hers": True}, {"purpose": "prefetch;prerender"}]
    + [{"agent": agent} for agent in PROGRAMS],
)
def test_what_nobody_looked_at_is_no_look(changed):
    assert views.is_a_look(**USUAL)
    assert not views.is_a_look(**{**USUAL, **changed})


@pytest.mark.parametrize("agent", ["", "Mozilla/5.0 (Linux; Android 13; CUBOT P80) Mobile Safari/537.36"])
def test_whoever_does_not_say_to_be_a_program_is_believed(agent):
    assert views.is_a_look(**{**USUAL, "agent": agent})


def test_guests_and_others_count_and_the_supervisor_herself_does_not(client, visit, opening, sam, ana, counted):
    for visitor in (client, client, visit(ana), visit(sam)):
        visitor.get(f"/openings/{opening.id}")
    client.head(f"/openings/{opening.id}")
    client.get(f"/openings/{opening.id}", htmx=True)
    client.get(f"/openings/{opening.id}", headers={"User-Agent": PROGRAMS[0]})
    assert counted() == {TODAY: 3}


def test_what_cannot_be_seen_cannot_be_looked_at(client, opening, counted):
    opening.status = "draft"
    assert client.get(f"/openings/{opening.id}").status_code == 404
    assert counted() == {}


def test_days_are_kept_apart(client, clock, opening, counted):
    client.get(f"/openings/{opening.id}")
    clock.forward(hours=9)  # midnight in London
    client.get(f"/openings/{opening.id}")
    assert counted() == {TODAY: 1, TODAY + timedelta(days=1): 1}


def test_looks_are_written_by_a_later_request_after_its_answer(client, clock, db, opening):
    client.get(f"/openings/{opening.id}")
    client.get("/about")
    assert views.by_day([opening.id], SINCE) == {}
    clock.forward(seconds=5)
    client.get("/about")
    assert views.by_day([opening.id], SINCE) == {(opening.id, TODAY): 1}


def test_a_request_that_writes_looks_does_so_outside_its_own_transaction(client, clock, db, opening):
    client.get(f"/openings/{opening.id}")
    clock.forward(seconds=5)
    told: list[str] = []
    listeners = {
        "before_cursor_execute": lambda _connection, _cursor, statement, *_rest: told.append(statement.split()[0]),
        "rollback": lambda _connection: told.append("ROLLBACK"),
        "commit": lambda _connection: told.append("COMMIT"),
    }
    for name, listener in listeners.items():
        event.listen(db.engine, name, listener)
    client.get(f"/openings/{opening.id}")
    for name, listener in listeners.items():
        event.remove(db.engine, name, listener)
    over = max(n for n, word in enumerate(told) if word == "ROLLBACK")  # the end of what the request read
    assert [word for word in told[over + 1 :] if word != "BEGIN"] == ["INSERT", "COMMIT"]
    assert told.count("INSERT") == 1


def test_two_processes_add_to_one_row(clock, opening, counted, db):
    other = views.Tally()
    for tally in (views.TALLY, other):
        tally.noted(opening.id, clock.now())
    db.session.commit()
    views._add(other.take())
    assert counted() == {TODAY: 2}


def test_an_opening_that_is_gone_takes_its_looks_along(clock, opening, counted):
    views.noted(opening.id + 1000, clock.now())
    views.noted(opening.id, clock.now())
    assert counted() == {TODAY: 1}


def test_looks_wait_while_the_database_is_busy(clock, opening, counted, monkeypatch):
    views.noted(opening.id, clock.now())

    def busy(_counts) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    with monkeypatch.context() as patch:
        patch.setattr(views, "_add", busy)
        with pytest.raises(OperationalError):
            views.write(clock.now())
    assert counted() == {TODAY: 1}
