"""The whole demonstration in a database, loaded once for all tests of this file: they change nothing that stays."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import time_machine
from sqlalchemy import func, select

from app import clock, instance
from app.accounts import passwords
from app.accounts.models import Person
from app.db import db
from app.licensure import eligibility, tracks
from app.openings import verdicts
from app.openings.models import Opening, OpeningVerdict, Placement, Seat
from app.openings.offers import offer_of
from app.steward import demo
from app.supervisors.models import Credential, Supervisor
from tests.conftest import TUESDAY, House
from tests.steward.test_demo import OPENINGS, SUPERVISORS, some_of_it


@pytest.fixture(scope="module")
def filled(house: House) -> House:
    house.empty()
    with time_machine.travel(TUESDAY, tick=False), house.app.app_context():
        demo.load(now=clock.now())
        db.session.commit()
        db.session.remove()
    return house


@pytest.fixture
def loaded(filled: House, clock: object) -> Iterator[None]:
    """The demonstration, as a session of the test's own sees it."""
    with filled.app.app_context():
        yield
        db.session.remove()


def counts() -> SimpleNamespace:
    tables = {"supervisors": Supervisor, "openings": Opening, "seats": Seat, "placements": Placement,
              "credentials": Credential, "people": Person, "verdicts": OpeningVerdict}  # fmt: skip
    count = {name: select(func.count()).select_from(table) for name, table in tables.items()}
    return SimpleNamespace(**{name: db.session.scalar(query) for name, query in count.items()})


def test_loading_fills_an_empty_instance(loaded) -> None:
    assert (counts().supervisors, counts().openings) == (len(SUPERVISORS), len(OPENINGS))
    assert instance.is_demo()
    newest = db.session.scalar(select(func.max(Opening.confirmed_at)))
    assert newest is not None
    assert newest.date() == clock.now().date()


def test_loading_can_be_repeated(loaded, tmp_path, monkeypatch) -> None:
    first = counts()
    monkeypatch.setattr(demo, "FOLDER", some_of_it(tmp_path))
    demo.load(now=clock.now())
    assert counts() == first


def test_three_can_be_signed_in_as(loaded) -> None:
    for _, address in demo.SIGN_INS:
        person = db.session.scalars(select(Person).where(Person.email == address)).one()
        assert passwords.verify(demo.DEMO_PASSWORD, person.password_hash)


def test_what_farida_offers_counts_in_texas(loaded) -> None:
    farida = db.session.scalars(select(Opening).join(Supervisor).where(Supervisor.slug == "farida-nightingale")).all()
    values = select(OpeningVerdict.value).where(OpeningVerdict.track == "TX/counseling")
    assert set(db.session.scalars(values.where(OpeningVerdict.opening_id.in_(one.id for one in farida)))) == {"counts"}


def test_what_the_search_goes_by_is_what_the_rules_say_for_every_opening_on_every_track(loaded) -> None:
    today = verdicts.today(clock.now())
    rows = db.session.execute(select(OpeningVerdict.opening_id, OpeningVerdict.track, OpeningVerdict.value))
    stored = {(row.opening_id, row.track): row.value for row in rows}
    openings = db.session.scalars(select(Opening)).all()
    facts = verdicts.facts_for(opening.supervisor_id for opening in openings)
    wrong = [
        (opening.external_key, track.id)
        for opening in openings
        for track in tracks.load()
        if stored.get((opening.id, track.id), eligibility.default_value(track))
        != eligibility.judge(track, offer_of(opening), facts[opening.supervisor_id], today).value
    ]
    assert len(openings) > 800
    assert not wrong
