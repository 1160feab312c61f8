"""What changed, for whoever keeps a copy of the tables in memory: written in the very transaction of the change.

`note` gathers kinds and ids; the end of the transaction writes each once. Instances of classes that matter are noted by
themselves (matching/watching.py); a statement that changes rows without them calls `note`. On PostgreSQL one writer at
a time numbers its rows, so that no number appears after a higher one was read; SQLite has one writer anyway.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import BigInteger, Integer, String, delete, event, func, insert, select
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from app import clock
from app.db import Base, UTCDateTime, db

KINDS = ("opening", "supervisor", "calls", "all")
LOCK = 7_263_482  # of PostgreSQL's advisory locks; migrations have the number before
MOST = 20_000  # more than these in one transaction are written as "all"
_NOTED = "changes noted"

Noted = Mapping[str, Collection[int]]
_followers: list[Callable[[Noted], None]] = []


class ChangeLog(Base):
    """One thing that changed. `kind` says what `id` is of: "opening", "supervisor" (she and all her openings), "calls"
    (a supervisor's free call times), "all" (everything; `id` is 0). `seq` grows with every commit."""

    __tablename__ = "change_log"
    __table_args__ = ({"sqlite_autoincrement": True},)

    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    id: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


def note(kind: str, ids: Iterable[int]) -> None:
    """These have changed in the running transaction. `kind` is one of KINDS."""
    noted_in(db.session(), kind, ids)


def note_all() -> None:
    """Everything may have changed."""
    note("all", (0,))


def noted_in(session: Session, kind: str, ids: Iterable[int]) -> None:
    """The same in a given session."""
    session.info.setdefault(_NOTED, {}).setdefault(kind, set()).update(ids)


def follow(react: Callable[[Noted], None]) -> Callable[[Noted], None]:
    """Call `react(ids by kind)` at the end of each transaction that changes something, before its commit.

    What it changes itself belongs to the same transaction.
    """
    _followers.append(react)
    return react


def forget(*, before: datetime) -> int:
    """Remove rows older than that instant, but for the newest of all; how many."""
    log = ChangeLog.__table__.c
    newest = select(func.max(log.seq)).scalar_subquery()
    gone = delete(ChangeLog).where(log.at < before, log.seq < newest)
    return db.session.execute(gone).rowcount  # type: ignore[attr-defined,no-any-return]


@event.listens_for(db.session, "before_commit")
def _write(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    if noted := session.info.get(_NOTED):
        for react in _followers:
            react(noted)
        session.flush()
        _insert(session, session.info.pop(_NOTED))


def _insert(session: Session, noted: Noted) -> None:
    rows = [(kind, id) for kind in KINDS for id in sorted(noted.get(kind, ()))]
    if len(rows) > MOST or "all" in noted:
        rows = [("all", 0)]
    if not rows:
        return
    connection, at = session.connection(), clock.now()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
    connection.execute(insert(ChangeLog), [{"kind": kind, "id": id, "at": at} for kind, id in rows])


@event.listens_for(db.session, "after_transaction_end")
def _let_go(session: Session, transaction: SessionTransaction) -> None:
    """What was rolled back did not change."""
    if transaction.parent is None:
        session.info.pop(_NOTED, None)
