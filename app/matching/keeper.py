"""The index of this process, kept as the committed tables are.

A request compares the end of the log of changes with how far its index has come: one row read where nothing is new.
What is new is read from the tables and taken in at once, so that a committed change is seen by the next request of
every process. So much that taking it in would be felt makes a new index: of a small database at once, of a large one
in a thread, while the one at hand goes on serving. A log that does not go on where we stopped makes a new one too, and
everybody waits for it: the one at hand may be of days ago, or of another database.

There is one keeper for each application (its engine). Whatever reads for the index has a session of its own, which
sees what is committed when it begins and nothing else.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import structlog
from sqlalchemy import Engine, bindparam, func, select
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.changes import ChangeLog
from app.db import db
from app.matching import filling, loading
from app.matching.index import Index
from app.openings import verdicts
from app.openings.models import Opening

AT_ONCE = 500  # openings or supervisors read together
MOST = 20_000  # changes that are taken in; more make a new index
SMALL = 20_000  # openings of which an index is made while a request waits
UNTIDY = 5000  # rows out of their order, or a tenth of all, after which it is put in order again
SOME = 200  # supervisors whose free call times are worked out in one go, aside
A_MOMENT, A_WHILE = 0.05, 20.0  # seconds between those, and until the next look when there is nothing to do
Row = Any
Enter = Callable[[], AbstractContextManager[object]]

log = structlog.get_logger()
_LOOKED = "index looked at"
_log = ChangeLog.__table__.c
ROWS = select(_log.seq, _log.at, _log.kind, _log.id)
SINCE = ROWS.where(_log.seq >= bindparam("since")).order_by(_log.seq).limit(bindparam("most"))
LAST = ROWS.order_by(_log.seq.desc()).limit(1)


class Keeper:
    """Keeps one index. `enter` gives a context with a session of its own."""

    def __init__(self, enter: Enter) -> None:
        self._enter = enter
        self._catching, self._starting = Lock(), Lock()
        self._building: Thread | None = None
        self._index: Index | None = None

    @property
    def index(self) -> Index | None:
        """As it is, None before the first was made."""
        return self._index

    def current(self, now: datetime) -> Index:
        """Up to date with what is committed. Waits for the first."""
        index = self._index
        return index if index is not None and self._is_current(index, now) else self._catch_up(now)

    def is_ready(self, now: datetime) -> bool:
        """Whether there is an index; if not, one is begun, and made at once of a small database."""
        if self._index is None:
            if _is_large(None):
                self._begin_building()
            else:
                self._catch_up(now)
        return self._index is not None

    def freshen_some(self, now: datetime) -> int:
        """Work out some free call times that nobody remembers; how many are left."""
        if (index := self._index) is None:
            return 0
        with index.lock:
            lacking = index.calls.lacking(index.supervisor[index.opening != 0], now)
        index.calls.of(lacking[:SOME], now)
        return max(0, len(lacking) - SOME)

    def forget(self) -> None:
        """Begin anew: the database is another one."""
        with self._catching:
            self._index = None

    def _is_current(self, index: Index, now: datetime) -> bool:
        """Whether the log ends with the row that was taken in last, if there was one, and the day is the same."""
        rows = db.session.execute(SINCE, {"since": index.seq, "most": 2}).all()
        is_nothing_new = len(rows) == (1 if index.seq else 0)
        return index.day == _day(now) and is_nothing_new and self._goes_on(index, rows)

    def _goes_on(self, index: Index, rows: Sequence[Row]) -> bool:
        """Whether the rows from `index.seq` on begin with the one that was taken in last."""
        if index.seq == 0:
            return not rows or rows[0].seq == 1
        return bool(rows) and (rows[0].seq, rows[0].at) == (index.seq, index.at)

    def _catch_up(self, now: datetime) -> Index:
        with self._catching, self._own_session():
            index = self._index
            if index is None:
                return self._build(now)
            rows = db.session.execute(SINCE, {"since": index.seq, "most": MOST + 2}).all()
            if not self._goes_on(index, rows):
                return self._build(now)
            new = [row for row in rows if row.seq > index.seq]
            if len(new) > MOST or any(row.kind == "all" for row in new):
                if not _is_large(index):
                    return self._build(now)
                self._begin_building()
            self._take_in(index, new, now)
            return index

    def _take_in(self, index: Index, new: Sequence[Row], now: datetime) -> None:
        ids = {kind: sorted({row.id for row in new if row.kind == kind}) for kind in ("opening", "supervisor", "calls")}
        for kind in ("opening", "supervisor"):
            for at in range(0, len(ids[kind]), AT_ONCE):
                some = ids[kind][at : at + AT_ONCE]
                openings, supervisors = (some, []) if kind == "opening" else ([], some)
                _read_again(index, openings, supervisors, new[-1].seq, now)
        if ids["calls"]:
            index.calls.void(ids["calls"], new[-1].seq)
        answers = loading.answers(index.supervisor, now) if index.day != _day(now) else None
        with index.lock:
            if answers is not None:
                filling.turn_to(index, _day(now), answers)
            if new:
                index.seq, index.at = new[-1].seq, new[-1].at
                index.version += bool(ids["opening"] or ids["supervisor"])  # words read meanwhile may be older
        if index.patched > max(UNTIDY, index.count // 10):
            self._begin_building()

    def _build(self, now: datetime) -> Index:
        """Make an index in this session and put it in the place of the one before. Called with `_catching` held."""
        self._index = _built(now)
        return self._index

    def _begin_building(self) -> None:
        with self._starting:
            if self._building is None or not self._building.is_alive():
                self._building = Thread(target=self._build_aside, name="index", daemon=True)
                self._building.start()

    def _build_aside(self) -> None:
        """In a thread: until it is done, for what is wanted may be said only once."""
        made = None
        while made is None:
            try:
                with self._own_session():
                    made = _built(clock.now())
            except SQLAlchemyError as fault:  # the database is away or busy; the index at hand goes on serving
                log.error("index not built", reason=type(fault).__name__)
                Event().wait(A_WHILE)
        with self._catching:
            self._index, self._building = made, None

    @contextmanager
    def _own_session(self) -> Iterator[None]:
        with self._enter():
            try:
                _stand_still()
                yield
            finally:
                db.session.remove()


_keepers: WeakKeyDictionary[Engine, Keeper] = WeakKeyDictionary()


def keep(engine: Engine, enter: Enter) -> None:
    """Keep an index for the application of this engine. `enter` pushes a context of the application."""
    _keepers[engine] = Keeper(enter)


def current() -> Index:
    """The index of this process, up to date with the committed tables. Read it under its lock."""
    index = _keepers[db.engine].current(clock.now())
    session = db.session()
    session.info[_LOOKED] = session.get_transaction(), index
    return index


def looked_at() -> Index:
    """The one that was up to date in this very transaction, and else the current one."""
    session = db.session()
    transaction, index = session.info.get(_LOOKED, (None, None))
    return index if index and transaction and transaction is session.get_transaction() else current()


def is_ready() -> bool:
    """Whether there is an index to search in."""
    return _keepers[db.engine].is_ready(clock.now())


def forget() -> None:
    """The database of this application was replaced by another."""
    _keepers[db.engine].forget()


def freshen_some() -> int:
    """Work out some free call times that nobody remembers; how many are left."""
    return _keepers[db.engine].freshen_some(clock.now())


def freshen_calls(enter: Enter, ending: Event) -> None:
    """For a thread of its own: keep what is remembered of free call times up to date, a little at a time.

    It returns soon after `ending` is set: a thread that a process ends in the midst of its work takes it down.
    """
    while not ending.is_set():
        try:
            with enter():
                lacking = freshen_some()
        except SQLAlchemyError:  # the database is away or busy; whoever asks a page finds out
            lacking = 0
        ending.wait(A_MOMENT if lacking else A_WHILE)


def _stand_still() -> None:
    """Let all statements of this transaction see the tables as the first of them does. On SQLite they do anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _built(now: datetime) -> Index:
    """A new index, made in the session at hand."""
    started = clock.now()
    last = db.session.execute(LAST).first()
    index = filling.built(loading.load_all(now), _day(now))
    if last:
        index.seq, index.at = last.seq, last.at
        for remembered in (index.calls, index.drawn):
            remembered.void((), last.seq)  # a reader may still see tables that are older than these
    if index.count > SMALL:
        _give_back()
    log.info("index built", openings=index.live, megabytes=round(index.nbytes / 1e6, 1), since=started.isoformat())
    return index


def _read_again(index: Index, openings: Sequence[int], supervisors: Sequence[int], seq: int, now: datetime) -> None:
    """Put into the index what became of some, which the log tells up to the number `seq`."""
    found = loading.load(openings, supervisors, now)
    index.drawn.void({*supervisors, *_owners(index, openings), *found.columns["supervisor"].tolist()}, seq)
    with index.lock:
        filling.patch(index, openings, supervisors, found)


def _owners(index: Index, openings: Sequence[int]) -> list[int]:
    """Whose these openings were, as far as the index has them: of what is gone only it knows."""
    with index.lock:
        rows = index.row_of.of(np.array(openings, np.int64))
        whose: list[int] = index.supervisor[rows[rows >= 0]].tolist()
        return whose


def _give_back() -> None:
    """Let the machine have what reading took, several times the index: glibc would keep it for later."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _is_large(index: Index | None) -> bool:
    """Whether making an index would keep a request waiting."""
    highest = db.session.scalar(select(func.max(Opening.id))) or 0
    return max(highest, index.count if index else 0) > SMALL


def _day(now: datetime) -> int:
    return verdicts.today(now).toordinal()
