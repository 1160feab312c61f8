"""How one worker of many gets a row to itself: it writes a lease on it and commits; a lease run out frees the row.

So nothing is lost when a worker is killed: what it held is due again once its lease has run out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_

from app.db import begin_writing, db


@contextmanager
def transaction() -> Iterator[None]:
    """A write transaction of its own: what was read before is let go of; committed at the end, undone on an error."""
    db.session.rollback()
    begin_writing()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def is_free(lease_until: Any, now: datetime) -> ColumnElement[bool]:
    """Whether nobody holds the row, as a condition on its column `lease_until`."""
    return or_(lease_until.is_(None), lease_until <= now)
