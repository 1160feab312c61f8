"""Openings from a file: seats, times, fees, and the verdicts that follow."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.openings import writing
from app.openings.models import Opening, OpeningVerdict, Placement, Seat
from tests import people
from tests.steward.sheets import Importer

GROUP = {"format": "group", "seats": "6", "seats_taken": "4"}


def only() -> Opening:
    return db.session.scalars(select(Opening)).one()


def live() -> int:
    return db.session.scalar(select(func.count()).select_from(Placement).where(Placement.ended_at.is_(None))) or 0


@pytest.fixture
def maren(take: Importer) -> Importer:
    """Her profile and her verified credential stand."""
    assert take("supervisors").exit_code == 0
    assert take("credentials").exit_code == 0
    return take


def test_an_opening_has_times_fees_and_a_place(maren: Importer) -> None:
    assert maren("openings").exit_code == 0
    opening = only()
    assert [(at.weekday, at.start_minute) for at in opening.times] == [(1, 1050), (3, 1080)]
    assert (opening.fee_cents, opening.reduced_fee_cents, opening.reduced_places) == (8500, 6050, 1)
    assert (opening.city, opening.zip, opening.zone) == ("Austin", "78702", "America/Chicago")
    assert (opening.status, opening.published_at) == ("published", clock.now())


def test_it_may_meet_elsewhere(maren: Importer) -> None:
    maren("openings", {"state": "TX", "zip": "79901"})
    assert (only().city, only().zone) == ("El Paso", "America/Denver")


def test_the_verdict_is_ready_at_once(maren: Importer) -> None:
    maren("openings")
    track = OpeningVerdict.track == "TX/counseling"
    assert db.session.scalar(select(OpeningVerdict.value).where(track)) == "counts"
    maren("credentials", {"expires": "2026-11-01"})
    assert db.session.scalar(select(OpeningVerdict.value).where(track)) in {"no", None}


def test_seats_are_rows_and_taken_ones_have_placements(maren: Importer) -> None:
    maren("openings", GROUP)
    assert (len(only().seat_rows), only().open_seats, live()) == (6, 2, 4)


def test_seats_grow_shrink_and_empty(maren: Importer) -> None:
    maren("openings", GROUP)
    maren("openings", {**GROUP, "seats": "8", "seats_taken": "5"})
    assert (len(only().seat_rows), live()) == (8, 5)
    maren("openings", {**GROUP, "seats": "5", "seats_taken": "2"})
    assert (len(only().seat_rows), only().open_seats, live()) == (5, 3, 2)
    assert db.session.scalar(select(func.count()).select_from(Placement)) == 5


def test_nobody_loses_a_seat_by_an_import(maren: Importer) -> None:
    maren("openings", GROUP)
    ana = people.ana()
    free = next(seat for seat in only().seat_rows if not seat.placements)
    db.session.add(Placement(seat_id=free.id, person_id=ana.id, started_at=clock.now()))
    db.session.commit()
    words = "5 seats are taken (1 through this site); 4 are not enough."
    assert maren.errors("openings", {**GROUP, "seats": "4"}) == [(2, "seats", words)]
    assert maren("openings", {**GROUP, "seats": "5"}).exit_code == 0
    assert (live(), len(only().seat_rows)) == (5, 5)


def test_more_cannot_be_taken_than_there_are(maren: Importer) -> None:
    assert maren.errors("openings", {"seats_taken": "2"}) == [(2, "seats", "2 of 1 seats cannot be taken.")]


def test_the_same_key_is_the_same_opening(maren: Importer) -> None:
    maren("openings")
    version = only().version
    result = maren("openings", {"fee": "90", "times": "wed 9:00"})
    assert "0 new, 1 known before" in result.output
    assert (only().fee_cents, [at.weekday for at in only().times], only().version) == (9000, [2], version + 1)
    assert db.session.scalar(select(func.count()).select_from(Seat)) == 1


def test_days_are_kept_as_noon(maren: Importer) -> None:
    maren("openings", {"published_on": "2026-10-01", "confirmed_on": "2026-11-20"})
    assert (only().published_at or clock.now()).date() == date(2026, 10, 1)
    assert (only().confirmed_at or clock.now()).date() == date(2026, 11, 20)


def test_what_the_cells_say_is_checked(maren: Importer) -> None:
    slips = {"format": "duo", "seats": "0", "online": "ja", "times": "tuesday", "fee": "85,50", "reduced_fee": "free",
             "rhythm": "daily", "nth": "6", "minutes": "61", "status": "open", "published_on": "yesterday"}  # fmt: skip
    errors = maren.errors("openings", slips)
    assert {(line, column) for line, column, _ in errors} == {(2, column) for column in slips}


def test_an_opening_meets_at_no_more_times_than_its_editor_has_room_for(maren: Importer) -> None:
    times = [f"tue {hour}:00" for hour in range(8, 8 + writing.MOST_TIMES + 1)]
    assert maren("openings", {"times": "; ".join(times[1:])}).exit_code == 0
    ((line, column, words),) = maren.errors("openings", {"times": "; ".join(times)})
    assert (line, column) == (2, "times")
    assert "at most 7" in words


def test_what_the_cells_say_together_is_checked(maren: Importer) -> None:
    changes = [
        {"key": "A", "online": "no", "in_person": "no"},
        {"key": "B", "seats": "3"},
        {"key": "C", "format": "group"},
        {"key": "D", "rhythm": "monthly"},
        {"key": "E", "nth": "2"},
        {"key": "F", "reduced_fee": "85"},
        {"key": "G", "reduced_fee": ""},
        {"key": "H", "confirmed_on": "2026-11-25"},
        {"key": "I", "supervisor_key": "M-9"},
        {"key": "J", "state": "CO", "zip": "78702"},
    ]
    assert [(line, column) for line, column, _ in maren.errors("openings", *changes)] == [
        (2, "in_person"), (3, "seats"), (4, "seats"), (5, "nth"), (6, "nth"), (7, "reduced_fee"), (8, "reduced_places"),
        (9, "confirmed_on"), (10, "supervisor_key"), (11, "zip"),
    ]  # fmt: skip


def test_an_opening_cannot_change_hands(maren: Importer) -> None:
    maren("openings")
    maren("supervisors", {"key": "M-2", "email": "other@example.org"})
    assert maren.errors("openings", {"supervisor_key": "M-2"})[0][:2] == (2, "supervisor_key")
