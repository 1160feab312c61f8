"""What can be done with an intro call: hold, book, confirm, move, cancel."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from app import audit
from app.accounts import people, registration
from app.accounts.addresses import email_key
from app.accounts.models import Person
from app.accounts.sign_ins import hash_of
from app.db import db
from app.introcalls import calls, claims, letters
from app.introcalls.ics import Organizer
from app.introcalls.models import Call
from app.refusals import Forbidden, Missing, Refused
from app.supervisors.models import Supervisor

HOLD = timedelta(minutes=30)
MOVE_UNTIL = timedelta(hours=2)  # before the call begins
A_MOMENT = timedelta(minutes=1)
OPEN_HOLDS = 3  # of one e-mail address
HOLDS_AN_HOUR = 3  # from one network address
OPEN_CALLS = 10  # of one person
OPEN_CALLS_WITH_ONE = 2  # of one person, with one supervisor
SITE = Organizer()


def hold(
    supervisor: Supervisor, starts_at: datetime, *, name: str, email: str, note: str, zone: str, sender_key: str,
    now: datetime,
) -> Call:
    """Keep a start for a guest for 30 minutes and send her the link that confirms it.

    `sender_key` is a keyed hash of her network address. Refused: 409 not free; 429 too many holds. How many calls the
    address has is not counted yet, for whoever typed it would learn of them; `confirm` does.
    """
    key = email_key(email)
    claims.one_at_a_time(f"calls of {key}", f"holds from {sender_key}")
    _refuse_more_holds(key, sender_key, now)
    token = secrets.token_urlsafe(32)
    call = Call(
        public_id=secrets.token_urlsafe(16), supervisor=supervisor, name=name, email=email, email_key=key, note=note,
        zone=zone, status="held", held_until=now + HOLD, confirm_hash=hash_of(token), sender_key=sender_key,
        created_at=now,
    )
    claims.claim(call, supervisor, starts_at, now=now)
    letters.ask_to_confirm(call, token, now=now)
    audit.record("call.held", "call", call.id, by_id=None, now=now, supervisor_id=supervisor.id)
    return call


def book(
    supervisor: Supervisor, starts_at: datetime, *, by: Person, note: str, zone: str, now: datetime,
    site: Organizer = SITE,
) -> Call:
    """Book a start for someone with an account: confirmed at once. Refused: 409 not free, or her own; 429 too many."""
    if by.id == supervisor.person_id:
        raise Refused("You cannot book a call with yourself.", field="starts_at", status=409)
    claims.one_at_a_time(f"calls of {by.email_key}")
    _refuse_more_calls(by.email_key, supervisor.id, now)
    call = Call(
        public_id=secrets.token_urlsafe(16), supervisor=supervisor, person=by, name=by.name, email=by.email,
        email_key=by.email_key, note=note, zone=zone, status="confirmed", confirmed_at=now, created_at=now,
    )
    claims.claim(call, supervisor, starts_at, now=now)
    _tell("confirmed", call, by=by, now=now, site=site)
    return call


@dataclass(frozen=True)
class Confirmation:
    """A confirmed call, and the person whose account it opened just now; None if she had one, or some time ago."""

    call: Call
    opened: Person | None = None


def confirm(token: str, *, now: datetime, site: Organizer = SITE) -> Confirmation:
    """Carry out what the link in the letter promises: the call is confirmed and its guest has an account.

    Doing it again gives the same call. Missing when the link is none of ours; Refused: 409 when the hold ran out or the
    call was cancelled, 429 when the person has too many calls.
    """
    call = find_held(token)
    if call is None:
        raise Missing
    claims.one_at_a_time(f"calls of {call.email_key}")
    _lock(call)
    if call.status == "confirmed":
        return Confirmation(call, opened=_opened_just_now(call, now))
    if words := obstacle(call, now):
        raise Refused(words, status=409)
    _refuse_more_calls(call.email_key, call.supervisor_id, now)
    known = people.find(call.email)
    is_new = known is None or known.verified_at is None
    person = registration.open_by_call(call.email, call.name, call.zone, now)
    if person.id == call.supervisor.person_id:
        raise Refused("You cannot book a call with yourself.", status=409)
    call.person, call.status, call.confirmed_at = person, "confirmed", now
    _tell("confirmed", call, by=person, now=now, site=site)
    return Confirmation(call, opened=person if is_new else None)


def cancel(call: Call, *, by: Person, note: str, now: datetime, site: Organizer = SITE) -> Call:
    """Call it off, until it begins; the time is free again. Refused (409) when it was cancelled or has begun."""
    _lock_for(call, by)
    _refuse_what_is_over(call, now)
    call.status, call.cancelled_at, call.cancelled_by_id, call.cancel_note = "cancelled", now, by.id, note
    call.sequence += 1
    claims.release(call)
    _tell("cancelled", call, by=by, now=now, site=site)
    return call


def move(call: Call, starts_at: datetime, *, by: Person, now: datetime, site: Organizer = SITE) -> Call:
    """Put it at another free start, up to two hours before it begins. The one who booked may; the other may cancel.

    Refused (409) when it was cancelled, begins too soon, is there already, or the start is not free.
    """
    _lock_for(call, by)
    refuse_move(call, by=by, now=now)
    if starts_at == call.starts_at:
        raise Refused("The call is at that time already.", field="starts_at", status=409)
    claims.claim(call, call.supervisor, starts_at, now=now)
    call.sequence += 1
    _tell("moved", call, by=by, now=now, site=site)
    return call


def find_held(token: str) -> Call | None:
    """The call that a confirmation link is for, if it is one of ours."""
    return db.session.scalar(select(Call).where(Call.confirm_hash == hash_of(token)))


def obstacle(call: Call, now: datetime) -> str | None:
    """Why a held call can no longer be confirmed, in words; None if it can, or is."""
    if call.status == "confirmed":
        return None
    if call.status == "cancelled":
        return "This call was cancelled. You can choose another time."
    if calls.state(call, now) != "held" or call.starts_at <= now:
        return "We held the time for 30 minutes, and they have passed. You can choose a time again."
    return None


def refuse_move(call: Call, *, by: Person, now: datetime) -> None:
    """Forbidden for the supervisor; Refused (409) when it is too late."""
    if calls.is_supervisors(call, by):
        raise Forbidden
    _refuse_what_is_over(call, now)
    if call.starts_at - now < MOVE_UNTIL:
        raise Refused("A call can be moved up to 2 hours before it begins. You can still cancel it.", status=409)


def may_move(call: Call, *, by: Person, now: datetime) -> bool:
    """Whether this person may move it now."""
    try:
        refuse_move(call, by=by, now=now)
    except (Forbidden, Refused):
        return False
    return True


def expire_holds(now: datetime) -> None:
    """End all holds that ran out. Nothing waits for it: whoever books ends those in her way."""
    claims.expire(now)


def _tell(what: str, call: Call, *, by: Person, now: datetime, site: Organizer) -> None:
    db.session.flush()
    letters.tell_both(what, call, site, now=now)
    audit.record(f"call.{what}", "call", call.id, by_id=by.id, now=now, supervisor_id=call.supervisor_id)


def _opened_just_now(call: Call, now: datetime) -> Person | None:
    """Whose account this very link opened a moment ago: the second press of a double click is let in like the first."""
    person = call.person
    is_new = person is not None and person.created_at == call.confirmed_at and person.password_hash is None
    return person if is_new and call.confirmed_at and now - call.confirmed_at < A_MOMENT else None


def _lock(call: Call) -> None:
    """Keep everybody else from changing the call until we are done, and see it as it is now."""
    db.session.refresh(call, with_for_update={"of": Call})


def _lock_for(call: Call, by: Person) -> None:
    if by.id not in (call.person_id, call.supervisor.person_id):
        raise Missing
    _lock(call)


def _refuse_what_is_over(call: Call, now: datetime) -> None:
    if call.status != "confirmed":
        raise Refused("This call was cancelled already.", status=409)
    if call.starts_at <= now:
        raise Refused("This call has begun; it can no longer be changed.", status=409)


def _refuse_more_holds(key: str, sender_key: str, now: datetime) -> None:
    if _count(Call.email_key == key, Call.status == "held", Call.held_until > now) >= OPEN_HOLDS:
        words = "We hold three times for this address already. Open the links in your e-mail, or let them lapse first."
        raise Refused(words, status=429)
    lately = Call.created_at > now - timedelta(hours=1)
    if sender_key and _count(Call.sender_key == sender_key, lately) >= HOLDS_AN_HOUR:
        words = "Three times were held from your connection within the hour. Wait a while, or sign in to book at once."
        raise Refused(words, status=429)


def _refuse_more_calls(key: str, supervisor_id: int, now: datetime) -> None:
    ahead = (Call.email_key == key, Call.status == "confirmed", Call.starts_at > now)
    if _count(*ahead) >= OPEN_CALLS:
        raise Refused("You have ten calls ahead of you. Have one of them first, or cancel one.", status=429)
    if _count(*ahead, Call.supervisor_id == supervisor_id) >= OPEN_CALLS_WITH_ONE:
        words = "You have two calls with this supervisor ahead of you already. Cancel one to book another."
        raise Refused(words, status=429)


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Call).where(*conditions)) or 0
