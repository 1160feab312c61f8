"""Facts for every letter, so that each can be drawn and looked at. Whoever adds a letter adds its sample here.

A sample holds the facts and secrets of `outbox.post`, all by their own names.
"""

from typing import Any

SAMPLES: dict[str, dict[str, Any]] = {}
