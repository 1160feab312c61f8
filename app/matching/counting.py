"""How many openings there are of each value of a filter, with all other filters standing."""

from collections.abc import Mapping

from app.licensure.tracks import Track
from app.matching import packed
from app.matching.criteria import FORMATS, VERDICTS, Criteria
from app.matching.filters import Held
from app.matching.index import Index
from app.wishes.wishes import VOCABULARIES

Facets = Mapping[str, Mapping[str, int]]


def counted(index: Index, held: Held, track: Track | None) -> Facets:
    """By filter, all of its values in order with their numbers; verdicts only on a track.

    Filters of which nothing is chosen are all counted in one go, for what stands beside them is the same.
    """
    found: dict[str, Mapping[str, int]] = {}
    if track:
        among = held.all(but="verdict")
        found["verdict"] = {v: packed.count(among & index.verdict_bits(track.id, v)) for v in VERDICTS}
    among = held.all(but="format")
    found["format"] = {v: packed.count(among & index.bits("format", v)) for v in FORMATS}
    among = held.all(but="delivery")
    found["delivery"] = {way: packed.count(among & bits) for way, bits in held.ways.items()}
    return {**found, **_of_words(index, held)}


def by_state(index: Index, held: Held, criteria: Criteria) -> Mapping[str, int]:
    """How many of those that suit are found when a state is chosen too; states without any are left out.

    `held` are those of the criteria without a discipline: with a state it filters nothing.
    """
    found = held.all()
    online, in_person = (
        found & bits if criteria.delivery in ("", way) else found & ~found for way, bits in held.ways.items()
    )
    numbers = {}
    for state in index.values("licensed"):
        licensed, there = index.bits("licensed", state), index.bits("meets", state)
        reachable = licensed | there if criteria.zip else there
        numbers[state] = packed.count(online & licensed | in_person & reachable)
    return {state: n for state, n in numbers.items() if n}


def _of_words(index: Index, held: Held) -> Facets:
    first, last = index.lines[VOCABULARIES[0]], index.lines["says"]  # the vocabularies stand one after the other
    every = packed.counts(index.matrices[first:last], held.all()).tolist()
    found = {}
    for kind in VOCABULARIES:
        values, at = index.values(kind), index.lines[kind] - first
        if kind in held.chosen:
            numbers = packed.counts(index.matrix(kind), held.all(but=kind)).tolist()
        else:
            numbers = every[at : at + len(values)]
        found[kind] = dict(zip(values, numbers, strict=True))
    return found
