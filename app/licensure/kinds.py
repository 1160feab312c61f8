"""What each key of a rule may hold, and what is wrong with a value that it may not."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from app.licensure.credentials import CODES

DISCIPLINES: Mapping[str, str] = {
    "counseling": "counseling",
    "marriage_family": "marriage and family therapy",
    "social_work": "clinical social work",
}
CONFIDENCES = ("regulation", "board_page", "secondary", "none")
REMOTES = ("allowed", "limited", "not_allowed", "silent")
PERIODS = ("week", "month", "client_hours", "work_hours")
Row = dict[str, Any]
Wrong = Iterable[str]

# Each kind of value says what is wrong with one. bool is an int to Python, never to a rule.


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def text(value: Any) -> Wrong:
    if not isinstance(value, str):
        yield "must be text"
    elif not value.strip():
        yield "must not be empty; leave the key out if it is not known"


def _count(value: Any) -> Wrong:
    if isinstance(value, bool) or not isinstance(value, int):
        yield "must be a whole number"
    elif value < 1:
        yield "must be 1 or more"


def _amount(value: Any) -> Wrong:
    if not _is_number(value):
        yield "must be a number"
    elif not 0 <= value < 1e6:
        yield "must be 0 or more"


def _share(value: Any) -> Wrong:
    if not _is_number(value):
        yield "must be a number"
    elif not 0 <= value <= 1:
        yield "must be a share from 0 to 1"


def _flag(value: Any) -> Wrong:
    if not isinstance(value, bool):
        yield "must be true or false"


def _one_of(choices: Iterable[str]) -> Callable[[Any], Wrong]:
    def kind(value: Any) -> Wrong:
        if value not in tuple(choices):
            yield f"must be one of {', '.join(choices)}"

    return kind


def _texts(value: Any) -> Wrong:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        yield "must be a list of texts"
    elif len(set(value)) < len(value):
        yield "names an entry twice"


def _codes(value: Any) -> Wrong:
    wrong = list(_texts(value))
    yield from wrong or (f"unknown code {code}" for code in value if code not in CODES)


def _url(value: Any) -> Wrong:
    try:
        parts = urlsplit(value if isinstance(value, str) else "")
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>\"]", value):
        yield "must be an address that starts with https:// or http://"


def _as_of(value: Any) -> Wrong:
    pattern = r"\d{4}(-\d\d){0,2}"
    try:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise ValueError
        date.fromisoformat(value + "2000-01-01"[len(value) :])
    except ValueError:
        yield "must be a year, month or day, as 2026, 2026-03 or 2026-03-14"


def _parts(kinds: Mapping[str, Callable[[Any], Wrong]], required: Iterable[str]) -> Callable[[Any], Wrong]:
    """A small table such as `{ hours = 4, per = "month" }`."""

    def kind(value: Any) -> Wrong:
        if not isinstance(value, dict):
            yield "must be a table"
            return
        yield from (f"lacks {key}" for key in required if key not in value)
        for key, part in value.items():
            yield from (f"{key} {words}" for words in kinds[key](part)) if key in kinds else (f"unknown key {key}",)

    return kind


def _positive(value: Any) -> Wrong:
    wrong = list(_amount(value))
    yield from wrong or (("must be more than 0",) if value == 0 else ())


_frequency = _parts({"hours": _positive, "per": _one_of(PERIODS), "every": _count}, ("hours", "per"))
_source = _parts({"cite": text, "url": _url, "as_of": _as_of, "via": text}, ("cite",))


def _sources(value: Any) -> Wrong:
    if not isinstance(value, list):
        yield "must be a list of tables"
        return
    for number, source in enumerate(value, 1):
        yield from (f"source {number}: {words}" for words in _source(source))


KINDS: Mapping[str, Callable[[Any], Wrong]] = {
    "discipline": _one_of(DISCIPLINES),
    "board": text,
    "board_url": _url,
    "target_license": text,
    "target_title": text,
    "associate_license": text,
    "supervised_hours": _count,
    "direct_client_hours": _count,
    "min_months": _count,
    "max_months": _count,
    "supervision_hours": _count,
    "individual_hours_min": _count,
    "frequency": _frequency,
    "group_max_share": _share,
    "individual_max_people": _count,
    "group_max_people": _count,
    "supervisor_credentials": _codes,
    "own_discipline_min_share": _share,
    "board_approval_required": _flag,
    "supervisor_min_years": _amount,
    "supervisor_training_hours": _amount,
    "max_supervisees": _count,
    "remote": _one_of(REMOTES),
    "remote_max_share": _share,
    "confidence": _one_of(CONFIDENCES),
    "secondary_keys": _texts,
    "notes": text,
    "sources": _sources,
}
REQUIRED = ("discipline", "board", "target_license", "confidence")
ORDERED = (
    ("min_months", "max_months"),
    ("direct_client_hours", "supervised_hours"),
    ("supervision_hours", "supervised_hours"),
    ("individual_hours_min", "supervision_hours"),
    ("individual_max_people", "group_max_people"),
)


def _against_itself(row: Row) -> Iterable[tuple[str, str]]:
    """What is wrong between the keys of one track, each of which is right by itself."""
    for low, high in ORDERED:
        if low in row and high in row and row[low] > row[high]:
            yield low, f"is above {high}: {row[low]} > {row[high]}"
    for key in row.get("secondary_keys", ()):
        if key not in row:
            yield "secondary_keys", f"names {key}, which the track lacks"
    if row["confidence"] == "regulation" and not row.get("sources"):
        yield "sources", "a row that claims regulation needs a citation"
    if "remote_max_share" in row and row.get("remote") != "limited":
        yield "remote_max_share", 'needs remote = "limited"'


def wrong(row: Row) -> list[tuple[str, str]]:
    """Every (key, words) that is wrong in the table of one track."""
    found = [(key, "is missing") for key in REQUIRED if key not in row]
    for key, value in row.items():
        kind = KINDS.get(key)
        found += [(key, words) for words in kind(value)] if kind else [(key, "unknown key")]
    return found or list(_against_itself(row))
