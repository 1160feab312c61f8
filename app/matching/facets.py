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
MILES = (10, 25, 50, 100)


@dataclass(frozen=True)
class Facets:
    """Options of each filter; `verdicts` is empty without a track."""

    verdicts: Sequence[Option]
    formats: Sequence[Option]
    days: Sequence[Option]
    words: Sequence[tuple[str, str, Sequence[Option], bool]]  # kind, label, options, whether any is chosen
    miles: Sequence[tuple[str, str]]
    sorts: Sequence[tuple[str, str]]
    disciplines: Sequence[tuple[str, str]]


def facets(asked: Asked, found: Results, track: Track | None) -> Facets:
    """The choices of a search."""
    criteria = asked.criteria
    return Facets(
        verdicts=_counted(chips.VERDICTS, found.verdicts, criteria.verdict) if track and criteria.track_id else (),
        formats=_counted(FORMATS, found.formats, criteria.format),
        days=[(day, name[:3], None, day in criteria.day) for day, name in zip(DAYS, WEEKDAYS, strict=True)],
        words=[_vocabulary(criteria, kind) for kind in VOCABULARIES],
        miles=[(str(n), f"{n} miles") for n in sorted({*MILES, criteria.within})],
        sorts=[("", "What counts first" if track else "Last confirmed"), *SORTS],
        disciplines=[("", "Any license"), *chips.GOALS.items()],
    )


FORMATS = {"individual": "Individual", "group": "Group with a seat free"}
SORTS = (("fee", "Lowest fee"), ("soonest", "Soonest call"), ("newest", "Newest"))


def _counted(names: Mapping[str, str], counts: Mapping[str, int], chosen: Sequence[str]) -> list[Option]:
    return [(value, words, counts.get(value, 0), value in chosen) for value, words in names.items()]


def _vocabulary(criteria: Criteria, kind: str) -> tuple[str, str, list[Option], bool]:
    vocabulary, chosen = vocabularies.vocabulary(kind), getattr(criteria, kind)
    options: list[Option] = [(term, words, None, term in chosen) for term, words in vocabulary.terms.items()]
    return kind, vocabulary.label, options, bool(chosen)
