"""Cards and invitations as pages tell them: plain values, made in one way for her preview and for supervisors."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.accounts.models import Person
from app.invitations import alike, inviting, letters, seeing
from app.invitations.models import Card, Invitation
from app.matching import fit, known
from app.matching.fit import Fit
from app.openings import words as opening_words
from app.openings.models import Opening
from app.places import areas, finding
from app.supervisors.models import Supervisor
from app.taxonomies import vocabularies
from app.wishes import keeping, packing, telling
from app.wishes.wishes import VOCABULARIES, Wishes

MOST_OPENINGS = 5  # on a dashboard
# What is asked of her card, with the name that the wish goes by in the words of the questionnaire.
ASKED = {
    "format": "Individual or group", "times": "When I am free", "delivery": "Online or in person", "fee": "My budget",
}  # fmt: skip
ICONS = {"format": "users", "times": "calendar-days", "place": "video", "language": "message-square"}
LEADS = {
    "format": "Looks for", "times": "Free", "place": "Meets", "fee": "Can pay", "specialty": "Works on",
    "population": "Works with", "modality": "Approaches", "style": "Learns best with", "setting": "Works in",
    "language": "Would like",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """What a company of cards says: `heading`, facts as pairs (icon, words), and how well it fits, where that is asked.

    `reasons` are pairs (yes | care | not, words) for the supervisor. `lines` hold a card each: its public id, the line
    in its owner's own words, and "invited" or "withdrawn" where it was invited into this opening.
    """

    heading: str
    facts: list[tuple[str, str]]
    lines: list[tuple[str, str, str]]
    fit: Fit | None = None
    reasons: list[tuple[str, str]] = field(default_factory=list)


def preview(says: Wishes, line: str) -> Shown:
    """One card alone, as the most that is seen of it."""
    return _shown(says, [("", line, "")])


def as_it_is(card: Card) -> Shown | None:
    """What is seen of a card now; None while nobody sees it."""
    return _shown(packing.read(card.company.says), [("", card.line, "")]) if card.company else None


def candidates(found: seeing.Candidates, invited: dict[str, str], only: Card | None = None) -> Shown:
    """A company for a supervisor; `only` one of its cards."""
    cards = [only] if only else found.cards
    lines = [(card.public_id, card.line, invited.get(card.public_id, "")) for card in cards]
    return _shown(found.says, lines, found.fit)


def number(found: Sequence[Shown]) -> int:
    """How many cards these are: none, or three at least."""
    return sum(len(one.lines) for one in found)


def number_words(number: int) -> str:
    """ "Four supervisees"."""
    return f"{opening_words.counted(number).capitalize()} supervisees"


def choices(wishes: Wishes) -> list[tuple[str, str]]:
    """What she can choose to show: pairs of a field and words, of that only which she has wished for."""
    said = [name for name in alike.FIELDS if wishes.says(alike.OF_WISH.get(name, name)) and _is_there(wishes, name)]
    return [(name, ASKED.get(name) or vocabularies.vocabulary(name).label) for name in said]


@dataclass(frozen=True)
class Received:
    """An invitation to its reader. `state` is open, withdrawn, over (it ran out), yes, no or mute; `bar` says why
    no yes is possible; `is_muted` is its sender."""

    invitation: Invitation
    heading: str
    state: str
    bar: str | None
    fit: Fit | None
    is_muted: bool


def received(person: Person, now: datetime) -> list[Received]:
    """Her invitations with the fit of each opening, to her wishes with all that is private, for her alone."""
    rows, wishes = inviting.received(person), keeping.of(person.id)
    here = finding.point(wishes.zip)
    track = alike.track_of(wishes)
    openings = known.load({one.opening_id for one in rows}, track, now)
    muted = {mute.supervisor_id for mute in inviting.muted_by(person)}
    return [
        Received(
            one,
            letters.heading(one.opening),
            state_of(one, now),
            inviting.why_no_yes(one, now),
            fit.score(wishes, openings[one.opening_id], now=now, here=here) if wishes.has_any else None,
            one.supervisor_id in muted,
        )
        for one in rows
    ]


def state_of(invitation: Invitation, now: datetime) -> str:
    """open, withdrawn, over, yes, no or mute."""
    if invitation.answer:
        return invitation.answer
    if invitation.withdrawn_at:
        return "withdrawn"
    return "open" if now < invitation.expires_at else "over"


@dataclass(frozen=True)
class Sent:
    """An invitation to its sender. `known` is inviting.told() of it; `line` stands on the card as long as she is shown
    it, so that she can tell one that waits from another."""

    invitation: Invitation
    heading: str
    known: str
    line: str


def sent(supervisor: Supervisor, now: datetime) -> list[Sent]:
    """What she sent, and what she knows of the answers."""
    rows = [(one, inviting.told(one, now)) for one in inviting.sent(supervisor)]
    lines = _lines({one.opening for one, known in rows if known == "waiting"}, now)
    return [
        Sent(one, letters.heading(one.opening), known, lines.get((one.opening_id, one.card), "")) for one, known in rows
    ]


def _lines(openings: Collection[Opening], now: datetime) -> dict[tuple[int, str], str]:
    """What stands on each card that is shown for these openings, by opening and card."""
    shown = [
        (opening.id, card) for opening in openings for one in seeing.for_opening(opening, now) for card in one.cards
    ]
    return {(opening_id, card.public_id): card.line for opening_id, card in shown}


def number_open(person: Person, now: datetime) -> int:
    """Invitations that wait for her answer."""
    return sum(1 for one in inviting.received(person) if state_of(one, now) == "open")


def number_waiting(supervisor: Supervisor, now: datetime) -> int:
    """Invitations of hers that wait for an answer, as far as she knows."""
    return sum(1 for one in inviting.sent(supervisor) if inviting.told(one, now) == "waiting")


def _shown(says: Wishes, lines: list[tuple[str, str, str]], its: Fit | None = None) -> Shown:
    told = [one for one in (*its.reasons, *its.misfits) if one.other] if its else []
    return Shown(_heading(says), _facts(says), lines, its, [(one.kind, one.other) for one in told])


def _heading(says: Wishes) -> str:
    goal = telling.phrases(says).get("verdict", "")
    where = f" in {areas.name(says.state)}" if says.is_consultation and says.state else ""
    return f"Looks for {goal}{where}"


def _facts(says: Wishes) -> list[tuple[str, str]]:
    phrases = telling.phrases(says)
    leads = {**LEADS, "format": "Would work"} if len(says.format) > 1 else LEADS
    return [
        (ICONS.get(name, "check"), f"{leads[name]} {words}{' (a must)' if name in says.musts else ''}")
        for name, words in phrases.items()
        if name in leads
    ]


def _is_there(wishes: Wishes, name: str) -> bool:
    """A place is asked for by its ZIP code alone, too, which no card shows."""
    return bool(wishes.delivery) if name == "delivery" else name not in VOCABULARIES or bool(getattr(wishes, name))


def for_openings(openings: Sequence[Opening], now: datetime) -> list[tuple[Opening, str, str]]:
    """Those of the first few with a free seat for which somebody may be invited: what they are called, and how many
    supervisees would fit, in words."""
    free = [one for one in openings if one.status == "published" and one.open_seats][:MOST_OPENINGS]
    counted = [(one, sum(len(found.cards) for found in seeing.for_opening(one, now))) for one in free]
    return [(one, letters.heading(one), number_words(number)) for one, number in counted if number]
