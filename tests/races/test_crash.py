"""The server and the worker are killed right after they confirm something: nothing that was confirmed is lost."""

import re
import signal
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import select, update

from app import clock
from app.db import db
from app.introcalls import availability, booking
from app.introcalls.models import Call, CallCell
from app.notifications.models import Letter
from app.supervisors.models import Supervisor
from tests import people
from tests.live import Caller, Instance, eventually, writing

KILLS = 10


def held(live: Instance, sam: Supervisor, guest: str) -> tuple[str, str]:
    """A guest holds the next free start: the call's public id, and the address of the confirming link she was sent."""
    with writing():
        now = clock.now()
        start = availability.next_free([sam.id], now)[sam.id]
        assert start is not None
        call = booking.hold(
            sam, start, name="Ana", email=guest, note="", zone="America/Phoenix", sender_key=guest, now=now
        )
    return call.public_id, link_in(live, guest)


def link_in(live: Instance, guest: str) -> str:
    text = live.letter(guest).get_body(("plain",))
    assert text is not None
    found = re.search(r"/calls/confirm/\S+", text.get_content())
    assert found is not None
    return found[0]


def forget_leases(before: datetime) -> None:
    """What a killed worker had in hand is due again minutes later; the test does not wait for that."""
    with writing():
        db.session.execute(update(Letter).where(Letter.sent_at.is_(None)).values(lease_until=before))


def test_no_confirmed_call_and_no_letter_is_missing_after_kills(live: Instance) -> None:
    sam = people.make_supervisor("Sam Okafor")
    people.make_call_settings(sam)
    db.session.commit()
    confirmed = []
    for turn in range(KILLS):
        public_id, link = held(live, sam, guest=f"guest{turn}-{sam.id}@example.org")
        answer = Caller(live).post(link, {})
        live.stop(signal.SIGKILL)
        assert answer.status == 303
        confirmed.append(public_id)
        forget_leases(clock.now() - timedelta(seconds=1))
        live.start()
    db.session.expire_all()
    calls = list(db.session.scalars(select(Call).where(Call.supervisor_id == sam.id).order_by(Call.starts_at)))
    assert {call.public_id for call in calls if call.status == "confirmed"} == set(confirmed)
    assert all(earlier.ends_at <= later.starts_at for earlier, later in pairwise(calls))
    assert all(db.session.scalars(select(CallCell.cell).where(CallCell.call_id == call.id)).all() for call in calls)
    for turn in range(KILLS):
        live.letter(f"guest{turn}-{sam.id}@example.org", count=2)
    eventually(lambda: len(live.letters(sam.person.email)) == KILLS, "the supervisor has a letter for each call")
