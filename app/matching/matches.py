"""What fits a supervisee: the search that her wishes make, and how its page begins. Pure."""

from collections.abc import Collection
from dataclasses import replace

from app.licensure.kinds import DISCIPLINES
from app.matching import weights
from app.matching.criteria import PER_PAGE, Criteria
from app.matching.search import Results
from app.openings.words import counted
from app.wishes.wishes import Wishes


def criteria(wishes: Wishes, page: int = 1) -> Criteria:
    """What can be used where she is licensed. Everything else she wishes for is held against it, not filtered by it."""
    is_known = wishes.is_consultation or wishes.discipline in DISCIPLINES
    return Criteria(state=wishes.state, discipline=wishes.discipline if is_known else "", page=page)


def loosened(wishes: Wishes, names: Collection[str]) -> Wishes:
    """With these musts as likes."""
    return replace(wishes, musts=wishes.musts.difference(names))


def heading(found: Results) -> str:
    """ "Four openings fit you, and one fits very well", counted on the first page, which holds those that fit best."""
    if not found.total:
        return "Nothing meets all that you must have"
    if found.criteria.page > 1:
        return "More openings for you"
    very, well = (sum(score >= least for score in found.scores) for least, _ in weights.LEVELS[:2])
    if not well:
        return "No opening fits you well yet; these come nearest"
    all_told = f"{_many(well, found)} {'opening fits' if well == 1 else 'openings fit'} you"
    if well == very:
        return f"{all_told} very well"
    return f"{all_told}, and {counted(very)} {'fits' if very == 1 else 'fit'} very well" if very else f"{all_told} well"


def _many(number: int, found: Results) -> str:
    """A number to begin with; where the page is full of them there may be more."""
    more = "More than " if number == PER_PAGE < found.total else ""
    return f"{more}{counted(number)}" if more else counted(number).capitalize()
