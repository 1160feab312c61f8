"""A supervisor's credentials in a few words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.formats import on_date
from app.licensure.credentials import CODES, INCLUDES
from app.licensure.facts import Facts, Held
from app.supervisors.models import Credential


@dataclass(frozen=True)
class Standing:
    """What to put behind a name: codes such as "LPC-S, LMFT-S", whether we verified them, and when last if known."""

    codes: str
    verified: bool
    verified_on: date | None = None


def standing(facts: Facts, state: str | None, on: date) -> Standing:
    """The current credentials that matter most: those of the reader's `state`; of these the verified ones, if any.

    A license that is part of a designation held beside it is left out.
    """
    current = [held for held in facts.credentials if not held.lapsed(on)]
    here = [held for held in current if held.state == state or held.is_national] if state else []
    shown = here or current
    verified = [held for held in shown if held.verified]
    codes = ", ".join(_codes(verified or shown)) or "no current license"
    days = [held.verified_on for held in verified if held.verified_on]
    return Standing(codes, bool(verified), max(days, default=None))


def states(facts: Facts, on: date) -> list[str]:
    """Postal codes of the states she holds a current license of."""
    return sorted({held.state for held in facts.credentials if held.state and not held.lapsed(on)})


@dataclass(frozen=True)
class Known:
    """How a credential is known: a tag, its color ("leaf", "ochre" or ""), and words beside it."""

    tag: str
    color: str
    words: str = ""


def known(credential: Credential, on: date) -> Known:
    """Who verified a credential what when, or why it is not verified."""
    check = credential.checks[-1] if credential.checks else None
    when = on_date(check.at.date()) if check else ""
    if credential.suspended_on and credential.suspended_on <= on:
        return Known("suspended", "", f"on {on_date(credential.suspended_on)}")
    if credential.expires_on and credential.expires_on < on:
        return Known("lapsed", "", f"on {on_date(credential.expires_on)}")
    if credential.status == "verified":
        return Known("verified", "leaf", ", ".join(filter(None, (check.source if check else "", when))))
    if credential.status == "pending":
        return Known("being verified", "ochre", f"sent {when}" if when else "")
    if credential.status == "refused":
        return Known("not confirmed", "", f"we looked on {when}" if when else "")
    return Known("self-reported", "")


def title(code: str) -> str:
    """The full name of a code, for a legend; the code itself if we do not know it."""
    return CODES[code].name if code in CODES else code


def _codes(held: Iterable[Held]) -> list[str]:
    codes = list(dict.fromkeys(one.code for one in held))
    within = {part for code in codes for part in INCLUDES[code] if part != code}
    return [code for code in codes if code not in within]
