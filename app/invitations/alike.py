"""What a card may show, and which cards may be shown together so that none of them stands alone. Pure.

Cards are shown in companies of at least three, and all cards of a company say the same: what they have in common and
nothing else. So whatever a supervisor reads of a card, but for the line in its owner's own words, is true of two others
at least that she sees beside it. Times are whole parts of days, fees are in steps, a place is no more than a state.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, reduce
from typing import Any, TypeVar

from app.formats import ZONE_NAMES, zone_named
from app.licensure import tracks
from app.licensure.tracks import Track
from app.wishes import week
from app.wishes.wishes import PRIVATE, VOCABULARIES, Wishes

LEAST = 3  # cards in a company
STEP = 25  # dollars
YEAR = 2026  # whose winter and summer show which zones keep the same time
# What a supervisee can choose to show, beside the track. Nothing private, and no place smaller than a state.
FIELDS = (
    "format", "times", "delivery", "fee", *(kind for kind in VOCABULARIES if kind not in PRIVATE)
)  # fmt: skip
USUAL = ("format", "times")
OF_WISH = {"delivery": "place"}  # where a wish has another name than its field

Id = TypeVar("Id", bound=Hashable)


def card(wishes: Wishes, fields: Collection[str]) -> Wishes:
    """The most that a card shows of these wishes: the track, and the chosen fields made coarse."""
    shows = {name for name in FIELDS if name in fields}
    coarse = Wishes(
        state=wishes.state,
        discipline=wishes.discipline,
        format=wishes.format if "format" in shows else (),
        delivery=wishes.delivery if "delivery" in shows else "",
        max_fee=_in_steps(wishes.max_fee) if "fee" in shows else None,
        **{kind: getattr(wishes, kind) for kind in VOCABULARIES if kind in shows},
    )
    if "times" in shows:
        coarse = _with_times(coarse, week.week(wishes.free).parts, _clock(wishes.zone))
    shown = {"verdict", *(OF_WISH.get(name, name) for name in shows)}
    return _musts_of(coarse, wishes.musts & shown)


def is_enough(wishes: Wishes) -> bool:
    """Whether these wishes can stand on a card: whose hours, or that it is consultation."""
    return bool(wishes.track_id) or wishes.is_consultation


def track_of(wishes: Wishes) -> Track | None:
    """The board whose hours are looked for; None for consultation."""
    return tracks.load().find(wishes.state, wishes.discipline)


def goal(says: Wishes) -> str:
    """What is looked for where: "TX/counseling", "TX/consultation", "/consultation"."""
    return f"{says.state}/{says.discipline}"


def key(says: Wishes) -> tuple[str, str, tuple[str, ...]]:
    """What all cards of a company have in common before anything else."""
    return says.state, says.discipline, says.format


def common(cards: Sequence[Wishes]) -> Wishes:
    """What is true of every one of these cards, which have one key."""
    return reduce(_both, cards)


def gather(waiting: Mapping[Id, Wishes]) -> list[tuple[list[Id], Wishes]]:
    """Companies of those that wait, with what each says; who finds none is left out.

    Who waits longest (comes first) is given the two that have most in common with her; the last take one more or two.
    """
    by_key = defaultdict(list)
    for id, says in waiting.items():
        by_key[key(says)].append(id)
    companies = [company for ids in by_key.values() for company in _companies(ids, waiting)]
    return [(ids, common([waiting[id] for id in ids])) for ids in companies]


def _companies(ids: list[Id], waiting: Mapping[Id, Wishes]) -> list[list[Id]]:
    left, companies = list(ids), []
    while len(left) >= LEAST:
        company = [left.pop(0)]
        while len(company) < LEAST or 0 < len(left) < LEAST:
            says = common([waiting[id] for id in company])
            best = max(left, key=lambda id: _shared(_both(says, waiting[id])))
            left.remove(best)
            company.append(best)
        companies.append(company)
    return companies


def _both(one: Wishes, other: Wishes) -> Wishes:
    """What two of one key have in common."""
    terms: dict[str, Any] = {kind: _in_both(getattr(one, kind), getattr(other, kind)) for kind in VOCABULARIES}
    fees = [fee for fee in (one.max_fee, other.max_fee) if fee is not None]
    both = replace(
        one,
        delivery=one.delivery if one.delivery == other.delivery else "",
        max_fee=min(fees) if len(fees) == 2 else None,
        free=(),
        zone="",
        **terms,
    )
    if one.zone == other.zone:
        both = _with_times(both, week.week(one.free).parts & week.week(other.free).parts, one.zone)
    # A must is only as good as the whole of what it is about: of half of it more openings would be turned away.
    same = {name for name in one.musts & other.musts if _value(one, name) == _value(other, name) == _value(both, name)}
    return _musts_of(both, same)


def _in_steps(fee: int | None) -> int | None:
    """Rounded down, so that she can pay what is told; None where that would leave nothing of it."""
    return None if fee is None or 0 < fee < STEP else fee // STEP * STEP


@cache
def _clock(zone: str) -> str:
    """Whichever well-known zone keeps the same time: that of a few counties would tell where she is."""
    return next((known for known in ZONE_NAMES if zone and _offsets(known) == _offsets(zone)), zone)


def _offsets(zone: str) -> list[timedelta | None]:
    return [datetime(YEAR, month, 1, tzinfo=zone_named(zone)).utcoffset() for month in (1, 7)]


def _in_both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(one) & set(other)))


def _with_times(wishes: Wishes, parts: Collection[week.Part], zone: str) -> Wishes:
    return replace(wishes, free=week.spans(parts, ()), zone=zone if parts else "")


def _musts_of(wishes: Wishes, musts: Collection[str]) -> Wishes:
    return replace(wishes, musts=frozenset(name for name in musts if wishes.says(name)))


def _value(wishes: Wishes, name: str) -> object:
    names = {"verdict": "discipline", "place": "delivery", "times": "free", "fee": "max_fee"}
    value = getattr(wishes, names.get(name, name))
    return frozenset(value) if isinstance(value, tuple) else value


def _shared(says: Wishes) -> tuple[int, int, int]:
    """How much a company has to say: times above all, then whatever else, then how much of the week."""
    terms = sum(len(getattr(says, kind)) for kind in VOCABULARIES)
    return bool(says.free), bool(says.delivery) + (says.max_fee is not None) + terms, sum(b - a for a, b in says.free)
