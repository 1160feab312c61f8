"""What is written about cards and invitations. Before a yes no letter to a supervisor says anything of a supervisee."""

from datetime import datetime

from app.invitations.models import Card, Invitation
from app.notifications.outbox import post
from app.openings import words
from app.openings.models import Opening


def tell_invited(invitation: Invitation, *, now: datetime) -> None:
    """Tell a supervisee who has invited her to what. The note stays on the site: mail travels openly."""
    person = invitation.person
    post(
        "invitations/invited", to_email=person.email, to_name=person.name, now=now,
        key=f"invitation/{invitation.public_id}/invited",
        facts={
            "supervisor": invitation.supervisor.name, "opening": heading(invitation.opening),
            "has_note": bool(invitation.note),
            "expires_at": invitation.expires_at.isoformat(), "zone": person.zone or invitation.opening.zone,
            "path": "/invitations",
        },
    )  # fmt: skip


def tell_accepted(invitation: Invitation, *, now: datetime) -> None:
    """Tell the supervisor who said yes, and where to write to her."""
    supervisor, thread = invitation.supervisor, invitation.thread
    post(
        "invitations/accepted", to_email=supervisor.person.email, to_name=supervisor.name, now=now,
        key=f"invitation/{invitation.public_id}/accepted",
        facts={
            "supervisee": invitation.person.name, "opening": heading(invitation.opening),
            "path": f"/messages/{thread.public_id}" if thread else "/messages",
        },
    )  # fmt: skip


def warn_of_end(card: Card, *, now: datetime) -> None:
    """Tell her that her card ends within a week unless she renews it."""
    _of_card("ending", card, now)


def tell_ended(card: Card, *, now: datetime) -> None:
    """Tell her that it has ended."""
    _of_card("ended", card, now)


def heading(opening: Opening) -> str:
    """What an opening is called."""
    return words.heading(opening.format, opening.seats, opening.title, opening.supervisor.name)


def _of_card(what: str, card: Card, now: datetime) -> None:
    person, ends = card.person, card.expires_at or now
    post(
        f"invitations/{what}", to_email=person.email, to_name=person.name, now=now,
        key=f"card/{card.id}/{what}/{ends.isoformat()}",
        facts={"expires_at": ends.isoformat(), "zone": person.zone or "UTC", "path": "/card"},
    )  # fmt: skip
