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
        r"https?:|www\.|//|\b[a-z0-9-]{2,}(\.|\s\.\s?|\s?\bdot\b\s?)(com|net|org|edu|gov|info|biz|io|co|me|us|app|link|page|site)\b"
    ),
    "a telephone number": re.compile(rf"((\d|\b({'|'.join(DIGITS)})\b)[\s(),.+/-]*){{7,}}"),
    "a number by which you could be looked up": re.compile(r"\d{5,}"),
    "where else to find you": re.compile(
        r"\b(linkedin|instagram|insta|facebook|whatsapp|telegram|tiktok|snapchat|twitter|bluesky|discord|skype)\b"
    ),
}
YEARS = re.compile(r"\b(19|20)\d\d\s?[-–/]\s?(19|20)\d\d\b")  # from and to, which is no number to call
LETTERS = re.compile(r"[^\W\d_]+")
APOSTROPHES = re.compile("['’ʼ`]")
UNLIKE = str.maketrans("łøđħıŧ", "lodhit")  # what loses no stroke when accents are taken off
SHORTEST_NAME = 3  # letters: "Al" or "Li" would be found in any sentence


def fault(line: str, name: str) -> str | None:
    """Why this line cannot stand on the card of the person called `name`; None if it can."""
    text = _plain(line)
    for what, pattern in LEADS_TO_HER.items():
        if pattern.search(YEARS.sub(" ", text)):
            return f"This line holds {what}. Once you answer yes, you can write to each other."
    named = _plain(name)
    own = {word for word in _words(named) if len(word) >= SHORTEST_NAME}
    return NAMES_HER if own & _words(text) or _is_run_together(LETTERS.findall(_joined(named)), text) else None


def _words(text: str) -> set[str]:
    """Its words, "o'brien" as "o", "brien" and "obrien"."""
    return {*LETTERS.findall(text), *LETTERS.findall(_joined(text))}


def _joined(text: str) -> str:
    return APOSTROPHES.sub("", text)


def _is_run_together(parts: list[str], text: str) -> bool:
    """Whether first and last name stand in it as one, as people call themselves elsewhere: "anaruiz", "Ruiz_Ana"."""
    if len(parts) < 2 or len(parts[0] + parts[-1]) < 2 * SHORTEST_NAME:
        return False
    letters = "".join(LETTERS.findall(text))
    return parts[0] + parts[-1] in letters or parts[-1] + parts[0] in letters


def _plain(text: str) -> str:
    """Small letters without accents, in the forms that look alike made one, without what cannot be seen."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(UNLIKE)
    return "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cf"})
