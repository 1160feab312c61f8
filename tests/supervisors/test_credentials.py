"""What a supervisor says she holds, and how it comes to be verified."""

from datetime import date

import pytest
from sqlalchemy import select

from app.audit import Deed
from app.licensure.eligibility import judge
from app.licensure.tracks import load
from app.openings import verdicts
from app.openings.models import OpeningVerdict
from app.openings.offers import offer_of
from app.refusals import Refused
from app.supervisors import verification
from app.supervisors.facts import facts_of
from app.supervisors.verification import Claim, Decision, claim_of
from tests.people import make_credential, make_opening, make_supervisor
from tests.test_bad_input import acting_forms, spoil

LPC_S = {"code": "LPC-S", "state": "TX", "number": "61207", "issued_on": "2014-05-01", "expires_on": "8/31/2028",
         "approved": "yes", "training_hours": "40", "training_on": ""}  # fmt: skip


@pytest.fixture
def tess(app):
    """A supervisor in Texas with a profile and nothing in it."""
    return make_supervisor("Tess Marlow", code=None, state="TX")


@pytest.fixture
def held(tess):
    return make_credential(tess, "LPC-S", state="TX")


def typed(credential, **changes):
    """The form of a credential as its page holds it, with some fields typed over."""
    claim = claim_of(credential)
    approved = {True: "yes", False: "no", None: ""}[claim.approved]
    said = {name: getattr(claim, name) for name in LPC_S}
    as_text = {name: "" if value is None else str(value) for name, value in said.items()}
    return {**as_text, "approved": approved, "version": claim.version, **changes}


def decisions(credential):
    return [check.decision for check in credential.checks]


def stored(db, opening):
    rows = db.session.execute(select(OpeningVerdict.track, OpeningVerdict.value).filter_by(opening_id=opening.id))
    return {row.track: row.value for row in rows}


def test_she_lists_a_license_and_asks_for_its_verification_in_one_go(visit, tess):
    answer = visit(tess).post("/credentials", {**LPC_S, "ask": "y"})
    one = tess.credentials[0]
    assert answer.location == f"/credentials/{one.id}"
    assert claim_of(one) == Claim("LPC-S", "TX", "61207", date(2014, 5, 1), date(2028, 8, 31), True, 40)
    assert (one.status, decisions(one)) == ("pending", ["pending"])


def test_it_stays_self_reported_until_she_asks(visit, tess):
    me = visit(tess)
    me.post("/credentials", LPC_S)
    one = tess.credentials[0]
    assert (one.status, one.checks) == ("self_reported", [])
    me.post(f"/credentials/{one.id}/check")
    assert (one.status, one.checks[0].by_id) == ("pending", tess.person_id)


