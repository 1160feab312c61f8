"""Which one change would make an opening count for more on a track. Pure: every advice is held against the rule."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.licensure import eligibility
from app.licensure.facts import Facts, Offer
from app.licensure.tracks import Track
from app.licensure.verdict import Value

RAISED = {
    Value.COUNTS: "makes it count for {}",
    Value.PARTLY: "makes it count in part for {}",
    Value.CHECK: "leaves it to the board of {}, which would not take it as it is",
}


@dataclass(frozen=True)
class Advice:
    """One change: in words, as the offer it would make, and the value of that."""

    words: str
    offer: Offer
    value: Value


def improvements(track: Track, offer: Offer, facts: Facts, on: date) -> list[Advice]:
    """Single changes that raise the verdict, the best first: fewer seats (the most that will do), or in person too."""
    now = eligibility.value(track, offer, facts, on)
    best = eligibility.value_of_supervisor(track, facts, on)
    if now >= best:
        return []
    found = [
        Advice(f"{change} {RAISED[value].format(track.label)}.", other, value)
        for change, other, value in (*_fewer(track, offer, facts, on, now), *_in_person(track, offer, facts, on))
        if value > now
    ]
    return sorted(found, key=lambda advice: list(Value).index(advice.value), reverse=True)


Change = tuple[str, Offer, Value]


def _fewer(track: Track, offer: Offer, facts: Facts, on: date, reached: Value) -> Iterator[Change]:
    """The largest number of seats for each higher value."""
    for seats in range(offer.seats - 1, 0, -1):
        other = replace(offer, seats=seats)
        value = eligibility.value(track, other, facts, on)
        if value > reached:
            reached = value
            yield _seats_words(seats, offer.seats), other, value


def _in_person(track: Track, offer: Offer, facts: Facts, on: date) -> Iterator[Change]:
    if not offer.in_person:
        other = replace(offer, in_person=True)
        yield "Offering it in person too", other, eligibility.value(track, other, facts, on)


def _seats_words(seats: int, before: int) -> str:
    if seats > 2:
        return f"{seats} seats instead of {before}"
    return f"{'Two people' if seats == 2 else 'One person'} at a time instead of {before}"
