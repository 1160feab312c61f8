"""The demonstration: the same everywhere, believable, and safe to load again."""

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextvars import Context
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.licensure import eligibility, tracks
from app.licensure.credentials import CODES
from app.licensure.facts import Facts, Held, Offer
from app.licensure.tracks import Track
from app.places import areas
from app.steward import demo
from app.supervisors.models import Supervisor
from tests import people

TODAY = demo.NEWEST


def rows(name: str) -> list[dict[str, str]]:
    with (demo.FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SUPERVISORS, CREDENTIALS, OPENINGS = rows("supervisors"), rows("credentials"), rows("openings")
STATE_OF = {row["key"]: row["state"] for row in SUPERVISORS}


def kind(row: dict[str, str]) -> str:
    return "dyad" if (row["format"], row["seats"]) == ("individual", "2") else row["format"]


def day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def held(row: dict[str, str]) -> Held:
    return Held(
        row["code"], row["state"] or None, day(row["issued"]), day(row["expires"]),
        verified=row["decision"] == "verified", approved={"yes": True, "no": False, "": None}[row["approved"]],
        training_hours=float(row["training_hours"]) if row["training_hours"] else None,
    )  # fmt: skip


def offer(row: dict[str, str]) -> Offer:
    return Offer(int(row["seats"]), online=row["online"] == "yes", in_person=row["in_person"] == "yes")


def facts(key: str) -> Facts:
    """The supervisor of this key as the rules see her."""
    return Facts("Demo", tuple(held(row) for row in CREDENTIALS if row["supervisor_key"] == key))


def is_in_doubt(track: Track) -> bool:
    """Whether no opening whatsoever can count: the rule is unknown, or one of its figures is doubtful for all."""
    best = Offer(1, online=False, in_person=True)
    perfect = [
        Facts("P", (held_perfectly(code, track), held_perfectly(track.target_license, track)))
        for code in track.supervisor_credentials
        if track.target_license in CODES
    ]
    return not any(eligibility.value(track, best, one, TODAY) is eligibility.Value.COUNTS for one in perfect)


def held_perfectly(code: str, track: Track) -> Held:
    return Held(code, track.state, date(1990, 1, 1), date(2040, 1, 1), verified=True, approved=True, training_hours=500)


def test_the_files_are_what_the_script_writes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, demo.FOLDER / "make_demo.py", tmp_path], check=True)
    for name in ("supervisors", "credentials", "openings"):
        written, kept = ((folder / f"{name}.csv").read_bytes() for folder in (tmp_path, demo.FOLDER))
        assert written == kept, "the rules or the script have changed: run python demo/make_demo.py"


def test_there_are_enough_people_in_every_state() -> None:
    by_state = Counter(STATE_OF.values())
    assert 560 <= len(SUPERVISORS) <= 640
    assert 850 <= len(OPENINGS) <= 980
    assert by_state.keys() == {code for code, _ in areas.STATES}
    assert min(by_state.values()) >= 2
    assert [state for state, _ in by_state.most_common(4)] == ["CA", "TX", "FL", "NY"]


@pytest.mark.parametrize(("form", "share", "low", "high", "middle"), [
    ("individual", 0.62, 60, 175, 100), ("dyad", 0.09, 45, 95, 65), ("group", 0.28, 35, 75, 50),
])  # fmt: skip
def test_fees_are_like_those_of_real_advertisements(form: str, share: float, low: int, high: int, middle: int) -> None:
    fees = [int(row["fee"]) for row in OPENINGS if kind(row) == form]
    reduced = [row for row in OPENINGS if kind(row) == form and row["reduced_fee"]]
    assert len(fees) / len(OPENINGS) == pytest.approx(share, abs=0.05)
    assert low <= min(fees) <= max(fees) <= high
    assert median(fees) == pytest.approx(middle, abs=6)
    assert len(reduced) / len(fees) == pytest.approx(1 / 3, abs=0.08)


@pytest.mark.parametrize(("column", "shares"), [
    ("rhythm", {"weekly": 0.58, "fortnightly": 0.3, "monthly": 0.12}), ("online", {"yes": 0.76, "no": 0.24}),
    ("in_person", {"yes": 0.64, "no": 0.36}),
])  # fmt: skip
def test_rhythm_and_place_are_mixed(column: str, shares: dict[str, float]) -> None:
    found = Counter(row[column] for row in OPENINGS)
    assert {value: count / len(OPENINGS) for value, count in found.items()} == pytest.approx(shares, abs=0.05)


