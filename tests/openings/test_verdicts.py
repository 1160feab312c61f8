"""The values kept for the search are those that the rules give."""

import re
from datetime import timedelta

from sqlalchemy import select

from app import jobs
from app.licensure import tracks
from app.licensure.eligibility import default_value
from app.openings import verdicts
from app.openings.models import Opening, OpeningVerdict
from tests.people import make_credential, make_opening, make_supervisor


def stored(db, opening):
    query = select(OpeningVerdict.track, OpeningVerdict.value).where(OpeningVerdict.opening_id == opening.id)
    return dict(db.session.execute(query).all())


def test_every_value_is_that_of_the_judge(db, clock, sam, pat):
    today = verdicts.today(clock.now())
    make_credential(sam, "LMFT", state="TX")
    openings = [make_opening(sam), make_opening(pat, format="group"), make_opening(sam, online=False, in_person=True)]
    verdicts.refresh([opening.id for opening in openings], today)
    for opening in openings:
        kept = stored(db, opening)
        for track in tracks.load():
            assert kept.get(track.id, default_value(track)) == verdicts.of(opening, track, today).value


def test_only_what_differs_from_the_usual_is_stored(db, clock, sam):
    opening = make_opening(sam)
    verdicts.refresh([opening.id], verdicts.today(clock.now()))
    assert all(id.startswith("AZ/") for id in stored(db, opening))


def test_a_license_that_lapses_takes_its_verdict_with_it(db, clock, sam):
    opening = make_opening(sam)
    today = verdicts.today(clock.now())
    verdicts.refresh_all(today)
    before = stored(db, opening)
    verdicts.refresh_all(today + timedelta(days=1000))
    assert before["AZ/counseling"] != "no"
    assert "AZ/counseling" not in stored(db, opening)


def test_a_second_round_on_the_same_day_changes_nothing(db, clock, sam):
    make_opening(sam)
    today = verdicts.today(clock.now())
    assert verdicts.refresh_all(today) > 0
    assert verdicts.refresh_all(today) == 0


def test_placements_fill_the_number_the_board_allows(db, clock):
    # Missouri social work: six supervisees at once.
    orrin = make_supervisor("Orrin Vale", code="LCSW", state="MO", supervisees=5)
    opening = make_opening(orrin)
    today = verdicts.today(clock.now())
    verdicts.refresh_of(orrin.id, today)
    assert stored(db, opening)["MO/social_work"] == "counts"
    make_opening(orrin, format="group", taken=1)
    verdicts.refresh_of(orrin.id, today)
    assert "MO/social_work" not in stored(db, opening)
    assert verdicts.of(opening, tracks.load().track("MO/social_work"), today).value == "no"


def test_the_date_of_judgment_is_that_of_the_middle_of_the_country(clock):
    late = clock.now().replace(hour=3)
    assert verdicts.today(late) == (late - timedelta(days=1)).date()


def test_an_openings_rows_go_with_it(db, clock, sam):
    opening = make_opening(sam)
    verdicts.refresh([opening.id], verdicts.today(clock.now()))
    db.session.delete(db.session.get(Opening, opening.id))
    db.session.flush()
    assert not stored(db, opening)


def test_all_is_judged_anew_when_the_day_or_the_rules_change_and_not_before(db, clock, monkeypatch):
    rounds = []
    monkeypatch.setattr(verdicts, "refresh_all", rounds.append)
    for pause, edition in ((0, "a"), (60, "a"), (60, "b"), (60, "b"), (24 * 60, "b")):
        clock.forward(minutes=pause)
        monkeypatch.setattr(tracks, "edition", lambda edition=edition: edition)
        jobs.judge_anew(clock.now())
        db.session.commit()
    first = verdicts.today(clock.now()) - timedelta(days=1)
    assert rounds == [first, first, first + timedelta(days=1)]


def test_an_edition_names_the_rules_as_they_are():
    assert re.fullmatch("[0-9a-f]{16}", tracks.edition())
