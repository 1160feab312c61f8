"""What a cell may hold. Each makes a value of a filled cell, or raises ValueError with words for whoever wrote it."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email

from app.formats import listed
from app.introcalls.windows import MOST_HOURS
from app.licensure.credentials import CODES
from app.openings.writing import MOST_TIMES
from app.places import areas
from app.taxonomies import vocabularies

Parse = Callable[[str], Any]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FLAGS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
ZONES = available_timezones()


def text(most: int, *, lines: bool = False) -> Parse:
    """Text of at most so many characters; on one line, unless `lines`."""

    def parse(cell: str) -> str:
        cell = unicodedata.normalize("NFC", cell.replace("\r\n", "\n"))
        if len(cell) > most:
            raise ValueError(f"has {len(cell):,} characters; at most {most:,} fit.")
        if any(unicodedata.category(sign) == "Cc" and not (lines and sign in "\n\t") for sign in cell):
            raise ValueError("must be on one line." if "\n" in cell else "holds an unprintable character.")
        return cell

    return parse


def key(cell: str) -> str:
    """The sender's own name for a row, such as a member number."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}", cell):
        raise ValueError("must be up to 80 letters, digits and . _ : / - without spaces.")
    return cell


def choice(*options: str) -> Parse:
    """One of the options, in any case."""

    def parse(cell: str) -> str:
        if cell.lower() not in options:
            raise ValueError(f"must be {listed(options, 'or')}, not “{_short(cell)}”.")
        return cell.lower()

    return parse


def whole(least: int, most: int, *, step: int = 1) -> Parse:
    """A whole number from `least` to `most`."""

    def parse(cell: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", cell) or not least <= int(cell) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}, not “{_short(cell)}”.")
        if int(cell) % step:
            raise ValueError(f"must be a multiple of {step}, not {int(cell)}.")
        return int(cell)

    return parse


def cents(cell: str) -> int:
    """Dollars with or without cents: 85, 85.50, $85."""
    found = re.fullmatch(r"\$?\s?([0-9]{1,4})(?:\.([0-9]{2}))?", cell)
    if not found:
        raise ValueError(f"must be dollars, such as 85 or 85.50, not “{_short(cell)}”.")
    return int(found[1]) * 100 + int(found[2] or 0)


def flag(cell: str) -> bool:
    """Yes or no."""
    if cell.lower() not in FLAGS:
        raise ValueError(f"must be yes or no, not “{_short(cell)}”.")
    return FLAGS[cell.lower()]


def day(cell: str) -> date:
    """A date, as 2026-11-03 or as American spreadsheets write it, 11/3/2026."""
    if found := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", cell):
        month, day_, year = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", cell):
        year, month, day_ = (int(part) for part in found.groups())
    else:
        raise ValueError(f"must be a date, such as 2026-11-03, not “{_short(cell)}”.")
    try:
        made = date(year, month, day_)
    except ValueError:
        raise ValueError(f"“{cell}” is no day of the calendar.") from None
    if not 1940 <= made.year <= 2100:
        raise ValueError(f"the year {made.year} cannot be right.")
    return made


def terms(kind: str) -> Parse:
    """Words of a vocabulary, by id or label, separated by semicolons; gives their ids in the order written."""

    def parse(cell: str) -> tuple[str, ...]:
        words = vocabularies.vocabulary(kind).terms
        known = {shown.casefold(): term for term, shown in words.items()} | {term: term for term in words}
        given = [part.casefold() for part in _parts(cell)]
        for part in given:
            if part not in known:
                raise ValueError(f"“{_short(part)}” is not known{_meant(part, words)}.")
        return tuple(dict.fromkeys(known[part] for part in given))

    return parse


