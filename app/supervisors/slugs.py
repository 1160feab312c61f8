"""The address of a profile, made from a name once and kept when the name changes."""

import re
import unicodedata
from collections.abc import Container

# Letters that Unicode does not take apart into a Latin letter and its marks.
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n",
})  # fmt: skip


def slug(name: str) -> str:
    """ "Siobhán O'Brien-Łukasz" → "siobhan-obrien-lukasz"; "supervisor" for a name without Latin letters."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['`.]", "", letters)).strip("-")
    return words[:70].rstrip("-") or "supervisor"


def free(name: str, taken: Container[str]) -> str:
    """The slug of the name that is not taken: with -2, -3 … behind it if need be."""
    base = slug(name)
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
