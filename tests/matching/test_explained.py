"""The page that says how a fit is worked out says what it is worked out with."""

import re
from html import unescape
from pathlib import Path

import pytest

from app.config import ROOT
from app.matching import explained, weights

DOCUMENT = Path(ROOT / "docs" / "MATCHING.md")


@pytest.fixture
def page(client):
    return client.get("/how-matching-works").text


def test_the_page_has_every_part_with_its_weight_and_nothing_else(page):
    shown = re.findall(r'data-part="(\w+)" data-weight="(\d+)"', page)
    assert shown == [(row.name, str(row.weight)) for row in weights.TABLE]


def test_each_part_is_named_with_its_reason(page):
    words = unescape(page)
    assert [row for row in weights.TABLE if row.label not in words or row.why not in words] == []


def test_the_bars_are_as_long_as_the_weights(page):
    table = page[page.index('id="weights"') : page.index("</table>")]
    lengths = [int(n) for n in re.findall(r'class="fit-on" width="(\d+)"', table)]
    assert lengths == [round(100 * row.weight / weights.TABLE[0].weight) for row in weights.TABLE]


def test_the_words_of_the_meter_are_those_that_matches_show(page):
    shown = re.findall(r'data-least="(\d+)"><p class="fit"><span>([^<]+)', page)
    assert shown == [(str(least), words) for least, words in weights.LEVELS]


def test_the_levels_leave_no_score_out():
    spans = [range(least, top + 1) for least, top, _ in explained.levels()]
    assert sorted(score for span in spans for score in span) == list(range(101))


def test_every_share_that_a_part_can_earn_has_words():
    steps = [share for row in explained.rows() for _, share in row.steps]
    assert all(steps)
    assert len(explained.rows()) == len(weights.TABLE)


def test_the_document_has_the_same_table():
    told = re.findall(r"^\| ([^|]+) \| (\d+) \| ([^|]+) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert told == [(row.label, str(row.weight), row.why) for row in weights.TABLE]


def test_search_engines_hear_of_it(client):
    assert "/how-matching-works</loc>" in client.get("/sitemap.xml").text
