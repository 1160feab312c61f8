"""What a reader chose for herself, kept in cookies: time zone, licensing track, appearance."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask import current_app, g, request
from flask_login import current_user

YEAR = 365 * 24 * 3600
THEMES = ("system", "light", "dark")


def person() -> Any | None:
    """The signed-in person (accounts.models.Person itself, not a proxy), or None for a guest."""
    return current_user._get_current_object() if current_user and current_user.is_authenticated else None


def is_zone(name: str) -> bool:
    """Whether `name` is an IANA zone we know."""
    return name in _zones()


@cache
def _zones() -> frozenset[str]:
    """Every IANA name of a place; asking for them walks through a folder of hundreds of files."""
    return frozenset(available_timezones() - {"localtime", "Factory"})  # the machine's own, and that of none


def zone() -> str:
    """The IANA zone times are shown in.

    Asked for (`tz`), kept in the cookie, of the account, that of the state looked at or chosen, or the site's own.
    """
    for name in (request.args.get("tz", ""), request.cookies.get("tz", "")):
        if name and is_zone(name):
            return name
    if current_user and current_user.is_authenticated and current_user.zone:
        return str(current_user.zone)
    state = request.args.get("state") or track_key()[0]
    return zone_of_state(state.upper()) or str(current_app.config["SC"].zone)


def zone_of_state(code: str) -> str:
    """The zone most of a state keeps, "" where there is no such state; the application says which (ZONE_OF_STATE)."""
    known: Mapping[str, str] = current_app.config["ZONE_OF_STATE"]
    return known.get(code, "")


def zone_info() -> ZoneInfo:
    """The reader's zone as an object."""
    return ZoneInfo(zone())


def zone_is_chosen() -> bool:
    """Whether the reader chose the zone, rather than us assuming it."""
    return any(is_zone(n) for n in (request.args.get("tz", ""), request.cookies.get("tz", "")) if n)


def track_key() -> tuple[str, str]:
    """State and discipline of the chosen track as the reader's cookie says, ("TX", "counseling"); empty if none.

    The caller looks them up: a cookie can say anything.
    """
    kept = g.get("track_id") or request.cookies.get("track", "")
    state, _, discipline = str(kept)[:40].partition("/")
    return state, discipline


def theme() -> str:
    """light, dark or system."""
    chosen = request.cookies.get("theme", "system")
    return chosen if chosen in THEMES else "system"


def remember(response: Any, name: str, value: str) -> None:
    """Keep a choice (`tz`, `track`, `theme`) in a cookie for a year."""
    response.set_cookie(
        name, value, max_age=YEAR, samesite="Lax", secure=current_app.config["SC"].is_https, httponly=True
    )
