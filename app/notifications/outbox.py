"""Write a letter into the running transaction: owed exactly when the action it tells of is committed."""

import secrets as random
from datetime import datetime
from typing import Any

from sqlalchemy import delete, null, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from app.db import db
from app.notifications.models import Letter


def post(
    kind: str,
    *,
    to_email: str,
    to_name: str,
    key: str,
    now: datetime,
    facts: dict[str, Any],
    secrets: dict[str, Any] | None = None,
    calendar: str | None = None,
    method: str | None = None,
    send_after: datetime | None = None,
) -> Letter:
    """Owe a letter. `kind` names templates/letters/<kind>.txt and .html, such as "introcalls/confirmed".

    `facts` fill them and must be JSON (instants as ISO 8601 UTC text, money in cents); what must not outlive the
    sending, such as a link's token, goes into `secrets`. `calendar` is an .ics text and `method` its METHOD. A letter
    of the same key is owed once, also when two actions post it at the same time, and the earlier one is returned.
    A fact or secret named `reply_to` becomes the header of that name, and `unsubscribe_path`, an address that takes a
    POST of mail programs (RFC 8058), the two of List-Unsubscribe.
    """
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    written = insert(Letter).values(
        kind=kind,
        to_email=to_email,
        to_name=to_name,
        key=key,
        facts=facts,
        secrets=secrets or null(),
        calendar=calendar,
        method=method,
        message_id=f"<{random.token_hex(16)}@second-chair>",
        created_at=now,
        send_after=send_after or now,
    )
    db.session.execute(written.on_conflict_do_nothing(index_elements=["key"]))
    return db.session.scalars(select(Letter).where(Letter.key == key)).one()


def forget(*, before: datetime) -> int:
    """Remove letters sent, or given up, before that instant; how many."""
    old = or_(Letter.sent_at < before, Letter.failed_at < before)
    return db.session.execute(delete(Letter).where(old)).rowcount  # type: ignore[attr-defined,no-any-return]
