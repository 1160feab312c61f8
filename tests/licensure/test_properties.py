"""What must hold for every rule, supervisor and opening, tried on made-up ones."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.licensure import eligibility, tracks
from app.licensure.facts import Facts, Held, Offer
from app.licensure.tracks import Track
from app.licensure.verdict import Value
from tests.licensure.supervisors import ON

CODES = ("LPC", "LPC-S", "LMFT", "LCSW", "AAMFT-AS", "PSY")
DOUBTABLE = (
    "supervisor_credentials",
    "supervisor_min_years",
    "group_max_share",
    "individual_max_people",
    "group_max_people",
    "remote",
)

shares = st.sampled_from((0, 0.25, 0.5, 1))
few = st.integers(1, 8)


def maybe(figure: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | figure


a_track = st.builds(
    Track,
    state=st.just("TX"),
    state_name=st.just("Texas"),
    discipline=st.sampled_from(("counseling", "marriage_family")),
    board=st.just("Board"),
    target_license=st.just("LPC"),
    confidence=st.sampled_from(("regulation", "board_page", "secondary", "none")),
    supervision_hours=maybe(st.just(100)),
    individual_hours_min=maybe(st.sampled_from((50, 100))),
    group_max_share=maybe(shares),
    individual_max_people=maybe(st.integers(1, 3)),
    group_max_people=maybe(few),
    supervisor_credentials=st.lists(st.sampled_from(CODES), unique=True, max_size=4).map(tuple),
    own_discipline_min_share=maybe(shares),
    board_approval_required=maybe(st.booleans()),
    supervisor_min_years=maybe(st.sampled_from((0, 1.5, 2, 5))),
    supervisor_training_hours=maybe(st.sampled_from((0, 6.5, 15, 40))),
    max_supervisees=maybe(few),
    remote=maybe(st.sampled_from(("allowed", "limited", "not_allowed", "silent"))),
    secondary_keys=st.frozensets(st.sampled_from(DOUBTABLE), max_size=2),
)
a_day = st.integers(-4000, 800).map(lambda days: ON + timedelta(days=days))
a_credential = st.builds(
    Held,
    code=st.sampled_from(CODES),
    state=st.sampled_from(("TX", "OK", None)),
    issued=maybe(a_day),
    expires=maybe(a_day),
    suspended=maybe(a_day),
    verified=st.booleans(),
    approved=maybe(st.booleans()),
    training_hours=maybe(st.sampled_from((0, 10, 15, 40))),
)
a_supervisor = st.builds(
    Facts,
    name=st.just("Farida"),
    credentials=st.lists(a_credential, max_size=4).map(tuple),
    supervisees=maybe(st.integers(0, 8)),
    placements=st.integers(0, 8),
)
an_opening = st.builds(
    lambda seats, way: Offer(seats, *way),
    st.integers(1, 9),
    st.sampled_from(((True, False), (False, True), (True, True))),
)

# One figure made stricter, or asked for where nothing was; the same track where it cannot be.
STRICTER: dict[str, Callable[[Track], Track]] = {
    "fewer in a group": lambda track: replace(track, group_max_people=max(1, (track.group_max_people or 9) - 1)),
    "less in a group": lambda track: replace(
        track, group_max_share=track.group_max_share and track.group_max_share / 2
    ),
    "nothing in a group": lambda track: replace(track, group_max_share=0),
    "fewer as individual": lambda track: replace(track, individual_max_people=track.individual_max_people and 1),
    "more years": lambda track: replace(track, supervisor_min_years=(track.supervisor_min_years or 0) + 1),
    "more training": lambda track: replace(track, supervisor_training_hours=(track.supervisor_training_hours or 0) + 5),
    "fewer supervisees": lambda track: replace(track, max_supervisees=max(1, (track.max_supervisees or 9) - 1)),
    "approval": lambda track: replace(track, board_approval_required=True),
    "own discipline": lambda track: replace(track, own_discipline_min_share=0.8),
    "video limited": lambda track: replace(track, remote="limited") if track.remote == "allowed" else track,
    "no video": lambda track: replace(track, remote="not_allowed"),
}


@pytest.mark.parametrize("stricter", STRICTER.values(), ids=STRICTER)
@given(track=a_track, opening=an_opening, supervisor=a_supervisor)
@settings(max_examples=60, deadline=None)
def test_a_stricter_figure_never_improves_a_verdict(
    stricter: Callable[[Track], Track], track: Track, opening: Offer, supervisor: Facts
) -> None:
    before = eligibility.judge(track, opening, supervisor, ON)
    after = eligibility.judge(stricter(track), opening, supervisor, ON)
    assert after.value <= before.value


@given(track=a_track, opening=an_opening, supervisor=a_supervisor)
@settings(max_examples=200, deadline=None)
def test_a_rule_read_on_others_pages_never_says_counts(track: Track, opening: Offer, supervisor: Facts) -> None:
    verdict = eligibility.judge(replace(track, confidence="secondary"), opening, supervisor, ON)
    assert verdict.value <= Value.CHECK
    assert verdict.findings


@given(track=a_track, opening=an_opening, supervisor=a_supervisor, shuffle=st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_the_order_of_credentials_does_not_matter(track: Track, opening: Offer, supervisor: Facts, shuffle) -> None:  # type: ignore[no-untyped-def]
    other = list(supervisor.credentials)
    shuffle.shuffle(other)
    one, two = (
        eligibility.judge(track, opening, replace(supervisor, credentials=tuple(credentials)), ON)
        for credentials in (supervisor.credentials, other)
    )
    assert (one.value, one.reasons) == (two.value, two.reasons)


@given(track=a_track, opening=an_opening, supervisor=a_supervisor)
@settings(max_examples=200, deadline=None)
def test_the_quick_value_is_the_verdicts(track: Track, opening: Offer, supervisor: Facts) -> None:
    verdict = eligibility.judge(track, opening, supervisor, ON)
    assert eligibility.value(track, opening, supervisor, ON) is verdict.value
    assert verdict.value is min((finding.value for finding in verdict.findings), default=Value.COUNTS)


@given(track=a_track, opening=an_opening, supervisor=a_supervisor)
@settings(max_examples=200, deadline=None)
def test_what_counts_rests_on_a_verified_license_of_the_state(track: Track, opening: Offer, supervisor: Facts) -> None:
    if eligibility.value(track, opening, supervisor, ON) is Value.COUNTS:
        current = [one for one in supervisor.credentials if not one.lapsed(ON)]
        assert any(one.verified for one in current)
        assert any(one.state == "TX" and not one.is_national for one in current)


@given(opening=an_opening, supervisor=a_supervisor)
@settings(max_examples=25, deadline=None)
def test_a_track_that_is_not_touched_has_its_default_value(opening: Offer, supervisor: Facts) -> None:
    rules = tracks.load()
    touched = eligibility.tracks_touched(supervisor)
    for track in rules:
        if track.id not in touched:
            assert eligibility.value(track, opening, supervisor, ON) is eligibility.default_value(track)


@given(a_day, st.sampled_from((18, 24, 60)))
def test_years_are_whole_on_their_anniversary(start: date, months: int) -> None:
    track = replace(
        tracks.load().track("MD/social_work"), supervisor_min_years=months / 12, board_approval_required=None
    )
    supervisor = Facts("Farida", (Held("LCSW-C", "MD", issued=start, verified=True, training_hours=12),))
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    anniversary = date(year, month + 1, min(start.day, 28))
    opening = Offer(1, online=False, in_person=True)
    values = [eligibility.value(track, opening, supervisor, anniversary + timedelta(days=days)) for days in (-1, 4)]
    assert values == ["no", "counts"]
