"""What a bench makes of its times: ratios by name, and tables."""

from pathlib import Path

import pytest

from app.bench import corpora, mix, searches, table
from app.bench.searches import CARDS, CHANGED, FRAGMENT, PAGE, Measured
from app.bench.timing import Said, Spread, interleaved, spread

PROMISED = {"page_200k_p50", "page_200k_p95", "growth_20k_200k", "core_growth_20k_200k", "text_over_plain_200k"}


def spreads(page: float, core: float) -> dict[str, Spread]:
    found = {name: Spread(10, 20, 30) for name in (CARDS, FRAGMENT, PAGE)}
    for kind in mix.KINDS:
        found[f"core, {kind}"] = Spread(core, 2 * core, 3 * core)
        found[f"fragment, {kind}"] = found[f"page, {kind}"] = Spread(page, 2.5 * page, 3 * page)
    return found | {CHANGED: Spread(page + 2, 30, 40)}


@pytest.fixture
def measured() -> Measured:
    found = Measured()
    for database in ("sqlite", "postgresql"):
        found.spreads |= {f"{database} 20k": spreads(15, 1), f"{database} 200k": spreads(18, 3)}
    found.index = {name: {"openings": 290_000, "seconds": 3, "bytes": 53e6} for name in found.spreads}
    found.rates = {name: {PAGE: 200.0} for name in found.spreads}
    return found


def test_the_promised_ratios_are_there(measured: Measured):
    ratios = measured.ratios()
    assert ratios.keys() >= PROMISED
    assert {f"{name}_postgresql" for name in PROMISED} <= ratios.keys()
    assert (ratios["page_200k_p50"], ratios["page_200k_p95"], ratios["page_200k_p95_to_p50"]) == (1.8, 2.25, 4.5)
    assert (ratios["growth_20k_200k"], ratios["core_growth_20k_200k"]) == (1.2, 3.0)
    assert ratios["change_200k"] == 0.2


def test_tables_name_limits_and_corpora(measured: Measured):
    text = "\n".join(table.of_run(measured))
    assert "| page, SQLite 200k, p50 | 1.8 | 1.80 |" in text
    assert "**postgresql 20k**" in text
    assert "| sqlite 200k | 290,000 | 3.00 | 53.0 | 200 |" in text


def test_every_limit_has_a_ratio_but_those_of_a_million(measured: Measured):
    assert {key for key in table.LIMITS if "1M" not in key} <= measured.ratios().keys()


def test_a_table_is_put_between_its_marks(tmp_path: Path):
    document = tmp_path / "PERFORMANCE.md"
    document.write_text("before\n<!-- search -->\nold\n<!-- /search -->\nafter\n", "utf-8")
    table.write(document, "search", "new")
    assert document.read_text("utf-8") == "before\n<!-- search -->\nnew\n<!-- /search -->\nafter\n"


def test_times_are_taken_in_turn_after_a_warm_up():
    asked: list[str] = []
    found = interleaved({"one": lambda: asked.append("one"), "other": lambda: asked.append("other")}, 10)
    assert asked == ["one", "other"] * 11
    assert found["one"].p50 < 1000


def test_seconds_that_the_server_says_count_instead():
    assert interleaved({"core": lambda: Said(0.5)}, 10)["core"] == Spread(500.0, 500.0, 500.0)


def test_a_spread_is_in_milliseconds():
    assert spread([0.001, 0.002, 0.003]).p50 == 2.0


@pytest.mark.parametrize(("size", "name"), [(20_000, "20k"), (200_000, "200k"), (1_000_000, "1M"), (2500, "2.5k")])
def test_sizes_have_short_names(size: int, name: str):
    assert corpora.short(size) == name


def test_searches_differ_by_kind_and_use_but_not_by_corpus():
    one, same, other = searches.asked("text", "page"), searches.asked("text", "page"), searches.asked("text", "core")
    assert [next(one) for _ in range(5)] == [next(same) for _ in range(5)] != [next(other) for _ in range(5)]
