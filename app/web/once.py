"""The same POST twice is one action and the same answer.

Each form that acts carries a random `idempotency_key`. The first request writes the key in its own transaction; a
second one with the same key waits for the first to end and is given the first one's answer. A refused request rolls
its key back with everything else, so that the form can be mended and sent again.
"""

import hashlib
import json
import secrets
from datetime import datetime

from flask import Response, g, request, session
from flask_login import current_user
from sqlalchemy import String, Text, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.db import Base, UTCDateTime, db

FIELD = "idempotency_key"


class DoneAction(Base):
    """An action that was carried out: the hash of its key, and the answer it got. Of an answer that leads elsewhere the
    body is what it put into the reader's cookie, as JSON."""

    __tablename__ = "done_actions"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    status: Mapped[int] = mapped_column(default=0)
    location: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")


def new_key() -> str:
    """A key for one form on one page."""
    return secrets.token_urlsafe(16)


def begin() -> BaseResponse | None:
    """Claim the request's key; if it was used before, answer as then. Without a key every request is its own action."""
    key = request.form.get(FIELD, "")
    if not 16 <= len(key) <= 64:
        return None
    who = current_user.get_id() if current_user.is_authenticated else ""
    key_hash = hashlib.sha256(f"{request.path}|{who}|{key}".encode()).hexdigest()
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    claim = insert(DoneAction).values(key_hash=key_hash, at=clock.now(), status=0, location="", body="")
    if db.session.scalar(claim.on_conflict_do_nothing().returning(DoneAction.key_hash)):
        g.action_key = key_hash
        return None
    earlier = db.session.scalars(select(DoneAction).where(DoneAction.key_hash == key_hash)).one()
    return _answer(earlier)


def keep_way(to: str) -> None:
    """Of this action keep no answer but the way to `to`: for answers that hold what is nobody's but their reader's."""
    g.action_leads_to = to


def put(name: str, value: str) -> None:
    """Put something into the reader's cookie, and again with the same answer: the first may never have arrived."""
    session[name] = value
    g.action_puts = {name: value}


def keep(response: Response) -> None:
    """Write the answer beside the claimed key, in the action's own transaction."""
    if key_hash := g.pop("action_key", None):
        action = db.session.get_one(DoneAction, key_hash)
        action.status = response.status_code
        headers = response.headers
        action.location = g.pop("action_leads_to", "") or headers.get("Location") or headers.get("HX-Redirect") or ""
        puts = json.dumps(g.action_puts) if "action_puts" in g else ""
        action.body = puts if action.location else response.get_data(as_text=True)


def forget(*, before: datetime) -> int:
    """Remove actions older than `before`; how many."""
    gone = delete(DoneAction).where(DoneAction.at < before).returning(DoneAction.key_hash)
    return len(db.session.scalars(gone).all())


def _answer(earlier: DoneAction) -> BaseResponse:
    if not earlier.location:
        return Response(earlier.body, status=earlier.status)
    if earlier.body:
        session.update(json.loads(earlier.body))
    if request.headers.get("HX-Request-Type") == "partial":
        return Response(status=204, headers={"HX-Redirect": earlier.location})
    return Response(status=303, headers={"Location": earlier.location})
