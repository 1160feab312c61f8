"""Letters about what is new in saved searches: only what is new, once a day at most, nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import select

from app.notifications.delivery import Stationery
from app.notifications.leases import transaction
from app.openings import publishing
from app.openings.models import Opening, Placement
from app.saved import alerts, letters, searches
from app.saved.models import AlertStop, ToldOpening
from app.supervisors.models import SupervisorTerm
from tests.people import make_opening, make_supervisor


@pytest.fixture
def told(outbox):
    """told(): by letter owed, which openings it tells of under which search."""
    return lambda: [
        {search["name"]: [one["id"] for one in search["openings"]] for search in letter.facts["searches"]}
        for letter in outbox("saved/alert")
    ]


@pytest.fixture
def publish(db, writing):
    """publish(sam, fee=70): an opening that was not there when the worker last looked; its number."""

    def published(supervisor, **columns) -> int:
        writing()
        opening = make_opening(supervisor, **columns)
        db.session.commit()
        return opening.id

    return published


def text_of(app, letter) -> str:
    return Stationery(app.config["SC"]).draw(letter).get_body(("plain",)).get_content()


def test_what_was_there_when_she_saved_the_search_is_not_new(sam, keep, tell, clock, outbox):
    make_opening(sam)
    keep(rhythm="at_once")
    assert tell() == 0
    clock.forward(days=2)
    assert tell() == 0
    assert not outbox()


def test_what_is_published_afterwards_is_told_once(sam, keep, tell, clock, told, publish):
    keep("format=individual", "at_once")
    new = publish(sam)
    assert [tell(), tell()] == [1, 0]
    clock.forward(days=3)
    assert tell() == 0
    assert told() == [{"Individual": [new]}]


def test_a_letter_says_who_what_whether_it_counts_when_and_for_how_much(app, sam, keep, tell, outbox, publish):
    keep("state=AZ&discipline=counseling", "at_once")
    new = publish(sam, fee=70)
    tell()
    (letter,) = outbox("saved/alert")
    said = text_of(app, letter)
    for words in (
        "Sam Okafor: Individual · online", "for Arizona", "Tuesdays 5:30–6:30 pm Arizona time", "$70 a session",
        f"http://localhost/openings/{new}", "http://localhost/saved/searches/", "You get this because you saved",
    ):  # fmt: skip
        assert words in said


def test_a_group_is_told_by_its_name(app, sam, keep, tell, outbox, publish):
    keep("format=group", "at_once")
    publish(sam, format="group", title="The Thursday Table")
    tell()
    assert "The Thursday Table with Sam Okafor: Group of " in text_of(app, outbox("saved/alert")[0])


def test_what_does_not_suit_is_not_told(sam, keep, tell, publish):
    keep("max_fee=60", "at_once")
    publish(sam, fee=100)
    assert tell() == 0


def test_what_comes_to_suit_is_new(db, sam, keep, tell, told, writing):
    opening = make_opening(sam, fee=100)
    keep("max_fee=60", "at_once")
    writing()
    opening.fee_cents = 5500
    assert tell() == 1
    assert told() == [{"At most $60": [opening.id]}]


def test_a_place_that_came_free_is_new(db, sam, keep, tell, told, clock, writing):
    opening = make_opening(sam, taken=1)
    keep(rhythm="at_once")
    writing()
    db.session.scalars(select(Placement)).one().ended_at = clock.now()
    opening.updated_at = clock.now()
    assert tell() == 1
    assert told() == [{"All openings": [opening.id]}]


def test_what_was_told_is_not_told_again_when_it_goes_and_comes_back(db, sam, keep, tell, clock, publish, writing):
    keep(rhythm="at_once")
    new = publish(sam)
    assert tell() == 1
    for step in (publishing.pause, publishing.resume):
        clock.forward(days=1)
        writing()
        step(db.session.get_one(Opening, new), by=sam.person, now=clock.now())
        assert tell() == 0


def test_further_news_of_the_day_waits_for_the_next_morning(sam, keep, tell, clock, told, publish):
    keep(rhythm="at_once")
    first = publish(sam)
    assert tell() == 1
    clock.forward(minutes=30)
    second = publish(sam)
    assert tell() == 0
    clock.at(datetime(2026, 11, 25, 14, 59, tzinfo=UTC))
    assert tell() == 0
    clock.at(datetime(2026, 11, 25, 15, 0, tzinfo=UTC))
    assert tell() == 1
    assert told() == [{"All openings": [first]}, {"All openings": [second]}]


@pytest.mark.parametrize(("rhythm", "days"), [("daily", 1), ("weekly", 6)])
def test_a_digest_comes_in_the_morning_of_its_rhythm(sam, keep, tell, clock, publish, rhythm, days):
    keep(rhythm=rhythm)
    publish(sam)
    clock.forward(days=days, minutes=-1)
    assert tell() == 0
    clock.forward(minutes=1)
    assert tell() == 1


def test_mornings_are_those_of_her_own_zone_wherever_she_saved_the_search(sam, ana, keep, tell, clock, publish):
    ana.zone = "Pacific/Honolulu"
    keep(rhythm="daily")
    publish(sam)
    clock.at(datetime(2026, 11, 24, 17, 59, tzinfo=UTC))
    assert tell() == 0
    clock.at(datetime(2026, 11, 24, 18, 0, tzinfo=UTC))
    assert tell() == 1


def test_a_search_without_letters_is_never_told_of(sam, keep, tell, clock, publish):
    keep(rhythm="never")
    publish(sam)
    clock.forward(days=30)
    assert tell() == 0


def test_all_her_searches_share_one_letter_and_an_opening_stands_in_it_once(sam, keep, tell, clock, told, publish):
    keep("format=group")
    keep("format=individual")
    keep("max_fee=60")
    group, alone = publish(sam, format="group", fee=50), publish(sam, fee=100)
    clock.forward(days=1)
    assert tell() == 1
    assert told() == [{"Group": [group], "Individual": [alone]}]


def test_what_one_search_told_of_another_does_not_tell_again_days_later(ana, sam, keep, tell, clock, publish):
    keep("format=individual", "at_once")
    keep("max_fee=90", "weekly")
    publish(sam, fee=60)
    assert tell() == 1
    clock.forward(days=8)
    assert [new for _, new in searches.news(ana, clock.now())] == [0, 0]
    assert tell() == 0


def test_a_letter_at_once_takes_along_what_would_be_due_later_that_day(sam, keep, tell, clock, told, publish):
    keep("format=group", "at_once")
    keep("format=individual", "daily")
    clock.at(datetime(2026, 11, 25, 12, 0, tzinfo=UTC))  # five in the morning, in Arizona
    publish(sam, format="group")
    publish(sam)
    assert tell() == 1
    assert sorted(told()[0]) == ["Group", "Individual"]
    clock.forward(hours=3)
    assert tell() == 0


@pytest.mark.parametrize(("rhythm", "days"), [("daily", 1), ("weekly", 4)])
def test_after_days_without_a_worker_there_is_one_letter_and_then_the_rhythm_again(
    sam, keep, tell, clock, told, publish, rhythm, days
):
    keep(rhythm=rhythm)
    first = publish(sam)
    clock.at(datetime(2026, 12, 3, 20, 0, tzinfo=UTC))  # a Thursday; the last morning was hours ago
    assert [tell(), tell()] == [1, 0]
    second = publish(sam)
    clock.at(datetime(2026, 12, 3 + days, 14, 59, tzinfo=UTC))
    assert tell() == 0
    clock.forward(minutes=1)
    assert tell() == 1
    assert told() == [{"All openings": [first]}, {"All openings": [second]}]


def test_what_was_taken_along_on_a_monday_keeps_to_mondays(sam, keep, tell, clock, told, publish):
    keep("format=group", "at_once")
    keep("format=individual", "weekly")
    clock.at(datetime(2026, 11, 30, 12, 0, tzinfo=UTC))  # five on a Monday morning, in Arizona
    publish(sam, format="group")
    assert tell() == 1
    alone = publish(sam)
    clock.forward(days=1, hours=4)
    assert tell() == 0
    clock.at(datetime(2026, 12, 7, 15, 0, tzinfo=UTC))
    assert tell() == 1
    assert told()[-1] == {"Individual": [alone]}


def test_everybody_gets_a_letter_of_her_own(sam, ana, ben, keep, tell, outbox, publish):
    keep(rhythm="at_once")
    keep(rhythm="at_once", by=ben)
    publish(sam)
    assert tell() == 2
    assert {letter.to_email for letter in outbox()} == {ana.email, ben.email}


def test_what_breaks_for_one_keeps_nobody_else_from_her_letter(sam, ana, ben, keep, tell, outbox, publish, monkeypatch):
    keep(rhythm="at_once")
    keep(rhythm="at_once", by=ben)
    publish(sam)
    look = alerts.look
    monkeypatch.setattr(alerts, "look", lambda id, now: 1 // 0 if id == ana.id else look(id, now))
    assert tell() == 1
    assert [letter.to_email for letter in outbox()] == [ben.email]


def test_of_much_that_is_new_the_first_are_shown_and_the_rest_counted(app, sam, keep, tell, outbox, publish):
    saved = keep(rhythm="at_once")
    for _ in range(letters.MOST + 2):
        publish(sam)
    tell()
    (letter,) = outbox()
    assert len(letter.facts["searches"][0]["openings"]) == letters.MOST
    assert "2 more are new in this search." in text_of(app, letter)
    assert letter.facts["searches"][0]["path"] == f"/saved/searches/{saved.id}?sort=newest"
    assert Stationery(app.config["SC"]).draw(letter)["Subject"] == "7 new openings for what you look for"


def test_what_two_searches_find_is_counted_once(app, sam, keep, tell, outbox, publish):
    keep("format=individual", "at_once")
    keep("max_fee=500", "at_once")
    for _ in range(letters.MOST * 2 + 1):
        publish(sam)
    tell()
    (letter,) = outbox()
    assert [len(search["openings"]) for search in letter.facts["searches"]] == [letters.MOST, letters.MOST]
    assert letter.facts["total"] == letters.MOST * 2 + 1


def test_a_letter_about_many_searches_stays_short_enough_to_be_shown_whole(app, sam, keep, tell, outbox, publish):
    for dollars in range(searches.MOST):
        keep(f"max_fee={dollars + 500}", "at_once")
    for _ in range(searches.MOST * 3):
        publish(sam)
    tell()
    (letter,) = outbox()
    shown = [len(search["openings"]) for search in letter.facts["searches"]]
    assert (len(shown), min(shown), max(shown)) == (searches.MOST, 1, letters.MOST)
    html = Stationery(app.config["SC"]).draw(letter).get_body(("html",)).get_content()
    assert len(html.encode()) < 100_000  # where more begins, some mailboxes cut, and the way to end letters comes last


def test_what_vanished_before_the_letter_is_written_is_left_out(db, sam, ana, keep, clock, told, publish, writing):
    keep(rhythm="at_once")
    stays, goes = publish(sam), publish(sam)
    round = alerts.look(ana.id, clock.now())
    writing()
    db.session.get_one(Opening, goes).status = "paused"
    db.session.commit()
    with transaction():
        assert alerts.write(round, clock.now()) == 1
    assert told() == [{"All openings": [stays]}]


def test_two_workers_at_once_write_one_letter(sam, ana, keep, clock, outbox, publish):
    keep(rhythm="at_once")
    publish(sam)
    rounds = [alerts.look(ana.id, clock.now()) for _ in range(2)]
    written = []
    for round in rounds:
        with transaction():
            written.append(alerts.write(round, clock.now()))
    assert written == [1, 0]
    assert len(outbox()) == 1


def test_of_workers_that_begin_together_one_writes(app, db, sam, ana, keep, clock, outbox, publish):
    keep(rhythm="at_once")
    publish(sam)
    start = Barrier(3)

    def work() -> int:
        with app.app_context():
            start.wait()
            return alerts.tell_due(clock.now())

    with ThreadPoolExecutor(3) as pool:
        written = [run.result() for run in [pool.submit(work) for _ in range(3)]]
    db.session.rollback()
    assert sum(written) == len(outbox()) == 1


def test_who_says_no_while_the_worker_looks_gets_no_letter(sam, ana, keep, clock, outbox, publish, db, writing):
    keep(rhythm="at_once")
    publish(sam)
    round = alerts.look(ana.id, clock.now())
    writing()
    searches.silence(ana.id, None)
    db.session.commit()
    with transaction():
        assert alerts.write(round, clock.now()) == 0
    assert not outbox()


def test_nothing_private_stands_in_a_letter(app, db, keep, tell, outbox, publish, writing):
    saved = keep("affinity=lgbtqia&format=individual", "at_once")
    writing()
    saved.name = "LGBTQIA+ supervisors"
    lena = make_supervisor("Lena Ashgrove")
    lena.terms.append(SupervisorTerm(kind="affinity", term="lgbtqia", position=0))
    publish(lena)
    assert tell() == 1
    (letter,) = outbox()
    whole = Stationery(app.config["SC"]).draw(letter).as_string().casefold() + str(letter.facts).casefold()
    assert "individual" in whole
    assert "lgbtq" not in whole
    assert "affinity" not in whole


def test_a_letter_ends_itself_by_links_that_are_kept_as_hashes(app, sam, keep, tell, outbox, db, publish):
    keep(rhythm="at_once")
    publish(sam)
    tell()
    (letter,) = outbox()
    drawn = Stationery(app.config["SC"]).draw(letter)
    path = letter.secrets["unsubscribe_path"]
    assert drawn["List-Unsubscribe"] == f"<http://localhost{path}>"
    assert letter.secrets["stops"][0] in drawn.get_body(("plain",)).get_content()
    kept = str([vars(stop) for stop in db.session.scalars(select(AlertStop))])
    assert path.rsplit("/", 1)[1] not in kept


def test_what_was_told_long_ago_is_forgotten(db, sam, keep, tell, clock, publish, writing):
    keep(rhythm="at_once")
    publish(sam)
    tell()
    writing()
    alerts.forget(clock.forward(days=179))
    assert db.session.scalars(select(ToldOpening)).all()
    alerts.forget(clock.forward(days=2))
    assert not db.session.scalars(select(ToldOpening)).all()


def test_a_search_that_is_deleted_while_the_worker_looks_is_in_no_letter(
    db, sam, ana, keep, tell, clock, told, publish, writing
):
    keep("format=individual", "at_once")
    gone = keep("max_fee=500", "at_once")
    new = publish(sam)
    round = alerts.look(ana.id, clock.now())
    writing()
    searches.drop(gone)
    db.session.commit()
    with transaction():
        assert alerts.write(round, clock.now()) == 0
    assert tell() == 1
    assert told() == [{"Individual": [new]}]


def test_what_was_known_and_comes_back_after_it_was_gone_is_new_once(db, sam, keep, tell, clock, told, writing):
    opening = make_opening(sam)
    keep(rhythm="at_once")
    for step in (publishing.pause, publishing.resume, publishing.pause, publishing.resume):
        clock.forward(days=1)
        writing()
        step(db.session.get_one(Opening, opening.id), by=sam.person, now=clock.now())
        tell()
    assert told() == [{"All openings": [opening.id]}]


@pytest.mark.parametrize(
    ("midnight", "eight"),
    [(datetime(2026, 11, 1, 4, tzinfo=UTC), (2, 13)), (datetime(2027, 3, 14, 5, tzinfo=UTC), (15, 12))],
)
def test_on_the_days_on_which_the_clocks_change_there_is_one_letter_too(
    sam, ana, keep, tell, clock, publish, midnight, eight
):
    ana.zone = "America/New_York"
    clock.at(midnight)
    keep(rhythm="at_once")
    written = []
    for _ in range(36):  # hour by hour, with something new in each
        publish(sam)
        written += [clock.now()] * tell()
        clock.forward(hours=1)
    assert [(at.day, at.hour) for at in written] == [(midnight.day, midnight.hour), eight]
