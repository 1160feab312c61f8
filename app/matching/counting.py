"""How many openings there are of each value of a filter, with all other filters standing."""

from collections.abc import Mapping

import numpy as np

from app.licensure.tracks import Track
from app.matching import packed
from app.matching.criteria import FORMATS, VERDICTS, Criteria
from app.matching.filters import FACETS, Held
from app.matching.index import Index
from app.matching.packed import Bits, Words
from app.wishes.wishes import VOCABULARIES

Facets = Mapping[str, Mapping[str, int]]


def counted(index: Index, held: Held, track: Track | None) -> Facets:
    """By filter, all of its values in order with their numbers; verdicts only on a track.

    Filters of which nothing is chosen are all counted in one go, for what stands beside them is the same.
    """
    every = held.all()
    among = {kind: held.all(but=kind) if kind in held.chosen else every for kind in FACETS}
    words = packed.filled(held.any(is_counted=True))
    some = {kind: bits[words] for kind, bits in among.items()}
    found: dict[str, Mapping[str, int]] = {}
    if track:
        found["verdict"] = _of_verdicts(index, words, some["verdict"], track)
    found["format"] = {value: packed.count(some["format"] & index.bits("format", value)[words]) for value in FORMATS}
    found["delivery"] = {way: packed.count(some["delivery"] & bits[words]) for way, bits in held.ways.items()}
    first, last = index.lines[VOCABULARIES[0]], index.lines["says"]  # the vocabularies stand one after the other
    numbers = packed.counts(index.matrices[first:last], every).tolist()
    for kind in VOCABULARIES:
        values, at = index.values(kind), index.lines[kind] - first
        own = numbers[at : at + len(values)]
        if kind in held.chosen:
            own = packed.counts(index.matrix(kind), among[kind]).tolist()
        found[kind] = dict(zip(values, own, strict=True))
    return found


def by_state(index: Index, held: Held, criteria: Criteria) -> Mapping[str, int]:
    """How many of those that suit are found when a state is chosen too; states without any are left out.

    `held` are those of the criteria without a discipline: with a state it filters nothing.
    """
    found, nothing = held.all(), np.zeros(index.words, np.uint64)
    online, in_person = (found & bits if criteria.delivery in ("", way) else nothing for way, bits in held.ways.items())
    licensed, there = index.matrix("licensed"), index.matrix("meets")
    by_license = online | in_person if criteria.zip else online
    numbers = packed.counts(licensed, by_license) + packed.counts(there, in_person)
    if (both := by_license & in_person).any():
        numbers -= packed.counts(licensed & there, both)
    return {state: n for state, n in zip(index.values("licensed"), numbers.tolist(), strict=True) if n}


def _of_verdicts(index: Index, words: Words, among: Bits, track: Track) -> Mapping[str, int]:
    """The two planes of ranks counted, alone and together."""
    at = 2 * index.tracks[track.id]
    low, high = among & index.planes[at][words], among & index.planes[at + 1][words]
    counts, odd, upper = packed.count(low & high), packed.count(low), packed.count(high)
    no = packed.count(among) - odd - upper + counts
    return dict(zip(VERDICTS, (counts, upper - counts, odd - counts, no), strict=True))
