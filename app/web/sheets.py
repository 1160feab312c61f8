"""Tables to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from flask import Response

# A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """The table as a file `name`.csv to keep.

    UTF-8 with a byte order mark, without which Excel takes names for Latin-1. Text that a spreadsheet would run gets an
    apostrophe before it, as people write it themselves.
    """
    page = StringIO()
    writer = csv.writer(page)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    response = Response(page.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA) else value
