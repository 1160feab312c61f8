"""Does this opening count on this track? Pure: values and a date in, a verdict out; no database, no clock."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from app.formats import listed
from app.licensure import opening_steps, supervisor_steps, tracks
from app.licensure.credentials import INCLUDES
from app.licensure.facts import Case, Facts, Held, Offer
from app.licensure.supervisor_steps import known
from app.licensure.tracks import Rules, Track
from app.licensure.verdict import Finding, Value, Verdict
from app.licensure.words import NAMES

__all__ = [
    "Facts", "Finding", "Held", "Offer", "Value", "Verdict",
    "default_value", "judge", "tracks_touched", "value", "value_of_offer", "value_of_supervisor",
]  # fmt: skip


def judge(track: Track, opening: Offer, supervisor: Facts, on: date) -> Verdict:
    """The verdict on `opening` by `supervisor` for somebody on `track`, on the date `on`, with every reason."""
    if unknown := known(track):
        return Verdict(unknown.value, (unknown,), (), track.sources)
    found = [*_of_supervisor(track, supervisor, on), *_of_offer(track, opening)]
    found.sort(key=lambda finding: (finding.value, finding.step))
    against = tuple(finding for finding in found if finding.value is not Value.COUNTS)
    support = tuple(finding for finding in found if finding.value is Value.COUNTS)
    return Verdict(_lowest(found), against, support, track.sources)


def value(track: Track, opening: Offer, supervisor: Facts, on: date) -> Value:
    """The value of `judge`, without a sentence being made."""
    return min(value_of_supervisor(track, supervisor, on), value_of_offer(track, opening))


def value_of_supervisor(track: Track, supervisor: Facts, on: date) -> Value:
    """The best that any opening of this supervisor can be: make it once, and take the lower of it and the opening's."""
    return Value.CHECK if known(track) else _lowest(_of_supervisor(track, supervisor, on))


@lru_cache(maxsize=16_384)
def value_of_offer(track: Track, opening: Offer) -> Value:
    """The best that an opening of this kind can be, whoever offers it."""
    return Value.CHECK if known(track) else _lowest(_of_offer(track, opening))


def default_value(track: Track) -> Value:
    """The value for a supervisor who holds nothing in the track's state, and nothing national that it accepts."""
    return Value.CHECK if known(track) else Value.NO


def tracks_touched(supervisor: Facts, rules: Rules | None = None) -> frozenset[str]:
    """The ids of the tracks whose value for this supervisor's openings may differ from `default_value`."""
    states = {held.state for held in supervisor.credentials if not held.is_national}
    national = {code for held in supervisor.credentials if held.is_national for code in INCLUDES[held.code]}
    return frozenset(
        track.id
        for track in rules or tracks.load()
        if track.state in states or not track.accepts.isdisjoint(national)
        if not known(track)
    )


def _of_supervisor(track: Track, supervisor: Facts, on: date) -> list[Finding]:
    case = Case(track, supervisor, on)
    return [_weighed(track, finding) for step in supervisor_steps.STEPS if (finding := step(case))]


def _of_offer(track: Track, opening: Offer) -> list[Finding]:
    return [_weighed(track, finding) for step in opening_steps.STEPS if (finding := step(track, opening))]


def _lowest(found: Iterable[Finding]) -> Value:
    return min((finding.value for finding in found), default=Value.COUNTS)


def _weighed(track: Track, finding: Finding) -> Finding:
    """A finding that rests on a figure read only on others' pages says `check`, also where the figure is met."""
    doubtful = [key for key in finding.keys if track.is_doubtful(key)]
    if not doubtful:
        return finding
    return Finding(finding.step, Value.CHECK, lambda: _doubted(track, finding, doubtful), finding.keys, doubtful=True)


def _doubted(track: Track, finding: Finding, keys: list[str]) -> str:
    if track.confidence == "secondary":
        return finding.words
    return f"{finding.words} We read {listed(NAMES[key] for key in keys)} only on others’ pages."
