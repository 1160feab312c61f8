"""What crawlers are asked to leave alone. Pure."""

import re
from collections.abc import Iterable

# Open to whoever has the link, and nothing that a search should lead to.
UNLISTED = ("/alerts/", "/calls/", "/check-mail", "/compare", "/dev/", "/healthz", "/match/", "/matches", "/metrics",
            "/openings/still-open/", "/readyz", "/reset", "/sign-in", "/sign-out", "/sign-up", "/supervisors/*/slots",
            "/verify/")  # fmt: skip


def told(closed: Iterable[str], sitemap: str) -> str:
    """The text of /robots.txt. `closed` are rules such as "/calls/<public_id>"; `sitemap` is a whole address."""
    patterns = {re.sub(r"<[^>]*>", "*", rule) for rule in closed}
    kept_out: list[str] = []
    for pattern in sorted({*patterns, *UNLISTED} - {"/"}):
        if not any(pattern.startswith(shorter) for shorter in kept_out):  # a pattern holds for all that begins so
            kept_out.append(pattern)
    lines = ["User-agent: *", *(f"Disallow: {pattern}" for pattern in kept_out), "", f"Sitemap: {sitemap}"]
    return "\n".join(lines) + "\n"
