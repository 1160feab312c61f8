"""Does it count? Cases worked out by hand on the boards' real rules, step by step."""

from dataclasses import replace
from datetime import date

import pytest

from app.licensure import eligibility, tracks
from app.licensure.facts import Facts, Held, Offer
from app.licensure.verdict import Value
from tests.licensure.supervisors import ALONE, EITHER, ON, VIDEO, farida, group, held, holder

KS = holder("LCPC", "KS", approved=True, training_hours=15)
MO = holder("LCSW", "MO", approved=True, training_hours=20)
SC = holder("LPC-S", "SC")
WA = holder("LMHC", "WA", training_hours=30)
CO = holder("LCSW", "CO")
MA = holder("LMFT", "MA")

# Step, track, opening, supervisor, value, a piece of the sentence that says why.
CASES = [
    # 1: nothing is known of who may supervise, so nothing else is looked at
    (1, "HI/social_work", group(40, online=True), farida(),
     "check", "We do not know whose supervision your board accepts."),
    (1, "RI/counseling", ALONE, holder("LPC", "RI"), "check", "We do not know whose supervision"),
    # 2: a license of the state
    (2, "CO/social_work", ALONE, holder("LCSW", "UT"), "no", "licensed in Colorado; Farida holds LCSW (UT)."),
    (2, "CO/social_work", ALONE, farida(), "no", "Farida lists no license."),
    (2, "IL/marriage_family", ALONE, holder("AAMFT-AS", None),
     "check", "AAMFT-AS, which your board accepts, but lists no Illinois"),
    (2, "CO/social_work", ALONE, holder("AAMFT-AS", None), "no", "Your board wants a supervisor licensed in Colorado"),
    (2, "IL/marriage_family", ALONE, farida(held("LMFT", "IL", expires=date(2026, 3, 1)), held("AAMFT-AS", None)),
     "check", "Farida’s Illinois license lapsed on March 1, 2026; AAMFT-AS alone may not be enough."),
    # 3: a credential that the board accepts; a designation brings its base license
    (3, "TX/counseling", ALONE, holder("LPC", "TX"), "no", "Your board accepts LPC-S; Farida holds LPC."),
    (3, "WA/social_work", ALONE, farida(held("LPC", "WA"), held("LCSW", "WA")), "no", "Farida holds LCSW and LPC."),
    (3, "CO/social_work", ALONE, holder("LCSW-S", "CO"),
     "counts", "Farida holds LCSW-S, and with it LCSW, which your board accepts."),
    # 4: not all lapsed
    (4, "CO/social_work", ALONE, holder("LCSW", "CO", expires=date(2026, 11, 23)),
     "no", "Farida’s LCSW expired on November 23, 2026."),
    (5, "CO/social_work", ALONE, holder("LCSW", "CO", expires=ON), "counts", "is current to November 24, 2026"),
    (4, "CO/social_work", ALONE, holder("LCSW", "CO", suspended=date(2026, 5, 2)),
     "no", "Farida’s LCSW was suspended on May 2, 2026."),
    # 5: verified
    (5, "CO/social_work", ALONE, holder("LCSW", "CO", verified=False),
     "check", "Farida’s LCSW is self-reported so far"),
    (5, "CO/social_work", ALONE, CO, "counts", "Farida’s LCSW was verified on November 3, 2026"),
    # 6: years; Maryland asks for a year and a half
    (6, "MD/social_work", ALONE, holder("LCSW-C", "MD", issued=date(2025, 6, 24), approved=None, training_hours=12),
     "no", "licensed 18 months; Farida has been for 17 months, since June 2025."),
    (6, "MD/social_work", ALONE, holder("LCSW-C", "MD", issued=date(2025, 5, 24), approved=True, training_hours=12),
     "counts", "licensed 18 months; Farida has been since 2025."),
    (6, "WA/counseling", ALONE, holder("LMHC", "WA", issued=None, training_hours=30),
     "check", "licensed 2 years; Farida has not said since when."),
    (6, "TX/social_work", ALONE, holder("LCSW-S", "TX", issued=date(2026, 1, 5)),
     "counts", "licensed 2 years; Farida’s LCSW-S, which we verified, implies it."),
    (6, "MO/social_work", ALONE, MO,
     "counts", "Your board wants a supervisor licensed 5 years; Farida has been since 2014."),
    # 7: the board's approval
    (7, "AR/marriage_family", ALONE, holder("LMFT", "AR"), "check", "we have not seen Farida’s approval"),
    (7, "AR/marriage_family", ALONE, holder("LMFT", "AR", approved=False),
     "no", "Farida says there is no approval yet"),
    (7, "AR/marriage_family", ALONE, holder("LMFT", "AR", approved=True),
     "counts", "Your board approves each supervisor; Farida’s LMFT shows it."),
    # 8: training
    (8, "WA/counseling", ALONE, holder("LMHC", "WA", training_hours=10),
     "no", "wants 15 hours of training in supervision; Farida has 10."),
    (8, "WA/counseling", ALONE, holder("LMHC", "WA"), "check", "Farida has not said how many"),
    (8, "KS/counseling", ALONE, holder("LCPC", "KS", approved=True),
     "counts", "Farida’s LCPC, which we verified, implies it"),
    # 9: room for one more
    (9, "MO/social_work", ALONE, replace(MO, supervisees=4, placements=2),
     "no", "6 supervisees with your board; Farida has 6 and is full"),
    (9, "MO/social_work", ALONE, replace(MO, supervisees=4, placements=1),
     "counts", "6 supervisees with your board; Farida has 5."),
    (9, "MO/social_work", ALONE, replace(MO, placements=6), "no", "is full by that rule"),
    # 10–13: format
    (10, "SC/counseling", group(2), SC, "counts", "2 seats still count as individual with your board."),
    (11, "SC/counseling", group(7), SC, "no", "A group may have 6 people with your board; this one has 7 seats."),
    (12, "SC/counseling", group(3), SC, "partly", "At most half of your supervision may be in a group."),
    (12, "WA/counseling", group(3), WA, "no", "No supervision in a group counts with your board"),
    (12, "TX/social_work", group(6), holder("LCSW-S", "TX"), "counts", "All of your supervision may be in a group."),
    (12, "LA/counseling", group(4), holder("LPC-S", "LA"), "partly", "wants 50 hours of the 100 to be individual"),
    (13, "IN/counseling", group(2), holder("LMHC", "IN"),
     "check", "We do not know how much of your supervision may be in a group."),
    # 14, 15: delivery
    (14, "CO/social_work", VIDEO, CO, "counts", "Supervision by live video counts"),
    (14, "DC/marriage_family", VIDEO, holder("LMFT", "DC", approved=True),
     "no", "does not count with your board; this opening is online only"),
    (14, "FL/social_work", VIDEO, holder("LCSW", "FL", approved=True), "partly", "Live video counts for at most half"),
    (14, "OH/social_work", VIDEO, holder("LISW-S", "OH"), "partly", "Live video counts within limits we do not know"),
    (14, "WA/counseling", VIDEO, WA, "check", "The rule does not say whether live video counts"),
    (15, "WA/counseling", EITHER, WA, "counts", "online hours may not count"),
    (15, "DC/marriage_family", EITHER, holder("LMFT", "DC", approved=True), "counts", "online hours may not count"),
    # 16: one's own discipline
    (16, "WA/social_work", ALONE, holder("LMFT", "WA", training_hours=15), "partly",
     "At least 70% of your supervision must be with your own discipline, clinical social work; Farida’s LMFT is"),
    (16, "WA/social_work", ALONE, farida(*[held(code, "WA", training_hours=15) for code in ("LMFT", "LICSW")]),
     "counts", "Farida’s LICSW is."),
    (16, "MT/social_work", ALONE, holder("LCSW", "MT"), "counts", "At least half"),
    # doubtful figures
    (14, "MA/marriage_family", VIDEO, MA, "check", "We read whether video counts only on others’ pages."),
    (15, "MA/marriage_family", EITHER, MA, "counts", "online hours may not count"),
    (14, "MA/marriage_family", ALONE, MA, "counts", "Meets in person."),
    (14, "AL/counseling", VIDEO, holder("LPC-S", "AL"), "check", "We read the share by video only on others’ pages."),
    (3, "AK/social_work", ALONE, holder("LMFT", "AK"),
     "check", "Farida holds LMFT. We read who may supervise only on others’ pages."),
    (4, "AK/social_work", ALONE, holder("LCSW", "AK", expires=date(2020, 1, 1)), "no", "Farida’s LCSW expired"),
    (6, "NC/counseling", ALONE, holder("LCMHCS", "NC", training_hours=45),
     "check", "We read the years only on others’ pages."),
    (12, "FL/social_work", group(3), holder("LCSW", "FL", approved=True), "check",
     "We read how many people still count as individual and the share for groups only on others’ pages."),
    (10, "FL/social_work", group(2), holder("LCSW", "FL", approved=True),
     "check", "how many people still count as individual"),
    (16, "PA/counseling", ALONE, holder("LPC", "PA"), "check", "We read the share of one’s own discipline only"),
    (12, "KS/counseling", group(4), KS, "partly", "At most half"),
    # a whole track read on others' pages
    (1, "CA/counseling", ALONE, holder("LPCC", "CA", training_hours=15),
     "check", "We know this rule only from others’ pages"),
    (11, "CA/counseling", group(9), holder("LPCC", "CA", training_hours=15), "check", "A group may have 8 people"),
    (2, "CA/counseling", ALONE, holder("LPC-S", "TX"), "no", "licensed in California; Farida holds LPC-S (TX)."),
    (4, "CA/counseling", ALONE, holder("LPCC", "CA", expires=date(2026, 1, 31)),
     "no", "Farida’s LPCC expired on January 31, 2026."),
    (3, "GA/counseling", ALONE, farida(held("LPC", "GA"), held("ACS", None)),
     "check", "Farida holds ACS, which your board accepts."),
]  # fmt: skip


