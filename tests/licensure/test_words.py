"""A rule in words: what is known, what is not, what the rule leaves open, and what only others say."""

from dataclasses import replace
from datetime import date

import pytest

from app.licensure import tracks, words
from app.licensure.kinds import KINDS
from app.licensure.tracks import Frequency, Source
from app.licensure.words import Figure

TX = tracks.load().track("TX/counseling")


def figures(track: tracks.Track) -> list[Figure]:
    return [figure for section in words.SECTIONS for figure in words.figures(section, track)]


def answer(track: tracks.Track, question: str) -> Figure:
    return next(figure for figure in figures(track) if figure.question == question)


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (0, "none"), (0.5, "half"), (0.333, "a third"), (0.25, "a quarter"), (0.667, "two thirds"), (1.0, "all"),
        (0.4, "40%"), (0.423, "about 42%"), (0.4545, "about 45%"), (0.567, "about 57%"), (0.7, "70%"),
    ],
)  # fmt: skip
def test_a_share(figure: float, said: str) -> None:
    assert words.share(figure) == said


@pytest.mark.parametrize(
    ("frequency", "said"),
    [
        (Frequency(4, "month"), "4 hours a month"),
        (Frequency(1, "week"), "1 hour each week"),
        (Frequency(2, "week", 2), "2 hours every 2 weeks"),
        (Frequency(0.75, "week"), "0.75 hours each week"),
        (Frequency(1, "client_hours", 20), "1 hour for every 20 hours with clients"),
        (Frequency(4, "work_hours", 160), "4 hours for every 160 hours of work"),
    ],
)
def test_a_frequency(frequency: Frequency, said: str) -> None:
    assert words.often(frequency) == said


@pytest.mark.parametrize(
    ("months", "said"), [(24, "2 years"), (18, "18 months"), (12, "1 year"), (1, "1 month"), (60, "5 years")]
)
def test_a_span(months: int, said: str) -> None:
    assert words.span(months) == said


@pytest.mark.parametrize(
    ("text", "said"), [("2024", "2024"), ("2022-12", "December 2022"), ("2025-03-28", "March 28, 2025")]
)
def test_the_date_of_a_source(text: str, said: str) -> None:
    assert words.as_of(text) == said


def test_how_a_source_was_read() -> None:
    assert (
        words.read(Source("22 TAC 681", as_of="2026-10-01", via="a table"))
        == "as of October 1, 2026, read through: a table"
    )
    assert words.read(Source("22 TAC 681")) == "undated"


def test_lists_and_days() -> None:
    assert words.listed(["LPC", "LMFT", "PSY"], "or") == "LPC, LMFT or PSY"
    assert words.listed(["LPC"]) == "LPC"
    assert words.day(date(2026, 11, 3)) == "November 3, 2026"


def test_a_known_figure_is_said() -> None:
    assert answer(TX, "Hours in all") == Figure("Hours in all", "3,000", "known", doubtful=False)
    assert answer(TX, "Counts as individual").words == "up to 2 people"
    assert answer(TX, "Licensed for").words == "at least 5 years"


def test_a_missing_figure_is_said_to_be_unknown() -> None:
    assert answer(TX, "Supervision in all") == Figure("Supervision in all", "we do not know", "unknown", doubtful=False)
    assert answer(replace(TX, supervisor_credentials=()), "Who may supervise").state == "unknown"


@pytest.mark.parametrize(
    ("remote", "most", "said", "state"),
    [
        ("allowed", None, "counts", "known"),
        ("limited", 0.5, "counts, up to half", "known"),
        ("limited", None, "counts within limits; we do not know the share", "known"),
        ("not_allowed", None, "does not count", "known"),
        ("silent", None, "the rule does not say", "silent"),
        (None, None, "we do not know", "unknown"),
    ],
)
def test_live_video(remote: str | None, most: float | None, said: str, state: str) -> None:
    figure = answer(replace(TX, remote=remote, remote_max_share=most), "By live video")
    assert (figure.words, figure.state) == (said, state)


def test_a_doubtful_figure_is_marked() -> None:
    alabama = tracks.load().track("AL/counseling")
    assert answer(alabama, "How often").doubtful
    assert answer(alabama, "By live video").doubtful  # its share is
    assert not answer(alabama, "Licensed for").doubtful


def test_a_figure_that_is_not_known_is_not_doubtful() -> None:
    assert not any(
        figure.doubtful for figure in figures(replace(TX, confidence="secondary")) if figure.state == "unknown"
    )


def test_tracks_stand_side_by_side() -> None:
    sections = words.side_by_side(tracks.load().jurisdiction("TX").tracks)
    assert [section for section, _ in sections] == ["Your hours", "Your supervision", "Your supervisor"]
    assert [figure.words for figure in sections[0][1][1]] == ["3,000", "3,000", "3,000"]


def test_letters_are_spelt_out_once() -> None:
    assert words.letters(tracks.load().jurisdiction("TX").tracks)[0] == (
        "LCSW-S",
        "Licensed Clinical Social Worker Supervisor",
    )


def test_every_figure_of_every_track_is_said() -> None:
    unasked = {"discipline", "board", "board_url", "target_license", "target_title", "remote_max_share", "confidence"}
    asked = {key for rows in words.SECTIONS.values() for _, key, _ in rows}
    assert asked == set(KINDS) - unasked - {"secondary_keys", "notes", "sources"}
    for track in tracks.load():
        assert all(figure.words for figure in figures(track))
        assert track.confidence in words.CONFIDENCE
