"""Credentials from a file, and what becomes of a verification."""

from datetime import date

import pytest
from sqlalchemy import select

from app.db import db
from app.supervisors.models import Credential
from tests.steward.sheets import Importer


def only() -> Credential:
    return db.session.scalars(select(Credential)).one()


@pytest.fixture
def maren(take: Importer) -> Importer:
    """Her profile stands."""
    assert take("supervisors").exit_code == 0
    return take


def test_a_credential_comes_with_who_verified_it_when(maren: Importer) -> None:
    assert maren("credentials").exit_code == 0
    assert (only().status, only().issued_on, only().approved) == ("verified", date(2014, 5, 1), True)
    check = only().checks[0]
    assert (check.decision, check.source, check.by_id) == ("verified", "board roster", None)
    assert check.at.date() == date(2026, 11, 3)


def test_without_a_decision_it_is_self_reported(maren: Importer) -> None:
    maren("credentials", {"decision": "", "decided_on": "", "source": ""})
    assert (only().status, only().checks) == ("self_reported", [])


def test_the_same_decision_is_recorded_once(maren: Importer) -> None:
    maren("credentials")
    maren("credentials", {"expires": "2030-07-31"})
    assert (len(only().checks), only().expires_on, only().status) == (1, date(2030, 7, 31), "verified")


def test_a_new_number_voids_the_verification(maren: Importer) -> None:
    maren("credentials")
    maren("credentials", {"number": "99999"})
    assert [check.decision for check in only().checks] == ["verified", "pending"]
    assert only().status == "pending"


def test_a_new_number_verified_anew_is_verified(maren: Importer) -> None:
    maren("credentials", {"decided_on": "2026-10-01"})
    maren("credentials", {"number": "99999", "decided_on": "2026-11-24"})
    assert (only().status, len(only().checks)) == ("verified", 3)


def test_another_state_is_another_credential(maren: Importer) -> None:
    maren("credentials")
    maren("credentials", {"code": "LPC", "state": "CO", "decision": "", "decided_on": "", "source": ""})
    held = db.session.execute(select(Credential.state, Credential.status).order_by(Credential.id)).all()
    assert held == [("TX", "verified"), ("CO", "self_reported")]


def test_an_older_decision_does_not_undo_a_newer_one(maren: Importer) -> None:
    maren("credentials", {"decision": "refused", "decided_on": "2026-11-20"})
    maren("credentials")
    assert only().status == "refused"


def test_what_is_no_longer_held_goes(maren: Importer) -> None:
    maren("credentials")
    assert maren("credentials", {"held": "no"}).exit_code == 0
    assert db.session.scalars(select(Credential)).all() == []


def test_an_american_date_is_understood(maren: Importer) -> None:
    maren("credentials", {"issued": "5/1/2014"})
    assert only().issued_on == date(2014, 5, 1)


def test_what_the_cells_say_is_checked(maren: Importer) -> None:
    slips = {"code": "LPCS", "state": "Texas", "issued": "May 2014", "expires": "2028-02-30", "approved": "maybe",
             "training_hours": "forty", "decision": "sure"}  # fmt: skip
    errors = maren.errors("credentials", slips)
    assert {(line, column) for line, column, _ in errors} == {(2, column) for column in slips}
    assert "did you mean LPC-S?" in errors[0][2] or "did you mean LPC" in str(errors)


def test_what_the_cells_say_together_is_checked(maren: Importer) -> None:
    changes = [
        {"supervisor_key": "M-9"},
        {"state": ""},
        {"code": "AAMFT-AS"},
        {"code": "LPC", "issued": "2027-01-01", "expires": "2026-12-31"},
        {"code": "LCSW", "decided_on": ""},
        {"code": "LCSW"},
    ]
    assert [(line, column) for line, column, _ in maren.errors("credentials", *changes)] == [
        (2, "supervisor_key"), (3, "state"), (4, "state"), (5, "expires"), (5, "issued"), (6, "decided_on"),
        (7, "code"),
    ]  # fmt: skip
