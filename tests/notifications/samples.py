"""Facts for every letter, so that each can be drawn and looked at. Whoever adds a letter adds its sample here.

A sample holds the facts and secrets of `outbox.post`, all by their own names.
"""

from typing import Any

ANA = "ana.ruiz@example.org"
TIMES = {
    "starts_at": "2026-12-01T16:00:00+00:00", "ends_at": "2026-12-01T16:20:00+00:00", "zone": "America/Phoenix",
}
CALL = {
    **TIMES, "other_zone": "America/Chicago", "join_link": "https://meet.example.org/sam", "phone": "",
    "path": "/calls/abc", "slots_path": "/supervisors/sam-okafor/slots", "cancelled_by": "Sam Okafor",
    "cancel_note": "",
}
LICENSE = {
    "name": "Sam Okafor", "credential": "LPC, Arizona", "number": "12345", "expires_on": "2027-03-31",
    "path": "/credentials/5",
}
SAMPLES: dict[str, dict[str, Any]] = {
    "accounts/already": {"name": "Ana Ruiz"},
    "accounts/password": {"name": "Ana Ruiz"},
    "accounts/reset": {"name": "Ana Ruiz", "path": "/reset/a-token"},
    "accounts/verify": {"name": "Ana Ruiz", "path": "/verify/a-token"},
    "introcalls/confirm": {
        **TIMES, "supervisor": "Sam Okafor", "held_until": "2026-11-24T15:30:00+00:00",
        "path": "/calls/confirm/a-token",
    },
    "introcalls/confirmed-supervisee": {**CALL, "other": "Sam Okafor"},
    "introcalls/confirmed-supervisor": {**CALL, "other": "Ana Ruiz", "note": "Looking for Tuesdays", "reply_to": ANA},
    "introcalls/moved-supervisee": {**CALL, "other": "Sam Okafor"},
    "introcalls/moved-supervisor": {
        **CALL, "other": "Ana Ruiz", "note": "", "reply_to": ANA, "join_link": "", "phone": "+1 520 555 0101",
    },
    "introcalls/cancelled-supervisee": {**CALL, "other": "Sam Okafor", "cancel_note": "I am ill, sorry."},
    "introcalls/cancelled-supervisor": {**CALL, "other": "Ana Ruiz", "note": "", "reply_to": ANA},
    "invitations/invited": {
        "supervisor": "Sam Okafor", "opening": "The Thursday Table", "has_note": True,
        "expires_at": "2026-12-08T16:00:00+00:00", "zone": "America/Phoenix", "path": "/invitations",
    },
    "invitations/accepted": {"supervisee": "Ana Ruiz", "opening": "The Thursday Table", "path": "/messages/abc"},
    "invitations/ending": {"expires_at": "2026-12-08T16:00:00+00:00", "zone": "America/Phoenix", "path": "/card"},
    "invitations/ended": {"expires_at": "2026-12-08T16:00:00+00:00", "zone": "America/Phoenix", "path": "/card"},
    "messages/new": {"author": "Sam Okafor", "opening": "The Thursday Table", "path": "/messages/abc"},
    "openings/ask": {
        "opening": "Individual, Tuesdays 5:30–6:30 pm", "days": 31, "seats": 2, "open_seats": 1,
        "path": "/openings/still-open/a-token",
    },
    "openings/changed": {
        "opening": "The Thursday Table", "supervisor": "Sam Okafor", "changes": [["Fee", "$45", "$50"]],
        "path": "/openings/7",
    },
    "openings/unanswered": {"opening": "The Thursday Table", "days": 46, "path": "/my/openings"},
    "saved/alert": {
        "total": 3, "unsubscribe_path": "/alerts/unsubscribe/a-token", "stops": ["/alerts/unsubscribe/another-token"],
        "searches": [{
            "name": "Arizona, Group", "path": "/saved/searches/4", "more": 2,
            "openings": [{
                "id": 7, "href": "/openings/7", "name": "Sam Okafor", "kind": "Group of 6 · online",
                "verdict_words": "Counts in part for Arizona LPC", "rhythm": "Tuesdays 5:30–7:00 pm",
                "zone": "Arizona time", "fee": "$45", "unit": "a meeting", "reduced": None,
            }],
        }],
    },
    "supervisors/verified": {**LICENSE, "source": "the board's look-up"},
    "supervisors/refused": {**LICENSE, "source": "", "note": "The number belongs to another name."},
    "supervisors/asked": {**LICENSE, "source": "", "note": "Is the number complete?"},
    "supervisors/lapsing": {**LICENSE, "days": 14},
    "supervisors/lapsed": {**LICENSE, "days": 0},
}
