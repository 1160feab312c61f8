"""Wishes in words, as pages and letters tell them. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from app.formats import listed, plural, zone_words
from app.licensure import tracks
from app.taxonomies import vocabularies
from app.wishes import week
from app.wishes.wishes import EMPTY, PRIVATE, VOCABULARIES, Wishes

FORMATS = {"individual": "individual supervision", "group": "a group"}
# Labels that keep their capital within a sentence: names, and whatever begins with an abbreviation (see _within).
NAMES = frozenset({"adlerian", "jungian", "gottman", "bipoc"})
MOST = 3  # terms of one vocabulary in a phrase; the others are counted


def without_private(wishes: Wishes) -> Wishes:
    """What may be told to others: all but what she said for herself alone, and what hangs on it."""
    bare = {kind: getattr(EMPTY, kind) for kind in PRIVATE}
    return replace(wishes, **bare, musts=wishes.musts - set(PRIVATE))


def summary(wishes: Wishes, private: bool = False) -> list[str]:
    """Short phrases in the order they are asked: ["hours that count for Texas LPC", "at most $90", …].

    A must says so: "at most $90 (a must)". What is private is told only when asked for, on her own pages.
    """
    told = wishes if private else without_private(wishes)
    return [_firm(told, name, words) for name, words in _phrases(told) if words]


def phrases(wishes: Wishes) -> dict[str, str]:
    """The same by name of a wish, everything that was said, without saying what is a must. For her own pages."""
    return {name: words for name, words in _phrases(wishes) if words}


def _firm(wishes: Wishes, name: str, words: str) -> str:
    if name in wishes.musts:
        return f"{words} (a must)"
    return f"{words} if possible" if name == "language" else words


def _phrases(wishes: Wishes) -> Iterator[tuple[str, str]]:
    yield "verdict", _goal(wishes)
    yield "format", "alone or in a group" if len(wishes.format) == 2 else "".join(FORMATS[one] for one in wishes.format)
    yield "place", _place(wishes)
    yield "times", f"{week.words(wishes.free)} in {zone_words(wishes.zone)}" if wishes.free else ""
    yield "fee", f"at most ${wishes.max_fee:,}" if wishes.max_fee is not None else ""
    for kind in VOCABULARIES:
        yield kind, _terms(kind, getattr(wishes, kind))


def _goal(wishes: Wishes) -> str:
    if wishes.is_consultation:
        return "consultation"
    track = tracks.load().find(wishes.state, wishes.discipline)
    return f"hours that count for {track.label}" if track else ""


def _place(wishes: Wishes) -> str:
    near = f"within {plural(wishes.within, 'mile')} of {wishes.zip}" if wishes.zip else ""
    match wishes.delivery:
        case "online":
            return "online"
        case "in_person":
            return f"in person {near}".strip()
        case _:
            return f"online or {near}" if near else ""


def _terms(kind: str, terms: tuple[str, ...]) -> str:
    said = [_within(kind, term) for term in terms[:MOST]]
    if len(terms) > MOST:
        said.append(f"{len(terms) - MOST} more")
    return listed(said)


def _within(kind: str, term: str) -> str:
    """A label within a sentence: "trauma and PTSD", but "EMDR" and "Spanish"; of styles what stands before the dash."""
    label = vocabularies.label(kind, term).partition(" — ")[0]
    keeps = kind in ("language", "affinity") or term in NAMES or label[1:2].isupper()
    return label if keeps else label[:1].lower() + label[1:]
