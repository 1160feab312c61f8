"""Openings side by side: the same questions of each, and whether they are answered alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app.db import db
from app.formats import dollars
from app.matching import asked as asking
from app.matching import cards, grades
from app.matching import known as knowing
from app.matching.cards import Card, View
from app.matching.chips import VERDICTS
from app.matching.known import Known, openings, supervisors
from app.openings import freshness
from app.openings.access import LARGEST
from app.taxonomies import vocabularies

MOST = 4
WORKS_WITH = ("specialty", "population", "modality")
A_YEAR = {"weekly": 52, "fortnightly": 26, "monthly": 12}  # meetings
UNSAID = "not said"


@dataclass(frozen=True)
class Row:
    """One question. `cells` are the answers, an opening each; of the verdict they are pairs (value, words)."""

    name: str
    label: str
    cells: Sequence[str | tuple[str, str]]

    @property
    def differs(self) -> bool:
        """Whether the answers are not all the same."""
        return len(set(self.cells)) > 1


@dataclass(frozen=True)
class Comparison:
    """`cards` are the columns in the order that was asked for; `missing` how many of the numbers are no opening that
    anyone may see now; `left` how many were asked for beyond MOST."""

    cards: Sequence[Card]
    rows: Sequence[Row]
    missing: int = 0
    left: int = 0


def numbers(texts: Iterable[str]) -> list[int]:
    """The numbers of openings in an address, each once, in order. What is no number is 0, which no opening has."""
    found = (int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0 for text in texts)
    return list(dict.fromkeys(number if number <= LARGEST else 0 for number in found))


def compare(ids: Sequence[int], view: View) -> Comparison:
    """The first MOST of these openings that are published side by side."""
    shown = _published(ids)
    there = [id for id in ids if id in shown]
    made = cards.cards(there[:MOST], view)
    known = knowing.load([card["id"] for card in made], view.track, view.reader.now)
    rows = list(_rows(made, [known[card["id"]] for card in made], view)) if made else []
    return Comparison(made, rows, len(ids) - len(there), len(there[MOST:]))


def _published(ids: Sequence[int]) -> set[int]:
    stands = openings.status == "published", supervisors.published_at.is_not(None)
    query = select(openings.id).where(supervisors.id == openings.supervisor_id, *stands, openings.id.in_(ids))
    return set(db.session.scalars(query))


def _rows(made: Sequence[Card], known: Sequence[Known], view: View) -> Iterator[Row]:
    if view.track:
        values = [(card["verdict"], VERDICTS[card["verdict"]]) for card in made]
        yield Row("verdict", f"For {view.track.label}", values)
    yield Row("fee", "Fee", [_fee(card) for card in made])
    yield Row("month", "A month", [month(one) for one in known])
    yield Row("when", "Your week" if view.wishes.free else "When", _weeks(made, known, view))
    yield Row("seats", "Format and seats", [_seats(card) for card in made])
    yield Row("where", "Where", [_where(card) for card in made])
    yield Row("style", "Way of working", [_terms(one, "style") for one in known])
    yield Row("works", "Works with", [_terms(one, *WORKS_WITH) for one in known])
    yield Row("language", "Languages", [_terms(one, "language") for one in known])
    yield Row("answers", "Answers", [_answers(one) for one in known])
    yield Row("license", "License", [_license(card) for card in made])
    yield Row("call", "First free call", [card["first_call"] or "none open now" for card in made])


def _fee(card: Card) -> str:
    return f"{card['fee']} {card['unit']}" + (f", {card['reduced']}" if card["reduced"] else "")


def month(one: Known) -> str:
    """Fee and hours of an average month, where one knows how often it meets."""
    if one.format == "group" and len(one.times) > 1:
        return "as you agree"
    a_month = A_YEAR[one.rhythm] / 12
    cents, hours = round(one.fee_cents * a_month / 100) * 100, round(one.minutes * a_month / 60, 1)
    return f"about ${dollars(cents)} for {hours:g} {'hour' if hours == 1 else 'hours'}"


def _weeks(made: Sequence[Card], known: Sequence[Known], view: View) -> list[str]:
    """When each meets, by the reader's clock, and whether she is free then if she has said when she is."""
    asked = asking.of(view.wishes, view.here)
    told = []
    for card, one in zip(made, known, strict=True):
        words = f"{card['rhythm']} {card['zone']}".strip()
        free = len(grades.usable_times(asked, one, view.reader.now)) if view.wishes.free and one.times else None
        told.append(words if free is None else f"{words}: {_free(free, len(one.times))}")
    return told


def _free(usable: int, named: int) -> str:
    if named == 1 or usable in (0, named):
        return "free for you" if usable else "not among your free times"
    return f"{usable} of {named} free for you"


def _seats(card: Card) -> str:
    form = str(card["kind"].partition(" · ")[0])
    return f"{form}, {card['open']} of {card['seats']} seats open" if card["seats"] else form


def _where(card: Card) -> str:
    """As the facts of the card say it, which know how far it is and where one may be online."""
    facts = [words for icon, words in card["facts"] if icon in ("map-pin", "video")]
    place = str(card["kind"].partition(" · ")[2])
    return "; ".join(facts) if place == "online" or len(facts) == 2 else f"{place[:1].upper()}{place[1:]}"


def _terms(one: Known, *kinds: str) -> str:
    """Her words of these vocabularies, in her order; of styles what stands before the dash."""
    said = [vocabularies.label(k, t) for k in kinds for t in one.terms.get(k, ()) if vocabularies.exists(k, t)]
    return ", ".join(words.partition(" — ")[0] for words in said) or UNSAID


def _answers(one: Known) -> str:
    return freshness.answer_words(timedelta(hours=one.answer_hours)) if one.answer_hours else "not known yet"


def _license(card: Card) -> str:
    return f"{card['credential']}, {'verified' if card['verified'] else 'not verified yet'}"
