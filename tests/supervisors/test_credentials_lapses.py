"""Letters before a license ends: each once, and none to those it does not concern."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config import settings
from app.notifications.delivery import Stationery
from app.openings import verdicts
from app.supervisors import lapses
from tests.people import make_credential

TODAY = date(2026, 11, 24)


@pytest.fixture
def held(sam):
    return sam.credentials[0]


@pytest.fixture
def run(db, clock):
    """run(): what the daily job does."""

    def ran():
        lapses.remind(verdicts.today(clock.now()), clock.now())
        db.session.commit()

    return ran


@pytest.mark.parametrize(
    ("left", "days"),
    [(61, None), (60, 60), (15, 60), (14, 14), (1, 14), (0, 0), (-1, 0), (-30, 0), (-31, None)],
)
def test_which_letter_is_due(left, days):
    assert lapses.notice(TODAY + timedelta(days=left), TODAY) == days


@given(left=st.integers(-400, 4000))
def test_a_letter_never_comes_before_its_time(left):
    days = lapses.notice(TODAY + timedelta(days=left), TODAY)
    assert days is None or left <= days


def test_three_letters_are_owed_on_the_way_to_the_end_each_once(held, outbox, run, clock):
    held.expires_on = date(2027, 2, 1)
    for _ in range(75):
        run()
        clock.forward(days=1)
    assert [(letter.kind, letter.facts["days"]) for letter in outbox()] == [
        ("supervisors/lapsing", 60), ("supervisors/lapsing", 14), ("supervisors/lapsing", 0),
    ]  # fmt: skip


def test_after_a_renewal_the_letters_begin_anew(held, outbox, run, clock):
    held.expires_on = date(2026, 12, 1)
    run()
    held.expires_on = date(2027, 1, 20)
    run()
    assert [letter.facts["expires_on"] for letter in outbox()] == ["2026-12-01", "2027-01-20"]


def test_a_worker_that_stood_still_says_it_late_and_truly(held, outbox, run):
    held.expires_on = date(2026, 11, 20)
    run()
    assert [letter.kind for letter in outbox()] == ["supervisors/lapsed"]


def test_nobody_is_written_to_who_left_or_whose_license_was_not_confirmed(sam, pat, held, outbox, run, clock):
    held.expires_on = pat.credentials[0].expires_on = TODAY + timedelta(days=10)
    make_credential(pat, "LPC", state="CO", status="refused", expires_on=TODAY + timedelta(days=10))
    sam.removed_at = clock.now()
    run()
    assert [letter.to_name for letter in outbox()] == ["Pat Lindqvist"]
    pat.person.closed_at = clock.now()
    pat.credentials[0].expires_on = TODAY + timedelta(days=9)
    run()
    assert len(outbox()) == 1


@pytest.mark.parametrize(
    ("left", "subject"),
    [
        (60, "LPC, Arizona ends in 60 days"),
        (1, "LPC, Arizona ends in 1 day"),
        (0, "LPC, Arizona ends today"),
        (-2, "LPC, Arizona has ended"),
    ],
)
def test_the_letter_names_the_license_and_its_day(held, outbox, run, left, subject, tmp_path):
    held.expires_on = TODAY + timedelta(days=left)
    run()
    mail = Stationery(settings({"SC_INSTANCE_PATH": str(tmp_path)})).draw(outbox()[0])
    assert mail["Subject"] == subject
    assert f"/credentials/{held.id}" in mail.get_body(("plain",)).get_content()
