"""Photographs: a file of anyone's making becomes two square pictures of ours, and nothing else of it is kept."""

import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import IO

from PIL import Image, ImageOps

from app.refusals import Missing, Refused

SIZES = (640, 160)
MOST_BYTES = 4 * 1024 * 1024
MOST_PIXELS = 40_000_000
SHORTEST = 160
LARGEST = 4096  # pixels of a side that are worked with; four times what is kept, for a square chosen from within
FORMATS = ("JPEG", "PNG", "WEBP")
NOT_A_PICTURE = "This is not a picture we can read. Please choose a JPEG, PNG or WebP file."
# What Pillow raises on files that are broken, or made to break it.
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, MemoryError, IndexError, KeyError, TypeError, OverflowError,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


_one_at_a_time = Lock()


@dataclass(frozen=True)
class Square:
    """Which square of a picture is kept: `x` and `y` place it within the space there is, from 0 (left, top) to 1;
    `part` is its side as a part of the shorter one."""

    x: float = 0.5
    y: float = 0.5
    part: float = 1.0


@dataclass(frozen=True)
class Photo:
    """A photograph ready to be kept: its WebP files by their sides in pixels."""

    files: dict[int, bytes]


def read(file: IO[bytes], square: Square) -> Photo:
    """The square of an uploaded picture, turned upright and encoded anew from its bare pixels.

    Neither place nor camera nor anything hidden behind the picture comes along. Refused, beside `photo`, for what is
    too large or too small, no JPEG, PNG or WebP, or broken. The pixels are counted before any is decoded.
    """
    data = file.read(MOST_BYTES + 1)
    if not data:
        raise Refused("Please choose a picture.", "photo")
    if len(data) > MOST_BYTES:
        raise Refused("Please choose a picture of at most 4 MB.", "photo")
    try:
        with _one_at_a_time:  # forty megapixels take a good part of a small server's memory
            picture = _decoded(data)
        return Photo({side: _encoded(_cut(picture, square, side)) for side in SIZES})
    except _BROKEN:
        raise Refused(NOT_A_PICTURE, "photo") from None


def keep(photo: Photo, folder: Path) -> str:
    """Write a photograph's files under a new random name, and return the name."""
    name = secrets.token_hex(16)
    folder.mkdir(parents=True, exist_ok=True)
    for side, data in photo.files.items():
        (folder / file_name(name, side)).write_bytes(data)
    return name


def find(name: str, side: int, folder: Path) -> bytes:
    """A kept file. Missing if there is none of that name and side."""
    if re.fullmatch(r"[0-9a-f]{32}", name) and side in SIZES:
        with suppress(FileNotFoundError):
            return (folder / file_name(name, side)).read_bytes()
    raise Missing


def forget(name: str, folder: Path) -> None:
    """Remove the files of a photograph; nothing happens if there are none."""
    for side in SIZES if name else ():
        (folder / file_name(name, side)).unlink(missing_ok=True)


def file_name(name: str, side: int) -> str:
    """Where a photograph's square of that side lies in its folder."""
    return f"{name}-{side}.webp"


def _decoded(data: bytes) -> Image.Image:
    """The picture upright, in plain red, green and blue, on white where it was transparent."""
    with Image.open(BytesIO(data), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Refused("This picture has more than 40 megapixels. Please choose a smaller one.", "photo")
        if min(opened.size) < SHORTEST:
            raise Refused(f"This picture is very small. Its shorter side needs {SHORTEST} pixels or more.", "photo")
        opened.draft("RGB", (2 * SIZES[0], 2 * SIZES[0]))  # a large JPEG is decoded smaller, in less memory
        if opened.mode in {"RGB", "RGBA", "CMYK"}:  # those of most bytes a pixel, before another copy is made
            opened.thumbnail((LARGEST, LARGEST))
        upright = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
        upright.thumbnail((LARGEST, LARGEST))
        ImageOps.exif_transpose(upright, in_place=True)
    if upright.mode == "RGBA":
        seen = upright
        ground = Image.new("RGB", seen.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
        return ground
    return upright


def _cut(picture: Image.Image, square: Square, side: int) -> Image.Image:
    width, height = picture.size
    edge = max(1, round(min(width, height) * square.part))
    left, top = round((width - edge) * square.x), round((height - edge) * square.y)
    box = (left, top, left + edge, top + edge)
    return picture.resize((side, side), Image.Resampling.LANCZOS, box=box)


def _encoded(picture: Image.Image) -> bytes:
    bare, file = Image.frombytes("RGB", picture.size, picture.tobytes()), BytesIO()
    bare.save(file, "WEBP", quality=82, method=4)
    return file.getvalue()
