"""A mailbox that refuses mail for good gets no more of it, until she asks for letters again or a month has passed."""

import pytest

from app.accounts.models import Person
from app.notifications import sending
from app.notifications.carriers import TryLater, Undeliverable
from app.saved import last_letter, searches
from tests import pages
from tests.people import make_opening

NO_SUCH = Undeliverable("550 5.1.1 <ana.ruiz@example.org>: no such user")


@pytest.fixture
def send(app, db):
    """send(): what is owed is handed to the mail server; or it answers by a fault, such as NO_SUCH."""

    def sent(fault: Exception | None = None) -> sending.Tally:
        def deliver(_letter) -> None:
            if fault:
                raise fault

        db.session.commit()
        return sending.send_due(deliver)

    return sent


@pytest.fixture
def refused(sam, keep, tell, send, clock):
    """The number of an opening that a letter to Ana told of, a minute before, which was refused for good."""
    keep("format=individual", "at_once")
    opening = make_opening(sam)
    assert (tell(), send(NO_SUCH).failed) == (1, 1)
    clock.forward(minutes=1)
    return opening.id


@pytest.mark.usefixtures("refused")
def test_after_a_refusal_no_letter_follows_day_after_day(sam, tell, clock):
    for _ in range(29):
        clock.forward(days=1)
        make_opening(sam)
        assert tell() == 0


@pytest.mark.usefixtures("refused")
def test_after_a_month_one_is_tried_again(sam, tell, clock):
    clock.forward(days=29)
    make_opening(sam)
    assert tell() == 0
    clock.forward(days=2)
    assert tell() == 1


@pytest.mark.usefixtures("refused")
def test_the_pages_say_that_letters_rest_and_why_until_she_asks_for_them(visit, ana, sam, tell, outbox):
    reader = visit(ana)
    for path in ("/saved", f"/saved/searches/{searches.of(ana)[0].id}/edit"):
        assert "“550 5.1.1 &lt;ana.ruiz@example.org&gt;: no such user”" in reader.get(path).text
    assert "The last was refused." in reader.get("/saved").text
    form = next(form for form in pages.forms(reader.get("/saved").text) if form.action == "/saved/letters")
    reader.post(form.action, form.values)
    assert "no such user" not in reader.get("/saved").text
    make_opening(sam)
    assert (tell(), len(outbox("saved/alert"))) == (1, 1)


def test_what_the_refused_letter_told_is_new_again(visit, ana, refused, tell, outbox):
    reader = visit(ana)
    assert "1 new" not in reader.get("/saved").text
    reader.post("/saved/letters")
    assert "1 new" in reader.get("/saved").text
    assert tell() == 1
    assert [one["id"] for one in outbox("saved/alert")[-1].facts["searches"][0]["openings"]] == [refused]


@pytest.mark.usefixtures("refused")
def test_a_search_without_letters_stays_without(visit, ana, sam, tell, clock):
    searches.silence(ana.id, None)
    visit(ana).post("/saved/letters")
    make_opening(sam)
    clock.forward(days=8)
    assert tell() == 0


def test_who_was_not_refused_gets_no_second_letter_of_the_day_by_asking(visit, ana, sam, keep, tell, send):
    keep(rhythm="at_once")
    make_opening(sam)
    assert (tell(), send().sent) == (1, 1)
    visit(ana).post("/saved/letters")
    make_opening(sam)
    assert tell() == 0


def test_a_server_that_is_away_for_days_is_no_refusal(ana, sam, keep, tell, send, clock):
    keep(rhythm="at_once")
    make_opening(sam)
    assert tell() == 1
    while not send(TryLater("421 busy")).failed:
        clock.forward(hours=1)
    assert last_letter.refusal(ana, clock.now()) is None
    make_opening(sam)
    assert tell() == 1


@pytest.mark.usefixtures("refused")
def test_another_address_is_written_to(db, ana: Person, sam, tell, clock):
    ana.email = "ana@elsewhere.example"
    make_opening(sam)
    clock.forward(days=1)
    assert tell() == 1