def test_papers_are_verified_or_not_as_in_life() -> None:
    first = {row["supervisor_key"]: row for row in reversed(CREDENTIALS)}.values()
    decisions = Counter(row["decision"] for row in first)
    assert decisions["verified"] / len(first) == pytest.approx(0.74, abs=0.06)
    assert decisions["pending"] >= 20
    assert decisions[""] >= 60
    assert sum(row["expires"] < str(TODAY) for row in first) >= 10


def test_no_two_cards_read_the_same() -> None:
    told = ((OPENINGS, "line"), (SUPERVISORS, "headline"), (SUPERVISORS, "about"))
    for texts in ([row[column] for row in rows] for rows, column in told):
        assert len(set(texts)) == len(texts)
        assert all(len(text) > 10 for text in texts)


def test_nobody_shouts_and_nobody_can_be_reached() -> None:
    everything = "".join((demo.FOLDER / f"{name}.csv").read_text("utf-8") for name in ("supervisors", "openings"))
    assert not re.search(r"!|\{|\}|\b(leading|premier|top-rated|world-class)\b", everything)
    assert all(re.fullmatch(r"[^@]+@demo\.example", row["email"]) for row in SUPERVISORS)
    assert all(row["join_link"] == "" or row["join_link"].startswith("https://meet.example/") for row in SUPERVISORS)
    assert all(row["phone"] == "" or re.fullmatch(r"\(\d{3}\) 555-01\d\d", row["phone"]) for row in SUPERVISORS)


def test_every_rule_that_can_be_met_is_met_by_someone() -> None:
    for track in tracks.load():
        there = [row for row in OPENINGS if STATE_OF[row["supervisor_key"]] == track.state]
        values = {eligibility.value(track, offer(row), facts(row["supervisor_key"]), TODAY) for row in there}
        assert is_in_doubt(track) or eligibility.Value.COUNTS in values, track.id


def test_what_happened_of_late_moves_with_the_day_of_loading() -> None:
    sheet = "issued,expires,decided_on,title\n2012-02-29,2028-07-31,2026-11-20,A\n2012-01-02,,,B\n"
    moved = demo.moved(sheet, TODAY + timedelta(days=800)).decode().splitlines()
    assert moved[1:] == ["2014-02-28,2030-07-31,2029-01-28,A", "2014-01-02,,,B"]


def some_of_it(folder: Path) -> Path:
    """The same files with the cast's rows alone, to load again in less time."""
    files = {"supervisors": SUPERVISORS, "credentials": CREDENTIALS, "openings": OPENINGS}
    for name, found in files.items():
        key = "key" if name == "supervisors" else "supervisor_key"
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(found[0]))
            writer.writeheader()
            writer.writerows(row for row in found if row[key] <= "D-0006")
    return folder


def test_it_tells_its_size_to_programs(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "FOLDER", some_of_it(tmp_path))
    call = app.test_cli_runner().invoke
    loaded = json.loads(call(args=["demo", "load", "--json"]).stdout)
    assert {name: len(rows(name)) for name in loaded} == loaded
    assert loaded.keys() == {"supervisors", "credentials", "openings"}
    assert json.loads(call(args=["demo", "grow", "3", "--json"]).stdout) == {"supervisors": 3}


def test_production_is_no_place_for_known_passwords(app_with: Callable[..., Flask]) -> None:
    hosted = app_with(
        SC_ENV="production", SC_BASE_URL="https://supervision.example", SC_ALLOWED_HOSTS="supervision.example",
        SC_MAIL_URL="smtp://127.0.0.1:25",
    )  # fmt: skip
    result = Context().run(hosted.test_cli_runner().invoke, args=["demo", "load"])
    assert result.exit_code == 1
    assert "This is a production instance" in result.output


def test_an_instance_with_people_of_its_own_is_left_alone(app: Flask) -> None:
    people.ana()
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 1
    assert "This instance has people of its own" in result.output
    assert db.session.scalar(select(func.count()).select_from(Supervisor)) == 0
