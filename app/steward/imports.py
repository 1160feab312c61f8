"""Take a file in: everything is checked first, then all of it is written, or nothing."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType
from typing import Any

from sqlalchemy import select

from app import audit
from app.db import db
from app.openings import verdicts
from app.openings.models import Opening
from app.places import loading
from app.steward import credential_rows, opening_rows, reading, supervisor_rows
from app.steward.reading import Fault, Row
from app.supervisors.models import Supervisor

KINDS: dict[str, ModuleType] = {
    "supervisors": supervisor_rows,
    "credentials": credential_rows,
    "openings": opening_rows,
}


@dataclass
class Report:
    """What came of a file: rows that were new or known before, or every fault; then nothing was written."""

    kind: str
    rows: int = 0
    added: int = 0
    known: int = 0
    faults: list[Fault] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """For --json."""
        faults = [{"line": fault.line, "column": fault.column, "words": fault.words} for fault in self.faults]
        return {"kind": self.kind, "rows": self.rows, "new": self.added, "known": self.known, "errors": faults}


def take(kind: str, data: bytes, *, now: datetime) -> Report:
    """Check a file of a kind in KINDS and, if there is no fault, write its rows. Flushes, never commits."""
    loading.load_if_empty()
    room = KINDS[kind]
    sheet = reading.read(data, room.COLUMNS)
    known = room.look_up(sheet.rows)
    faults = [*sheet.faults, *_repeated(sheet.rows), *room.faults(sheet.rows, known, now=now)]
    if faults:
        return Report(kind, sheet.lines, faults=sorted(faults))
    added, before = room.apply(sheet.rows, known, now=now)
    verdicts.refresh(_openings_of(sheet.rows), verdicts.today(now))
    audit.record(
        "import.taken", kind, None, by_id=None, now=now,
        rows=sheet.lines, new=added, known=before, sha256=hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    db.session.flush()
    return Report(kind, sheet.lines, added, before)


def _repeated(rows: Sequence[Row]) -> Iterator[Fault]:
    """Keys that name two lines."""
    seen: dict[str, int] = {}
    for row in rows:
        if "key" in row.values and (first := seen.setdefault(row.values["key"], row.line)) != row.line:
            yield Fault(row.line, "key", f"stands in line {first} already.")


def _openings_of(rows: Sequence[Row]) -> Sequence[int]:
    """Ids of the openings whose verdicts may differ now."""
    # A seat taken counts towards the most supervisees a board lets one have: her other openings move too.
    keys = {row.values.get("supervisor_key") or row.values["key"] for row in rows}
    query = select(Opening.id).join(Supervisor, Supervisor.id == Opening.supervisor_id)
    return db.session.scalars(query.where(Supervisor.external_key.in_(keys))).all()
