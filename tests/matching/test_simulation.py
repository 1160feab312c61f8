"""Whether the order saves intro calls and is fair, on a small market; `flask bench match` runs the large one."""

import json
import re

import pytest
from click.testing import CliRunner

from app.bench import match, plot
from app.bench.commands import bench
from app.bench.match import NEWEST, OURS, RANDOM, Setting
from app.config import ROOT

SMALL = Setting(openings=300, seekers=90)


@pytest.fixture(scope="module")
def outcomes():
    return match.compare(SMALL, range(2))


@pytest.mark.parametrize("other", [RANDOM, NEWEST])
def test_the_order_by_fit_needs_three_tenths_fewer_calls(outcomes, other):
    assert match.saved(outcomes, other) >= 0.3
    assert outcomes[OURS].placements >= outcomes[other].placements


def test_the_same_seed_is_the_same_world():
    tiny = Setting(openings=80, seekers=20)
    assert match.compare(tiny, [0]) == match.compare(tiny, [0])
    assert match.compare(tiny, [0]) != match.compare(tiny, [1])


@pytest.mark.parametrize("equals", [25, 100, 200])
def test_equal_openings_share_the_first_pages_of_a_month(equals):
    seen = match.first_pages(equals)
    assert sum(seen) == match.SEARCHES * min(20, equals)
    assert match.gini(seen) < 0.2


@pytest.mark.parametrize(("counts", "figure"), [([3, 3, 3], 0), ([0, 0, 0, 4], 0.75), ([1, 3], 0.25)])
def test_the_gini_of_a_few_counts_is_known(counts, figure):
    assert match.gini(counts) == pytest.approx(figure)


def test_the_document_shows_what_was_measured():
    """Each setting has its row, and in those that were asked for the order saves three tenths."""
    told = (ROOT / "docs" / "MATCHING.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| ([^|]+?) \| [\d.]+ \| [\d.]+ \| [\d.]+ \| (\d+% \| \d+%) \|", told, re.MULTILINE))
    assert rows.keys() == match.SETTINGS.keys()
    assert all(int(saved) >= 30 for saved in re.findall(r"\d+", rows["as assumed"]))
    assert (ROOT / "docs" / "pictures" / "intro-calls.svg").exists()


def test_a_plot_has_a_bar_for_each_figure():
    drawn = plot.bars("Calls & more", ["few", "many"], {"ours": [1.0, 2.0], "theirs": [3.0, 4.0]}, "how many")
    assert drawn.count('rx="2"') == 4 + 2
    assert "Calls &amp; more" in drawn


def test_the_command_prints_figures_for_machines(monkeypatch):
    monkeypatch.setattr(match, "SETTINGS", {"small": Setting(openings=60, seekers=15)})
    printed = CliRunner().invoke(bench, ["match", "--seeds", "1", "--json"])
    assert json.loads(printed.output)["saved"]["small"].keys() == {RANDOM, NEWEST}
