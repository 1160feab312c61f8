"""A profile from its first draft to the day it is shown."""

import pytest

from app.refusals import Missing
from app.supervisors import access, profiles
from app.supervisors.models import OldSlug
from tests.people import make_person, make_supervisor


@pytest.fixture
def mia(app):
    return make_person("Mia Lund", roles=("supervisor",), state="TX", discipline="counseling", zone="America/Chicago")


def test_a_draft_begins_with_what_the_account_says(mia, clock):
    draft = profiles.start(by=mia, now=clock.now())
    assert (draft.name, draft.slug, draft.state, draft.zone) == ("Mia Lund", "mia-lund", "TX", "America/Chicago")
    assert draft.published_at is None
    assert access.own(mia) is draft


def test_beginning_twice_is_one_draft(mia, clock):
    assert profiles.start(by=mia, now=clock.now()) is profiles.start(by=mia, now=clock.now())


def test_a_draft_without_a_track_waits_for_its_state(app, clock):
    draft = profiles.start(by=make_person("Kit Moss", roles=("supervisor",)), now=clock.now())
    assert (draft.state, draft.zone) == ("", "America/New_York")


def test_only_who_supervises_begins_a_profile(ana, clock):
    with pytest.raises(Missing):
        profiles.start(by=ana, now=clock.now())
    with pytest.raises(Missing):
        access.own(ana)


def test_an_address_that_another_has_or_had_is_not_given_again(mia, db, clock):
    other = make_supervisor("Mia Lund")
    db.session.add(OldSlug(slug="mia-lund-2", supervisor_id=other.id, since=clock.now()))
    assert profiles.start(by=mia, now=clock.now()).slug == "mia-lund-3"
