"""The picture that goes with a link, where links are shown as cards: 1200 by 630, in the look of the site."""

import hashlib
import os
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.config import ROOT

SIZE = 1200, 630
DRAWN = 1  # grows when the drawing changes, so that every picture is made anew
FINE = 2  # drawn so many times larger and scaled down: curves of shapes come out smooth
PAPER, INK, INK_2, PLUM, TINT = "#fbfaf8", "#231d20", "#554d51", "#6b2a4f", "#f6ebf0"
LEFT, WIDE = 80, 730  # where lines begin, and how wide they run
FONTS = ROOT / "static/fonts"


@dataclass(frozen=True)
class Poster:
    """Words only: what it is, its name, whose it is, and a last line of facts. Empty ones are left out."""

    site: str
    kicker: str
    title: str
    by: str = ""
    facts: str = ""


def of_site(name: str) -> Poster:
    """The picture for pages that speak of nobody in particular."""
    return Poster(name, "Clinical supervision", "Find a supervisor whose hours count.", "", "The first call is free.")


def digest(poster: Poster) -> str:
    """Sixteen hexadecimal digits that change whenever the picture would."""
    told = "\0".join((str(DRAWN), *astuple(poster)))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def kept(poster: Poster, folder: Path, name: str) -> Path:
    """The picture as a file of the folder, made if it is not there; older ones of that name go."""
    path = folder / f"{name}.{digest(poster)}.png"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        older = list(folder.glob(f"{name}.*.png"))
        beside = path.with_suffix(f".{secrets.token_hex(4)}")
        beside.write_bytes(draw(poster))
        os.replace(beside, path)
        for one in older:
            one.unlink(missing_ok=True)
    return path


def draw(poster: Poster) -> bytes:
    """The picture as PNG."""
    image = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), PAPER)
    pen = ImageDraw.Draw(image)
    _panel(pen)
    _mark(pen)
    _line(pen, LEFT + 60, 62, _shortened(poster.site, _serif(32), WIDE - 60), _serif(32), INK)
    y = 178.0
    y = _lines(pen, y, poster.kicker, _sans(30, 500), INK_2, 38, most=1)
    size = next((s for s in (72, 60) if len(_wrapped(poster.title, _serif(s))) <= 2), 52)
    y = _lines(pen, y + 10, poster.title, _serif(size), INK, size * 1.16, most=3)
    _lines(pen, y + 26, poster.by, _sans(34, 500), INK_2, 44, most=2)
    _line(pen, LEFT, 540, _shortened(poster.facts, _sans(36, 650)), _sans(36, 650), PLUM)
    file = BytesIO()
    image.resize(SIZE, Image.Resampling.BOX).quantize(96, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _panel(pen: ImageDraw.ImageDraw) -> None:
    """On the right, on plum tint, the open chair turned to the reader."""
    pen.rectangle(_box(880, 0, 1200, 630), fill=TINT)
    _chair(pen, 900, 175, 11.7, PLUM, ground=TINT, seat=TINT, width=1.6)


def _mark(pen: ImageDraw.ImageDraw) -> None:
    pen.rounded_rectangle(_box(LEFT, 56, LEFT + 46, 102), 10 * FINE, fill=PLUM)
    _chair(pen, LEFT + 2.5, 60, 1.7, PAPER, ground=PLUM, seat=PAPER, width=2.0)


def _chair(
    pen: ImageDraw.ImageDraw, x: float, y: float, scale: float, color: str, *, ground: str, seat: str, width: float
) -> None:
    """The chair of components/drawings.html, on a grid of 24: a frame open to the top, a seat with round corners."""

    def box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        return _box(x + left * scale, y + top * scale, x + right * scale, y + bottom * scale)

    line, half = round(width * scale * FINE), width / 2
    frame, corner = box(5 - half, 2, 19 + half, 20 + half), (4.5 + half) * scale * FINE
    pen.rounded_rectangle(frame, corner, outline=color, width=line, corners=(False, False, True, True))
    pen.rectangle(box(5 - half, 1.5, 19 + half, 8), fill=ground)
    for x_of_end in (5, 19):
        pen.ellipse(box(x_of_end - half, 8 - half, x_of_end + half, 8 + half), fill=color)
    pen.rounded_rectangle(box(8.5, 5, 15.5, 15.5), 2 * scale * FINE, fill=seat, outline=color, width=line)


def _box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    return left * FINE, top * FINE, right * FINE, bottom * FINE


def _lines(
    pen: ImageDraw.ImageDraw, y: float, text: str, font: ImageFont.FreeTypeFont, color: str, step: float, *, most: int
) -> float:
    """The text in at most so many lines, the last one shortened; where the next line would be."""
    lines = _wrapped(text, font)
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(" ".join(lines[most - 1 :]), font)]
    for line in lines:
        _line(pen, LEFT, y, line, font, color)
        y += step
    return y


def _line(pen: ImageDraw.ImageDraw, x: float, y: float, text: str, font: ImageFont.FreeTypeFont, color: str) -> None:
    pen.text((x * FINE, y * FINE), drawable(text), font=font, fill=color)


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in drawable(text).split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= WIDE * FINE:
            lines[-1] += f" {word}"
        else:
            lines.append(_shortened(word, font))
    return lines


def _shortened(text: str, font: ImageFont.FreeTypeFont, wide: int = WIDE) -> str:
    """As much of the text as fits on a line, with an ellipsis where something is left out."""
    text = drawable(text)
    if font.getlength(text) <= wide * FINE:
        return text
    while text and font.getlength(f"{text}…") > wide * FINE:
        text = text[:-1]
    return f"{text.rstrip()}…"


def drawable(text: str) -> str:
    """The text in letters that our fonts have: others lose their marks, or are left out."""
    return "".join(_letters(unicodedata.normalize("NFC", text[:300]))).strip()


def _letters(text: str) -> Iterable[str]:
    for letter in text:
        if letter.isspace():
            yield " "
        elif letter in _known():
            yield letter
        else:
            plain = unicodedata.normalize("NFKD", letter.translate(_PLAIN))
            yield from (part for part in plain if part in _known())


_PLAIN = str.maketrans("łŁđĐıħĦ", "lLdDihH")


@cache
def _known() -> frozenset[str]:
    """What both fonts can draw: whatever does not come out as the box for what is missing."""
    fonts = [_serif(20), _sans(20, 400)]
    missing = [bytes(font.getmask("\uffff")) for font in fonts]
    letters = (chr(code) for code in (*range(0x21, 0x7F), *range(0xA1, 0x180), *range(0x2010, 0x2040), 0x20AC, 0x2122))
    return frozenset(c for c in letters if all(bytes(f.getmask(c)) != m for f, m in zip(fonts, missing, strict=True)))


@cache
def _serif(size: float) -> ImageFont.FreeTypeFont:
    return _font("literata-heading-530.ttf", size)


@cache
def _sans(size: float, weight: int) -> ImageFont.FreeTypeFont:
    font = _font("figtree-latin-400-700.ttf", size)
    font.set_variation_by_axes([weight])
    return font


def _font(file: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / file), size * FINE, layout_engine=ImageFont.Layout.BASIC)
