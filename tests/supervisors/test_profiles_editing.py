"""Changing what a profile says, and its address."""

import pytest

from app.places.models import Place
from app.refusals import Missing, Refused
from app.supervisors import addresses, editing, profiles, quality
from app.supervisors.models import OldSlug, Supervisor, SupervisorTerm
from app.supervisors.quality import Beside
from tests.people import make_supervisor


@pytest.fixture
def tucson(db):
    place = {"city": "Tucson", "state": "AZ", "latitude": 32.2, "longitude": -110.9, "zone": "America/Phoenix"}
    db.session.merge(Place(zip="85701", **place))
    db.session.merge(Place(zip="73301", **{**place, "city": "Austin", "state": "TX", "zone": "America/Chicago"}))
    db.session.flush()


def describe(supervisor: Supervisor, version: int = 1, **said: object) -> bool:
    return editing.describe(supervisor, said, version=version, now=supervisor.created_at)


def refusal(supervisor: Supervisor, version: int = 1, **said: object) -> Refused:
    with pytest.raises(Refused) as refused:
        describe(supervisor, version, **said)
    return refused.value


def test_what_is_said_stands_and_counts_as_a_version(sam):
    assert describe(sam, headline="Slow and exact", supervisees=4)
    assert (sam.headline, sam.supervisees, sam.version) == ("Slow and exact", 4, 2)


def test_saying_the_same_again_is_no_change_even_from_an_old_page(sam):
    describe(sam, headline="Slow and exact")
    assert not describe(sam, version=1, headline="Slow and exact", specialty=["anxiety", "trauma"])
    assert sam.version == 2


def test_two_windows_notice_each_other(sam):
    describe(sam, headline="From the first window")
    refused = refusal(sam, version=1, headline="From the second")
    assert refused.status == 409
    assert sam.headline == "From the first window"
    assert editing.differences(sam, {"headline": "From the second", "name": sam.name}) == ["headline"]


def test_a_zip_code_brings_city_point_and_zone(sam, tucson):
    describe(sam, zip="73301", state="TX")
    assert (sam.city, sam.zone, sam.latitude) == ("Austin", "America/Chicago", 32.2)
    describe(sam, version=2, zip="", state="TX")
    assert (sam.city, sam.latitude) == ("", None)


def test_a_zone_that_was_chosen_stays(sam, tucson):
    describe(sam, zip="73301", state="TX", zone="America/Denver")
    assert sam.zone == "America/Denver"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"zip": "00000"}, "zip"),
        ({"zip": "73301"}, "zip"),
        ({"state": "TX", "zip": "85701"}, "zip"),
        ({"fee_low_cents": 9000, "fee_high_cents": 8000}, "fee_high"),
        ({"supervising_since": 2027}, "supervising_since"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(sam, tucson, said, field):
    assert refusal(sam, **said).field == field


def test_terms_are_replaced_and_the_first_chosen_stay_first(sam):
    describe(sam, specialty=["grief", "trauma"], language=["es"])
    assert sam.terms_of("specialty") == ["trauma", "grief"]
    assert sam.terms_of("language") == ["es"]
    describe(sam, version=2, specialty=[])
    assert (sam.terms_of("specialty"), sam.terms_of("language")) == ([], ["es"])


def test_an_old_address_leads_to_the_new_one_and_back(sam, db, clock):
    addresses.move(sam, "dr-okafor", now=clock.now())
    db.session.flush()
    assert addresses.moved("sam-okafor") == "dr-okafor"
    addresses.move(sam, "sam-okafor", now=clock.now())
    db.session.flush()
    assert addresses.moved("dr-okafor") == "sam-okafor"
    with pytest.raises(Missing):
        addresses.moved("sam-okafor")


def test_nobody_takes_an_address_that_another_has_or_had(sam, pat, db, clock):
    db.session.add(OldSlug(slug="the-quiet-room", supervisor_id=sam.id, since=clock.now()))
    for slug in ("sam-okafor", "the-quiet-room", "", "Sam", "a--b", "-a", "a" * 71, "a/b", "é"):
        with pytest.raises(Refused) as refused:
            addresses.move(pat, slug, now=clock.now())
        assert refused.value.field == "slug"


def test_the_old_address_of_a_hidden_profile_leads_nowhere(db, app, clock):
    hidden = make_supervisor("Hidden Person", is_published=False)
    addresses.move(hidden, "hidden", now=clock.now())
    with pytest.raises(Missing):
        addresses.moved("hidden-person")


def test_a_profile_is_shown_when_the_needed_is_there_and_hidden_again(app, clock):
    mia = make_supervisor("Mia Lund", is_published=False, headline="", state="")
    with pytest.raises(Refused, match=r"Write a headline\. Say in which state you work\."):
        profiles.publish(mia, by=mia.person, now=clock.now())
    mia.headline, mia.state = "Slow and exact", "TX"
    profiles.publish(mia, by=mia.person, now=clock.now())
    assert mia.published_at == clock.now()
    profiles.withdraw(mia, by=mia.person, now=clock.now())
    assert mia.published_at is None


def test_what_is_missing_comes_in_the_order_of_the_steps(app):
    bare = make_supervisor("Bare", code=None, specialties=(), headline="", state="")
    steps = [point.step for point in profiles.missing(bare)]
    assert steps == ["you", "you", "credentials", "work", "opening", "times"]


@pytest.mark.parametrize(
    ("status", "words", "is_hers"),
    [("self_reported", "Have your license verified.", True), ("pending", "Your license is being verified.", False)],
)
def test_what_an_unverified_license_lacks(app, status, words, is_hers):
    lacking = profiles.missing(make_supervisor("Pat Lindqvist", status=status))
    assert (lacking[0].words, lacking[0].is_hers) == (words, is_hers)
    assert "no card says “counts”" in lacking[0].why


def test_a_verified_license_lacks_nothing(sam):
    assert "credentials" not in [point.step for point in profiles.missing(sam)]


def test_quality_names_the_next_best_thing(sam, pat):
    assert "license verified" in quality.of(pat, Beside()).advice
    assert "Add an opening" in quality.of(sam, Beside()).advice
    assert quality.of(sam, Beside(has_opening=True)).score == quality.of(sam, Beside()).score + 14


def test_a_profile_that_tells_all_is_at_a_hundred(sam):
    sam.about, sam.photo, sam.fee_low_cents, sam.supervising_since = "x" * 300, "a" * 32, 9000, 2015
    kinds = ("modality", "population", "style", "setting")
    sam.terms += [SupervisorTerm(kind=kind, term="any", position=0) for kind in kinds]
    sam.terms.append(SupervisorTerm(kind="specialty", term="grief", position=2))
    assert quality.of(sam, Beside(True, True)) == quality.Quality(100, None)
