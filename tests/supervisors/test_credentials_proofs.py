"""Proofs of a credential: what is taken, who may open it, and that nothing of it stays behind."""

import io
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from app.db import db as database
from app.refusals import Refused
from app.supervisors import proofs
from tests.people import make_credential

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def picture(format="JPEG", size=(400, 300), **info) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "white").save(file, format, **info)
    return file.getvalue()


@pytest.fixture
def held(sam):
    return sam.credentials[0]


@pytest.fixture
def folder(app) -> Path:
    return app.config["SC"].instance_path / "proofs"


@pytest.fixture
def send(visit, sam, held):
    """send(b"…"): Sam uploads a file."""

    def sent(data: bytes, name: str = "license.pdf"):
        file = FileStorage(io.BytesIO(data), filename=name)
        return visit(sam).post(f"/credentials/{held.id}/proof", {"proof": file}, content_type="multipart/form-data")

    return sent


@pytest.mark.parametrize(
    ("data", "kind"), [(PDF, "application/pdf"), (picture(), "image/jpeg"), (picture("PNG"), "image/png")]
)
def test_what_a_file_is_its_content_says(send, visit, sam, held, data, kind):
    assert send(data, "page.html").status_code == 303
    got = visit(sam).get(f"/credentials/{held.id}/proof")
    assert got.content_type == kind
    assert got.headers["Content-Disposition"].startswith('attachment; filename="proof-')
    assert (got.headers["X-Content-Type-Options"], got.headers["Cache-Control"]) == ("nosniff", "no-store")


def test_it_lies_under_a_name_nobody_guesses_for_the_server_alone(send, held, folder):
    send(PDF, "../../license of Sam.pdf")
    path = folder / held.proof
    assert len(path.stem) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == PDF


def test_a_picture_keeps_nothing_but_its_pixels(send, held, folder):
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    send(picture(exif=exif) + b"<script>alert(1)</script>")
    kept = (folder / held.proof).read_bytes()
    assert b"a camera" not in kept
    assert b"script" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "choose a file"),
        (b"GIF89a" + bytes(100), "cannot read this file"),
        (SVG, "cannot read this file"),
        (b"<html>", "cannot read this file"),
        (b" " + PDF, "cannot read this file"),
        (picture()[:200], "cannot read this file"),
        (picture("WEBP"), "cannot read this file"),
        (PDF + bytes(100_000), "at most 5 MB"),
    ],
)
def test_everything_else_is_refused_beside_the_field(send, held, data, words, monkeypatch):
    monkeypatch.setattr(proofs, "MOST_BYTES", 100_000)
    answer = send(data)
    assert answer.status_code == 422
    assert 'id="proof-error"' in answer.text
    assert words in answer.text
    assert held.proof == ""


def test_a_picture_of_too_many_pixels_is_not_even_decoded():
    bomb = picture("PNG", size=(1, 1))
    huge = bomb[:16] + (60_000).to_bytes(4, "big") * 2 + bomb[24:]
    with pytest.raises(Refused):
        proofs.read(io.BytesIO(huge))


def test_far_too_much_is_not_even_read(visit, sam, held):
    url, flood = f"/credentials/{held.id}/proof", io.BytesIO(bytes(9 * 1024 * 1024))
    kind = "multipart/form-data; boundary=x"
    assert visit(sam).open(url, method="POST", content_type=kind, input_stream=flood).status_code == 413


def test_a_large_scan_is_made_fit_to_read():
    kept = proofs.read(io.BytesIO(picture(size=(5000, 4000))))
    assert max(Image.open(io.BytesIO(kept.data)).size) <= proofs.LONGEST_SIDE


def test_she_and_the_stewards_open_it_and_nobody_else(send, client, visit, sam, pat, zoe, wes, held):
    send(PDF)
    url = f"/credentials/{held.id}/proof"
    assert {who.name: visit(who).get(url).status_code for who in (sam, wes, pat, zoe)} == {
        sam.name: 200, wes.name: 200, pat.name: 404, zoe.name: 404,
    }  # fmt: skip
    assert client.get(url).location.startswith("/sign-in")


def test_where_there_is_no_proof_nobody_finds_one(visit, sam, wes, held):
    for who in (sam, wes):
        assert visit(who).get(f"/credentials/{held.id}/proof").status_code == 404
    assert visit(wes).get("/credentials/99999999999999999999/proof").status_code == 404


def test_another_file_takes_the_place_of_the_first(send, held, folder):
    send(PDF)
    first = held.proof
    send(picture())
    assert not (folder / first).exists()
    assert (folder / held.proof).exists()


@pytest.mark.parametrize("path", ["/proof/remove", "/remove"])
def test_it_goes_when_it_or_its_credential_is_removed(send, visit, sam, held, folder, path):
    send(PDF)
    file = folder / held.proof
    visit(sam).post(f"/credentials/{held.id}{path}")
    assert not file.exists()


def test_a_file_stays_until_its_removal_is_committed(send, held, folder, sam, clock):
    send(PDF)
    file = folder / held.proof
    proofs.detach(held, folder, by=sam.person, now=clock.now())
    database.session.rollback()
    database.session.commit()
    assert file.exists()


def test_a_file_that_was_not_committed_goes(held, folder, sam, clock):
    proofs.attach(held, proofs.Proof("pdf", PDF), folder, by=sam.person, now=clock.now())
    file = folder / held.proof
    assert file.exists()
    database.session.rollback()
    assert not file.exists()


def test_what_a_crash_left_behind_is_swept_after_a_day(send, sam, held, folder, clock):
    send(PDF)
    strays = [folder / "a.pdf", folder / "b.pdf"]
    for stray in strays:
        stray.write_bytes(PDF)
    old = (clock.now() - timedelta(days=2)).timestamp()
    for path in (strays[0], folder / held.proof):
        os.utime(path, (old, old))
    os.utime(strays[1], (clock.now().timestamp(),) * 2)
    proofs.sweep(folder, now=clock.now())
    assert [path.exists() for path in (*strays, folder / held.proof)] == [False, True, True]
    strays[1].unlink()


def test_a_guest_has_nothing_decoded(client, held):
    file = FileStorage(io.BytesIO(PDF), filename="license.pdf")
    answer = client.post(f"/credentials/{held.id}/proof", {"proof": file}, content_type="multipart/form-data")
    assert answer.location.startswith("/sign-in")


def test_no_other_page_takes_as_much(visit, sam):
    one = make_credential(sam, "LPC", state="CO")
    answer = visit(sam).post(f"/credentials/{one.id}", {"number": "1" * 300_000})
    assert answer.status_code == 413
