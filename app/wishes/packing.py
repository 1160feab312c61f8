"""Wishes as JSON, small enough for a cookie; and wishes from whatever JSON was kept. Pure.

What is read may have been written long ago: whatever no vocabulary, list or calendar knows any more is left out, and
nothing that can be read makes reading fail.
"""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from app.licensure.kinds import DISCIPLINES
from app.places import areas
from app.taxonomies import vocabularies
from app.wishes.wishes import CONSULTATION, EMPTY, MOST_TERMS, VOCABULARIES, WISHES, WITHIN, Span, Wishes, joined

FORMATS = ("individual", "group")
DELIVERIES = ("online", "in_person")
MOST_MILES = 500
MOST_DOLLARS = 9999
MOST_SPANS = 200  # half-hours of a week, every other one of them, and some


def packed(wishes: Wishes) -> dict[str, Any]:
    """What was said, and nothing else: read(packed(wishes)) is tidy(wishes)."""
    said = {f.name: getattr(wishes, f.name) for f in fields(Wishes)}
    plain = {name: value for name, value in said.items() if value != getattr(EMPTY, name)}
    if "free" in plain:
        plain["free"] = [minute for span in wishes.free for minute in span]
    if "musts" in plain:
        plain["musts"] = [name for name in WISHES if name in wishes.musts]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


def read(kept: Any) -> Wishes:
    """The wishes that were kept; EMPTY for what is none. Never fails."""
    if not isinstance(kept, dict):
        return EMPTY
    chosen = {kind: _terms(kind, kept.get(kind)) for kind in VOCABULARIES}
    wishes = Wishes(
        state=_one(kept.get("state"), [code for code, _ in areas.STATES]),
        discipline=_one(kept.get("discipline"), (*DISCIPLINES, CONSULTATION)),
        format=tuple(name for name in FORMATS if name in _list(kept.get("format"))),
        delivery=_one(kept.get("delivery"), DELIVERIES),
        zip=_zip(kept.get("zip")),
        within=_number(kept.get("within"), 1, MOST_MILES) or WITHIN,
        free=joined(_spans(_list(kept.get("free")))),
        zone=_zone(kept.get("zone")),
        max_fee=_number(kept.get("max_fee"), 0, MOST_DOLLARS),
        musts=frozenset(name for name in WISHES if name in _list(kept.get("musts"))),
        **chosen,
    )
    return tidy(wishes)


def tidy(wishes: Wishes) -> Wishes:
    """Without what means nothing alone: musts of wishes not said, times without a zone, miles from nowhere."""
    if not (wishes.free and wishes.zone):
        wishes = replace(wishes, free=(), zone="")
    if not wishes.zip:
        wishes = replace(wishes, within=WITHIN)
    return replace(wishes, musts=frozenset(name for name in wishes.musts if wishes.says(name)))


def _one(value: Any, choices: Sequence[str]) -> str:
    return value if isinstance(value, str) and value in choices else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _terms(kind: str, value: Any) -> tuple[str, ...]:
    known = [term for term in _list(value) if isinstance(term, str) and vocabularies.exists(kind, term)]
    return tuple(dict.fromkeys(known))[:MOST_TERMS]


def _zip(value: Any) -> str:
    return value if isinstance(value, str) and re.fullmatch(r"[0-9]{5}", value) else ""


def _number(value: Any, least: int, most: int) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and least <= value <= most else None


def _spans(minutes: list[Any]) -> list[Span]:
    whole = [minute for minute in minutes if isinstance(minute, int) and not isinstance(minute, bool)]
    return list(zip(whole[::2], whole[1::2], strict=False))[:MOST_SPANS] if len(whole) == len(minutes) else []


def _zone(value: Any) -> str:
    return value if isinstance(value, str) and value in _zones() else ""


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
