"""Two processes count looks at one opening, and what has gathered when they end is not lost."""

from datetime import date

from app.db import db
from app.openings import views
from tests import people
from tests.live import Caller, Instance, at_once

LOOKS = 24


def test_every_look_is_counted_once_though_processes_end(live: Instance) -> None:
    opening = people.make_opening(people.make_supervisor("Sam Okafor"))
    db.session.commit()
    address = f"/openings/{opening.id}"
    answers = at_once([lambda: Caller(live).get(address)] * LOOKS)
    live.stop()
    live.start()
    assert [answer.status for answer in answers] == [200] * LOOKS
    db.session.rollback()
    assert sum(views.by_day([opening.id], date(2000, 1, 1)).values()) == LOOKS
