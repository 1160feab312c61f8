"""Applied filters in words, each with the search that is left without it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.formats import WEEKDAYS, minute_words, plural
from app.licensure.kinds import DISCIPLINES
from app.licensure.tracks import Track
from app.matching.criteria import DAYS, Criteria
from app.places import areas
from app.taxonomies import vocabularies
from app.wishes.wishes import CONSULTATION, VOCABULARIES

FORMATS = {"individual": "Individual", "group": "Group"}
DELIVERIES = {"online": "Online", "in_person": "In person"}
GOALS = {
    "counseling": "LPC · counseling",
    "marriage_family": "LMFT · marriage and family",
    "social_work": "LCSW · social work",
    CONSULTATION: "I am licensed; consultation",
}
VERDICTS = {"counts": "Counts", "partly": "Counts in part", "check": "Check with your board", "no": "Does not count"}


@dataclass(frozen=True)
class Chip:
    """A filter in words, and the search without it."""

    words: str
    left: Criteria


def chips(criteria: Criteria, track: Track | None) -> list[Chip]:
    """One for each value that narrows the search, in the order of the address. `track` is the chosen one."""
    return [
        Chip(words, criteria.without(name, value))
        for name in criteria.applied()
        for value, words in _said(criteria, name, track)
    ]


def dropped(name: str) -> str:
    """What it is to drop a filter: "Any day", "Without the specialty"."""
    return DROPPED.get(name) or f"Without the {vocabularies.vocabulary(name).label.lower()}"


DROPPED = {
    "state": "Any state",
    "discipline": "Any license",
    "q": "Without these words",
    "format": "Any format",
    "delivery": "Online or in person",
    "zip": "At any distance",
    "max_fee": "At any fee",
    "day": "On any day",
    "after": "Starting at any time",
    "before": "Ending at any time",
    "seats": "With one seat free",
    "verdict": "Whatever the verdict",
}


def _said(criteria: Criteria, name: str, track: Track | None) -> Iterator[tuple[str, str]]:
    """Pairs of a value, empty for a filter that has only one, and words."""
    value = getattr(criteria, name)
    if name in VOCABULARIES:
        yield from ((term, vocabularies.label(name, term)) for term in value)
    elif name in _EACH:
        yield from ((one, _EACH[name][one]) for one in value)
    elif name == "verdict":
        yield from ((one, _verdict(one, track)) for one in value)
    else:
        yield "", _one(criteria, name, track)


_EACH = {"format": FORMATS, "day": dict(zip(DAYS, WEEKDAYS, strict=True))}


def _verdict(value: str, track: Track | None) -> str:
    return f"{VERDICTS[value]} for {track.label}" if track and value in ("counts", "partly") else VERDICTS[value]


def _one(criteria: Criteria, name: str, track: Track | None) -> str:
    value = getattr(criteria, name)
    match name:
        case "state":
            return areas.name(value)
        case "discipline":
            return _discipline(value, track)
        case "q":
            return f"“{value}”"
        case "delivery":
            return DELIVERIES[value]
        case "zip":
            near = f"within {plural(criteria.within, 'mile')} of {value}"
            return near.capitalize() if criteria.delivery == "in_person" else f"Online or {near}"
        case "max_fee":
            return f"At most ${value:,}"
        case "after":
            return f"From {minute_words(value)}"
        case "before":
            return f"Done by {minute_words(value)}"
        case _:
            return f"{plural(value, 'seat')} free"


def _discipline(value: str, track: Track | None) -> str:
    if value == CONSULTATION:
        return "Consultation"
    return track.target_license if track else DISCIPLINES[value].capitalize()
