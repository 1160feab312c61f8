"""The mechanics of a CSV file: its bytes, its header, its cells. What the cells mean is the importing side's affair.

Nothing is evaluated: a cell that begins with = + - or @ is text like any other.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, and where: the header is line 1; `column` is empty where a whole line, or the file, is meant."""

    line: int
    column: str
    words: str

    def __str__(self) -> str:
        return f"line {self.line}{', ' if self.column else ''}{self.column}: {self.words}"


@dataclass(frozen=True)
class Column:
    """A column a file may have. `parse` makes a value of a filled cell or raises ValueError with words for the reader.

    An empty cell is `empty`, or a fault if `is_required`; then the column itself must be there too.
    """

    name: str
    parse: Callable[[str], Any]
    is_required: bool = False
    empty: Any = None


@dataclass(frozen=True)
class Row:
    """A line's values by column. Columns that the file does not have are not in it."""

    line: int
    values: dict[str, Any]


@dataclass
class Sheet:
    """What was read: rows without a fault, the faults of the others, and how many lines there were."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lines: int = 0


def read(data: bytes, columns: Sequence[Column]) -> Sheet:
    """Read a file with a header into rows. Faults of the file or its header stand alone: no row is looked at then."""
    sheet = Sheet()
    try:
        records = list(_records(_decoded(data)))
        header = _header(records, columns)
    except _Unreadable as fault:
        sheet.faults = fault.faults
        return sheet
    by_name = {column.name: column for column in columns}
    for line, cells in records[1:]:
        sheet.lines += 1
        _take(sheet, line, cells, [by_name[name] for name in header])
    return sheet


class _Unreadable(Exception):
    def __init__(self, *faults: Fault) -> None:
        self.faults = list(faults)


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise _Unreadable(Fault(1, "", f"the file is larger than {MAX_BYTES // 1024 // 1024} MB; split it."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        words = "this is not UTF-8 text. Save the file as “CSV UTF-8 (comma delimited)” and try again."
        raise _Unreadable(Fault(line, "", words)) from None


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every line that is not blank, with the number of the line it begins on: a quoted cell may run over several."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    count = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                count += 1
                yield begins, cells
            if count > MAX_ROWS + 1:
                raise _Unreadable(Fault(begins, "", f"the file has more than {MAX_ROWS:,} rows; split it."))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _Unreadable(Fault(begins, "", f"this line cannot be read as CSV: {error}.")) from None


def _header(records: list[tuple[int, list[str]]], columns: Sequence[Column]) -> list[str]:
    """The names of the columns the file has, in its order."""
    if not records:
        raise _Unreadable(Fault(1, "", "the file is empty; its first line must name the columns."))
    line, cells = records[0]
    names = [cell.strip().lower() for cell in cells]
    known = [column.name for column in columns]
    if len(names) == 1 and len(names[0].split(";")) > 1:
        raise _Unreadable(Fault(line, "", "the columns are separated by semicolons; save the file with commas."))
    faults = [
        Fault(line, name or "", "this column is not known." if name else "a column has no name.")
        for name in dict.fromkeys(names)
        if name not in known
    ]
    faults += [Fault(line, name, "this column stands twice.") for name in known if names.count(name) > 1]
    faults += [
        Fault(line, column.name, "this column is missing.")
        for column in columns
        if column.is_required and column.name not in names
    ]
    if faults:
        raise _Unreadable(*faults)
    return names


def _take(sheet: Sheet, line: int, cells: list[str], columns: Sequence[Column]) -> None:
    """Add a line to the sheet: as a row, or its faults."""
    if len(cells) != len(columns):
        sheet.faults.append(Fault(line, "", f"this line has {len(cells)} cells; the header names {len(columns)}."))
        return
    values: dict[str, Any] = {}
    faults = []
    for column, cell in zip(columns, cells, strict=True):
        try:
            values[column.name] = _value(column, cell.strip())
        except ValueError as error:
            faults.append(Fault(line, column.name, str(error)))
    sheet.faults += faults
    if not faults:
        sheet.rows.append(Row(line, values))


def _value(column: Column, cell: str) -> Any:
    if cell:
        return column.parse(cell)
    if column.is_required:
        raise ValueError("must not be empty.")
    return column.empty
