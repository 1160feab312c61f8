"""Changing what a profile says, in the form that its editors use; two windows that edit at once notice each other."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.db import db
from app.formats import dollars, listed
from app.places import areas, finding
from app.refusals import Refused
from app.supervisors.models import Supervisor, SupervisorTerm
from app.taxonomies import vocabularies

COLUMNS = (
    "name", "pronouns", "headline", "about", "state", "zip", "zone", "supervisees", "supervising_since",
    "fee_low_cents", "fee_high_cents", "reduced_places", "links",
)  # fmt: skip
CHANGED = "This profile was changed in another window since you opened it here. Look at both, and choose."
NEEDED = {
    "headline": "Everyone sees this page: it needs a headline.",
    "state": "Everyone sees this page: say in which state you work.",
}
NOTHING = "nothing"
Said = Mapping[str, Any]


def kinds() -> list[str]:
    """The vocabularies that supervisors are asked for, in the order they are asked."""
    return [kind for kind, vocabulary in vocabularies.load().items() if vocabulary.ask_supervisor]


def said_of(supervisor: Supervisor) -> dict[str, Any]:
    """What a profile says now, in the form that `describe` takes: columns, and the terms of each vocabulary."""
    terms = {kind: supervisor.terms_of(kind) for kind in kinds()}
    return {name: getattr(supervisor, name) for name in COLUMNS} | terms


def differences(supervisor: Supervisor, said: Said) -> list[str]:
    """Names of what would change if this were said. The order in which terms were ticked is no change."""
    now = said_of(supervisor)
    return [name for name, value in said.items() if _plain(value) != _plain(now[name])]


def in_words(name: str, value: Any) -> str:
    """A value as her page might show it: labels for terms, dollars for cents, "nothing" for none."""
    if name in kinds():
        return listed([vocabularies.label(name, term) for term in value if vocabularies.exists(name, term)]) or NOTHING
    if name == "links":
        return listed([link["url"] for link in value]) or NOTHING
    if name == "state" and areas.is_state(value):
        return areas.name(value)
    if name.endswith("_cents") and value is not None:
        return f"${dollars(value)}"
    return NOTHING if value in (None, "") else str(value)


def describe(supervisor: Supervisor, said: Said, *, version: int, now: datetime) -> bool:
    """Change what is said; whether anything did change. `said` holds any of COLUMNS and of the vocabularies' kinds.

    `version` is the one the writer looked at: Refused with 409 if another was saved since and says something else.
    Refused for a ZIP code that is none or lies elsewhere, a fee range upside down, and to take from a page that is
    shown what it needed to be shown.
    """
    db.session.refresh(supervisor, with_for_update=True)
    changed = differences(supervisor, said)
    if not changed:
        return False
    if version != supervisor.version:
        raise Refused(CHANGED, status=409)
    _check(supervisor, said, now)
    for name in changed:
        if name in COLUMNS and name != "zip":
            setattr(supervisor, name, said[name])
        elif name in kinds():
            _choose(supervisor, name, said[name])
    if "zip" in changed:
        _settle(supervisor, said)
    supervisor.version += 1
    supervisor.updated_at = now
    db.session.flush()
    return True


def _plain(value: Any) -> Any:
    """A value to compare by: terms without their order."""
    return sorted(value) if value and isinstance(value, list) and isinstance(value[0], str) else value


def _check(supervisor: Supervisor, said: Said, now: datetime) -> None:
    whole = said_of(supervisor) | dict(said)
    for name, words in NEEDED.items() if supervisor.published_at else ():
        if not said.get(name, words):
            raise Refused(words, name)
    low, high = whole["fee_low_cents"], whole["fee_high_cents"]
    if low is not None and high is not None and high < low:
        raise Refused("The higher fee is below the lower one.", "fee_high")
    if (whole["supervising_since"] or 0) > now.year:
        raise Refused("This year has not come yet.", "supervising_since")
    place = finding.find(whole["zip"]) if whole["zip"] else None
    if whole["zip"] and "zip" in said and place is None:
        raise Refused("We do not know this ZIP code.", "zip")
    if place and whole["state"] and place.state != whole["state"]:
        raise Refused(f"{place.zip} is in {areas.name(place.state)}, not in {areas.name(whole['state'])}.", "zip")


def _settle(supervisor: Supervisor, said: Said) -> None:
    """Put her at her ZIP code; where she was not asked for a zone, into that of the place."""
    place = finding.find(said["zip"]) if said["zip"] else None
    supervisor.zip, supervisor.city = said["zip"], place.city if place else ""
    supervisor.latitude, supervisor.longitude = (place.latitude, place.longitude) if place else (None, None)
    if place and "zone" not in said:
        supervisor.zone = place.zone


def _choose(supervisor: Supervisor, kind: str, terms: list[str]) -> None:
    """Let these be her terms of a vocabulary; those she had keep their places before the new ones."""
    others = [word for word in supervisor.terms if word.kind != kind]
    kept = [word for word in supervisor.terms if word.kind == kind and word.term in terms]
    had = {word.term for word in kept}
    added = [SupervisorTerm(kind=kind, term=term) for term in terms if term not in had]
    for position, word in enumerate([*kept, *added]):
        word.position = position
    supervisor.terms = [*others, *kept, *added]
