"""What a saved search finds now, and how it is said in words."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qs

from app.accounts.models import Person
from app.licensure import tracks
from app.licensure.tracks import Track
from app.matching import chips, criteria, search
from app.matching.criteria import Criteria
from app.matching.filters import Reader
from app.places import finding
from app.saved.models import LONGEST_NAME, SavedSearch
from app.saved.packing import Numbers
from app.wishes.wishes import PRIVATE

EVERYTHING = "All openings"


@dataclass(frozen=True)
class Meant:
    """A search as it is carried out: what is asked, on whose track, by whose clock."""

    criteria: Criteria
    track: Track | None
    zone: str


def canonical(query: str) -> Criteria:
    """What a query string asks for, without its order and page: what it finds does not depend on them.

    A ZIP code that does not exist is left out, like everything else that cannot be.
    """
    asked = criteria.parse(parse_qs(query)).criteria
    if asked.zip and finding.find(asked.zip) is None:
        asked = asked.without("zip")
    return replace(asked, sort="", page=1)


def meant(saved: SavedSearch, person: Person) -> Meant:
    """What a saved search stands for; verdicts are those of its own track, else of the person's."""
    asked = canonical(saved.query)
    return Meant(asked, track_of(asked, person), saved.zone)


def track_of(asked: Criteria, person: Person) -> Track | None:
    """Whose verdicts a search is about; none for consultation."""
    if asked.is_consultation or (not asked.track_id and person.goal == "consultation"):
        return None
    if asked.track_id:
        return tracks.load().find(asked.state, asked.discipline)
    return tracks.load().find(person.state or "", person.discipline or "")


def found(what: Meant, now: datetime) -> Numbers:
    """Numbers of every opening that it finds, in no order."""
    place = finding.find(what.criteria.zip) if what.criteria.zip else None
    return search.numbers(what.criteria, what.track, place, Reader(what.zone, now))


def words(asked: Criteria) -> list[str]:
    """What is asked, one line a filter, all that is private included: for her own eyes."""
    return [chip.words for chip in chips.chips(asked, _own_track(asked))]


def name(asked: Criteria) -> str:
    """What a search is called until she calls it otherwise; nothing private is in it."""
    for kind in PRIVATE:
        asked = asked.without(kind)
    said = words(asked)
    while len(", ".join(said)) > LONGEST_NAME:
        said.pop()
    return ", ".join(said) or EVERYTHING


def name_in_letters(saved: SavedSearch) -> str:
    """Its name; of a search for what is private not her own words for it, but what the rest of it asks."""
    asked = canonical(saved.query)
    return name(asked) if any(getattr(asked, kind) for kind in PRIVATE) else saved.name


def _own_track(asked: Criteria) -> Track | None:
    return tracks.load().find(asked.state, asked.discipline) if asked.track_id else None
