"""The verification queue: what a steward sees, decides, and leaves behind."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import audit
from app.config import settings
from app.notifications.delivery import Stationery
from app.openings import verdicts
from app.openings.models import OpeningVerdict
from app.refusals import Refused
from app.steward import queue
from app.supervisors import verification
from app.supervisors.models import Credential
from app.supervisors.verification import Decision
from tests import people
from tests.people import make_credential, make_opening, make_supervisor
from tests.test_bad_input import acting_forms, spoil

QUEUE = "/steward/credentials"


@pytest.fixture
def tess(app):
    return make_supervisor("Tess Marlow", code=None, state="TX")


@pytest.fixture
def waiting(tess):
    """Tess's license, which waits."""
    return make_credential(tess, "LPC-S", state="TX", number="61207", status="pending")


@pytest.fixture
def decide(visit, wes):
    """decide(credential, "verified", source="…"): what Wes's form sends."""

    def decided(credential, decision, by=None, htmx=False, **typed):
        said = {"seen": str(credential.checks[-1].id), "decision": decision, **typed}
        return visit(by or wes).post(f"{QUEUE}/{credential.id}", said, htmx=htmx)

    return decided


def value(opening, track="TX/counseling"):
    rows = queue.db.session.execute(select(OpeningVerdict).filter_by(opening_id=opening.id, track=track)).scalars()
    return [row.value for row in rows]


def test_a_stewards_dashboard_leads_to_what_waits(visit, wes, ana, waiting):
    page = visit(wes).get("/dashboard").text
    assert "1 license waits for a decision" in page
    assert "Talk to someone before you commit" not in page
    assert "Say where you are licensed" not in page
    assert "waits for a decision" not in visit(ana).get("/dashboard").text


def test_everything_a_decision_needs_stands_on_one_page(visit, wes, tess, waiting):
    make_credential(tess, "LPC", state="CO")
    waiting.checks[-1].note = "I moved in March."
    page = visit(wes).get(QUEUE).text
    for words in ("LPC-S, Texas", "61207", "Tess Marlow", tess.person.email, "I moved in March.", "LPC, Colorado",
                  "Texas Behavioral Health Executive Council", "https://", "1 waiting", "none sent"):  # fmt: skip
        assert words in page


def test_the_oldest_comes_first(visit, wes, waiting, clock):
    clock.forward(days=3)
    young = make_supervisor("Young Request", code="LPC", state="CO", status="pending").credentials[0]
    assert [row.credential for row in queue.waiting()] == [waiting, young]
    assert "the oldest for 3 days" in visit(wes).get(QUEUE).text


def test_what_waits_for_an_answer_is_not_in_line(tess, waiting, decide, clock):
    decide(waiting, "asked", note="Which board?")
    assert (waiting.status, queue.count(), queue.waiting()) == ("pending", 0, [])
    clock.forward(hours=1)
    verification.ask(waiting, note="The Texas one.", by=tess.person, now=clock.now())
    assert queue.count() == 1


def test_verifying_makes_her_openings_count(tess, waiting, decide, clock):
    opening = make_opening(tess, online=False, in_person=True)
    verdicts.refresh([opening.id], verdicts.today(clock.now()))
    assert value(opening) == ["check"]
    assert decide(waiting, "verified", source="TBHEC license search").location == QUEUE
    assert value(opening) == ["counts"]


@pytest.mark.parametrize(
    ("decision", "typed", "status"),
    [
        ("verified", {"source": "license search"}, "verified"),
        ("refused", {"note": "This number is another person’s."}, "refused"),
        ("asked", {"note": "Which board gave it?"}, "pending"),
    ],
)
def test_each_decision_is_a_row_and_a_deed(db, wes, waiting, decide, decision, typed, status):
    decide(waiting, decision, **typed)
    check = waiting.checks[-1]
    assert (waiting.status, check.decision, check.by_id) == (status, decision, wes.id)
    deed = db.session.scalars(select(audit.Deed).order_by(audit.Deed.id.desc())).first()
    assert (deed.deed, deed.by_id, deed.subject_id) == (f"credential.{decision}", wes.id, waiting.id)


