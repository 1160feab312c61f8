"""CSV files for the tests of imports: one good line of each kind, changed as a test wants it."""

import csv
import io
import json
from contextvars import Context
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask

from app.db import db

SUPERVISOR = {
    "key": "M-1", "email": "maren@example.org", "name": "Maren O'Brien-Łukasz", "state": "TX", "zip": "78702",
    "headline": "Trauma work with teens", "specialties": "trauma; anxiety", "languages": "en; es",
    "call_windows": "mon 12:00-13:00; tue 17:00-18:30", "join_link": "https://meet.example/maren",
}  # fmt: skip
CREDENTIAL = {
    "supervisor_key": "M-1", "code": "LPC-S", "state": "TX", "number": "61234", "issued": "2014-05-01",
    "expires": "2028-07-31", "approved": "yes", "training_hours": "40", "decision": "verified",
    "decided_on": "2026-11-03", "source": "board roster",
}  # fmt: skip
OPENING = {
    "key": "O-1", "supervisor_key": "M-1", "format": "individual", "seats": "1", "online": "yes", "in_person": "yes",
    "times": "tue 17:30; thu 18:00", "fee": "85", "reduced_fee": "60.50", "reduced_places": "1",
}  # fmt: skip
USUAL = {"supervisors": SUPERVISOR, "credentials": CREDENTIAL, "openings": OPENING}


def sheet(kind: str, *changes: dict[str, str]) -> str:
    """A file with one line for each dict of changes to the usual line (none: that line alone)."""
    rows = [{**USUAL[kind], **change} for change in changes or ({},)]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


class Importer:
    """Runs `flask import` on what a test writes."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.file = app, folder / "sheet.csv"

    def __call__(self, kind: str, *changes: dict[str, str], options: tuple[str, ...] = ()) -> Result:
        return self.raw(kind, sheet(kind, *changes).encode(), *options)

    def raw(self, kind: str, data: bytes, *options: str) -> Result:
        """Import the bytes as they are."""
        self.file.write_bytes(data)
        db.session.commit()
        arguments = ["import", kind, str(self.file), *options]
        # Without the test's own context, as from a shell; what the test holds is read anew.
        result = Context().run(self.app.test_cli_runner().invoke, args=arguments)
        db.session.expire_all()
        return result

    def errors(self, kind: str, *changes: dict[str, str]) -> list[tuple[int, str, str]]:
        """(line, column, words) of each error, from --json."""
        told: dict[str, Any] = json.loads(self(kind, *changes, options=("--json",)).output)
        return [(error["line"], error["column"], error["words"]) for error in told["errors"]]

    def all(self) -> None:
        """One supervisor with her credential and her opening."""
        for kind in USUAL:
            result = self(kind)
            assert result.exit_code == 0, result.output
