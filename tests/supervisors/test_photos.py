"""Photographs: what comes in, what is refused, and what of it is kept."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from app.profiles.forms import square_of
from app.refusals import Refused
from app.supervisors import photos
from app.supervisors.photos import Square


def file(form: str = "JPEG", size: tuple[int, int] = (400, 300), mode: str = "RGB", color: object = "red", **more):
    out = BytesIO()
    Image.new(mode, size, color).save(out, form, **more)
    return BytesIO(out.getvalue())


def read(data: BytesIO | bytes, square: Square = Square()):  # noqa: B008
    return photos.read(BytesIO(data) if isinstance(data, bytes) else data, square)


def picture(photo: photos.Photo, side: int = 640) -> Image.Image:
    return Image.open(BytesIO(photo.files[side]))


def refusal(data: BytesIO | bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(data)
    assert refused.value.field == "photo"
    return refused.value.words


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_two_squares_of_webp(form: str):
    photo = read(file(form))
    assert {(picture(photo, side).format, picture(photo, side).size) for side in photos.SIZES} == {
        ("WEBP", (640, 640)),
        ("WEBP", (160, 160)),
    }


def test_place_and_camera_do_not_come_along():
    exif = Image.Exif()
    exif[0x0110] = "Camera of Mia"
    exif.get_ifd(0x8825)[1] = "N"
    data = file(exif=exif.tobytes()).getvalue() + b"<script>alert(1)</script>"
    photo = read(data)
    assert not picture(photo).getexif()
    assert all(b"Mia" not in kept and b"script" not in kept for kept in photo.files.values())


def test_a_picture_taken_sideways_stands_upright():
    exif, out = Image.Exif(), BytesIO()
    exif[0x0112] = 6  # its right side is up
    sideways = Image.new("RGB", (400, 400), "blue")
    sideways.paste("red", (0, 0, 200, 400))
    sideways.save(out, "JPEG", exif=exif.tobytes())
    made = picture(read(out.getvalue())).convert("RGB")
    assert made.getpixel((320, 40))[0] > 200
    assert made.getpixel((320, 600))[2] > 200


def halves(size: tuple[int, int], box: tuple[int, int, int, int]) -> bytes:
    made, out = Image.new("RGB", size, "blue"), BytesIO()
    made.paste("red", box)
    made.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("square", "is_red"),
    [(Square(x=0), True), (Square(x=1), False), (Square(x=0, part=0.5), True), (Square(x=0.9, y=0.9, part=0.3), False)],
)
def test_the_chosen_square_is_kept(square: Square, is_red: bool):
    wide = halves((900, 300), (0, 0, 450, 300))
    red, _, blue = picture(read(wide, square)).convert("RGB").getpixel((320, 320))
    assert (red > blue) == is_red


@pytest.mark.parametrize(
    ("given", "square"),
    [
        ({}, Square()),
        ({"square": "start"}, Square(0, 0)),
        ({"square": "nowhere"}, Square()),
        ({"x": "250", "y": "1000", "part": "500", "square": "end"}, Square(0.25, 1, 0.5)),
        ({"x": "0", "y": "0", "part": "0"}, Square(0, 0, 0.1)),
        ({"x": "", "y": "", "part": "", "square": "end"}, Square(1, 1)),
        ({"x": "9999", "y": "-1", "part": "1e3"}, Square()),
    ],
)
def test_a_square_is_read_off_a_form_whatever_it_says(given: dict[str, str], square: Square):
    assert square_of(given) == square


@pytest.mark.parametrize(("mode", "color"), [("RGBA", (0, 0, 0, 0)), ("LA", (0, 0))])
def test_what_is_transparent_becomes_white(mode: str, color: tuple[int, ...]):
    assert min(picture(read(file("PNG", mode=mode, color=color))).convert("RGB").getpixel((9, 9))) > 250


def test_a_transparent_palette_becomes_white_too():
    drawn = Image.new("P", (400, 400), 0)
    drawn.putpalette([255, 0, 0] * 256)
    out = BytesIO()
    drawn.save(out, "PNG", transparency=0)
    assert min(picture(read(out.getvalue())).convert("RGB").getpixel((9, 9))) > 250


@pytest.mark.parametrize(("mode", "color"), [("CMYK", (0, 255, 255, 0)), ("L", 128)])
def test_print_colors_and_grays_are_read(mode: str, color: object):
    assert picture(read(file("JPEG", mode=mode, color=color))).mode == "RGB"


def huge_png(width: int, height: int) -> bytes:
    """The head of a PNG that claims so many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    body = b"".join(struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(("width", "height"), [(8_000, 6_000), (10_000, 10_000), (60_000, 60_000)])
def test_more_pixels_than_we_take_are_refused_before_they_are_decoded(width: int, height: int):
    assert refusal(huge_png(width, height)) in {
        "This picture has more than 40 megapixels. Please choose a smaller one.",
        photos.NOT_A_PICTURE,
    }


def gif() -> bytes:
    return file("GIF", mode="P", color=0).getvalue()


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        lambda: b"<!doctype html><script>alert(1)</script>",
        gif,
        lambda: b"GIF89a/*" + file().getvalue(),
        lambda: file("BMP").getvalue(),
        lambda: file("TIFF").getvalue(),
        lambda: file("JPEG").getvalue()[:600],
        lambda: file("PNG").getvalue()[:-40],
        lambda: file("WEBP").getvalue()[:60],
        lambda: b"\x89PNG\r\n\x1a\n",
        lambda: b"\xff\xd8\xff\xe0" + b"\0" * 500,
        lambda: b"%PDF-1.7\n",
        lambda: bytes(range(256)) * 4,
    ],
)
def test_what_is_no_picture_is_refused(make: Callable[[], bytes]):
    assert refusal(make()) == photos.NOT_A_PICTURE


def test_what_is_too_large_too_small_or_nothing_is_refused():
    assert "at most 4 MB" in refusal(file().getvalue() + b"\0" * photos.MOST_BYTES)
    assert "very small" in refusal(file(size=(400, 80)))
    assert refusal(b"") == "Please choose a picture."


def test_files_are_kept_under_a_name_nobody_guesses_and_removed_again(tmp_path):
    folder = tmp_path / "photos"
    photo = read(file())
    name, other = photos.keep(photo, folder), photos.keep(photo, folder)
    assert name != other
    assert len(name) == 32
    photos.forget(name, folder)
    photos.forget("", folder)
    assert {f.name for f in folder.iterdir()} == {f"{other}-640.webp", f"{other}-160.webp"}
