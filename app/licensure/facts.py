"""What a verdict is given: a supervisor with credentials, and an opening."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.licensure.credentials import CODES, INCLUDES
from app.licensure.tracks import Track


@dataclass(frozen=True, slots=True)
class Held:
    """A credential as its holder lists it. `state` is None for a national one.

    `verified` covers all that stands here, also `approved`: this state's board approved its holder as a supervisor
    (None: not said). `verified_by` completes "verified by …". A credential holds through the day it expires.
    """

    code: str
    state: str | None
    issued: date | None = None
    expires: date | None = None
    suspended: date | None = None
    verified: bool = False
    verified_on: date | None = None
    verified_by: str | None = None
    approved: bool | None = None
    training_hours: float | None = None

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown code {self.code}")

    @property
    def is_national(self) -> bool:
        return CODES[self.code].kind == "national"

    @property
    def endorses(self) -> bool | None:
        """Whether it says that the state's board takes its holder as a supervisor."""
        return True if CODES[self.code].kind == "designation" else self.approved

    def lapsed(self, on: date) -> date | None:
        """The day it expired or was suspended, if it is not current on `on`."""
        if self.suspended and self.suspended <= on:
            return self.suspended
        return self.expires if self.expires and self.expires < on else None


@dataclass(frozen=True, slots=True)
class Facts:
    """A supervisor: `supervisees` had elsewhere (None: not said), `placements` had through this site."""

    name: str
    credentials: tuple[Held, ...]
    supervisees: int | None = None
    placements: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """An opening: its seats in all, taken or not, and how it meets."""

    seats: int
    online: bool
    in_person: bool

    def __post_init__(self) -> None:
        if self.seats < 1 or not (self.online or self.in_person):
            raise ValueError("an opening has a seat, and meets online or in person")


class Case:
    """A supervisor before a track on a date, with the credentials that matter sorted out once.

    `licenses` are those of the track's state; `accepted` the licenses and national ones whose code the track lists
    (a designation includes its base license); `current` the accepted ones that have not lapsed.
    """

    def __init__(self, track: Track, supervisor: Facts, on: date) -> None:
        self.track, self.supervisor, self.on = track, supervisor, on
        self.name = supervisor.name
        self.licenses = [one for one in supervisor.credentials if one.state == track.state and not one.is_national]
        here = [one for one in supervisor.credentials if one.state == track.state or one.is_national]
        self.accepted = [one for one in here if not track.accepts.isdisjoint(INCLUDES[one.code])]
        self.current = [one for one in self.accepted if not one.lapsed(on)]

    @cached_property
    def best(self) -> Held | None:
        """The accepted, current credential to look at: verified, of the own discipline, longest held."""
        return min(self.current, key=self._order, default=None)

    @cached_property
    def endorsed(self) -> Held | None:
        """The verified designation or approval by the state's board, if there is one."""
        endorsing = [one for one in self.current if one.verified and one.endorses and not one.is_national]
        return min(endorsing, key=self._order, default=None)

    def is_own(self, held: Held) -> bool:
        """Whether a credential is of the track's discipline."""
        return CODES[held.code].discipline == self.track.discipline

    def _order(self, held: Held) -> tuple[bool, bool, date, float, str]:
        own = self.is_own(held)
        return not held.verified, not own, held.issued or date.max, -(held.training_hours or 0), held.code
