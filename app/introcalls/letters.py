"""What is written to the two parties of a call, each in the time of her own place."""

from datetime import datetime
from typing import Any

from app.introcalls import calls, ics
from app.introcalls.ics import Organizer
from app.introcalls.models import Call
from app.notifications.outbox import post


def ask_to_confirm(call: Call, token: str, *, now: datetime) -> None:
    """Send a guest the link that confirms her call. The supervisor is told nothing yet."""
    post(
        "introcalls/confirm", to_email=call.email, to_name=call.name, key=f"call/{call.public_id}/confirm", now=now,
        facts={
            **_when(call), "supervisor": call.supervisor.name, "zone": call.zone, "held_until": _iso(call.held_until),
        },
        secrets={"path": f"/calls/confirm/{token}"},
    )


def tell_both(what: str, call: Call, organizer: Organizer, *, now: datetime) -> None:
    """Tell supervisee and supervisor that the call was "confirmed", "moved" or "cancelled", with a calendar entry."""
    method = "CANCEL" if what == "cancelled" else "REQUEST"
    calendar = ics.invitation(calls.meeting(call, organizer, now), organizer, method)
    supervisor = call.supervisor
    for reader, email, name, facts in (
        ("supervisee", call.email, call.name, _for_supervisee(call)),
        ("supervisor", supervisor.person.email, supervisor.name, _for_supervisor(call)),
    ):
        post(
            f"introcalls/{what}-{reader}", to_email=email, to_name=name,
            key=f"call/{call.public_id}/{call.sequence}/{what}/{reader}", now=now, facts=facts,
            calendar=calendar, method=method,
        )


def _for_supervisee(call: Call) -> dict[str, Any]:
    other = call.supervisor
    by = other.name if call.cancelled_by_id == other.person_id else "You"
    return {**_both(call), "other": other.name, "zone": call.zone, "other_zone": other.zone, "cancelled_by": by}


def _for_supervisor(call: Call) -> dict[str, Any]:
    by = "You" if call.cancelled_by_id == call.supervisor.person_id else call.name
    return {
        **_both(call), "other": call.name, "zone": call.supervisor.zone, "other_zone": call.zone, "cancelled_by": by,
        "note": call.note, "reply_to": call.email,
    }


def _both(call: Call) -> dict[str, Any]:
    settings = calls.settings_of(call)
    return {
        **_when(call),
        "path": f"/calls/{call.public_id}",
        "slots_path": f"/supervisors/{call.supervisor.slug}/slots",
        "join_link": settings.link if settings else "",
        "phone": settings.phone if settings else "",
        "cancel_note": call.cancel_note,
    }


def _when(call: Call) -> dict[str, Any]:
    return {"starts_at": _iso(call.starts_at), "ends_at": _iso(call.ends_at)}


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
