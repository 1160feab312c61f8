"""What is written about saved searches: openings that are new, with a link that ends it.

A letter names nothing private: not the search's filters, only what it is called, and links that ask for a sign-in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.matching import cards as matching
from app.matching.cards import Card, View
from app.matching.filters import Reader
from app.notifications.outbox import post
from app.saved import finding, stopping
from app.saved.finding import Meant
from app.saved.models import SavedSearch

MOST = 5  # openings told of under one search
ENOUGH = 15  # openings in a letter after which one more is told of under each search: some mailboxes cut long letters
TOLD = ("id", "href", "name", "kind", "verdict_words", "rhythm", "zone", "fee", "unit", "reduced")


@dataclass(frozen=True)
class News:
    """What is new in one search: the first openings, and how many more there are."""

    search: SavedSearch
    cards: Sequence[Card]
    more: int


def room(told: int) -> int:
    """How many openings the next search may tell of, when so many are told of already."""
    return min(MOST, max(1, ENOUGH - told))


def cards(ids: Sequence[int], what: Meant, now: datetime) -> list[Card]:
    """These openings as a letter tells of them."""
    view = View(Reader(what.zone, now), what.track, None, lambda id: f"/openings/{id}")
    return [{name: card[name] for name in TOLD} | {"name": _called(card)} for card in matching.cards(ids, view)]


def _called(card: Card) -> str:
    """A group by its name and its supervisor's, any other opening by hers: "The Thursday Table with Sam Okafor"."""
    return f"{card['title']} with {card['name']}" if card["title"] else str(card["name"])


def alert(told: Sequence[News], total: int, *, key: str, now: datetime) -> None:
    """Tell a person what is new, so many openings in all, search by search, with links that end each and all."""
    person = told[0].search.person
    found = [
        {
            "name": finding.name_in_letters(news.search),
            "path": f"/saved/searches/{news.search.id}?sort=newest",
            "openings": list(news.cards),
            "more": news.more,
        }
        for news in told
    ]
    post(
        "saved/alert",
        to_email=person.email,
        to_name=person.name,
        key=key,
        now=now,
        facts={"searches": found, "total": total},
        secrets={
            "unsubscribe_path": stop_path(stopping.give(person.id, None, now=now)),
            "stops": [stop_path(stopping.give(person.id, news.search.id, now=now)) for news in told],
        },
    )


def stop_path(token: str) -> str:
    """The address of the page that ends alerts."""
    return f"/alerts/unsubscribe/{token}"
