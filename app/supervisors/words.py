"""A supervisor in words: her credentials and how we know them, and how she works. Asks nothing of the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.formats import dollars, on_date, plural
from app.licensure.credentials import CODES, INCLUDES
from app.licensure.facts import Facts, Held
from app.places import areas
from app.supervisors.models import Credential, Supervisor
from app.taxonomies import vocabularies


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
        sent = [check.at.date() for check in credential.checks if check.decision == "pending"]
        return Known("being verified", "ochre", f"sent {on_date(sent[-1])}" if sent else "")
    if credential.status == "refused":
        return Known("not confirmed", "", f"we looked on {when}" if when else "")
    return Known("self-reported", "")


@dataclass(frozen=True)
class Listing:
    """A credential as a row of the profile's table."""

    name: str
    title: str
    number: str
    valid_to: str
    known: Known


def listing(credential: Credential, on: date) -> Listing:
    """A credential in words: "LPC-S, Texas", its full name, number and end, and how we know."""
    code, state = credential.code, credential.state
    where = areas.name(state) if state and areas.is_state(state) else state or "national"
    title = CODES[code].name if code in CODES else ""
    until = on_date(credential.expires_on) if credential.expires_on else "not said"
    return Listing(f"{code}, {where}", title, credential.number or "–", until, known(credential, on))


def said(value: object) -> str:
    """A fact of a credential as its owner would say it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return on_date(value) if isinstance(value, date) else "not said" if value in (None, "") else str(value)


def fees(supervisor: Supervisor) -> str:
    """Her range and reduced places: "$80 to $120 a session, 2 places at a reduced fee"; "" if unsaid."""
    low, high = supervisor.fee_low_cents, supervisor.fee_high_cents
    ends = list(dict.fromkeys(f"${dollars(cents)}" for cents in (low, high) if cents is not None))
    alone = "from " if high is None else "up to " if low is None else ""
    said = [f"{alone}{' to '.join(ends)} a session"] if ends else []
    if supervisor.reduced_places:
        said.append(f"{plural(supervisor.reduced_places, 'place')} at a reduced fee")
    return ", ".join(said)


def chosen_terms(supervisor: Supervisor) -> list[tuple[str, list[str]]]:
    """What she chose of each vocabulary: ("Approaches", ["EMDR", "Play therapy"])."""
    chosen = [(vocabulary.label, labels(supervisor, kind)) for kind, vocabulary in vocabularies.load().items()]
    return [(label, terms) for label, terms in chosen if terms]


def labels(supervisor: Supervisor, kind: str) -> list[str]:
    """What she chose of one vocabulary, in words."""
    terms = vocabularies.vocabulary(kind).terms
    return [terms[term] for term in supervisor.terms_of(kind) if term in terms]


def _codes(held: Iterable[Held]) -> list[str]:
    codes = list(dict.fromkeys(one.code for one in held))
    within = {part for code in codes for part in INCLUDES[code] if part != code}
    return [code for code in codes if code not in within]
