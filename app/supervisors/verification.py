"""A credential's way to being verified: what she says of it, her asking, and what a steward decided.

Self-reported; pending once she asked; then verified, refused with a reason, or asked, a question whose answer makes it
pending again. Each step is a CredentialCheck and a deed. Whoever acts holds the credential's row first, so that of two
at once the second sees what the first did.
"""

import hashlib
from dataclasses import asdict, astuple, dataclass, fields
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError

from app import audit
from app.accounts.models import Person
from app.db import db
from app.formats import on_date
from app.licensure.credentials import CODES
from app.notifications.outbox import post
from app.places import areas
from app.refusals import Missing, Refused
from app.supervisors.models import Credential, CredentialCheck, Supervisor

MOST = 40
DECISIONS = {"verified": "verified it", "refused": "did not confirm it", "asked": "asked a question about it"}
STEPS = {
    "pending": "Sent for verification",
    "verified": "Verified",
    "refused": "Not confirmed",
    "asked": "A question from a steward",
    "voided": "Changed, so no longer looked up",
}
FACTS = {
    "code": "license", "state": "state", "number": "number", "issued_on": "day of issue", "expires_on": "end",
    "approved": "approval as supervisor", "training_hours": "training hours", "training_on": "day of training",
}  # fmt: skip
NEEDED = {
    "verified": ("source", "Say which source you looked at, such as the board’s look-up."),
    "refused": ("note", "Say why. She reads it, and can mend it."),
    "asked": ("note", "Write the question that she is to answer."),
}


@dataclass(frozen=True)
class Claim:
    """What she says of a credential: all that a check looks at, and a verdict rests on."""

    code: str
    state: str | None
    number: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    approved: bool | None = None
    training_hours: int | None = None
    training_on: date | None = None

    @property
    def version(self) -> str:
        """Equal for equal claims: by it a form knows whether what it showed still stands."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Decision:
    """A steward's: verified, refused or asked; the source looked at; a reason or question for her.

    `seen` is the number of the newest check when the steward looked, 0 for none.
    """

    kind: str
    seen: int
    source: str = ""
    note: str = ""


def differing(one: Claim, other: Claim) -> set[str]:
    """Names of the facts in which two claims differ."""
    return {name for name in FACTS if getattr(one, name) != getattr(other, name)}


def claim_of(credential: Credential) -> Claim:
    """What she says of it now."""
    return Claim(**{field.name: getattr(credential, field.name) for field in fields(Claim)})


def add(supervisor: Supervisor, claim: Claim, *, by: Person, now: datetime) -> Credential:
    """List a credential, self-reported. Refused if the claim contradicts itself, or she lists it already."""
    if len(supervisor.credentials) >= MOST:
        raise Refused(f"{MOST} credentials are the most that can be listed.")
    _examine(claim, supervisor.credentials, now.date())
    credential = Credential(status="self_reported", **asdict(claim))
    supervisor.credentials.append(credential)
    db.session.flush()
    _note("credential.added", credential, by=by, now=now)
    return credential


def change(credential: Credential, claim: Claim, *, seen: str, by: Person, now: datetime) -> bool:
    """Put another claim in the place of hers; True if that made a verification void.

    `seen` is the version of the claim she changed. Refused with 409 if it is no longer the one that stands. What waits
    for a steward goes on waiting, with a check of its own, so that nobody decides on what was there before.
    """
    _hold(credential)
    standing = claim_of(credential)
    if claim == standing:
        return False
    if seen != standing.version:
        raise Refused("This was changed elsewhere after you opened it. Look at both, then save.", status=409)
    _examine(claim, [one for one in credential.supervisor.credentials if one is not credential], now.date())
    for name, value in asdict(claim).items():
        setattr(credential, name, value)
    _note("credential.changed", credential, by=by, now=now)
    decided = {"verified": "voided", "refused": "voided", "pending": "pending"}.get(credential.status)
    if decided:
        _check(credential, decided, by=by, now=now, note=_changed(standing, claim))
    return decided == "voided"


def remove(credential: Credential, *, by: Person, now: datetime) -> None:
    """Take a credential off the list, with its checks. The deeds stay."""
    _hold(credential)
    _note("credential.removed", credential, by=by, now=now)
    credential.supervisor.credentials.remove(credential)


def ask(credential: Credential, *, note: str = "", by: Person, now: datetime) -> None:
    """Ask for a check, or answer a steward's question with `note`. Refused for what a steward could not look up."""
    _hold(credential)
    newest = newest_check(credential)
    if credential.status == "verified":
        raise Refused("It is verified already.", status=409)
    if newest and newest.decision == "pending":
        raise Refused("It waits for a steward already.", status=409)
    if newest and newest.decision == "asked" and not note:
        raise Refused("Please answer the question.", "note")
    if not credential.number:
        raise Refused("Give its number first: a license is looked up by it.", "number")
    if credential.expires_on and credential.expires_on < now.date():
        raise Refused(f"It ended on {on_date(credential.expires_on)}. Give its new end first.", "expires_on")
    _check(credential, "pending", by=by, now=now, note=note)


