"""The samples of docs/IMPORT.md are taken as they are, and the page tells of every column."""

import re
from pathlib import Path

import pytest
from flask import Flask

from app.steward import imports

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("kind", imports.KINDS)
def test_the_page_tells_of_every_column(kind: str) -> None:
    page = (DOCS / "IMPORT.md").read_text("utf-8")
    section = page.split(f"\n## {kind}\n")[1].split("\n## ")[0]
    named = set(re.findall(r"\w+", " ".join(re.findall(r"^\| (.*?) \|", section, re.M))))
    assert {column.name for column in imports.KINDS[kind].COLUMNS} <= named


def test_the_samples_can_be_imported_again_and_again(app: Flask) -> None:
    for _ in range(2):
        for kind in imports.KINDS:
            sample = str(DOCS / "samples" / f"{kind}.csv")
            result = app.test_cli_runner().invoke(args=["import", kind, sample])
            assert result.exit_code == 0, result.output
    assert "0 new, 3 known before" in result.output
