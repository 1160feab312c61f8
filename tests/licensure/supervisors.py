"""Short ways to say a supervisor and an opening."""

from datetime import date
from typing import Any

from app.licensure.facts import Facts, Held, Offer

ON = date(2026, 11, 24)

ALONE = Offer(seats=1, online=False, in_person=True)
VIDEO = Offer(seats=1, online=True, in_person=False)
EITHER = Offer(seats=1, online=True, in_person=True)


def group(seats: int, online: bool = False) -> Offer:
    return Offer(seats, online=online, in_person=not online)


def held(code: str, state: str | None, **facts: Any) -> Held:
    """A credential since 2014, verified, current, the training and the approval not said, unless told otherwise."""
    usual = {
        "issued": date(2014, 3, 1),
        "expires": date(2028, 7, 31),
        "verified": True,
        "verified_on": date(2026, 11, 3),
    }
    return Held(code, state, **{**usual, **facts})


def farida(*credentials: Held, **facts: Any) -> Facts:
    return Facts("Farida", credentials, **facts)


def holder(code: str, state: str | None, **facts: Any) -> Facts:
    return farida(held(code, state, **facts))
