"""Proofs of a credential: a scan or a photograph of a license, for her own eyes and the stewards'.

What a file is, its content says, never its name. Pictures are encoded anew from their bare pixels; a PDF is kept as it
is, for nobody but a reader's own program opens it. A file comes and goes with the transaction that names it; `sweep`
takes what a crash left behind.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO

from PIL import Image, ImageOps
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app import audit
from app.accounts.models import Person
from app.db import db
from app.refusals import Missing, Refused
from app.supervisors.models import Credential

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 3000
TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
NOT_A_PROOF = "We cannot read this file. Please choose a PDF, or a picture as JPEG or PNG."
# What Pillow raises on files that are broken, or made to break it.
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, MemoryError, IndexError, KeyError, TypeError, OverflowError,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


@dataclass(frozen=True)
class Proof:
    """A file ready to be kept; `kind` is one of TYPES."""

    kind: str
    data: bytes


def read(file: IO[bytes]) -> Proof:
    """An uploaded file as it may be kept. Refused, beside `proof`, if empty, over 5 MB, broken or of another kind."""
    data = file.read(MOST_BYTES + 1)
    if not data:
        raise Refused("Please choose a file.", "proof")
    if len(data) > MOST_BYTES:
        raise Refused("Please choose a file of at most 5 MB.", "proof")
    if data.startswith(b"%PDF-"):
        return Proof("pdf", data)
    try:
        return _picture(data)
    except _BROKEN:
        raise Refused(NOT_A_PROOF, "proof") from None


def attach(credential: Credential, proof: Proof, folder: Path, *, by: Person, now: datetime) -> None:
    """Keep a proof under a new random name, in place of the one before."""
    detach(credential, folder, by=by, now=now)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    credential.proof = f"{secrets.token_hex(16)}.{proof.kind}"
    path = folder / credential.proof
    _after(rolled_back=path)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as written:
        written.write(proof.data)
    audit.record("credential.proof_added", "credential", credential.id, by_id=by.id, now=now)


def detach(credential: Credential, folder: Path, *, by: Person, now: datetime) -> None:
    """Let go of a proof, if there is one: its file is removed once that is committed."""
    if credential.proof:
        _after(committed=folder / credential.proof)
        credential.proof = ""
        audit.record("credential.proof_removed", "credential", credential.id, by_id=by.id, now=now)


def load(credential: Credential, folder: Path) -> Proof:
    """The proof that was kept. Missing if there is none."""
    _, _, kind = credential.proof.rpartition(".")
    try:
        return Proof(kind, (folder / credential.proof).read_bytes() if kind in TYPES else b"")
    except OSError:
        raise Missing from None


def sweep(folder: Path, *, now: datetime) -> int:
    """Remove files that no credential names and that are a day old; how many."""
    old = (now - timedelta(days=1)).timestamp()
    aged = {path.name: path for path in folder.glob("*.*") if path.stat().st_mtime < old}
    named = set(db.session.scalars(select(Credential.proof).where(Credential.proof != ""))) if aged else set()
    for stray in aged.keys() - named:
        aged[stray].unlink(missing_ok=True)
    return len(aged.keys() - named)


def _picture(data: bytes) -> Proof:
    """The picture upright, at a size to read, without anything that lay beside its pixels."""
    with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as opened:
        kind = "png" if opened.format == "PNG" else "jpg"
        if opened.width * opened.height > MOST_PIXELS:
            raise Refused("This picture has more than 40 megapixels. Please choose a smaller one.", "proof")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(opened)
    shown = upright.convert("RGBA" if kind == "png" and _has_alpha(upright) else "RGB")
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    bare, file = Image.frombytes(shown.mode, shown.size, shown.tobytes()), BytesIO()
    bare.save(file, "PNG" if kind == "png" else "JPEG", quality=85)
    return Proof(kind, file.getvalue())


def _has_alpha(picture: Image.Image) -> bool:
    return picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info


def _after(*, committed: Path | None = None, rolled_back: Path | None = None) -> None:
    """Remove a file once the running transaction has ended so."""
    waiting = db.session.registry().info.setdefault("proofs", [])
    waiting.append((committed, rolled_back))


def _end(session: Session, which: int) -> None:
    if not session.in_nested_transaction():
        for pair in session.info.pop("proofs", ()):
            if pair[which]:
                pair[which].unlink(missing_ok=True)


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    _end(session, 0)


@event.listens_for(Session, "after_rollback")
def _rolled_back(session: Session) -> None:
    _end(session, 1)
