"""The 51 jurisdictions (50 states and the District of Columbia): their names, and the zone most of each keeps."""

import us

# Where the capital does not keep the time of most of the state, or `us` names a historical zone.
_OTHER_ZONES = {
    "ID": "America/Boise",
    "IN": "America/Indiana/Indianapolis",
    "MI": "America/Detroit",
    "ND": "America/Chicago",
}
_AREAS = sorted([*us.states.STATES, us.states.DC], key=lambda area: area.name)
_NAMES: dict[str, str] = {area.abbr: str(area.name) for area in _AREAS}
_ZONES: dict[str, str] = {area.abbr: _OTHER_ZONES.get(area.abbr) or str(area.capital_tz) for area in _AREAS}

STATES: tuple[tuple[str, str], ...] = tuple(_NAMES.items())
"""Postal code and name of each, by name."""


def is_state(code: str) -> bool:
    """Whether `code` is the postal code of one of them, in capitals."""
    return code in _NAMES


def name(code: str) -> str:
    """ "TX" → "Texas". KeyError for other codes."""
    return _NAMES[code]


def main_zone(code: str) -> str:
    """The IANA zone that most people of the state live by. KeyError for other codes."""
    return _ZONES[code]
