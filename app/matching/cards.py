"""The openings of a page of results as templates/components/entry.html draws them: a few statements for all."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import numpy as np
from sqlalchemy import Select, func, select

from app.changes import ChangeLog
from app.db import db
from app.formats import dollars, local, when, zone_words
from app.introcalls import slots
from app.introcalls.slots import EPOCH
from app.licensure import eligibility
from app.licensure.eligibility import Facts
from app.licensure.tracks import Track
from app.licensure.verdict import TITLES, Value
from app.matching import fit, keeper
from app.matching import known as knowing
from app.matching.calls import NEVER
from app.matching.filters import Reader
from app.matching.fit import Fit
from app.matching.index import Index
from app.matching.known import supervisors
from app.matching.recalled import recall
from app.openings import freshness, seats, verdicts, words
from app.openings.offers import offer_of
from app.places import areas, finding
from app.places.finding import Point
from app.places.models import Place
from app.supervisors import facts
from app.supervisors import words as supervisor_words
from app.wishes.wishes import EMPTY, Wishes

Card = dict[str, Any]
SEEN = select(func.coalesce(func.max(ChangeLog.__table__.c.seq), 0)).scalar_subquery()
HOUR = timedelta(hours=1)  # how long a card is taken to stay as it is by the clock alone
REASONS = 3  # that speak for an opening, on its card
COLUMNS = (
    "id", "supervisor_id", "format", "seats", "title", "line", "online", "in_person", "city", "latitude", "longitude",
    "zone", "rhythm", "nth", "minutes", "starts_on", "fee_cents", "reduced_fee_cents", "reduced_places", "confirmed_at",
)  # fmt: skip


@dataclass(frozen=True)
class View:
    """For whom cards are made: her zone and the moment, her track, the place distances are from, how an opening's
    number becomes an address, and what she wishes for. The fit is told of wishes on the same track, from `home`, the
    place of their ZIP code: the search scores by it, whatever place the cards tell of."""

    reader: Reader
    track: Track | None
    place: Place | None
    address: Callable[[int], str]
    wishes: Wishes = EMPTY
    home: Place | None = None

    @property
    def key(self) -> Hashable:
        """All that a card depends on beside the opening, its fit and the next free call."""
        track, place = self.track and self.track.id, self.place and self.place.zip
        return track, place, self.reader.zone, self.hour, self.address(0)

    @property
    def hour(self) -> int:
        """The hour it is, counted from 1970."""
        return (self.reader.now - EPOCH) // HOUR

    @property
    def here(self) -> Point | None:
        """Where she would travel from."""
        return finding.unit(self.home.latitude, self.home.longitude) if self.home else None


def cards(ids: Sequence[int], view: View) -> list[Card]:
    """The openings with these numbers, in this order; what entry.html needs of each."""
    if not ids:
        return []
    index = keeper.looked_at()
    made = _made(index, ids, view)
    calls = _calls(index, {card["supervisor"] for card in made.values()}, view.reader)
    fits = _fits(index, {id: card["name"].split()[0] for id, card in made.items()}, view)
    told = [made[id] | {"first_call": calls.get(made[id]["supervisor"])} for id in ids if id in made]
    return [_fitted(card, fits[card["id"]]) if card["id"] in fits else card for card in told]


def _made(index: Index, ids: Sequence[int], view: View) -> dict[int, Card]:
    """What does not depend on who looks but for her track, her clock and where she is: remembered, or made now."""
    with index.lock:
        rows = index.row_of.of(np.array(ids, np.int64))
        owners = {id: int(index.supervisor[row]) for id, row in zip(ids, rows.tolist(), strict=True) if row >= 0}
    key = view.key
    found = index.drawn.known(owners, key)
    if lacking := [id for id in ids if id not in found]:
        new, seen = _drawn(index, lacking, view)
        index.drawn.keep({id: card for id, card in new.items() if id in owners}, owners, key, view.hour, seen)
        found |= new
    return found


def _drawn(index: Index, ids: Sequence[int], view: View) -> tuple[dict[int, Card], int]:
    """Made from the tables and the times that the index has; and up to where in the log of changes both of them are."""
    asked = {"ids": ids, "track": view.track.id} if view.track else {"ids": ids}
    rows = db.session.execute(_query(view.track is not None), asked).all()
    seen = min([index.seq, *(row.seen for row in rows)])  # its times may be newer than that, not older
    known, weekly = _facts_of(rows, view.track), index.times_of(ids)
    if others := [row.id for row in rows if row.id not in weekly]:
        weekly |= knowing.weekly(others)
    made = {row.id: _card(row, weekly.get(row.id, ()), known[row.supervisor_id], view) for row in rows}
    return made, seen


def _calls(index: Index, supervisor_ids: Iterable[int], reader: Reader) -> dict[int, str]:
    """The next free call of each who has one, in words."""
    ids = np.fromiter(supervisor_ids, np.int64)
    starts = index.calls.of(ids, reader.now).tolist()
    both = zip(ids.tolist(), starts, strict=True)
    return {id: when(slots.instant(at), reader.zone) for id, at in both if at != NEVER}


def _fits(index: Index, names: Mapping[int, str], view: View) -> dict[int, Fit]:
    """How each fits, if the reader wishes for anything. What is in the index needs no statement."""
    if not view.wishes.has_any:
        return {}
    now = view.reader.now
    known = recall(index, names, view.track, view.wishes.terms())
    known |= knowing.load(names.keys() - known.keys(), view.track, now)
    here = view.here
    return {id: fit.score(view.wishes, one, now=now, here=here) for id, one in known.items()}


def _fitted(card: Card, found: Fit) -> Card:
    """With the fit in words: what speaks for it, and the one thing that matters most against it.

    The verdict stands on the card already, with the reason for it.
    """
    said = [reason for reason in found.reasons if reason.part != "verdict"][:REASONS]
    against = [reason for reason in found.misfits if reason.part != "verdict"][:1]
    told = [reason.pair for reason in (*said, *against)]  # the others need no words
    return card | {"fit": (found.score, found.words), "reasons": [*told, *card.get("reasons", ())]}


def _facts_of(rows: Collection[Any], track: Track | None) -> dict[int, Facts]:
    """Facts by supervisor; with the seats taken only where the track's rule asks for their number."""
    ids = {row.supervisor_id for row in rows}
    held = facts.held_by(ids)
    placed = seats.placements_of(ids) if track and track.max_supervisees else {}
    return {
        row.supervisor_id: Facts(
            row.name.split()[0],
            held.get(row.supervisor_id, ()),
            row.supervisees,
            placed.get(row.supervisor_id, 0),
        )
        for row in rows
    }


