"""Still open? Asked after 30 days, marked and sunk while unanswered, paused after 45; and how soon she answers."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.notifications.delivery import Stationery
from app.openings import freshness, writing
from app.openings.models import FreshnessAsk, OpeningChange, Placement
from tests.people import make_opening, make_supervisor

DAY = timedelta(days=1)


@pytest.fixture
def opening(sam):
    return make_opening(sam, title="Friday case group", format="group", seats=6, taken=4)


def ask(opening, clock, outbox, *, after=30) -> str:
    """Let so many days pass, run the job, and give the path in the letter."""
    freshness.ask_due(clock.forward(days=after))
    return outbox("openings/ask")[-1].secrets["path"]


def test_after_thirty_days_she_is_asked_once(opening, clock, outbox):
    assert freshness.ask_due(clock.forward(days=29)) == 0
    assert freshness.ask_due(clock.forward(days=1)) == 1
    assert freshness.ask_due(clock.forward(days=1)) == 0
    (letter,) = outbox("openings/ask")
    assert (letter.to_email, letter.facts["days"]) == (opening.supervisor.person.email, 30)


@pytest.mark.parametrize("status", ["draft", "paused", "closed"])
def test_what_is_not_shown_is_not_asked_about(opening, clock, status):
    opening.status = status
    assert freshness.ask_due(clock.forward(days=60)) == 0


def test_the_token_is_kept_as_a_hash_alone(opening, clock, outbox, db):
    token = ask(opening, clock, outbox).rsplit("/", 1)[1]
    (stored,) = db.session.scalars(select(FreshnessAsk))
    assert token not in stored.token_hash
    assert freshness.asked_with(token) == (stored, opening)


def test_each_letter_can_be_drawn_and_leads_back(app, opening, clock, outbox, ana):
    opening.seat_rows[5].placements.append(Placement(person=ana, started_at=clock.now()))
    path = ask(opening, clock, outbox)
    writing.save(opening, {"fee_cents": 5000, "line": "x"}, version=1, by=opening.supervisor.person, now=clock.now())
    ask(opening, clock, outbox)
    freshness.pause_unanswered(clock.forward(days=15))
    drawn = [Stationery(app.config["SC"]).draw(letter) for letter in outbox()]
    assert [str(mail["Subject"]) for mail in drawn] == [
        "Still open? Friday case group", "Changed: Friday case group", "Still open? Friday case group",
        "Paused for now: Friday case group",
    ]  # fmt: skip
    for answer in freshness.ANSWERS:
        assert f"http://localhost{path}?answer={answer}" in drawn[0].get_body(("plain",)).get_content()
    assert "Fee: $100 -> $50" in drawn[1].get_body(("plain",)).get_content()


def test_looking_at_the_link_changes_nothing(opening, clock, outbox, client, db):
    path = ask(opening, clock, outbox)
    before = opening.confirmed_at
    page = client.get(path)
    assert "Is Friday case group still open?" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert opening.confirmed_at == before
    assert db.session.scalar(select(func.count()).where(FreshnessAsk.answered_at.is_not(None))) == 0


def test_the_button_of_the_link_that_was_followed_comes_to_the_eye_first(opening, clock, outbox, client):
    page = client.get(f"{ask(opening, clock, outbox)}?answer=full").text
    assert 'class="btn btn--primary" type="submit" name="answer" value="full"' in page
    assert page.count('name="answer"') == 3


def test_still_open_needs_no_sign_in_and_confirms(opening, clock, outbox, client):
    path = ask(opening, clock, outbox)
    now = clock.forward(hours=3)
    assert client.post(path, {"answer": "open"}).status_code == 303
    assert (opening.status, opening.confirmed_at) == ("published", now)
    assert "Confirmed: it is open" in client.get(path).text


@pytest.mark.parametrize(("answer", "deed"), [("full", "full"), ("paused", "paused")])
def test_full_and_paused_rest_it_and_say_why(opening, clock, outbox, client, db, answer, deed):
    client.post(ask(opening, clock, outbox), {"answer": answer})
    assert opening.status == "paused"
    assert db.session.scalars(select(OpeningChange.deed)).all() == [deed]


def test_an_answer_is_given_once(opening, clock, outbox, client):
    path = ask(opening, clock, outbox)
    client.post(path, {"answer": "full"})
    assert client.post(path, {"answer": "open"}).status_code == 409
    assert opening.status == "paused"


@pytest.mark.parametrize("answer", ["", "maybe", "OPEN"])
def test_another_answer_is_refused(opening, clock, outbox, client, answer):
    assert client.post(ask(opening, clock, outbox), {"answer": answer}).status_code == 422


@pytest.mark.parametrize("token", ["x", "t" * 43, "%F0%9F%AA%91"])
def test_a_token_we_did_not_give_leads_nowhere(client, token):
    assert client.get(f"/openings/still-open/{token}").status_code == 404
    assert client.post(f"/openings/still-open/{token}", {"answer": "open"}).status_code == 404


def test_unanswered_it_is_marked_on_its_card_and_its_page(opening, client, clock):
    clock.forward(days=38)
    words = "Not confirmed for 38 days; we have asked."
    assert words in client.get("/openings").text
    assert words in client.get(f"/openings/{opening.id}").text
    assert "entry--stale" in client.get("/openings").text


@pytest.mark.parametrize("sort", ["", "fee", "newest", "soonest"])
def test_unanswered_it_sinks_however_the_list_is_sorted(opening, client, clock, sort):
    clock.forward(days=38)
    other = make_opening(make_supervisor("Robin Vale"), fee=900, published_at=clock.now() - 300 * DAY)
    page = client.get("/openings", query_string={"sort": sort}).text
    assert page.index(f'data-opening="{other.id}"') < page.index(f'data-opening="{opening.id}"')


def test_after_forty_five_days_it_is_paused_and_she_is_told(opening, clock, outbox):
    ask(opening, clock, outbox)
    assert freshness.pause_unanswered(clock.forward(days=14)) == 0
    assert freshness.pause_unanswered(clock.forward(days=1)) == 1
    assert opening.status == "paused"
    (letter,) = outbox("openings/unanswered")
    assert letter.facts["days"] == 45


def test_nothing_is_paused_soon_after_a_letter_that_went_late(opening, clock, outbox):
    ask(opening, clock, outbox, after=50)
    assert freshness.pause_unanswered(clock.forward(days=5)) == 0
    assert freshness.pause_unanswered(clock.forward(days=5)) == 1


def test_the_link_still_opens_what_was_paused_unanswered(opening, clock, outbox, client):
    path = ask(opening, clock, outbox)
    freshness.pause_unanswered(clock.forward(days=15))
    client.post(path, {"answer": "open"})
    assert opening.status == "published"


def test_confirming_with_the_account_answers_the_letter(opening, clock, outbox, visit, sam):
    path = ask(opening, clock, outbox)
    visit(sam).post(f"/my/openings/{opening.id}/confirmation")
    assert "Confirmed: it is open" in visit(sam).get(path).text
    assert freshness.ask_due(clock.forward(days=29)) == 0


def answered(db, opening, clock, *hours):
    """Questions asked today, each answered after so many hours (None: not yet)."""
    now = clock.now()
    for n, taken in enumerate(hours):
        at = None if taken is None else now + timedelta(hours=taken)
        db.session.add(FreshnessAsk(opening_id=opening.id, token_hash=f"{n}", asked_at=now, answered_at=at))
    db.session.flush()


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ((1, 1, 1, 1), None),
        ((0.1, 0.2, 0.3, 90, 90), "within the hour"),
        ((2, 3, 20, 90, None), "within a day"),
        ((50, 50, 50, 50, 50), "within 3 days"),
        ((1, 1, None, None, None), None),
    ],
)
def test_how_soon_she_answers_is_the_median_of_five_or_more(db, opening, clock, sam, hours, words):
    answered(db, opening, clock, *hours)
    assert freshness.answers_within(sam.id, clock.forward(days=10)) == words


def test_of_many_it_is_the_same_in_hours_begun(db, opening, clock, sam):
    answered(db, opening, clock, 1, 2, 25.2, 30, 40)
    now = clock.forward(days=10)
    assert freshness.answer_hours([sam.id, 10**6], now) == freshness.answer_hours(None, now) == {sam.id: 26}
    assert freshness.answer_words(timedelta(hours=26)) == freshness.answers_within(sam.id, now)


def test_what_was_asked_over_ninety_days_ago_says_nothing_any_more(db, opening, clock, sam):
    answered(db, opening, clock, 1, 1, 1, 1, 1)
    assert freshness.answer_time(sam.id, clock.forward(days=91)) is None


def test_her_profile_says_how_soon_she_answers_from_five_answers_on(db, opening, clock, sam, client):
    answered(db, opening, clock, 1, 1, 1, 20)
    words = "<b>Usually answers</b> within a day, asked whether a place is still open"
    assert words not in client.get(f"/supervisors/{sam.slug}").text
    db.session.add(FreshnessAsk(opening_id=opening.id, token_hash="x", asked_at=clock.now(), answered_at=clock.now()))
    clock.forward(days=1)
    assert words.replace("a day", "the hour") in client.get(f"/supervisors/{sam.slug}").text
