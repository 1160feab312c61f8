"""The rule files: what is shipped loads, and whatever is wrong in a file is named with its track and key."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.licensure import credentials, tracks
from app.licensure.commands import rules

GOOD = """
jurisdiction = "TX"
name = "Texas"

[[track]]
discipline = "counseling"
board = "Texas Board"
target_license = "LPC"
confidence = "regulation"
supervisor_credentials = ["LPC-S"]
sources = [{ cite = "22 TAC 681.92" }]
"""


def written(folder: Path, text: str, name: str = "TX.toml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def told(folder: Path) -> list[tuple[str, str, str]]:
    return [(error.track, error.key, error.words) for error in tracks.check(folder)]


def test_a_good_file_has_nothing_wrong(tmp_path: Path) -> None:
    assert told(written(tmp_path, GOOD)) == []


@pytest.mark.parametrize(
    ("line", "key", "words"),
    [
        ("group_size = 6", "group_size", "unknown key"),
        ('supervised_hours = "3000"', "supervised_hours", "must be a whole number"),
        ("supervised_hours = 3000.5", "supervised_hours", "must be a whole number"),
        ("group_max_people = true", "group_max_people", "must be a whole number"),
        ("max_supervisees = 0", "max_supervisees", "must be 1 or more"),
        ("supervisor_min_years = false", "supervisor_min_years", "must be a number"),
        ("supervisor_min_years = -1", "supervisor_min_years", "must be 0 or more"),
        ("supervisor_training_hours = nan", "supervisor_training_hours", "must be 0 or more"),
        ("board_approval_required = 1", "board_approval_required", "must be true or false"),
        ("notes = 5", "notes", "must be text"),
        ('notes = " "', "notes", "must not be empty"),
        ('remote = "sometimes"', "remote", "must be one of allowed, limited, not_allowed, silent"),
        ("group_max_share = 1.5", "group_max_share", "must be a share from 0 to 1"),
        ("group_max_share = -0.1", "group_max_share", "must be a share from 0 to 1"),
        ("own_discipline_min_share = true", "own_discipline_min_share", "must be a number"),
        ("min_months = 24\nmax_months = 12", "min_months", "is above max_months: 24 > 12"),
        ("supervision_hours = 90\nindividual_hours_min = 100", "individual_hours_min", "is above supervision_hours"),
        ("supervised_hours = 100\ndirect_client_hours = 200", "direct_client_hours", "is above supervised_hours"),
        ("individual_max_people = 3\ngroup_max_people = 2", "individual_max_people", "is above group_max_people"),
        ('secondary_keys = ["remote"]', "secondary_keys", "names remote, which the track lacks"),
        ('secondary_keys = "remote"', "secondary_keys", "must be a list of texts"),
        ("remote_max_share = 0.5", "remote_max_share", 'needs remote = "limited"'),
        ('board_url = "bhec.texas.gov"', "board_url", "must be an address"),
        ('board_url = "javascript:alert(1)"', "board_url", "must be an address"),
        ('board_url = "https://[bad"', "board_url", "must be an address"),
        ("frequency = 4", "frequency", "must be a table"),
        ('frequency = { per = "month" }', "frequency", "lacks hours"),
        ('frequency = { hours = 0, per = "month" }', "frequency", "hours must be more than 0"),
        ('frequency = { hours = 4, per = "moon" }', "frequency", "per must be one of"),
        ('frequency = { hours = 4, per = "week", every = 0 }', "frequency", "every must be 1 or more"),
        ('frequency = { hours = 4, per = "week", often = 2 }', "frequency", "unknown key often"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, line: str, key: str, words: str) -> None:
    ((track, found, said),) = told(written(tmp_path, f"{GOOD}{line}\n"))
    assert (track, found) == ("counseling", key)
    assert words in said


@pytest.mark.parametrize(
    ("was", "becomes", "key", "words"),
    [
        ('["LPC-S"]', '["LPC-S", "LPX"]', "supervisor_credentials", "unknown code LPX"),
        ('["LPC-S"]', '["LPC-S", "LPC-S"]', "supervisor_credentials", "names an entry twice"),
        ('"counseling"', '"coaching"', "discipline", "must be one of counseling"),
        ('"regulation"', '"rumor"', "confidence", "must be one of regulation"),
        ('board = "Texas Board"', "", "board", "is missing"),
        ('sources = [{ cite = "22 TAC 681.92" }]', "", "sources", "needs a citation"),
        ('{ cite = "22 TAC 681.92" }', "", "sources", "needs a citation"),
        ('cite = "22 TAC 681.92"', 'url = "https://texas.gov"', "sources", "source 1: lacks cite"),
        ('cite = "22 TAC 681.92"', 'cite = "22 TAC", url = "ftp://x"', "sources", "source 1: url must be an address"),
        ('cite = "22 TAC 681.92"', 'cite = "22 TAC", as_of = "2026-13-01"', "sources", "source 1: as_of must be"),
        ('cite = "22 TAC 681.92"', 'cite = "22 TAC", as_of = "May 2026"', "sources", "source 1: as_of must be"),
        ('cite = "22 TAC 681.92"', 'cite = "22 TAC", page = 3', "sources", "source 1: unknown key page"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, was: str, becomes: str, key: str, words: str) -> None:
    ((_, found, said),) = told(written(tmp_path, GOOD.replace(was, becomes)))
    assert found == key
    assert words in said


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        (GOOD.replace('"TX"', '"OK"'), "jurisdiction", "but the file is named TX"),
        (GOOD.replace('name = "Texas"', ""), "name", "is missing"),
        ("capital = 1\n" + GOOD, "capital", "unknown key"),
        (GOOD + GOOD[GOOD.index("[[track]]") :], "discipline", "counseling has two tracks"),
        ('jurisdiction = "TX"\nname = "Texas"', "track", "one or more [[track]]"),
        ("jurisdiction = ", "", "cannot be read"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, key: str, words: str) -> None:
    ((track, found, said),) = told(written(tmp_path, text))
    assert (track, found) == ("", key)
    assert words in said


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "TX.toml").write_bytes(GOOD.replace("Texas", "Téxas").encode("latin-1"))
    assert [words[:15] for _, _, words in told(tmp_path)] == ["cannot be read:"]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    assert [words for _, _, words in told(tmp_path)] == ["has no .toml files"]


def test_all_errors_of_all_files_come_at_once(tmp_path: Path) -> None:
    written(tmp_path, GOOD + "max_months = true\nshoe_size = 4\n")
    written(tmp_path, GOOD.replace('"TX"', '"OK"') + 'remote = "moon"\n', "OK.toml")
    with pytest.raises(tracks.RulesRefused) as refused:
        tracks.load(tmp_path)
    assert {(error.file, error.key) for error in refused.value.errors} == {
        ("OK.toml", "remote"),
        ("TX.toml", "max_months"),
        ("TX.toml", "shoe_size"),
    }


def test_what_is_shipped_loads_whole() -> None:
    shipped = tracks.load()
    assert (len(shipped.jurisdictions), len(shipped)) == (51, 153)
    assert [track.id for track in shipped.jurisdiction("TX").tracks] == [
        "TX/counseling",
        "TX/marriage_family",
        "TX/social_work",
    ]


def test_a_track_knows_its_names() -> None:
    track = tracks.load().track("TX/counseling")
    assert (track.label, track.short, track.supervised_hours) == ("Texas LPC", "TX LPC", 3000)
    assert tracks.load().find("TX", "coaching") is None


def test_a_key_is_doubtful_where_only_others_say_it() -> None:
    shipped = tracks.load()
    assert shipped.track("AL/counseling").is_doubtful("frequency")
    assert not shipped.track("AL/counseling").is_doubtful("remote")
    assert shipped.track("CA/counseling").is_doubtful("remote")


def test_a_designation_includes_its_base_license() -> None:
    assert credentials.CODES["LPC-S"].includes == {"LPC-S", "LPC"}
    assert all(base in credentials.CODES for code in credentials.CODES.values() for base in code.on)


def test_check_says_ok_with_the_counts() -> None:
    answer = CliRunner().invoke(rules, ["check"])
    assert (answer.exit_code, answer.output) == (0, "OK: 51 jurisdictions, 153 tracks.\n")


def test_check_prints_an_error_a_line_and_fails(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD + "max_months = true\nshoe_size = 4\n")
    answer = CliRunner().invoke(rules, ["check", str(path)])
    assert answer.exit_code == 1
    assert answer.output.splitlines() == [
        "TX.toml: counseling: max_months: must be a whole number",
        "TX.toml: counseling: shoe_size: unknown key",
    ]


def test_check_takes_one_file_too(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD) / "TX.toml"
    assert CliRunner().invoke(rules, ["check", str(path)]).output == "OK: 1 jurisdiction, 1 track.\n"


def test_check_explains_itself() -> None:
    assert "print every error" in CliRunner().invoke(rules, ["check", "--help"]).output


def test_check_tells_a_program_too(tmp_path: Path) -> None:
    good = CliRunner().invoke(rules, ["check", "--json"])
    assert json.loads(good.output) == {"jurisdictions": 51, "tracks": 153, "errors": []}
    bad = CliRunner().invoke(rules, ["check", "--json", str(written(tmp_path, GOOD + "shoe_size = 4\n"))])
    assert (bad.exit_code, json.loads(bad.output)["errors"]) == (1, ["TX.toml: counseling: shoe_size: unknown key"])
