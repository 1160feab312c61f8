"""What a reader asks of the search: criteria on one side, the address's query string on the other. Pure.

Each name stands in the query at most once, or repeated where several may be chosen: then any of them will do, while
different names must all hold. Unknown names are ignored. An impossible value leaves the rest standing and gives words
for a message beside its filter.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any
from unicodedata import category
from urllib.parse import urlencode

from app.licensure.kinds import DISCIPLINES
from app.places import areas
from app.taxonomies import vocabularies
from app.wishes.wishes import CONSULTATION, VOCABULARIES, WITHIN, Sought

FORMATS = ("individual", "group")
DELIVERIES = ("online", "in_person")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
VERDICTS = ("counts", "partly", "check", "no")
SORTS = ("fee", "soonest", "newest")
PER_PAGE = 20
LONGEST_TEXT = 100  # characters


@dataclass(frozen=True)
class Criteria(Sought):
    """A search. Empty means not asked. Times are minutes after midnight in the reader's zone, `max_fee` whole dollars.

    `after` and `before` hold the whole meeting: it starts at `after` or later, and is over by `before`. `day`, `after`
    and `before` hold for one and the same meeting. `seats` are free ones. `q` is text, its spaces single. `sort` is
    empty for the order that goes without saying: by fit where there are wishes, else the usual one.
    """

    state: str = ""
    discipline: str = ""
    q: str = ""
    format: tuple[str, ...] = ()
    delivery: str = ""
    zip: str = ""
    within: int = WITHIN
    specialty: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    population: tuple[str, ...] = ()
    style: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    affinity: tuple[str, ...] = ()
    max_fee: int | None = None
    day: tuple[str, ...] = ()
    after: int | None = None
    before: int | None = None
    seats: int | None = None
    verdict: tuple[str, ...] = ()
    sort: str = ""
    page: int = 1

    def applied(self) -> list[str]:
        """Names of the filters that narrow the search, in the order of the address."""
        return [name for name in NAMES if name not in ("within", "sort", "page") and self._is_said(name)]

    def without(self, name: str, value: str = "") -> "Criteria":
        """Without a filter, or without one `value` of a filter that holds several; from the first page."""
        kept: Any = tuple(v for v in getattr(self, name) if v != value) if value else getattr(EMPTY, name)
        changed = replace(self, **{name: kept, "page": 1})
        if name == "zip":
            changed = replace(changed, within=WITHIN)
        return changed if changed.track_id else replace(changed, verdict=())

    def on_page(self, page: int) -> "Criteria":
        return replace(self, page=page)

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of the query string, in one order, without what is empty or usual."""
        return [(name, text) for name in NAMES if self._is_said(name) for text in _written(name, getattr(self, name))]

    def query(self) -> str:
        """The query string: parse(query()) gives the same criteria again."""
        return urlencode(self.pairs())

    def _is_said(self, name: str) -> bool:
        return bool(getattr(self, name) != getattr(EMPTY, name))


NAMES = tuple(f.name for f in fields(Criteria))
EMPTY = Criteria()


@dataclass(frozen=True)
class Asked:
    """What was read from an address: the criteria that stand, and by name words on what could not.

    `typed` keeps the refused text of the fields to write in; of what is too long one character more than may be, so
    that it is still too long.
    """

    criteria: Criteria
    problems: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)

    def refusing(self, name: str, words: str) -> "Asked":
        """The same without `name`, whose value turned out to be impossible."""
        typed = {**self.typed, name: self.text(name)}
        return Asked(self.criteria.without(name), {**self.problems, name: words}, typed)

    def text(self, name: str) -> str:
        """What stands in a field to write in: the refused text, or the value as the address writes it."""
        return self.typed.get(name) or next(iter(_written(name, getattr(self.criteria, name))), "")


class Impossible(ValueError):
    """A value that cannot be; the message is for the reader."""


def parse(given: Mapping[str, Sequence[str]]) -> Asked:
    """Read the values of each name in an address."""
    read: dict[str, Any] = {}
    problems: dict[str, str] = {}
    typed: dict[str, str] = {}
    for name, reading in READINGS.items():
        texts = [text for raw in given.get(name, ()) if (text := raw.strip())]
        try:
            if texts:
                read[name] = reading(texts)
        except Impossible as fault:
            problems[name], typed[name] = str(fault), texts[0][: LONGEST_TEXT + 1]
    for name, kept, words in _between(Criteria(**read), given):
        problems.setdefault(name, words)
        typed.setdefault(name, next(iter(given.get(name, ())), "")[: LONGEST_TEXT + 1])
        read[name] = kept
    for name in (*VOCABULARIES, "day", "format", "verdict"):
        if _has_strangers(name, given.get(name, ())):
            problems.setdefault(name, "One of these is not on our list. The rest of the search stands.")
    criteria = Criteria(**read)
    return Asked(criteria if criteria.zip else replace(criteria, within=WITHIN), problems, typed)


