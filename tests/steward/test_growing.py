"""`flask demo grow`: copies of everybody, each consistent in itself."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock, instance
from app.accounts.models import Person
from app.db import Base, db
from app.introcalls.models import CallSettings, CallWindow
from app.licensure import eligibility, tracks
from app.openings import verdicts
from app.openings.models import Opening, OpeningTime, OpeningVerdict, Placement, Seat
from app.refusals import Refused
from app.steward import growing
from app.supervisors.models import Credential, CredentialCheck, Supervisor, SupervisorTerm
from tests import people
from tests.steward.sheets import Importer

OWNED = (Supervisor, SupervisorTerm, Credential, CredentialCheck, CallSettings, CallWindow, Opening, OpeningTime,
         OpeningVerdict, Seat, Placement)  # fmt: skip


def grow(count: int) -> None:
    for _ in growing.grow(count, now=clock.now()):
        db.session.commit()


def count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def two(take: Importer) -> Importer:
    """A demonstration of two supervisors, with a stranger's profile between them."""
    first, second = {"key": "D-1"}, {"key": "D-2", "email": "june@example.org", "name": "June Fallow", "zip": "79901"}
    assert take("supervisors", first).exit_code == 0
    people.make_opening(people.pat(), taken=1)
    assert take("supervisors", second).exit_code == 0
    assert (
        take(
            "credentials",
            {"supervisor_key": "D-1"},
            {"supervisor_key": "D-2", "decision": "", "decided_on": "", "source": ""},
        ).exit_code
        == 0
    )
    group = {"key": "D-2-1", "supervisor_key": "D-2", "format": "group", "seats": "6", "seats_taken": "4"}
    assert take("openings", {"key": "D-1-1", "supervisor_key": "D-1"}, group).exit_code == 0
    instance.mark_demo(now=clock.now())
    db.session.commit()
    return take


def test_every_copy_has_all_that_its_original_owns(two: Importer) -> None:
    strangers = {Supervisor: 1, SupervisorTerm: 2, Credential: 1, Opening: 1, OpeningTime: 1, Seat: 1, Placement: 1}
    before = {model: count(model) - strangers.get(model, 0) for model in OWNED}
    grow(4)
    assert {model: count(model) - strangers.get(model, 0) for model in OWNED} == {m: n * 3 for m, n in before.items()}


def test_no_copy_is_an_orphan(two: Importer) -> None:
    grow(5)
    for model, ids in growing.IDS.items():
        for name, parent in ids.items():
            known = select(parent.__table__.columns["id"])
            lost = select(func.count()).select_from(model).where(model.__table__.columns[name].not_in(known))
            assert db.session.scalar(lost) == 0, (model, name)


def test_no_two_have_the_same_address(two: Importer) -> None:
    grow(5)
    grow(3)
    assert count(Supervisor) == 3 + 8
    names = list(db.session.scalars(select(Supervisor.name).where(Supervisor.external_key.like("G-%"))))
    assert {name.split()[0] for name in names} == {"Maren", "June"}
    assert all(len(set(db.session.scalars(select(column)))) == 11 for column in (Supervisor.slug, Supervisor.person_id))
    assert set(db.session.scalars(select(Person.name))) >= set(names)


def test_their_verdicts_are_those_that_would_be_worked_out(two: Importer) -> None:
    grow(6)
    today = verdicts.today(clock.now())
    stored = {(row.opening_id, row.track): row.value for row in db.session.scalars(select(OpeningVerdict))}
    for opening in db.session.scalars(select(Opening).where(Opening.external_key.like("G-%"))):
        for track in (track for track in tracks.load() if track.state == "TX"):
            kept = stored.get((opening.id, track.id), eligibility.default_value(track).value)
            assert kept == verdicts.of(opening, track, today).value


def test_a_part_of_them_can_be_copied(two: Importer) -> None:
    grow(1)
    assert [
        opening.seats for opening in db.session.scalars(select(Opening).where(Opening.external_key.like("G-%")))
    ] == [1]


def test_new_people_still_find_a_number(two: Importer) -> None:
    grow(3)
    assert people.make_opening(people.sam()).id > 0


def test_only_a_demonstration_grows(take: Importer, app: Flask) -> None:
    with pytest.raises(Refused, match="Only a demonstration"):
        grow(1)
    result = app.test_cli_runner().invoke(args=["demo", "grow", "5"])
    assert (result.exit_code, count(Supervisor)) == (1, 0)


def test_there_must_be_something_to_grow_from(app: Flask) -> None:
    instance.mark_demo(now=clock.now())
    with pytest.raises(Refused, match="nothing to grow from"):
        grow(1)
