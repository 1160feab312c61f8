"""The filters of the search as choices with their counts, as templates/components/forms.html draws them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.formats import WEEKDAYS
from app.licensure.tracks import Track
from app.matching import chips
from app.matching.criteria import DAYS, Asked, Criteria
from app.matching.search import Results
from app.taxonomies import vocabularies
from app.wishes.wishes import VOCABULARIES

Option = tuple[str, str, int | None, bool]  # value, words, count or None where nothing is counted, whether chosen
Counts = Mapping[str, int] | None  # by value; None where nothing is counted
MILES = (10, 25, 50, 100)


@dataclass(frozen=True)
class Facets:
    """Options of each filter; `verdicts` is empty without a track."""

    verdicts: Sequence[Option]
    formats: Sequence[Option]
    deliveries: Sequence[Option]
    days: Sequence[Option]
    words: Sequence[tuple[str, str, Sequence[Option], bool]]  # kind, label, options, whether any is chosen
    miles: Sequence[tuple[str, str]]
    sorts: Sequence[tuple[str, str]]
    disciplines: Sequence[tuple[str, str]]

    @property
    def numbers(self) -> str:
        """The counts of all words, in order: what a fragment brings in the place of more than a hundred boxes."""
        return " ".join(str(count) for *_, options, _ in self.words for _, _, count, _ in options)


def facets(asked: Asked, found: Results, track: Track | None, usual: str) -> Facets:
    """The choices of a search. `usual` says in words how it is ordered when no order is asked for."""
    criteria, counts = asked.criteria, found.facets
    verdicts = _counted(chips.VERDICTS, counts.get("verdict"), criteria.verdict)
    ways = _counted(chips.DELIVERIES, counts.get("delivery"), (criteria.delivery,))
    return Facets(
        verdicts=verdicts if track and criteria.track_id else (),
        formats=_counted(FORMATS, counts.get("format"), criteria.format),
        deliveries=[("", "Either", None, not criteria.delivery), *ways],
        days=[(day, name[:3], None, day in criteria.day) for day, name in zip(DAYS, WEEKDAYS, strict=True)],
        words=[_vocabulary(criteria, kind, counts.get(kind)) for kind in VOCABULARIES],
        miles=[(str(n), f"{n} miles") for n in sorted({*MILES, criteria.within})],
        sorts=[("", usual), *SORTS],
        disciplines=[("", "Any license"), *chips.GOALS.items()],
    )


FORMATS = {"individual": "Individual", "group": "Group with a seat free"}
SORTS = (("fee", "Lowest fee"), ("soonest", "Soonest call"), ("newest", "Newest"))


def usual(track: Track | None, has_wishes: bool) -> str:
    """How a search is ordered that asks for no order."""
    return "Best fit" if has_wishes else "What counts first" if track else "In turn"


def _counted(names: Mapping[str, str], counts: Counts, chosen: Sequence[str]) -> list[Option]:
    if counts is None:
        return [(value, words, None, value in chosen) for value, words in names.items()]
    return [(value, words, counts.get(value, 0), value in chosen) for value, words in names.items()]


def _vocabulary(criteria: Criteria, kind: str, counts: Counts) -> tuple[str, str, list[Option], bool]:
    vocabulary, chosen = vocabularies.vocabulary(kind), getattr(criteria, kind)
    return kind, vocabulary.label, _counted(vocabulary.terms, counts, chosen), bool(chosen)
