"""Stewards at once on one license, and its holder changing it under their eyes: one decision, on what was seen."""

from collections import Counter

import pytest
from sqlalchemy import select

from app.db import begin_writing, db
from app.notifications.models import Letter
from app.supervisors.models import Credential, CredentialCheck
from app.supervisors.verification import claim_of
from tests import people
from tests.live import Instance, at_once
from tests.races.test_booking import Member

DECISIONS = [
    {"decision": "verified", "source": "license search"},
    {"decision": "refused", "note": "Another person’s number."},
    {"decision": "asked", "note": "Which board?"},
    {"decision": "verified", "source": "the proof sent"},
]


@pytest.fixture
def waiting(live: Instance) -> Credential:
    begin_writing()
    return people.make_supervisor("Tess Marlow", state="TX", code="LPC-S", status="pending").credentials[0]


def steward(live: Instance, name: str) -> Member:
    return Member(live, people.make_person(name, roles=("steward",)))


def checks(credential_id: int) -> list[str]:
    db.session.rollback()
    query = select(CredentialCheck.decision).where(CredentialCheck.credential_id == credential_id)
    return list(db.session.scalars(query.order_by(CredentialCheck.id)))


def test_of_many_decisions_at_once_one_is_made(live: Instance, waiting: Credential) -> None:
    stewards = [steward(live, f"Steward {letter}") for letter in "ABCD"]
    id, seen = waiting.id, str(waiting.checks[-1].id)
    db.session.commit()
    acts = [
        lambda who=who, said=said: who.post(f"/steward/credentials/{id}", {"seen": seen, **said})
        for who, said in zip(stewards, DECISIONS, strict=True)
    ]
    answers = Counter(answer.status for answer in at_once(acts))
    assert answers == {303: 1, 409: 3}
    assert len(checks(id)) == 2
    assert len(db.session.scalars(select(Letter).where(Letter.key.startswith(f"credential/{id}/"))).all()) == 1


def test_a_change_and_a_decision_at_once_leave_nothing_verified_unseen(live: Instance, waiting: Credential) -> None:
    wes, tess = steward(live, "Wes Hart"), Member(live, waiting.supervisor.person)
    id, seen, claim = waiting.id, str(waiting.checks[-1].id), claim_of(waiting)
    db.session.commit()
    changed = {"code": "LPC-S", "state": "TX", "number": "99999", "approved": "yes", "version": claim.version}
    decided, said = at_once([
        lambda: wes.post(f"/steward/credentials/{id}", {"seen": seen, **DECISIONS[0]}),
        lambda: tess.post(f"/credentials/{id}", changed),
    ])
    assert said.status == 303
    assert checks(id)[1:] == {303: ["verified", "voided"], 409: ["pending"]}[decided.status]
    assert db.session.get_one(Credential, id).status != "verified"
