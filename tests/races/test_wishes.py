"""Two windows on one questionnaire: what both say is kept."""

from app.db import db
from app.wishes import keeping
from tests import people
from tests.live import Instance, at_once, writing
from tests.races.test_booking import Member


def test_two_steps_saved_at_once_are_both_kept(live: Instance) -> None:
    for turn in range(10):
        with writing():
            nora = people.make_person(f"Nora Sorrel {turn}")
            fee, style = Member(live, nora), Member(live, nora)
        answers = at_once(
            [
                lambda fee=fee: fee.post("/match/fee", {"max_fee": "90"}),
                lambda style=style: style.post("/match/style", {"style": "reflective"}),
            ]
        )
        assert [answer.leads_to for answer in answers] == ["/match/work", "/match/home"]
        db.session.rollback()
        kept = keeping.of(nora.id)
        assert (kept.max_fee, kept.style) == (90, ("reflective",))