def test_she_may_hold_licenses_of_several_states_and_a_national_one(visit, tess):
    me = visit(tess)
    me.post("/credentials", LPC_S)
    me.post("/credentials", {**LPC_S, "code": "LPC", "state": "CO"})
    me.post("/credentials", {**LPC_S, "code": "ACS", "state": ""})
    page = me.get("/credentials").text
    for words in ("LPC-S, Texas", "LPC, Colorado", "ACS, national"):
        assert words in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "XYZ"}, "code"),
        ({"state": ""}, "state"),
        ({"state": "ZZ"}, "state"),
        ({"code": "ACS"}, "state"),
        ({"number": "1" * 41}, "number"),
        ({"number": "", "ask": "y"}, "number"),
        ({"issued_on": "2026-13-45"}, "issued_on"),
        ({"issued_on": "2027-01-01"}, "issued_on"),
        ({"expires_on": "2014-04-30"}, "expires_on"),
        ({"expires_on": "2026-11-01", "ask": "y"}, "expires_on"),
        ({"approved": "perhaps"}, "approved"),
        ({"training_hours": "forty"}, "training_hours"),
        ({"training_hours": "-1"}, "training_hours"),
        ({"training_on": "31.12.2020"}, "training_on"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(visit, tess, wrong, field):
    answer = visit(tess).post("/credentials", {**LPC_S, **wrong})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert ('value="61207"' in answer.text) == ("number" not in wrong)
    assert tess.credentials == []


def test_the_same_license_is_listed_once(visit, tess, held):
    answer = visit(tess).post("/credentials", LPC_S)
    assert "You list this one already." in answer.text
    assert len(tess.credentials) == 1


def test_the_states_own_licenses_come_first_and_follow_the_state(visit, tess):
    me = visit(tess)
    page = me.get("/credentials/new").text
    assert page.index('label="Texas"') < page.index('"LPC-S"') < page.index('label="Counseling"')
    part = me.get("/credentials/new?state=OH&code=LPCC", htmx=True).text
    assert part.index('label="Ohio"') < part.index('"LPCC" selected')
    assert "<html" not in part


@pytest.mark.parametrize(
    "change",
    [
        {"number": "99999"},
        {"state": "OK"},
        {"code": "LPC"},
        {"approved": "no"},
        {"expires_on": "2031-01-01"},
        {"issued_on": "2001-01-01"},
        {"training_hours": "90"},
    ],
)
def test_a_change_of_what_was_looked_up_makes_the_verification_void(visit, tess, held, change):
    answer = visit(tess).post(f"/credentials/{held.id}", typed(held, **change))
    assert answer.status_code == 303
    assert (held.status, decisions(held)) == ("self_reported", ["verified", "voided"])
    assert held.checks[-1].note.startswith("Changed: ")


def test_saving_without_a_change_leaves_it_verified(visit, tess, held):
    visit(tess).post(f"/credentials/{held.id}", typed(held))
    assert (held.status, decisions(held)) == ("verified", ["verified"])


def test_what_was_refused_can_be_mended_and_asked_for_again(visit, tess):
    one = make_credential(tess, "LPC-S", state="TX", status="refused")
    me = visit(tess)
    me.post(f"/credentials/{one.id}", typed(one, number="61208"))
    me.post(f"/credentials/{one.id}/check")
    assert decisions(one) == ["refused", "voided", "pending"]


def test_her_openings_count_as_the_license_stands(db, visit, tess, held, clock):
    opening = make_opening(tess, online=False, in_person=True)
    verdicts.refresh([opening.id], verdicts.today(clock.now()))
    assert stored(db, opening)["TX/counseling"] == "counts"
    visit(tess).post(f"/credentials/{held.id}", typed(held, number="1"))
    assert stored(db, opening)["TX/counseling"] == "check"
    visit(tess).post(f"/credentials/{held.id}/remove")
    assert "TX/counseling" not in stored(db, opening)
    assert tess.credentials == []


def test_a_license_lapses_by_itself_on_the_day_after_its_end(db, tess, held, clock):
    opening, track = make_opening(tess, online=False, in_person=True), load().track("TX/counseling")
    held.expires_on = date(2026, 12, 31)
    days = (date(2026, 12, 31), date(2027, 1, 1))
    assert [judge(track, offer_of(opening), facts_of(tess), day).value.value for day in days] == ["counts", "no"]


def test_of_two_tabs_the_later_one_is_shown_both_and_chooses(visit, tess, held):
    me, opened = visit(tess), typed(held, number="222")
    me.post(f"/credentials/{held.id}", typed(held, number="111"))
    answer = me.post(f"/credentials/{held.id}", opened)
    assert answer.status_code == 409
    for words in ("changed elsewhere", "Saved meanwhile: 111", 'value="222"', "Keep what was saved"):
        assert words in answer.text
    assert me.post(f"/credentials/{held.id}", {**opened, "version": claim_of(held).version}).status_code == 303
    assert held.number == "222"


def test_a_question_is_answered_and_goes_back_to_the_stewards(visit, tess, wes, clock):
    one = make_credential(tess, "LPC-S", state="TX", status="pending")
    question = Decision("asked", one.checks[-1].id, note="Which board gave it?")
    verification.decide(one, question, by=wes, now=clock.now())
    me = visit(tess)
    assert "Which board gave it?" in me.get(f"/credentials/{one.id}").text
    unanswered = me.post(f"/credentials/{one.id}/check")
    assert (unanswered.status_code, 'value="15234"' in unanswered.text) == (422, True)
    assert me.post(f"/credentials/{one.id}/check", {"note": "The Texas board."}).status_code == 303
    assert (one.status, decisions(one), one.checks[-1].note) == (
        "pending", ["pending", "asked", "pending"], "The Texas board.",
    )  # fmt: skip


def test_asking_twice_is_refused_in_words(visit, tess, held):
    one = make_credential(tess, "LPC", state="CO", status="pending")
    me = visit(tess)
    assert "It waits for a steward already." in me.post(f"/credentials/{one.id}/check").text
    assert me.post(f"/credentials/{held.id}/check").status_code == 409


@pytest.mark.parametrize("path", ["", "/check", "/remove", "/proof", "/proof/remove"])
def test_nobody_else_touches_what_she_holds(client, visit, held, sam, zoe, wes, path):
    for other in (sam, zoe, wes):
        assert visit(other).post(f"/credentials/{held.id}{path}", LPC_S).status_code == 404
    assert client.post(f"/credentials/{held.id}{path}", LPC_S).location.startswith("/sign-in")
    assert (held.status, decisions(held)) == ("verified", ["verified"])


def test_nobody_else_sees_it(client, visit, held, sam, zoe):
    for other in (sam, zoe):
        assert visit(other).get(f"/credentials/{held.id}").status_code == 404
    assert visit(zoe).get("/credentials").status_code == 404
    assert client.get("/credentials").location.startswith("/sign-in")
    assert visit(sam).get("/credentials/99999999999999999999").status_code == 404


def test_each_step_leaves_a_deed(db, visit, tess):
    me = visit(tess)
    me.post("/credentials", {**LPC_S, "ask": "y"})
    one = tess.credentials[0]
    me.post(f"/credentials/{one.id}", typed(one, number="7"))
    me.post(f"/credentials/{one.id}/remove")
    deeds = db.session.scalars(select(Deed.deed).where(Deed.subject == "credential").order_by(Deed.id))
    assert list(deeds) == [
        "credential.added", "credential.pending", "credential.changed", "credential.pending", "credential.removed",
    ]  # fmt: skip


def test_a_claim_is_another_one_with_any_fact_in_it():
    yes, no, open_ = (Claim("LPC", "AZ", "1", approved=approved) for approved in (True, False, None))
    assert len({yes.version, no.version, open_.version}) == 3


def test_a_list_has_an_end(tess, clock):
    states = [code for code, _ in verification.areas.STATES][: verification.MOST]
    for state in states:
        verification.add(tess, Claim("LPC", state), by=tess.person, now=clock.now())
    with pytest.raises(Refused, match="the most"):
        verification.add(tess, Claim("ACS", None), by=tess.person, now=clock.now())


def test_every_form_takes_anything(visit, tess, held, wes, clock):
    asked = make_credential(tess, "LPC", state="CO", status="pending")
    verification.decide(asked, Decision("asked", asked.checks[-1].id, note="Which?"), by=wes, now=clock.now())
    me, pages = visit(tess), ["/credentials/new", f"/credentials/{held.id}", f"/credentials/{asked.id}"]
    met = acting_forms(me, pages)
    assert len(met) >= 6
    for form in met:
        spoil(me, form)
