"""Facts for every letter, so that each can be drawn and looked at. Whoever adds a letter adds its sample here.

A sample holds the facts and secrets of `outbox.post`, all by their own names.
"""

from typing import Any

SAMPLES: dict[str, dict[str, Any]] = {
    "accounts/already": {"name": "Ana Ruiz"},
    "accounts/password": {"name": "Ana Ruiz"},
    "accounts/reset": {"name": "Ana Ruiz", "path": "/reset/a-token"},
    "accounts/verify": {"name": "Ana Ruiz", "path": "/verify/a-token"},
}