def _between(asked: Criteria, given: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Any, str]]:
    """What is impossible only together: (name, what it falls back to, words)."""
    if asked.verdict and not asked.track_id:
        yield "verdict", (), "Choose a state and a license first: a verdict is for one board."
    if asked.after is not None and asked.before is not None and asked.before <= asked.after:
        yield "before", None, "This is not later than the start you gave."


# How each name is read. A reading takes the texts that are not blank, at least one.
Reading = Callable[[Sequence[str]], Any]


def _one_of(choices: Sequence[str], words: str) -> Reading:
    def read(texts: Sequence[str]) -> str:
        if texts[0] not in choices:
            raise Impossible(words)
        return texts[0]

    return read


def _some_of(choices: Callable[[], Sequence[str]]) -> Reading:
    return lambda texts: tuple(choice for choice in choices() if choice in texts)


def _terms(kind: str) -> Callable[[], Sequence[str]]:
    return lambda: tuple(vocabularies.vocabulary(kind).terms)


def _number(least: int, most: int, words: str) -> Reading:
    def read(texts: Sequence[str]) -> int:
        if not re.fullmatch(r"[0-9]{1,6}", texts[0]) or not least <= int(texts[0]) <= most:
            raise Impossible(words)
        return int(texts[0])

    return read


def _dollars(texts: Sequence[str]) -> int:
    return int(_number(0, 9999, "Please give whole dollars, such as 100.")([texts[0].removeprefix("$").strip()]))


def _clock(texts: Sequence[str]) -> int:
    if not (found := re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", texts[0])):
        raise Impossible("Please give a time such as 17:30.")
    return int(found[1]) * 60 + int(found[2])


def _zip(texts: Sequence[str]) -> str:
    if not re.fullmatch(r"[0-9]{5}", texts[0]):
        raise Impossible("A ZIP code has five digits.")
    return texts[0]


def _state(texts: Sequence[str]) -> str:
    if not areas.is_state(code := texts[0].upper()):
        raise Impossible("We do not know this state. Please choose one from the list.")
    return code


def _seats(texts: Sequence[str]) -> int | None:
    seats = int(_number(1, 40, "Please give a number of seats from 1 to 40.")(texts))
    return seats if seats > 1 else None  # one seat is free in everything we show


def _text(texts: Sequence[str]) -> str:
    """Words as they were typed, without characters that no keyboard has."""
    text = " ".join(texts[0].split())
    if len(text) > LONGEST_TEXT:
        raise Impossible(f"Please use at most {LONGEST_TEXT} characters.")
    if any(category(character) in ("Cc", "Cs") for character in text):
        raise Impossible("Please use letters and digits only.")
    return text


def _page(texts: Sequence[str]) -> int:
    return max(1, int(texts[0])) if re.fullmatch(r"[0-9]{1,5}", texts[0]) else 1


def _sort(texts: Sequence[str]) -> str:
    if texts[0] not in (*SORTS, "fit"):  # by fit is how it goes without a word
        raise Impossible("We do not know this order.")
    return texts[0] if texts[0] in SORTS else ""


READINGS: Mapping[str, Reading] = {
    "state": _state,
    "discipline": _one_of((*DISCIPLINES, CONSULTATION), "We do not know this license. Please choose another."),
    "q": _text,
    "format": _some_of(lambda: FORMATS),
    "delivery": _one_of(DELIVERIES, "Please choose online or in person."),
    "zip": _zip,
    "within": _number(1, 500, "Please give a distance from 1 to 500 miles."),
    **{kind: _some_of(_terms(kind)) for kind in VOCABULARIES},
    "max_fee": _dollars,
    "day": _some_of(lambda: DAYS),
    "after": _clock,
    "before": lambda texts: _clock(texts) or 1440,  # by midnight
    "seats": _seats,
    "verdict": _some_of(lambda: VERDICTS),
    "sort": _sort,
    "page": _page,
}


def _has_strangers(name: str, texts: Sequence[str]) -> bool:
    known = _terms(name)() if name in VOCABULARIES else {"day": DAYS, "format": FORMATS, "verdict": VERDICTS}[name]
    return any(text.strip() and text.strip() not in known for text in texts)


def _written(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        yield from value
    elif name in ("after", "before") and value is not None:
        yield f"{value // 60 % 24:02d}:{value % 60:02d}"
    elif value not in ("", None):
        yield str(value)
