"""The pictures that go with links."""

from io import BytesIO

import pytest
from PIL import Image

from app import posters
from app.posters import Poster

GROUP = Poster(
    "Second Chair", "Group of 6 · online", "The Thursday Table", "Farida Nightingale, LPC-S", "$45 a meeting"
)
LONG = "supervision for everyone who works with children and their parents " * 20


def opened(poster: Poster) -> Image.Image:
    return Image.open(BytesIO(posters.draw(poster)))


@pytest.mark.parametrize(
    "poster", [GROUP, Poster("", "", ""), Poster(LONG, LONG, LONG, LONG, LONG), Poster("A", "B", "W" * 400)]
)
def test_whatever_the_words_the_picture_has_its_size_and_its_margins(poster):
    picture = opened(poster)
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    pixels = picture.convert("RGB")
    paper = pixels.getpixel((1, 1))
    edges = [(x, y) for y in range(630) for x in (20, 60, 860)]
    assert all(abs(a - b) < 4 for spot in edges for a, b in zip(pixels.getpixel(spot), paper, strict=True))


def test_another_word_is_another_picture_and_the_same_words_are_the_same():
    other = Poster(*("The Friday Table" if part == GROUP.title else part for part in vars(GROUP).values()))
    assert posters.digest(other) != posters.digest(GROUP) == posters.digest(Poster(*vars(GROUP).values()))
    assert posters.draw(GROUP) == posters.draw(GROUP) != posters.draw(other)


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("Siobhán O’Brien", "Siobhán O’Brien"),
        ("Łukasz Nguyễn", "Lukasz Nguyen"),
        ("田中 Tanaka", "Tanaka"),
        ("a\u202eb\x00c\ud800", "abc"),
        ("  \n ", ""),
    ],
)
def test_only_letters_that_the_fonts_have_are_drawn(typed, drawn):
    assert posters.drawable(typed) == drawn


def test_a_picture_is_kept_and_the_one_before_it_goes(tmp_path):
    first = posters.kept(GROUP, tmp_path / "posters", "opening-1")
    drawn = first.stat().st_mtime_ns
    assert posters.kept(GROUP, tmp_path / "posters", "opening-1").stat().st_mtime_ns == drawn
    beside = posters.kept(GROUP, tmp_path / "posters", "opening-12")
    second = posters.kept(posters.of_site("Second Chair"), tmp_path / "posters", "opening-1")
    assert sorted((tmp_path / "posters").iterdir()) == sorted([second, beside])


def test_a_picture_is_no_heavier_than_a_photograph():
    assert len(posters.draw(GROUP)) < 60_000
