"""What is written about openings: to her, whether they are still open; to placed people, what has changed for them."""

from datetime import datetime
from typing import Any

from app.notifications.outbox import post
from app.openings import history, seating, words
from app.openings.models import FreshnessAsk, Opening

# What somebody who sits there arranged her week and her means by.
DEPENDED_ON = (
    "times", "zone", "rhythm", "nth", "minutes", "online", "in_person", "zip",
    "fee_cents", "reduced_fee_cents", "reduced_places",
)  # fmt: skip


def ask(opening: Opening, asked: FreshnessAsk, token: str, *, days: int, now: datetime) -> None:
    """Ask her whether it is still open, with a link that needs no sign-in."""
    _to_her(
        "openings/ask",
        opening,
        f"opening/{opening.id}/ask/{asked.token_hash}",
        now=now,
        facts={"days": days},
        secrets={"path": f"/openings/still-open/{token}"},
    )


def tell_paused(opening: Opening, *, days: int, now: datetime) -> None:
    """Tell her that it rests because nobody answered."""
    key = f"opening/{opening.id}/unanswered/{now.isoformat()}"
    _to_her("openings/unanswered", opening, key, now=now, facts={"days": days, "path": f"/my/openings/{opening.id}"})


def tell_placed(opening: Opening, changed: history.Fields, *, now: datetime) -> None:
    """Tell everybody who sits in it of the changes they depend on, if there are any."""
    lines = history.lines({name: pair for name, pair in changed.items() if name in DEPENDED_ON})
    told = [[line.label, line.before, line.after] for line in lines]
    for person in seating.placed(opening) if told else ():
        post(
            "openings/changed",
            to_email=person.email,
            to_name=person.name,
            now=now,
            key=f"opening/{opening.id}/{opening.version}/changed/{person.id}",
            facts={**_about(opening), "supervisor": opening.supervisor.name, "changes": told},
        )


def _to_her(kind: str, opening: Opening, key: str, *, now: datetime, facts: dict[str, Any], **more: Any) -> None:
    person, about = opening.supervisor.person, {**_about(opening), **facts}
    post(kind, to_email=person.email, to_name=opening.supervisor.name, key=key, now=now, facts=about, **more)


def _about(opening: Opening) -> dict[str, Any]:
    name = words.heading(opening.format, opening.seats, opening.title, opening.supervisor.name)
    return {"opening": name, "seats": opening.seats, "open_seats": opening.open_seats}