def decide(credential: Credential, decision: Decision, *, by: Person, now: datetime) -> CredentialCheck:
    """Carry out a steward's decision, and write to her. Refused with 409 if it was decided or changed meanwhile."""
    _hold(credential)
    newest = newest_check(credential)
    if credential.status != "pending" or newest is None or newest.decision != "pending" or newest.id != decision.seen:
        raise Refused(_overtaken(newest, by), status=409)
    name, words = NEEDED[decision.kind]
    if not getattr(decision, name):
        raise Refused(words, name)
    check = _check(credential, decision.kind, by=by, now=now, source=decision.source, note=decision.note)
    _tell(credential, check, now)
    return check


@dataclass(frozen=True)
class Step:
    """A check for a reader: what it was in words, when, by whom (None: an import), on what ground."""

    words: str
    at: datetime
    by: str | None
    source: str
    note: str


def steps(credential: Credential) -> list[Step]:
    """All that was done about a credential, the newest first."""
    by = {check.by_id for check in credential.checks}
    names = {row.id: row.name for row in db.session.execute(select(Person.id, Person.name).where(Person.id.in_(by)))}
    return [
        Step(STEPS.get(one.decision, one.decision), one.at, names.get(one.by_id or 0), one.source, one.note)
        for one in reversed(credential.checks)
    ]


def newest_check(credential: Credential) -> CredentialCheck | None:
    """The last step, if there was any."""
    return credential.checks[-1] if credential.checks else None


def title(credential: Credential) -> str:
    """Code and place in words: "LPC-S, Texas"; "ACS" for a national one."""
    state = credential.state
    return f"{credential.code}, {areas.name(state) if areas.is_state(state) else state}" if state else credential.code


def _examine(claim: Claim, others: list[Credential], today: date) -> None:
    """Refused, beside its field, for the first thing that cannot be."""
    code = CODES.get(claim.code)
    if code is None:
        raise Refused("Please choose one of these.", "code")
    if code.kind == "national" and claim.state:
        raise Refused(f"{code.code} is given by a national body. Choose “none, national”.", "state")
    if code.kind != "national" and not (claim.state and areas.is_state(claim.state)):
        raise Refused(f"{code.code} is given by a state. Choose which.", "state")
    if any((one.code, one.state) == (claim.code, claim.state) for one in others):
        raise Refused("You list this one already.", "code")
    for field in ("issued_on", "training_on"):
        if (day := getattr(claim, field)) and day > today:
            raise Refused("This day lies in the future.", field)
    if claim.issued_on and claim.expires_on and claim.expires_on <= claim.issued_on:
        raise Refused("This is before the day it was issued.", "expires_on")


def _hold(credential: Credential) -> None:
    """Lock the row and read it anew, with its checks. Missing if it is gone."""
    try:
        db.session.refresh(credential, with_for_update={"of": Credential})
    except InvalidRequestError:
        raise Missing from None
    db.session.expire(credential, ["checks"])


def _check(
    credential: Credential, decision: str, *, by: Person, now: datetime, source: str = "", note: str = ""
) -> CredentialCheck:
    """Write down a step, let the credential stand as it says, and record the deed."""
    check = CredentialCheck(decision=decision, source=source, note=note, by_id=by.id, at=now)
    credential.checks.append(check)
    credential.status = {"asked": "pending", "voided": "self_reported"}.get(decision, decision)
    db.session.flush()
    _note(f"credential.{decision}", credential, by=by, now=now, check=check.id)
    return check


def _note(deed: str, credential: Credential, *, by: Person, now: datetime, **facts: int) -> None:
    which = {"code": credential.code, "state": credential.state}
    audit.record(deed, "credential", credential.id, by_id=by.id, now=now, **which, **facts)


def _changed(before: Claim, after: Claim) -> str:
    """What the next reader of the checks should know: which facts are no longer those that were looked at."""
    return "Changed: " + ", ".join(words for name, words in FACTS.items() if name in differing(before, after))


def _overtaken(newest: CredentialCheck | None, by: Person) -> str:
    """Why a steward's decision comes too late."""
    if newest is None or newest.decision not in DECISIONS:
        return "She changed it after you opened it. Look again, and decide on what stands here now."
    who = db.session.scalar(select(Person.name).where(Person.id == newest.by_id)) or "Somebody"
    return f"{'You' if newest.by_id == by.id else who} {DECISIONS[newest.decision]} already. Nothing was changed."


def _tell(credential: Credential, check: CredentialCheck, now: datetime) -> None:
    """Let her know of a decision."""
    supervisor = credential.supervisor
    post(
        f"supervisors/{check.decision}", to_email=supervisor.person.email, to_name=supervisor.name,
        key=f"credential/{credential.id}/check/{check.id}", now=now,
        facts={
            "name": supervisor.first_name, "credential": title(credential), "number": credential.number,
            "note": check.note, "source": check.source, "path": f"/credentials/{credential.id}",
            "expires_on": credential.expires_on.isoformat() if credential.expires_on else "",
        },
    )  # fmt: skip
