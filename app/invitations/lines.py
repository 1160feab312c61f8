"""The line in her own words on a card without a name. Pure.

It is refused where it would name her after all, or lead to her: what stands in it is seen by people she does not know.
"""

import re
import unicodedata

LONGEST = 200
NAMES_HER = "This line holds your name, and the card is meant to go without."
LEADS_TO_HER = {
    "an e-mail address": re.compile(r"@|\(at\)|\[at\]|\bat\b\s+\S+\s+(\bdot\b|\.)\s*\w"),
    "a link": re.compile(
        r"https?:|www\.|//|\b[a-z0-9-]{2,}\s?(\.|\bdot\b)\s?(com|net|org|edu|gov|info|biz|io|co|me|us|app|link|page|site)\b"
    ),
    "a telephone number": re.compile(r"(\d[\s().+/-]*){7,}"),
}
SHORTEST_NAME = 3  # letters: "Al" or "Li" would be found in any sentence


def fault(line: str, name: str) -> str | None:
    """Why this line cannot stand on the card of the person called `name`; None if it can."""
    text = _plain(line)
    for what, pattern in LEADS_TO_HER.items():
        if pattern.search(text):
            return f"This line holds {what}. Once you answer yes, you can write to each other."
    words = set(re.findall(r"[^\W\d_]+", text))
    own = {part for part in re.findall(r"[^\W\d_]+", _plain(name)) if len(part) >= SHORTEST_NAME}
    return NAMES_HER if words & own else None


def _plain(text: str) -> str:
    """Small letters without accents, in the forms that look alike made one, without what cannot be seen."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cf"})
