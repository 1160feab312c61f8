"""An opening as the rules see it."""

from typing import Any

from app.licensure.facts import Offer


def offer_of(opening: Any) -> Offer:
    """What licensure.eligibility is given of an Opening, or of a row with its columns."""
    return Offer(seats=opening.seats, online=opening.online, in_person=opening.in_person)
