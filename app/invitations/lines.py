"""The line in her own words on a card without a name. Pure.

It is refused where it would name her after all, or lead to her: what stands in it is seen by people she does not know.
"""

import re
import unicodedata

LONGEST = 200
NAMES_HER = "This line holds your name, and the card is meant to go without."
DIGITS = ("zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LEADS_TO_HER = {
    "an e-mail address": re.compile(r"@|\(at\)|\[at\]|\bat\b\s+\S+\s+(\bdot\b|\.)\s*\w"),
    "a link": re.compile(
        r"https?:|www\.|//|\b[a-z0-9-]{2,}\s?(\.|\bdot\b)\s?(com|net|org|edu|gov|info|biz|io|co|me|us|app|link|page|site)\b"
    ),
    "a telephone number": re.compile(rf"((\d|\b({'|'.join(DIGITS)})\b)[\s(),.+/-]*){{7,}}"),
    "a number by which you could be looked up": re.compile(r"\d{5,}"),
    "where else to find you": re.compile(
        r"\b(linkedin|instagram|insta|facebook|whatsapp|telegram|tiktok|snapchat|twitter|bluesky|discord|skype)\b"
    ),
}
SHORTEST_NAME = 3  # letters: "Al" or "Li" would be found in any sentence


def fault(line: str, name: str) -> str | None:
    """Why this line cannot stand on the card of the person called `name`; None if it can."""
    text = _plain(line)
    for what, pattern in LEADS_TO_HER.items():
        if pattern.search(text):
            return f"This line holds {what}. Once you answer yes, you can write to each other."
    words = set(re.findall(r"[^\W\d_]+", text))
    parts = re.findall(r"[^\W\d_]+", _plain(name))
    own = {part for part in parts if len(part) >= SHORTEST_NAME}
    return NAMES_HER if words & own or _is_run_together(parts, text) else None


def _is_run_together(parts: list[str], text: str) -> bool:
    """Whether first and last name stand in it as one, as people call themselves elsewhere: "anaruiz", "Ruiz_Ana"."""
    if len(parts) < 2 or len(parts[0] + parts[-1]) < 2 * SHORTEST_NAME:
        return False
    letters = "".join(re.findall(r"[^\W\d_]+", text))
    return parts[0] + parts[-1] in letters or parts[-1] + parts[0] in letters


def _plain(text: str) -> str:
    """Small letters without accents, in the forms that look alike made one, without what cannot be seen."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cf"})