@pytest.mark.parametrize(("step", "track", "opening", "supervisor", "value", "piece"), CASES)
def test_a_case(step: int, track: str, opening: Offer, supervisor: Facts, value: str, piece: str) -> None:
    verdict = eligibility.judge(tracks.load().track(track), opening, supervisor, ON)
    assert verdict.value == value
    assert piece in " | ".join(one.words for one in (*verdict.findings, *verdict.support) if one.step == step)


def test_every_step_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(range(1, 17))


# The examples of the written rule

USUAL = tracks.load().track("SC/counseling")  # individual ≤ 2, group ≤ 6 and half, video allowed, LPC-S, regulation
EXAMPLES = [
    (USUAL, VIDEO, SC, "counts"),
    (USUAL, group(2, online=True), SC, "counts"),
    (USUAL, group(6), SC, "partly"),
    (USUAL, ALONE, holder("LPC-S", "SC", verified=False), "check"),
    (USUAL, ALONE, holder("LPC", "SC"), "no"),
    (USUAL, group(8), SC, "no"),
    (replace(USUAL, remote=None), VIDEO, SC, "check"),
    (replace(USUAL, remote="silent"), VIDEO, SC, "check"),
    (replace(USUAL, remote=None), ALONE, SC, "counts"),
    (replace(USUAL, secondary_keys=frozenset({"remote"})), VIDEO, SC, "check"),
    (replace(USUAL, secondary_keys=frozenset({"remote"})), ALONE, SC, "counts"),
    (tracks.load().track("ID/social_work"), ALONE, holder("LCPC", "ID", approved=True, training_hours=15), "partly"),
    (replace(USUAL, confidence="secondary"), ALONE, SC, "check"),
    (replace(USUAL, confidence="secondary"), group(8), SC, "check"),
    (replace(USUAL, confidence="secondary"), ALONE, holder("LPC-S", "TX"), "no"),
    (replace(USUAL, confidence="none"), ALONE, holder("LPC-S", "TX"), "check"),
    (tracks.load().track("CA/marriage_family"), ALONE, farida(), "no"),
    (tracks.load().track("WA/counseling"), ALONE, holder("LMHC", "WA", issued=date(2025, 9, 24)), "no"),
]