@cache
def _query(on_track: bool) -> Select[Any]:
    """The openings `:ids`; on a track with the values stored for `:track`."""
    hers = (supervisors.name, supervisors.figure, supervisors.photo, supervisors.supervisees)
    return knowing.query(COLUMNS, (*hers, SEEN.label("seen")), on_track)


def _card(row: Any, weekly: Sequence[tuple[int, int]], known: Facts, view: View) -> Card:
    reader, today = view.reader, verdicts.today(view.reader.now)
    standing = supervisor_words.standing(known, view.track.state if view.track else None, today)
    is_group = row.format == "group"
    meets = words.Meets(tuple(weekly), row.minutes, row.rhythm, row.nth, row.zone, row.starts_on)
    stale = freshness.days_unconfirmed(row.confirmed_at, reader.now)
    return {
        "id": row.id,
        "supervisor": row.supervisor_id,
        "href": view.address(row.id),
        "kind": words.kind(row.format, row.seats, row.online, row.in_person, row.city),
        "title": row.title if is_group and row.title else None,
        "name": row.name,
        "figure": row.figure or None,
        "photo": row.photo,
        "tone": row.supervisor_id % 4 + 1,
        "credential": standing.codes,
        "verified": standing.verified,
        **_verdict(row, known, view),
        "line": row.line,
        "rhythm": words.rhythm(meets, reader.zone, local(reader.now, row.zone).date()),
        "zone": zone_words(reader.zone) if weekly else "",
        "facts": _facts(row, known, standing.verified, stale, view),
        "fee": f"${dollars(row.fee_cents)}",
        "unit": words.unit(row.format),
        "reduced": words.reduced(row.reduced_fee_cents, row.reduced_places),
        "seats": row.seats if row.seats > 1 else None,
        "open": row.seats - row.taken,
        "action": "See the group" if is_group else "See times",
        "stale": stale > 0,
    }


def _verdict(row: Any, known: Facts, view: View) -> Card:
    """The stored value, which the search went by; under it the first reason against, if there is one."""
    track = view.track
    if track is None:
        return {"verdict": "", "verdict_words": ""}
    value = Value(row.value or eligibility.default_value(track))
    card: Card = {"verdict": value.value, "verdict_words": TITLES[value].format(track.label)}
    if value is not Value.COUNTS:
        found = eligibility.judge(track, offer_of(row), known, verdicts.today(view.reader.now))
        if found.value is value:
            card["reasons"] = [(found.findings[0].kind, found.findings[0].words)]
    return card


def _facts(row: Any, known: Facts, verified: bool, stale: int, view: View) -> list[tuple[str, str]]:
    """Pairs (icon, words) under the rhythm."""
    found = []
    if row.in_person and view.place:
        found.append(("map-pin", _place(row, view.place)))
    if row.online:
        states = supervisor_words.states(known, verdicts.today(view.reader.now))
        found.append(("video", words.online_in([areas.name(code) for code in states if areas.is_state(code)])))
    if row.starts_on and row.starts_on > view.reader.now.date():
        found.append(("calendar-days", f"Starts {row.starts_on:%B} {row.starts_on.day}"))
    if not verified:
        found.append(("hourglass", "License self-reported, not verified yet"))
    if stale:
        found.append(("bell", freshness.stale_words(stale)))
    return found


def _place(row: Any, place: Place) -> str:
    city = row.city or "In person"
    if row.latitude is None or row.longitude is None:
        return city
    miles = finding.miles(place.latitude, place.longitude, row.latitude, row.longitude)
    near = "less than a mile" if miles < 0.5 else f"{round(miles)} {'mile' if round(miles) == 1 else 'miles'}"
    return f"{city}, {near} from {place.zip}"
