"""Hold, book, confirm, cancel, move: what each does, and what each refuses."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Person
from app.audit import Deed
from app.introcalls import availability, booking
from app.introcalls.models import CallCell
from app.refusals import Forbidden, Missing, Refused
from tests import people

NINE = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)  # Tuesday, 9 am in Phoenix
HALF_PAST = NINE + timedelta(minutes=30)


@pytest.fixture(autouse=True)
def sam_takes_calls(sam):
    people.make_call_settings(sam)


@pytest.fixture
def hold(sam, clock):
    def hold(starts_at=NINE, *, email="gale@example.org", sender_key="", supervisor=sam):
        return booking.hold(
            supervisor, starts_at, name="Gale Guest", email=email, note="", zone="America/Chicago",
            sender_key=sender_key, now=clock.now(),
        )

    return hold


@pytest.fixture
def book(sam, clock):
    def book(by, starts_at=NINE, *, supervisor=sam, note=""):
        return booking.book(supervisor, starts_at, by=by, note=note, zone="America/Chicago", now=clock.now())

    return book


@pytest.fixture
def confirm(clock, outbox):
    def confirm():
        token = outbox("introcalls/confirm")[-1].secrets["path"].rsplit("/", 1)[1]
        return booking.confirm(token, now=clock.now()).call

    return confirm


def claimed(db, call) -> int:
    return db.session.scalar(select(func.count()).where(CallCell.call_id == call.id))


def refused(status, verb, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refusal:
        verb(*args, **kwargs)
    assert refusal.value.status == status
    return refusal.value.words


def test_a_hold_claims_its_minutes_and_the_pause_and_asks_its_guest_alone(db, hold, outbox):
    call = hold()
    assert (call.status, claimed(db, call)) == ("held", 6)
    assert [(letter.kind, letter.to_email) for letter in outbox()] == [("introcalls/confirm", "gale@example.org")]


def test_a_link_is_long_and_kept_as_a_hash(hold, outbox):
    call = hold()
    token = re.fullmatch(r"/calls/confirm/([\w-]{43})", outbox()[0].secrets["path"])[1]
    assert token not in (call.confirm_hash, call.public_id)
    assert len(call.confirm_hash) == 64


def test_what_is_held_cannot_be_had_by_another(hold, book, ben):
    hold()
    assert refused(409, book, ben) == "That time is no longer free."
    assert refused(409, hold, email="other@example.org")
    assert refused(409, book, ben, NINE + timedelta(minutes=15))  # the pause after the call
    assert book(ben, HALF_PAST).status == "confirmed"


def test_a_start_that_nobody_offers_is_refused(book, ana):
    off_the_grid, at_night = NINE + timedelta(minutes=5), NINE - timedelta(hours=3)
    for made_up in (off_the_grid, at_night, NINE - timedelta(days=8), NINE.replace(year=2030)):
        assert refused(409, book, ana, made_up)


def test_an_unpublished_supervisor_and_one_without_calls_have_no_times(book, ana, pat, sam):
    assert refused(409, book, ana, supervisor=pat)
    sam.published_at = None
    assert refused(409, book, ana)


def test_nobody_books_herself(book, hold, confirm, sam):
    assert refused(409, book, sam.person)
    hold(email=sam.person.email)
    assert refused(409, confirm)


def test_booking_with_an_account_is_at_once_and_both_are_told(book, ana, sam, outbox):
    call = book(ana, note="Looking for Tuesdays")
    assert (call.status, call.person, call.name) == ("confirmed", ana, "Ana Ruiz")
    told = {letter.kind: letter for letter in outbox()}
    assert told["introcalls/confirmed-supervisee"].to_email == ana.email
    assert told["introcalls/confirmed-supervisor"].to_email == sam.person.email
    assert told["introcalls/confirmed-supervisor"].facts["note"] == "Looking for Tuesdays"
    assert {letter.method for letter in outbox()} == {"REQUEST"}


def test_confirming_opens_an_account_and_tells_both(db, hold, confirm, outbox):
    call = hold()
    assert confirm() is call
    assert (call.status, call.person.email, call.person.zone) == ("confirmed", "gale@example.org", "America/Chicago")
    assert call.person.has_role("supervisee")
    assert len(outbox("introcalls/confirmed-supervisee")) == len(outbox("introcalls/confirmed-supervisor")) == 1


def test_confirming_with_an_account_opens_no_second_one(db, hold, confirm, ana):
    hold(email="Ana.Ruiz@example.org")
    assert confirm().person is ana
    assert db.session.scalar(select(func.count(Person.id)).where(Person.email_key == ana.email_key)) == 1


def test_confirming_twice_is_confirming_once(hold, confirm, outbox):
    hold()
    assert confirm() is confirm()
    assert len(outbox("introcalls/confirmed-supervisor")) == 1


def test_a_hold_lasts_thirty_minutes_to_the_second(hold, confirm, clock):
    hold()
    clock.forward(minutes=30, seconds=-1)
    assert confirm().status == "confirmed"


def test_after_thirty_minutes_the_time_is_another_s(db, hold, confirm, book, clock, ben):
    lapsed = hold()
    clock.forward(minutes=30)
    assert "have passed" in refused(409, confirm)
    assert book(ben).status == "confirmed"
    db.session.expire_all()
    assert (lapsed.status, claimed(db, lapsed)) == ("expired", 0)
    assert "have passed" in refused(409, confirm)


def test_the_worker_ends_holds_that_ran_out_and_no_others(db, hold, clock, ana, sam):
    lapsed = hold()
    clock.forward(minutes=20)
    fresh = hold(HALF_PAST)
    kept = people.make_call(sam, ana, starts_at=NINE + timedelta(hours=2))
    clock.forward(minutes=10)
    booking.expire_holds(clock.now())
    db.session.expire_all()
    assert [call.status for call in (lapsed, fresh, kept)] == ["expired", "held", "confirmed"]
    assert [claimed(db, call) for call in (lapsed, fresh, kept)] == [0, 6, 6]


def test_a_link_that_is_none_of_ours(app, clock):
    with pytest.raises(Missing):
        booking.confirm("made-up", now=clock.now())


def test_a_cancelled_call_cannot_be_confirmed(hold, confirm, clock):
    call = hold()
    confirm()
    booking.cancel(call, by=call.person, note="", now=clock.now())
    assert "cancelled" in refused(409, confirm)


def test_three_times_are_held_for_one_address_and_no_fourth(hold, clock):
    for hour in range(3):
        hold(NINE + timedelta(hours=hour), email=["gale@example.org", "GALE@example.org", "gale@Example.org"][hour])
    assert "three times" in refused(429, hold, NINE + timedelta(hours=3))
    clock.forward(minutes=30)
    assert hold(NINE + timedelta(hours=3)).status == "held"


def test_three_times_an_hour_from_one_network(hold, clock):
    for hour in range(3):
        hold(NINE + timedelta(hours=hour), email=f"guest{hour}@example.org", sender_key="here")
    assert "from your connection" in refused(429, hold, NINE + timedelta(hours=3), sender_key="here")
    assert hold(NINE + timedelta(hours=3), sender_key="elsewhere").status == "held"
    clock.forward(hours=1)
    assert hold(NINE + timedelta(hours=4), email="another@example.org", sender_key="here").status == "held"


def test_two_calls_ahead_with_one_supervisor_and_ten_in_all(book, ana):
    book(ana)
    book(ana, HALF_PAST)
    assert "two calls" in refused(429, book, ana, NINE + timedelta(hours=1))
    for n in range(4):
        other = people.make_supervisor(f"Other {'ABCD'[n]}")
        people.make_call_settings(other)
        book(ana, supervisor=other)
        book(ana, HALF_PAST, supervisor=other)
    last = people.make_supervisor("Last One")
    people.make_call_settings(last)
    assert "ten calls" in refused(429, book, ana, supervisor=last)


def test_a_guest_with_two_calls_learns_so_only_from_her_own_letter(book, hold, confirm, ana):
    book(ana)
    book(ana, HALF_PAST)
    assert hold(NINE + timedelta(hours=1), email=ana.email).status == "held"
    assert "two calls" in refused(429, confirm)


def test_cancelling_frees_the_time_and_tells_both(db, book, clock, outbox, ana, ben, sam):
    call = book(ana)
    booking.cancel(call, by=sam.person, note="I am ill, sorry.", now=clock.now())
    assert (call.status, call.sequence, claimed(db, call)) == ("cancelled", 1, 0)
    letters = outbox("introcalls/cancelled-supervisee") + outbox("introcalls/cancelled-supervisor")
    assert [letter.method for letter in letters] == ["CANCEL", "CANCEL"]
    assert [letter.facts["cancelled_by"] for letter in letters] == ["Sam Okafor", "You"]
    assert letters[0].facts["cancel_note"] == "I am ill, sorry."
    assert book(ben).status == "confirmed"


def test_cancelling_is_for_the_two_and_once_and_before_it_begins(book, clock, ana, zoe):
    call = book(ana)
    with pytest.raises(Missing):
        booking.cancel(call, by=zoe, note="", now=clock.now())
    clock.at(NINE)
    assert "begun" in refused(409, booking.cancel, call, by=ana, note="", now=clock.now())
    clock.at(NINE - timedelta(minutes=1))
    booking.cancel(call, by=ana, note="", now=clock.now())
    assert "already" in refused(409, booking.cancel, call, by=ana, note="", now=clock.now())


def test_moving_takes_the_new_time_and_frees_the_old(db, book, clock, outbox, ana, ben):
    call = book(ana)
    booking.move(call, NINE + timedelta(minutes=15), by=ana, now=clock.now())
    assert (call.starts_at, call.sequence, claimed(db, call)) == (NINE + timedelta(minutes=15), 1, 6)
    assert [letter.method for letter in outbox("introcalls/moved-supervisor")] == ["REQUEST"]
    assert refused(409, book, ben)
    assert book(ben, NINE + timedelta(minutes=45)).status == "confirmed"


def test_a_refused_move_changes_nothing(db, book, clock, ana, ben):
    call = book(ana)
    book(ben, HALF_PAST)
    assert refused(409, booking.move, call, HALF_PAST, by=ana, now=clock.now())
    db.session.expire_all()
    assert (call.starts_at, call.sequence, claimed(db, call)) == (NINE, 0, 6)


def test_moving_is_for_the_one_who_booked_and_until_two_hours_before(book, clock, ana, sam, zoe):
    call = book(ana)
    with pytest.raises(Missing):
        booking.move(call, HALF_PAST, by=zoe, now=clock.now())
    with pytest.raises(Forbidden):
        booking.move(call, HALF_PAST, by=sam.person, now=clock.now())
    clock.at(NINE - timedelta(hours=2, seconds=-1))
    assert "2 hours" in refused(409, booking.move, call, NINE + timedelta(days=2), by=ana, now=clock.now())
    clock.at(NINE - timedelta(hours=2))
    assert booking.move(call, NINE + timedelta(days=2), by=ana, now=clock.now()).sequence == 1
    booking.cancel(call, by=ana, note="", now=clock.now())
    assert refused(409, booking.move, call, NINE, by=ana, now=clock.now())


def test_the_database_itself_forbids_an_overlap(db, book, ana, sam):
    call = book(ana)
    first = db.session.scalar(select(func.min(CallCell.cell)))
    with pytest.raises(IntegrityError), db.session.begin_nested():
        people.make_call(sam, starts_at=NINE + timedelta(minutes=25))
    assert db.session.scalars(select(CallCell.call_id).where(CallCell.cell == first)).all() == [call.id]


def test_every_act_is_written_down_without_names(db, hold, confirm, clock):
    call = hold()
    confirm()
    booking.move(call, HALF_PAST, by=call.person, now=clock.now())
    booking.cancel(call, by=call.person, note="private words", now=clock.now())
    db.session.flush()
    deeds = list(db.session.scalars(select(Deed).where(Deed.subject == "call").order_by(Deed.id)))
    assert [deed.deed for deed in deeds] == ["call.held", "call.confirmed", "call.moved", "call.cancelled"]
    assert not any("Gale" in str(deed.facts) or "private" in str(deed.facts) for deed in deeds)


def test_next_free_of_many_skips_what_is_taken_and_who_takes_no_calls(hold, clock, sam, pat):
    tomorrow = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
    assert availability.next_free([sam.id, pat.id], clock.now()) == {sam.id: tomorrow, pat.id: None}
    hold(tomorrow)
    assert availability.next_free([sam.id], clock.now()) == {sam.id: tomorrow + timedelta(minutes=30)}
    clock.forward(minutes=30)  # the hold runs out, though nobody has ended it
    assert availability.next_free([sam.id], clock.now()) == {sam.id: tomorrow}
    assert availability.next_free([], clock.now()) == {}