@pytest.mark.parametrize(("track", "opening", "supervisor", "value"), EXAMPLES)
def test_an_example_of_the_rule(track: tracks.Track, opening: Offer, supervisor: Facts, value: str) -> None:
    assert eligibility.judge(track, opening, supervisor, ON).value == value


def test_silent_and_missing_are_said_in_different_words() -> None:
    silent, missing = (replace(USUAL, remote=remote) for remote in ("silent", None))
    said = [eligibility.judge(track, VIDEO, SC, ON).findings[0].words for track in (silent, missing)]
    assert said[0].startswith("The rule does not say")
    assert said[1].startswith("We do not know")


def test_a_verdict_brings_its_title_its_reasons_and_where_it_is_written() -> None:
    verdict = eligibility.judge(USUAL, group(3), SC, ON)
    assert verdict.title(USUAL) == "Counts in part for South Carolina LPC"
    assert verdict.reasons[0] == ("care", "At most half of your supervision may be in a group.")
    assert ("yes", "Farida holds LPC-S, which your board accepts.") in verdict.reasons
    assert verdict.citations == USUAL.sources


@pytest.mark.parametrize(
    ("opening", "supervisor", "title"),
    [
        (ALONE, SC, "Counts for South Carolina LPC"),
        (ALONE, holder("LPC-S", "SC", verified=False), "Check with your board"),
        (ALONE, farida(), "Does not count for South Carolina LPC"),
    ],
)
def test_a_title_says_the_value(opening: Offer, supervisor: Facts, title: str) -> None:
    assert eligibility.judge(USUAL, opening, supervisor, ON).title(USUAL) == title


