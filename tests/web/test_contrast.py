"""Every pair of colors that the pages put together, computed in both themes (WCAG 2.2: 1.4.3, 1.4.11, 2.4.13)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "static/css/tokens.css").read_text()
TOKENS = {m[1]: (m[2], m[3]) for m in re.finditer(r"--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)", CSS)}

GROUNDS = ("paper", "surface", "linen")
VERDICTS = ("leaf", "ochre", "slate", "brick")
TEXT = [
    *((ink, ground) for ground in (*GROUNDS, "linen-deep") for ink in ("ink", "ink-2")),
    *(("ink-3", ground) for ground in GROUNDS),
    *(("plum", ground) for ground in (*GROUNDS, "plum-tint", "linen-deep")),
    *(("plum-deep", ground) for ground in (*GROUNDS, "plum-tint")),
    *(("on-plum", ground) for ground in ("plum", "plum-deep")),
    *((ink, "plum-tint") for ink in ("ink", "ink-2")),
    *((color, f"{color}-tint") for color in VERDICTS),
    *((ink, f"{color}-tint") for color in VERDICTS for ink in ("ink", "ink-2")),
    *((color, ground) for color in VERDICTS for ground in GROUNDS),
    *((f"map-{n}-ink", f"map-{n}") for n in range(5)),
    ("paper", "ink"),
]
MARKS = [
    *(("rule-strong", ground) for ground in GROUNDS),
    *((f"{color}-mark", ground) for color in VERDICTS for ground in (*GROUNDS, f"{color}-tint")),
    *(("focus", ground) for ground in (*GROUNDS, "linen-deep", "plum-tint")),
    *((mark, "linen-deep") for mark in ("plum", "leaf-mark", "ochre-mark")),
]


def luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(front: str, back: str) -> float:
    low, high = sorted((luminance(front), luminance(back)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read(theme: int) -> None:
    assert [pair for pair in TEXT if contrast(TOKENS[pair[0]][theme], TOKENS[pair[1]][theme]) < 4.5] == []


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_marks_and_borders_can_be_seen(theme: int) -> None:
    assert [pair for pair in MARKS if contrast(TOKENS[pair[0]][theme], TOKENS[pair[1]][theme]) < 3] == []
