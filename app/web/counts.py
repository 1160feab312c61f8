"""Counts of rate limits in our own database: one row for what is counted, one statement for a hit."""

from datetime import datetime, timedelta

from limits.storage import Storage
from sqlalchemy import Delete, String, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UTCDateTime, db

SCHEME = "database"


class LimitCount(Base):
    """So many hits until `expires_at`; after that the count begins anew. `key` holds nothing that names a person."""

    __tablename__ = "limit_counts"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class DatabaseStorage(Storage):
    """What the `limits` library asks of a storage, for URIs of SCHEME. Each hit is a transaction of its own."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012
    base_exceptions = DBAPIError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` more; a count that is over begins anew and holds for `expiry` seconds. The count now."""
        now, until = clock.now(), clock.now() + timedelta(seconds=expiry)
        insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
        row = insert(LimitCount).values(key=key, count=amount, expires_at=until)
        is_over = LimitCount.expires_at <= now
        hit = row.on_conflict_do_update(index_elements=["key"], set_={
            "count": case((is_over, amount), else_=LimitCount.count + amount),
            "expires_at": case((is_over, until), else_=LimitCount.expires_at),
        })
        with db.engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
            count: int = connection.scalars(hit.returning(LimitCount.count)).one()
            connection.commit()
        return count

    def get(self, key: str) -> int:
        """The count now."""
        live = select(LimitCount.count).where(LimitCount.key == key, LimitCount.expires_at > clock.now())
        with db.engine.connect() as connection:
            return connection.scalar(live) or 0

    def get_expiry(self, key: str) -> float:
        """When the count is over, in seconds since 1970."""
        with db.engine.connect() as connection:
            until = connection.scalar(select(LimitCount.expires_at).where(LimitCount.key == key))
        return (until or clock.now()).timestamp()

    def check(self) -> bool:
        """The database answers, or raises."""
        with db.engine.connect() as connection:
            return connection.scalar(select(1)) == 1

    def clear(self, key: str) -> None:
        """Forget one count."""
        _remove(delete(LimitCount).where(LimitCount.key == key))

    def reset(self) -> int:
        """Forget all counts; how many."""
        return _remove(delete(LimitCount))


def forget(*, before: datetime) -> int:
    """Remove counts that were over before then, in the running transaction; how many."""
    removed = db.session.execute(delete(LimitCount).where(LimitCount.expires_at < before))
    return int(removed.rowcount)  # type: ignore[attr-defined]


def _remove(which: Delete) -> int:
    with db.engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        removed = connection.execute(which).rowcount
        connection.commit()
    return removed
