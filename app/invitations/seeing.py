"""Which cards a supervisor sees: only with a verified license and a free seat, only in companies of at least three.

A company is left out whole where one of its cards is not for her eyes: it is her own, its owner has muted her, is
somebody she has a thread with, or has closed her account. Otherwise two would be left, and what is missing would tell
of the third.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select, union

from app.db import db
from app.invitations import alike, companies
from app.invitations.models import Card, Company, Mute
from app.licensure import tracks
from app.licensure.eligibility import default_value
from app.licensure.verdict import Value
from app.matching import fit, known
from app.matching.fit import Fit
from app.matching.known import Known
from app.messages import threads
from app.openings import verdicts
from app.openings.models import Opening, OpeningVerdict
from app.places import areas
from app.refusals import Missing
from app.supervisors.facts import facts_of
from app.supervisors.models import Supervisor
from app.supervisors.words import standing
from app.wishes import packing
from app.wishes.wishes import CONSULTATION, Wishes

MOST = 20  # companies on a page
LEAST_FIT = 40  # "Fits in part"


@dataclass(frozen=True)
class Candidates:
    """A company that would fit an opening, with why; `cards` in an order of the day."""

    says: Wishes
    fit: Fit
    cards: Sequence[Card]


class _Fitting(NamedTuple):
    """What a company says, the opening as it is to them, and the score of the fit."""

    says: Wishes
    opening: Known
    score: int

    def fit(self, now: datetime) -> Fit:
        return fit.score(self.says, self.opening, now=now)


def why_not(opening: Opening, now: datetime) -> str | None:
    """Why nobody is shown to the supervisor of this opening; None if somebody may be."""
    supervisor = opening.supervisor
    if not is_verified(supervisor, now):
        return "Supervisees are shown to supervisors whose license is verified. Yours is not, or not any more."
    if opening.status != "published" or supervisor.published_at is None:
        return "Supervisees are shown for openings that readers can see. This one is not published."
    if not opening.open_seats:
        return "All seats of this opening are taken."
    return None


def is_verified(supervisor: Supervisor, now: datetime) -> bool:
    """Whether she holds a license that was verified and has not ended."""
    return standing(facts_of(supervisor), None, verdicts.today(now)).verified


def for_opening(opening: Opening, now: datetime) -> list[Candidates]:
    """The companies that would fit, best first, equal ones in an order that changes from day to day."""
    if why_not(opening, now):
        return []
    day, fitting = verdicts.today(now).isoformat(), _fitting(opening, now)
    shown = _whole(list(fitting), opening.supervisor, now)

    def turn(id: int) -> str:
        # By an address of theirs: it is random, as their numbers are not, and so is an order that hangs on it.
        return _shuffled(day, opening.id, min(shown[id]))

    best = sorted(shown, key=lambda id: (-fitting[id].score, turn(id)))[:MOST]
    cards = _cards(best)
    return [
        Candidates(fitting[id].says, fitting[id].fit(now), _in_turn(cards[id], day, opening))
        for id in best
        if shown[id] == {card.public_id for card in cards[id]}  # or it has ended meanwhile
    ]


def one_of(opening: Opening, public_id: str, now: datetime) -> tuple[Candidates, Card]:
    """A card among those that would fit. Missing whenever it is not shown for this opening, whatever the reason."""
    for candidates in for_opening(opening, now):
        for card in candidates.cards:
            if card.public_id == public_id:
                return candidates, card
    raise Missing


def _fitting(opening: Opening, now: datetime) -> dict[int, _Fitting]:
    """Of all companies those that the opening suits, by number. Private wishes are in none."""
    bare, values = known.load([opening.id], None, now)[opening.id], _values(opening)
    goals = [track_id for track_id, value in values.items() if value is not Value.NO] + _consultations(opening)
    found = {}
    for id, kept in db.session.execute(select(Company.id, Company.says).where(Company.goal.in_(goals))):
        says = packing.read(kept)
        mine = replace(bare, verdict=values.get(says.track_id))
        score = fit.score_alone(says, mine, now=now)
        if score >= LEAST_FIT and not fit.misses(says, mine, now=now):
            found[id] = _Fitting(says, mine, score)
    return found


def _values(opening: Opening) -> dict[str, Value]:
    """What the opening counts as on every track."""
    query = select(OpeningVerdict.track, OpeningVerdict.value).where(OpeningVerdict.opening_id == opening.id)
    stored = {row.track: row.value for row in db.session.execute(query)}
    return {track.id: Value(stored.get(track.id) or default_value(track)) for track in tracks.load()}


def _consultations(opening: Opening) -> list[str]:
    """Who looks for consultation may be anywhere if it is online, else where it meets."""
    states = [code for code, _ in areas.STATES] if opening.online else [opening.state]
    return [f"{state}/{CONSULTATION}" for state in (*states, "")]


def _whole(ids: Sequence[int], supervisor: Supervisor, now: datetime) -> dict[int, set[str]]:
    """Of these companies those of which she may see every card, with the addresses of theirs."""
    shown = select(Card.company_id, Card.person_id, Card.public_id, Company.size).join(Company)
    rows = defaultdict(list)
    for row in db.session.execute(shown.where(Card.company_id.in_(ids), Card.on_at.is_not(None))):
        rows[row.company_id].append(row)
    unseen = _unseen(supervisor, now)
    return {
        id: {row.public_id for row in of}
        for id, of in rows.items()
        if alike.LEAST <= len(of) == of[0].size and not unseen & {row.person_id for row in of}
    }


def _unseen(supervisor: Supervisor, now: datetime) -> set[int]:
    """People whose cards are not for her eyes."""
    hidden = or_(Mute.hides_from.is_(None), Mute.hides_from <= now)
    muted = select(Mute.person_id).where(Mute.supervisor_id == supervisor.id, hidden)
    closed = select(Card.person_id).where(Card.person_id.in_(companies.CLOSED))
    return {supervisor.person_id, *db.session.scalars(union(muted, closed)), *threads.known_to(supervisor.person)}


def _cards(ids: Sequence[int]) -> dict[int, list[Card]]:
    found: dict[int, list[Card]] = {id: [] for id in ids}
    for id, card in db.session.execute(select(Company.id, Card).join(Card.company).where(Company.id.in_(ids))):
        found[id].append(card)
    return found


def _in_turn(cards: Sequence[Card], day: str, opening: Opening) -> Sequence[Card]:
    return sorted(cards, key=lambda card: _shuffled(day, opening.id, card.public_id))


def _shuffled(day: str, opening_id: int, what: str) -> str:
    return hashlib.sha256(f"{day}/{opening_id}/{what}".encode()).hexdigest()
