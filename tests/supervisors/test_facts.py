"""A supervisor as the rules see her."""

from datetime import date

from app.licensure.facts import Facts, Held
from app.supervisors import facts, words
from tests.people import make_credential, make_supervisor


def test_a_verified_license_says_by_whom_and_when(sam):
    [held] = facts.facts_of(sam).credentials
    assert (held.code, held.state, held.verified) == ("LPC", "AZ", True)
    assert (held.verified_by, held.verified_on) == ("the board's public look-up", date(2026, 11, 24))


def test_many_at_once_are_as_each_alone(sam, pat):
    make_credential(sam, "LMFT", state="TX")
    both = facts.load([sam.id, pat.id])
    for one in (sam, pat):
        alone = facts.facts_of(one)
        assert [h.code for h in both[one.id].credentials] == [h.code for h in alone.credentials]
        assert [h.verified for h in both[one.id].credentials] == [h.verified for h in alone.credentials]


def test_what_a_check_refused_is_not_held(app):
    sam = make_supervisor("Sam Okafor", status="refused")
    assert facts.facts_of(sam).credentials == ()


def test_a_first_name_is_what_the_sentences_use(sam):
    assert facts.facts_of(sam).name == "Sam"


ON = date(2026, 11, 24)
LPC_S = Held("LPC-S", "TX", verified=True)
LPC = Held("LPC", "TX", verified=True)
LMFT = Held("LMFT", "TX")
OKLAHOMA = Held("LPC", "OK", verified=True)
GONE = Held("LCSW", "TX", expires=date(2026, 1, 1), verified=True)


def standing(*held, state=None):
    found = words.standing(Facts("F", held), state, ON)
    return found.codes, found.verified


def test_a_designation_stands_for_its_license():
    assert standing(LPC, LPC_S) == ("LPC-S", True)


def test_the_verified_ones_of_the_readers_state_come_first():
    assert standing(LMFT, LPC_S, OKLAHOMA, state="TX") == ("LPC-S", True)
    assert standing(LMFT, OKLAHOMA, state="TX") == ("LMFT", False)
    assert standing(LMFT, state="AZ") == ("LMFT", False)


def test_what_has_lapsed_is_not_named():
    assert standing(GONE) == ("no current license", False)
    assert words.states(Facts("F", (GONE, OKLAHOMA)), ON) == ["OK"]