@pytest.mark.parametrize(
    ("decision", "typed"),
    [
        ("verified", {"source": "license search"}),
        ("refused", {"note": "This number is another person’s."}),
        ("asked", {"note": "Which board gave it?"}),
    ],
)
def test_each_decision_is_told_to_her_by_letter(tess, waiting, decide, outbox, tmp_path, decision, typed):
    decide(waiting, decision, **typed)
    mail = Stationery(settings({"SC_INSTANCE_PATH": str(tmp_path)})).draw(outbox(f"supervisors/{decision}")[0])
    assert tess.person.email in mail["To"]
    for words in ("LPC-S, Texas", *typed.values(), f"/credentials/{waiting.id}"):
        assert words in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("decision", "typed", "field"),
    [
        ("verified", {"note": "fine"}, "source"),
        ("refused", {"source": "license search"}, "note"),
        ("asked", {"source": "license search"}, "note"),
        ("verified", {"source": "x" * 201}, "source"),
    ],
)
def test_what_a_decision_needs_is_asked_for_beside_its_field(waiting, decide, outbox, decision, typed, field):
    answer = decide(waiting, decision, **typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert next(iter(typed.values())) in answer.text
    assert (waiting.status, len(waiting.checks), outbox()) == ("pending", 1, [])


@pytest.mark.parametrize("decision", ["", "pending", "voided", "deleted"])
def test_no_other_decision_is_taken(waiting, decide, decision):
    assert decide(waiting, decision, source="a", note="b").status_code == 422
    assert waiting.status == "pending"


def test_the_next_one_comes_by_itself(waiting, decide, visit, wes, clock):
    clock.forward(hours=1)
    make_supervisor("Young Request", code="LPC", state="CO", status="pending")
    part = decide(waiting, "verified", htmx=True, source="license search").text
    assert part.startswith('<div id="credential">')
    for words in ("LPC, Colorado", "Verified: LPC-S, Texas, Tess Marlow.", "1 waiting"):
        assert words in part
    young = queue.waiting()[0].credential
    assert f'name="seen" value="{young.checks[-1].id}"' in part
    assert 'name="source" value=""' in part
    assert "Verified: " not in visit(wes).get(QUEUE).text


def test_the_next_one_comes_compressed_too(waiting, visit, wes):
    said = {"seen": str(waiting.checks[-1].id), "decision": "verified", "source": "license search"}
    packed = {"Accept-Encoding": "gzip"}
    answer = visit(wes).post(f"{QUEUE}/{waiting.id}", said, htmx=True, headers=packed)
    assert (answer.status_code, answer.headers["Content-Encoding"], waiting.status) == (200, "gzip", "verified")


def test_without_a_script_it_comes_with_the_queue(waiting, visit, wes):
    me, said = visit(wes), {"seen": str(waiting.checks[-1].id), "decision": "verified", "source": "license search"}
    page = me.get(me.post(f"{QUEUE}/{waiting.id}", said).location).text
    for words in ("Verified: LPC-S, Texas, Tess Marlow.", "The desk is clear"):
        assert words in page


def test_of_two_stewards_the_second_is_told_who_was_quicker(waiting, decide, visit, wes, outbox):
    ida = people.make_person("Ida Frost", roles=("steward",))
    seen = str(waiting.checks[-1].id)
    decide(waiting, "verified", source="license search")
    late = visit(ida).post(f"{QUEUE}/{waiting.id}", {"seen": seen, "decision": "refused", "note": "No."})
    assert late.status_code == 409
    assert "Wes Hart verified it already. Nothing was changed." in late.text
    assert (waiting.status, len(waiting.checks), len(outbox())) == ("verified", 2, 1)


def test_nobody_decides_on_what_she_changed_meanwhile(tess, waiting, visit, wes, clock):
    seen = str(waiting.checks[-1].id)
    claim = verification.claim_of(waiting)
    other = verification.Claim("LPC-S", "TX", "99999")
    verification.change(waiting, other, seen=claim.version, by=tess.person, now=clock.now())
    late = visit(wes).post(f"{QUEUE}/{waiting.id}", {"seen": seen, "decision": "verified", "source": "search"})
    assert late.status_code == 409
    assert "She changed it after you opened it." in late.text
    assert (waiting.status, waiting.number, queue.count()) == ("pending", "99999", 1)


def test_a_decision_does_not_wait_in_a_stale_session(tess, waiting, wes, clock):
    decision = Decision("verified", waiting.checks[-1].id, source="license search")
    queue.decide(waiting, decision, by=wes, now=clock.now())
    with pytest.raises(Refused) as late:
        queue.decide(waiting, decision, by=wes, now=clock.now())
    assert (late.value.status, late.value.words) == (409, "You verified it already. Nothing was changed.")


@pytest.mark.parametrize("path", [QUEUE, f"{QUEUE}/1", "/steward/log"])
def test_the_desk_is_the_stewards_alone(client, visit, ana, sam, waiting, path):
    for other in (ana, sam):
        assert visit(other).get(path).status_code == 404
    assert client.get(path).location.startswith("/sign-in")


def test_nobody_else_decides(client, visit, ana, sam, tess, waiting):
    said = {"seen": str(waiting.checks[-1].id), "decision": "verified", "source": "myself"}
    for other in (ana, sam, tess):
        assert visit(other).post(f"{QUEUE}/{waiting.id}", said).status_code == 404
    assert client.post(f"{QUEUE}/{waiting.id}", said).location.startswith("/sign-in")
    assert waiting.status == "pending"


def test_a_role_that_ended_opens_nothing(visit, wes, waiting, clock):
    wes.roles[0].ended_at = clock.now()
    assert visit(wes).get(QUEUE).status_code == 404


def test_what_is_not_there_is_not_found(visit, wes):
    for path in (f"{QUEUE}/4711", f"{QUEUE}/99999999999999999999"):
        assert visit(wes).get(path).status_code == 404


def test_a_decided_one_can_be_read_again(visit, wes, waiting, decide):
    decide(waiting, "refused", note="This number is another person’s.")
    page = visit(wes).get(f"{QUEUE}/{waiting.id}").text
    for words in ("It was not confirmed.", "This number is another person’s.", "Wes Hart"):
        assert words in page
    assert 'name="decision"' not in page


def test_a_national_one_has_no_board_of_a_state(visit, wes, tess):
    one = make_credential(tess, "AAMFT-AS", state=None, status="pending")
    assert queue.boards(one) == []
    assert "A national body" in visit(wes).get(QUEUE).text


def test_a_license_of_no_discipline_is_looked_up_at_every_board_of_its_state():
    boards = queue.boards(Credential(code="PSY", state="TX"))
    assert boards
    assert len({board.name for board in boards}) == len(boards)


def test_every_page_tells_a_steward_how_many_wait(visit, wes, ana, waiting):
    assert '<span class="count count--new" id="queue-count">1</span>' in visit(wes).get("/about").text
    assert "queue-count" not in visit(ana).get("/about").text


def test_the_line_has_pages(visit, wes, tess):
    for number in range(queue.PAGE + 1):
        make_credential(tess, "LPC", state="TX", number=f"N{number:03}", status="pending")
    first, second = (visit(wes).get(f"{QUEUE}?page={page}").text for page in (1, 2))
    assert ("N019" in first, "N020" in first, "N020" in second) == (True, False, True)
    assert visit(wes).get(f"{QUEUE}?page=99999999999").status_code == 200


def test_who_asked_to_be_removed_waits_no_longer(tess, waiting, clock):
    tess.removed_at = clock.now()
    assert queue.count() == 0


def test_the_log_shows_who_did_what(visit, wes, waiting, decide):
    decide(waiting, "verified", source="license search")
    page = visit(wes).get("/steward/log").text
    for words in ("credential.verified", "Wes Hart", f"{QUEUE}/{waiting.id}"):
        assert words in page


def test_a_command_makes_a_steward_of_an_account(app, db, ana):
    runner = app.test_cli_runner()
    db.session.commit()
    first, again = (runner.invoke(args=["steward", "add", "ANA.RUIZ@example.org"]) for _ in range(2))
    assert (first.exit_code, first.output) == (0, "Ana Ruiz is a steward from now on.\n")
    assert (again.exit_code, again.output) == (0, "Ana Ruiz is a steward already.\n")
    db.session.expire_all()
    assert ana.is_steward
    assert db.session.scalars(select(audit.Deed.deed)).all() == ["role.given"]


@pytest.mark.parametrize(("args", "code"), [(["nobody@example.org"], 1), ([], 2), (["--help"], 0)])
def test_the_command_says_what_is_wrong(app, args, code):
    assert app.test_cli_runner().invoke(args=["steward", "add", *args]).exit_code == code


def test_an_address_that_nobody_confirmed_gets_no_role(app, db):
    people.make_person("Uma Open", is_verified=False)
    db.session.commit()
    answer = app.test_cli_runner().invoke(args=["steward", "add", "uma.open@example.org"])
    assert (answer.exit_code, "not confirmed" in answer.output) == (1, True)


def test_the_end_of_a_license_is_part_of_what_was_verified(visit, wes, tess, waiting, decide):
    waiting.expires_on = date(2026, 11, 24) + timedelta(days=10)
    decide(waiting, "verified", source="license search")
    assert "Dec 4, 2026" in visit(wes).get(f"{QUEUE}/{waiting.id}").text


def test_the_desks_form_takes_anything(visit, wes, waiting):
    me = visit(wes)
    met = acting_forms(me, [QUEUE])
    assert f"{QUEUE}/{waiting.id}" in {form.action for form in met}
    for form in met:
        spoil(me, form)
