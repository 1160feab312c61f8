"""Who has which word, remembered: common words are asked for again and again, and to list who has one takes the
database longer than all the rest of a search.

What is remembered follows the log of changes: a question reads what is new in it, looks at those documents alone, and
moves the bits of words that came or went. What many changed at once, or a log that does not go on where we stopped,
begins anew.
"""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from app.changes import ChangeLog
from app.db import db
from app.matching import documents
from app.openings.models import Opening

MOST = 256  # words that are remembered
AT_ONCE = 200  # changes that are followed one by one
SPARSE = 64  # of so many supervisors fewer than one has it: their numbers are kept rather than bits
Ids = NDArray[np.int32]
Bits = NDArray[np.uint8]
Word = tuple[str, bool]  # and whether it may be the beginning of a longer one
_log, _openings = ChangeLog.__table__.c, Opening.__table__.c
SINCE = select(_log.seq, _log.at, _log.kind, _log.id).order_by(_log.seq).limit(AT_ONCE + 1)


NOBODY: Ids = np.zeros(0, np.int32)


@dataclass(frozen=True)
class Posting:
    """Who has a word: their numbers in order, or a bit for each number."""

    ids: Ids
    bits: Bits | None = None

    @classmethod
    def of(cls, ids: Ids) -> "Posting":
        """The smaller of the two ways."""
        if not len(ids) or len(ids) * SPARSE < ids[-1]:
            return cls(ids)
        flags = np.zeros(int(ids[-1]) + 1, np.bool_)
        flags[ids] = True
        return cls(NOBODY, np.packbits(flags, bitorder="little"))

    def has(self, ids: Ids) -> NDArray[np.bool_]:
        """Which of these have it."""
        if self.bits is None:
            return np.isin(ids, self.ids, assume_unique=True)
        within = ids < len(self.bits) * 8
        at = np.where(within, ids, 0)
        return np.asarray(within & ((self.bits[at >> 3] >> (at & 7)) & 1).astype(np.bool_))

    def with_(self, id: int, has: bool) -> "Posting":
        """The same, where one has it or has it no more."""
        if self.bits is None:
            others = self.ids[self.ids != id]
            return Posting(np.sort(np.append(others, np.int32(id))) if has else others)
        bits = np.zeros(max(len(self.bits), id // 8 + 1), np.uint8)
        bits[: len(self.bits)] = self.bits
        bits[id // 8] = bits[id // 8] & ~np.uint8(1 << id % 8) | np.uint8(has << id % 8)
        return Posting(NOBODY, bits)


class Postings:
    """The words asked for last, common ones longest. `look_up(word)` asks the database who has one."""

    def __init__(self, look_up: Callable[[Word], Ids]) -> None:
        self._look_up = look_up
        self._lock = Lock()
        self._kept: OrderedDict[Word, Posting] = OrderedDict()
        self._seq = 0
        self._at: datetime | None = None

    @property
    def nbytes(self) -> int:
        with self._lock:
            return sum(one.ids.nbytes + (0 if one.bits is None else one.bits.nbytes) for one in self._kept.values())

    def all_of(self, asked: Iterable[Word]) -> tuple[Ids, int]:
        """Who has all of these words, in order; and up to where in the log of changes this holds at least."""
        seen = self._follow()
        return _common([self._posting(word, seen) for word in asked]), seen

    def _posting(self, word: Word, seen: int) -> Posting:
        with self._lock:
            if known := self._kept.get(word):
                self._kept.move_to_end(word)
                return known
        found = Posting.of(self._look_up(word))
        with self._lock:
            if seen == self._seq:  # else it was read before what others have taken in
                self._kept[word] = found
                if len(self._kept) > MOST:
                    del self._kept[self._least_missed()]
        return found

    def _least_missed(self) -> Word:
        """The rare word that was asked for longest ago: to look it up again is quick. Without any, of all words."""
        return next((word for word, one in self._kept.items() if one.bits is None), next(iter(self._kept)))

    def _follow(self) -> int:
        """Take in what this transaction sees of the log; how far it goes."""
        while True:
            with self._lock:
                seq, at = self._seq, self._at
            rows = db.session.execute(SINCE.where(_log.seq >= seq)).all()
            goes_on = (rows[0].seq, rows[0].at) == (seq, at) if rows else seq == 0
            new = [row for row in rows if row.seq > seq]
            if goes_on and not new:
                return seq
            if not goes_on or len(new) >= AT_ONCE or any(row.kind == "all" for row in new):
                return self._begin_anew()
            told = _documents(new)
            with self._lock:
                if self._seq == seq:
                    self._take_in(told)
                    self._seq, self._at = new[-1].seq, new[-1].at
                    return self._seq

    def _begin_anew(self) -> int:
        last = db.session.execute(SINCE.order_by(None).order_by(_log.seq.desc()).limit(1)).first()
        with self._lock:
            self._kept.clear()
            self._seq, self._at = (last.seq, last.at) if last else (0, None)
            return self._seq

    def _take_in(self, told: dict[int, list[str]]) -> None:
        for word, posting in self._kept.items():
            for id, said in told.items():
                has = _occurs(word, said)
                if posting.has(np.array([id], np.int32))[0] != has:
                    posting = self._kept[word] = posting.with_(id, has)


def _common(postings: Sequence[Posting]) -> Ids:
    """Who is in all of them, beginning with the fewest."""
    few = sorted((one.ids for one in postings if one.bits is None), key=len)
    many = [one for one in postings if one.bits is not None]
    if few:
        found = reduce(lambda one, other: np.intersect1d(one, other, assume_unique=True), few)
    else:
        bits = [one.bits for one in many if one.bits is not None]
        shortest = min(len(each) for each in bits)
        both = reduce(np.bitwise_and, (each[:shortest] for each in bits))
        found, many = np.flatnonzero(np.unpackbits(both, bitorder="little")).astype(np.int32), []
    for one in many:
        found = found[one.has(found)]
    return found


def _occurs(word: Word, said: Sequence[str]) -> bool:
    """Whether the word is among these, which are in order."""
    text, is_beginning = word
    at = bisect_left(said, text)
    return at < len(said) and (said[at].startswith(text) if is_beginning else said[at] == text)


def _documents(new: Sequence[Any]) -> dict[int, list[str]]:
    """The words of all whom changes are about, in order; none of those who have no document."""
    ids = {row.id for row in new if row.kind == "supervisor"}
    if changed := {row.id for row in new if row.kind == "opening"}:
        ids.update(db.session.scalars(select(_openings.supervisor_id).where(_openings.id.in_(changed))))
    told = documents.read(ids)
    return {id: sorted(told.get(id, ())) for id in ids}
