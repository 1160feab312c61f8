"""Make an opening have as many seats, and as many of them taken elsewhere, as its editor or a file says."""

from datetime import datetime

from app.accounts.models import Person
from app.openings.models import Opening, Placement, Seat


def fault(opening: Opening | None, seats: int, taken: int | None) -> str | None:
    """Why an opening (None: a new one) cannot have these seats with `taken` of them taken elsewhere (None: as now)."""
    here = sum(1 for one in _live(opening) if one.person_id) if opening else 0
    elsewhere = sum(1 for one in _live(opening) if not one.person_id) if opening else 0
    if taken is not None:
        elsewhere = taken
    if here + elsewhere <= seats:
        return None
    if here:
        return f"{here + elsewhere} seats are taken ({here} through this site); {seats} are not enough."
    return f"{elsewhere} of {seats} seats cannot be taken."


def arrange(opening: Opening, seats: int, taken: int | None, *, now: datetime) -> None:
    """Add and remove seats and placements to match. The figures have no fault."""
    elsewhere = [one for one in _live(opening) if not one.person_id]
    if taken is not None:
        for placement in elsewhere[taken:]:
            placement.ended_at = now
    _resize(opening, seats)
    free = [seat for seat in opening.seat_rows if not any(one.ended_at is None for one in seat.placements)]
    for seat in free[: max(0, (taken or 0) - len(elsewhere))]:
        seat.placements.append(Placement(started_at=now))


def _live(opening: Opening) -> list[Placement]:
    return [one for seat in opening.seat_rows for one in seat.placements if one.ended_at is None]


def _resize(opening: Opening, seats: int) -> None:
    numbers = {seat.no for seat in opening.seat_rows}
    for no in (no for no in range(1, seats + 1) if no not in numbers and len(opening.seat_rows) < seats):
        opening.seat_rows.append(Seat(no=no, placements=[]))
    free = [seat for seat in opening.seat_rows if not any(one.ended_at is None for one in seat.placements)]
    gone = free[seats - len(opening.seat_rows) :] if len(opening.seat_rows) > seats else []
    kept = [seat for seat in opening.seat_rows if seat not in gone]
    for seat in gone:
        # Who sat here once is remembered; the seat itself goes.
        moved, seat.placements = seat.placements, []
        kept[0].placements.extend(moved)
        opening.seat_rows.remove(seat)


def elsewhere(opening: Opening) -> int:
    """How many seats are taken by people placed elsewhere."""
    return sum(1 for one in _live(opening) if not one.person_id)


def placed(opening: Opening) -> list[Person]:
    """Who sits here through this site."""
    return [one.person for one in _live(opening) if one.person]