def times(cell: str) -> tuple[tuple[int, int], ...]:
    """Weekly starts, such as "tue 17:30; thu 18:00", as (weekday, minute of the day)."""
    starts = []
    for part in _parts(cell):
        found = re.fullmatch(r"([a-z]{3})[a-z]*\s+(\S+)", part.lower())
        if not found or found[1] not in DAYS:
            raise ValueError(f"must be days and times, such as tue 17:30; thu 18:00, not “{_short(part)}”.")
        starts.append((DAYS.index(found[1]), _minute(found[2])))
    if len(set(starts)) > MOST_TIMES:
        raise ValueError(f"has {len(set(starts))} times; an opening has at most {MOST_TIMES} a week.")
    return tuple(sorted(set(starts)))


def windows(cell: str) -> tuple[tuple[int, int, int], ...]:
    """Weekly stretches, such as "mon 12:00-13:00; tue 17:00-18:30", as (weekday, first minute, last minute)."""
    stretches = []
    for part in _parts(cell):
        found = re.fullmatch(r"([a-z]{3})[a-z]*\s+([^\s–-]+)\s*[–-]\s*([^\s–-]+)", part.lower())
        if not found or found[1] not in DAYS:
            raise ValueError(f"must be days and stretches, such as mon 12:00-13:00, not “{_short(part)}”.")
        start, end = _minute(found[2]), _minute(found[3])
        if start >= end:
            raise ValueError(f"“{_short(part)}” ends before it begins.")
        if start % 5 or end % 5:
            raise ValueError(f"“{_short(part)}” must begin and end on five minutes.")
        stretches.append((DAYS.index(found[1]), start, end))
    stretches.sort()
    for (day_, _, end), (next_day, start, _) in pairwise(stretches):
        if day_ == next_day and start < end:
            raise ValueError(f"two stretches on {DAYS[day_]} overlap.")
    if (hours := len({(start, end) for _, start, end in stretches})) > MOST_HOURS:
        raise ValueError(f"has {hours} different hours; at most {MOST_HOURS} are kept.")
    return tuple(stretches)


def _minute(clock: str) -> int:
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})\s*(am|pm)?", clock)
    hour, minute = (int(found[1]), int(found[2])) if found else (99, 0)
    if found and found[3] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    if hour > 24 or minute > 59 or hour * 60 + minute > 1440:
        raise ValueError(f"“{_short(clock)}” is no time of the day; write 17:30.")
    return hour * 60 + minute


def zip_code(cell: str) -> str:
    """Five digits; whether there is such a ZIP is looked up later."""
    if not re.fullmatch(r"[0-9]{5}", cell):
        hint = "; spreadsheets drop a leading 0: format the column as text" if re.fullmatch(r"[0-9]{3,4}", cell) else ""
        raise ValueError(f"must be a ZIP code of five digits, not “{_short(cell)}”{hint}.")
    return cell


def state(cell: str) -> str:
    """A state's postal code."""
    if not areas.is_state(cell.upper()):
        raise ValueError(f"must be a state’s two letters, such as TX, not “{_short(cell)}”.")
    return cell.upper()


def zone(cell: str) -> str:
    """An IANA zone."""
    if cell not in ZONES or "/" not in cell:
        raise ValueError(f"must be a time zone such as America/Chicago, not “{_short(cell)}”.")
    return cell


def email(cell: str) -> str:
    """An e-mail address, in its usual form."""
    try:
        return validate_email(cell, check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValueError(f"“{_short(cell)}” is not an e-mail address.") from None


def link(cell: str) -> str:
    """An address that begins with https://."""
    try:
        parts = urlsplit(cell)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme != "https" or not parts.hostname or len(cell) > 300 or not re.fullmatch(r"[!-~]+", cell):
        raise ValueError("must be an address that begins with https://.")
    return cell


def phone(cell: str) -> str:
    """A telephone number as written, with ten digits or more."""
    if not re.fullmatch(r"\+?[0-9().\s-]{10,30}", cell) or sum(sign.isdigit() for sign in cell) < 10:
        raise ValueError(f"must be a telephone number with area code, not “{_short(cell)}”.")
    return cell


def code(cell: str) -> str:
    """The code of a credential, such as LPC-S."""
    if cell.upper() not in CODES:
        raise ValueError(f"“{_short(cell)}” is not a credential we know{_meant(cell.upper(), CODES)}.")
    return cell.upper()


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"


def _meant(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""
