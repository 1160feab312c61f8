"""Write a letter into the running transaction: owed exactly when the action it tells of is committed."""

import secrets as random
from datetime import datetime
from typing import Any

from sqlalchemy import select

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
    sending, such as a link's token, goes into `secrets`. `calendar` is an .ics text and `method` its METHOD. `key` is
    unique for ever: a letter of the same key is owed once, and the earlier one is returned.
    """
    earlier = db.session.scalar(select(Letter).where(Letter.key == key))
    if earlier is not None:
        return earlier
    letter = Letter(
        kind=kind, to_email=to_email, to_name=to_name, key=key, facts=facts, secrets=secrets, calendar=calendar, method=method,
        message_id=f"<{random.token_hex(16)}@second-chair>", created_at=now, send_after=send_after or now, tries=0,
    )
    db.session.add(letter)
    return letter
