"""What the search goes by is what the rules say, for every opening of the demonstration on every track."""

from sqlalchemy import select

from app.licensure import eligibility, tracks
from app.openings import verdicts
from app.openings.models import Opening, OpeningVerdict
from app.openings.offers import offer_of
from app.steward import demo


def test_every_demo_opening_on_every_track(db, clock):
    demo.load(now=clock.now())
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
