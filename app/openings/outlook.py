"""What an opening, as it is written just now, would count as on each track of the states she is licensed in."""

from dataclasses import dataclass
from datetime import date

from app.licensure import eligibility, tracks
from app.licensure.facts import Facts, Offer
from app.licensure.tracks import Track
from app.licensure.verdict import Value, Verdict
from app.openings import seats
from app.openings.advice import Advice, improvements
from app.supervisors import facts
from app.supervisors.models import Supervisor


@dataclass(frozen=True)
class Outlook:
    """A track, the verdict on it with its reasons, and what one change would improve it."""

    track: Track
    verdict: Verdict
    advice: list[Advice]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """What is against it; and where it counts, if only in part, what speaks for it too."""
        counts = self.verdict.value in (Value.COUNTS, Value.PARTLY)
        return [reason for reason in self.verdict.reasons if counts or reason[0] != "yes"]


def outlook(supervisor: Supervisor, offer: Offer, on: date, *, more: int = 0) -> list[Outlook]:
    """One for each track of her own states, what counts first; without a license none.

    `more` are the seats that she says are taken beyond those we know of.
    """
    placements = seats.placements_of([supervisor.id]).get(supervisor.id, 0) + more
    known = facts.facts_of(supervisor, placements=placements)
    looks = [of_track(track, offer, known, on) for track in her_tracks(known)]
    return sorted(looks, key=lambda look: list(Value).index(look.verdict.value), reverse=True)


def of_track(track: Track, offer: Offer, known: Facts, on: date) -> Outlook:
    """The verdict and the advice on one track. Pure."""
    return Outlook(track, eligibility.judge(track, offer, known, on), improvements(track, offer, known, on))


def her_tracks(known: Facts) -> list[Track]:
    """The tracks of the states she lists a credential of, by state."""
    states = {held.state for held in known.credentials if held.state}
    return [track for track in tracks.load() if track.state in states]
