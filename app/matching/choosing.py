"""Which board a page speaks of: the one its address asks for, else the one the reader chose before. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.licensure import tracks
from app.licensure.kinds import DISCIPLINES
from app.licensure.tracks import Track
from app.matching.chips import GOALS
from app.places import areas


@dataclass(frozen=True)
class Choice:
    """A track or none; `is_new` when the address asked for it; words by field on what could not be read.

    `states` and `disciplines` are what can be chosen, as pairs of id and words.
    """

    track: Track | None
    states: Sequence[tuple[str, str]]
    disciplines: Sequence[tuple[str, str]]
    is_new: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)


def choose(asked: Mapping[str, str], kept: tuple[str, str], served: Sequence[str]) -> Choice:
    """`asked` are the `state` and `discipline` of the address, `kept` those that were remembered.

    `served` are the states of the instance, none for all.
    """
    state, discipline = asked.get("state", "").upper(), asked.get("discipline", "")
    is_asked = bool(state or discipline)
    track = tracks.load().find(state, discipline) if is_asked else tracks.load().find(*kept)
    disciplines = [(id, words) for id, words in GOALS.items() if id in DISCIPLINES]
    problems = _problems(state, discipline) if is_asked and not track else {}
    return Choice(track, states(served), disciplines, is_asked and track is not None, problems)


def _problems(state: str, discipline: str) -> dict[str, str]:
    problems = {}
    if not areas.is_state(state):
        problems["state"] = "Please choose the state whose board you answer to."
    if discipline not in DISCIPLINES:
        problems["discipline"] = "Please choose the license you work toward."
    return problems or {"discipline": "We have no rule for this license in this state."}


def states(served: Sequence[str]) -> list[tuple[str, str]]:
    """Codes and names of the states that an instance serves: all of them if `served` is empty."""
    return [(code, name) for code, name in areas.STATES if not served or code in served]
