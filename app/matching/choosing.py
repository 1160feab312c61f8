"""Which board a page speaks of: the one its address asks for, else the one the reader chose before. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.licensure import tracks
from app.licensure.kinds import DISCIPLINES
from app.licensure.tracks import Track
from app.matching.chips import GOALS


@dataclass(frozen=True)
class Choice:
    """A track or none; `is_new` when the address asked for it; words by field on what could not be read."""

    track: Track | None
    is_new: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)


def choose(asked: Mapping[str, str], kept: tuple[str, str]) -> Choice:
    """`asked` are the `state` and `discipline` of the address, `kept` those that were remembered."""
    rules = tracks.load()
    state, discipline = asked.get("state", ""), asked.get("discipline", "")
    if not state and not discipline:
        return Choice(rules.find(*kept))
    if track := rules.find(state, discipline):
        return Choice(track, is_new=True)
    problems = {}
    if not any(track.state == state for track in rules):
        problems["state"] = "Please choose the state whose board you answer to."
    if discipline not in DISCIPLINES:
        problems["discipline"] = "Please choose the license you work toward."
    return Choice(None, problems=problems or {"discipline": "We have no rule for this license in this state."})


def disciplines() -> list[tuple[str, str]]:
    """What a track can be chosen from, with words."""
    return [(id, words) for id, words in GOALS.items() if id in DISCIPLINES]
