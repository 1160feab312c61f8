"""The mechanics of files: encodings, headers, limits, all or nothing."""

import json

import pytest
from sqlalchemy import func, select

from app.db import db
from app.steward import reading
from app.steward.cells import cents, day, times, windows
from app.supervisors.models import Supervisor
from tests.steward.sheets import Importer, sheet

HEADER = b"key,email,name,state\n"


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Supervisor)) or 0


def test_a_byte_order_mark_does_no_harm(take: Importer) -> None:
    assert take.raw("supervisors", b"\xef\xbb\xbf" + sheet("supervisors").encode()).exit_code == 0
    assert count() == 1


def test_line_ends_of_any_kind_will_do(take: Importer) -> None:
    assert take.raw("supervisors", HEADER.replace(b"\n", b"\r\n") + b"M-1,a@example.org,Ann,TX\r\n\r\n").exit_code == 0
    assert count() == 1


@pytest.mark.parametrize(("data", "words"), [
    (b"", "line 1: the file is empty"),
    (b"\n\n", "line 1: the file is empty"),
    ("key,name\nM-1,Zoë".encode("latin-1"), "line 2: this is not UTF-8 text"),
    (sheet("supervisors").encode("utf-16"), "line 1: this is not UTF-8 text"),
    (b"key;email;name;state\n", "line 1: the columns are separated by semicolons"),
    (b"key,email,name\n", "line 1, state: this column is missing"),
    (b"key,email,name,state,nmae\n", "line 1, nmae: this column is not known"),
    (b"key,email,name,state,key\n", "line 1, key: this column stands twice"),
    (b"key,email,name,state,\n", "line 1: a column has no name"),
    (HEADER + b"M-1,a@example.org,Ann\n", "line 2: this line has 3 cells; the header names 4"),
    (HEADER + b'M-1,a@example.org,"Ann,TX\n', "line 2: this line cannot be read as CSV"),
    (HEADER + b"M-1,a@example.org,A\0nn,TX\n", "line 2, name: holds an unprintable character"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(take: Importer, data: bytes, words: str) -> None:
    result = take.raw("supervisors", data)
    assert result.exit_code == 1
    assert words in result.output
    assert count() == 0


def test_every_fault_of_the_header_is_named(take: Importer) -> None:
    output = take.raw("supervisors", b"key,mail,Name,key\n").output
    assert [line.split(":")[0] for line in output.splitlines()[:-1]] == [
        "line 1, email", "line 1, key", "line 1, mail", "line 1, state",
    ]  # fmt: skip


def test_a_cell_of_several_lines_does_not_shift_the_count(take: Importer) -> None:
    errors = take.errors("supervisors", {"about": "one\ntwo\nthree"}, {"key": "M-2", "email": "nobody"})
    assert [(line, column) for line, column, _ in errors] == [(5, "email")]


def test_one_bad_line_keeps_all_out(take: Importer) -> None:
    result = take("supervisors", {}, {"key": "M-2", "email": "two@example.org", "state": "ZZ"})
    assert result.exit_code == 1
    assert "1 error; nothing was imported." in result.output
    assert count() == 0


def test_a_dry_run_changes_nothing(take: Importer) -> None:
    result = take("supervisors", options=("--dry-run",))
    assert (result.exit_code, count()) == (0, 0)
    assert "1 supervisors would be imported: 1 new" in result.output


def test_the_result_can_be_read_by_a_program(take: Importer) -> None:
    told = json.loads(take("supervisors", options=("--json",)).output)
    assert told == {"kind": "supervisors", "rows": 1, "new": 1, "known": 0, "errors": [], "dry_run": False}


def test_a_file_that_is_not_there_is_a_misuse(take: Importer) -> None:
    assert take.app.test_cli_runner().invoke(args=["import", "supervisors", "/no/such.csv"]).exit_code == 2


def test_a_file_that_is_too_long_or_too_large_is_refused(take: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = b"".join(b"M-%d,a%d@example.org,Ann,TX\n" % (n, n) for n in range(4))
    monkeypatch.setattr(reading, "MAX_ROWS", 3)
    assert "more than 3 rows" in take.raw("supervisors", HEADER + rows).output
    monkeypatch.setattr(reading, "MAX_BYTES", 20)
    assert "the file is larger than" in take.raw("supervisors", HEADER + rows).output


@pytest.mark.parametrize(("cell", "amount"), [("85", 8500), ("$85", 8500), ("85.50", 8550), ("$ 0", 0)])
def test_dollars_become_cents(cell: str, amount: int) -> None:
    assert cents(cell) == amount


@pytest.mark.parametrize("cell", ["85.5", "-85", "85,00", "1e3", "٣", "12345", "=85"])
def test_other_amounts_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="must be dollars"):
        cents(cell)


@pytest.mark.parametrize("cell", ["2026-02-30", "13/13/2026", "03.11.2026", "1026-11-03", "2026-11-3"])
def test_days_that_are_none_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"date|calendar|year"):
        day(cell)


def test_times_of_the_week_are_understood() -> None:
    assert times("Thursday 18:00; tue 5:30pm;tue 17:30") == ((1, 1050), (3, 1080))
    assert windows("mon 12:00–13:00; mon 9:00 - 10:30") == ((0, 540, 630), (0, 720, 780))


@pytest.mark.parametrize("cell", ["mon 12:00-13:00; mon 12:30-14:00", "mon 12:03-13:00", "mon 12:00", "day 1:00-2:00"])
def test_stretches_that_cannot_be_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"overlap|five minutes|must be days"):
        windows(cell)