def test_what_is_against_it_stands_lowest_first() -> None:
    unverified = holder("LPC-S", "SC", verified=False)
    verdict = eligibility.judge(USUAL, group(9), unverified, ON)
    assert [finding.value for finding in verdict.findings] == ["no", "check", "check", "partly"]
    assert [kind for kind, _ in verdict.reasons[:2]] == ["not", "care"]


def test_an_expired_credential_counts_again_on_the_day_before() -> None:
    lapsing = holder("LCSW", "CO", expires=date(2026, 6, 30))
    track = tracks.load().track("CO/social_work")
    assert [eligibility.value(track, ALONE, lapsing, date(2026, month, day)) for month, day in ((6, 30), (7, 1))] == [
        "counts",
        "no",
    ]


def test_a_supervisor_from_elsewhere_has_the_default_value() -> None:
    for track in tracks.load():
        known = bool(track.supervisor_credentials)
        assert eligibility.default_value(track) == ("no" if known else "check")


def test_a_supervisor_touches_the_tracks_of_the_state_and_those_that_accept_a_national_one() -> None:
    touched = eligibility.tracks_touched(farida(held("LCSW", "CO"), held("AAMFT-AS", None)))
    assert {"CO/counseling", "CO/social_work", "IL/marriage_family"} <= touched
    assert "CO/marriage_family" not in touched  # the rule does not tell who may supervise: the default, for everybody
    assert "IL/social_work" not in touched


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="LPX"):
        Held("LPX", "TX")


def test_an_opening_has_a_seat_and_a_way_to_meet() -> None:
    with pytest.raises(ValueError, match="an opening"):
        Offer(0, online=True, in_person=False)
    with pytest.raises(ValueError, match="an opening"):
        Offer(1, online=False, in_person=False)


def test_values_are_ordered() -> None:
    assert sorted(Value, reverse=True) == ["counts", "partly", "check", "no"]
    assert Value.NO < Value.CHECK <= Value.CHECK < Value.PARTLY < Value.COUNTS
    assert Value.COUNTS > Value.NO
    assert Value.COUNTS >= Value.PARTLY
