"""How often the pages of openings are looked at: counted in the process, written now and then.

A look is noted in memory and costs its reader nothing. Every few seconds one request writes what has gathered, after
its own answer has left and in a transaction of its own; a GET's transaction never writes. Processes add to the same
rows. What a killed process had not yet written is lost: these are figures, no promises.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from threading import Lock

from sqlalchemy import Date, Integer, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from app.db import db
from app.openings.models import Opening, OpeningViews

EVERY = timedelta(seconds=5)
BOTS = re.compile(
    r"(?<!cu)bot\b|bot[/_-]|crawl|spider|slurp|fetch|preview|monitor|externalhit|whatsapp|mediapartners|lighthouse|"
    r"headless|curl|wget|python|go-http|java/|libwww|feed",
    re.IGNORECASE,
)

Counts = Mapping[tuple[int, date], int]


def is_a_look(*, method: str, agent: str, purpose: str, is_part: bool, is_hers: bool) -> bool:
    """Whether a request is somebody looking at the page: not its supervisor, no program that says it is one, no HEAD,
    no part of a page, and nothing that a browser fetches before anyone asked (`purpose`)."""
    return method == "GET" and not (is_hers or is_part or "prefetch" in purpose.lower() or BOTS.search(agent))


class Tally:
    """Looks by opening and day (UTC) that are not written yet; safe to use from several threads."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[int, date]] = Counter()
        self._since: datetime | None = None
        self._lock = Lock()

    def noted(self, opening_id: int, now: datetime) -> None:
        """One more look."""
        with self._lock:
            self._counts[opening_id, now.astimezone(UTC).date()] += 1
            self._since = self._since or now

    def is_due(self, now: datetime) -> bool:
        """Whether the oldest look has waited long enough to be written."""
        return self._since is not None and now - self._since >= EVERY

    def take(self) -> Counts:
        """What has gathered; it is the taker's now, and the tally empty."""
        with self._lock:
            taken, self._counts, self._since = self._counts, Counter(), None
            return taken

    def put_back(self, counts: Counts, now: datetime) -> None:
        """What could not be written waits for another turn."""
        with self._lock:
            self._counts.update(counts)
            self._since = self._since or now


TALLY = Tally()
noted = TALLY.noted


def write(now: datetime) -> None:
    """Write what this process has gathered. A busy database raises OperationalError, and nothing is lost."""
    counts = TALLY.take()
    if counts:
        try:
            _add(counts)
        except OperationalError:
            TALLY.put_back(counts, now)
            raise


def by_day(opening_ids: Sequence[int], since: date) -> dict[tuple[int, date], int]:
    """Looks at each of these openings on each day (UTC) from `since`; days without any are left out."""
    wanted = OpeningViews.opening_id.in_(opening_ids), OpeningViews.on >= since
    rows = db.session.execute(select(OpeningViews.opening_id, OpeningViews.on, OpeningViews.count).where(*wanted))
    return {(opening_id, on): count for opening_id, on, count in rows}


def _add(counts: Counts) -> None:
    """Add to the rows, in one order in all processes; an opening that is gone by now takes its looks along."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    with db.engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        for (opening_id, on), count in sorted(counts.items()):
            row = select(Opening.id, literal(on, Date), literal(count, Integer)).where(Opening.id == opening_id)
            added = insert(OpeningViews).from_select(["opening_id", "on", "count"], row)
            more = OpeningViews.count + added.excluded["count"]
            keys = [OpeningViews.opening_id, OpeningViews.on]
            connection.execute(added.on_conflict_do_update(index_elements=keys, set_={"count": more}))
        connection.commit()
