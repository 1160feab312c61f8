"""How a saved opening stood when she last looked, and what is different now."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.licensure import tracks
from app.licensure.tracks import Track
from app.matching.chips import VERDICTS
from app.openings import history, writing
from app.openings.history import Line
from app.openings.models import Opening
from app.openings.verdicts import stored

# What someone who thinks of asking for a place reckons with.
WATCHED = (
    "times", "zone", "rhythm", "nth", "minutes", "starts_on", "online", "in_person", "fee_cents", "reduced_fee_cents",
    "reduced_places",
)  # fmt: skip
STANDINGS = {"published": "taking people", "paused": "resting", "closed": "closed"}
Facts = dict[str, Any]


def verdicts(ids: Iterable[int], track: Track | None) -> dict[int, str]:
    """Values by opening on a track; none without one."""
    return {id: value.value for id, value in stored(ids, track).items()} if track else {}


def standing(opening: Opening) -> str:
    """ "published", "paused", or "closed" for whatever nobody is shown any more."""
    if opening.supervisor.published_at is None or opening.status not in ("published", "paused"):
        return "closed"
    return opening.status


def taken(opening: Opening, track: Track | None, verdict: str) -> Facts:
    """What to remember of an opening, as JSON keeps it; `verdict` is its value on the track, empty without one."""
    said = writing.values(opening)
    facts = {name: said[name] for name in WATCHED}
    facts["starts_on"] = opening.starts_on.isoformat() if opening.starts_on else None
    facts["times"] = [list(time) for time in said["times"]]
    seats = {"seats": opening.seats, "open": opening.open_seats, "standing": standing(opening)}
    return {**facts, **seats, "track": track.id if track else "", "verdict": verdict}


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Line]:
    """What changed, in words: whether it takes people, seats, the verdict on the same track, then fee and times.

    Of one that is closed only that is said.
    """
    before, after = {**now, **then}, now
    found = []
    if before["standing"] != after["standing"]:
        found.append(Line("Now", STANDINGS[before["standing"]], STANDINGS[after["standing"]]))
    if after["standing"] == "closed":
        return found
    if (before["open"], before["seats"]) != (after["open"], after["seats"]):
        found.append(Line("Places free", _free(before), _free(after)))
    if before["track"] and before["track"] == after["track"] and before["verdict"] != after["verdict"]:
        board = tracks.load().track(after["track"]).label
        found.append(Line(f"For {board}", VERDICTS[before["verdict"]].lower(), VERDICTS[after["verdict"]].lower()))
    changed = history.changed({name: before[name] for name in WATCHED}, {name: after[name] for name in WATCHED})
    return found + history.lines(changed)


def _free(facts: Mapping[str, Any]) -> str:
    if not facts["open"]:
        return "none, it is full"
    return f"{facts['open']} of {facts['seats']}"
