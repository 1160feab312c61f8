"""Passwords: which ones are too weak, and how the others are kept.

argon2id with 19 MiB and two passes, OWASP's recommendation: about 25 ms here. That is time nobody else should wait, so
it is spent before the write lock is taken (gate.prepared_by).
"""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import matching, scoring

SHORTEST, LONGEST = 12, 200
GUESSES = 10**8  # what zxcvbn calls "safely unguessable" begins here
SITE = "secondchair"

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash(password: str) -> str:
    """The argon2id hash of a password, with its own salt and cost inside."""
    return _hasher.hash(_typed(password))


def verify(password: str, kept: str | None) -> bool:
    """Whether `password` is the one that was hashed. Takes as long when there is none (`kept` is None)."""
    try:
        return _hasher.verify(kept or _nobodys(), _typed(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(kept: str) -> bool:
    """Whether the hash was made at another cost than today's."""
    return _hasher.check_needs_rehash(kept)


def fault(password: str, name: str, email: str) -> str | None:
    """What is wrong with a new password, in words for the person, or None (NIST SP 800-63B: length and lists)."""
    if len(password) < SHORTEST:
        return f"Please take at least {SHORTEST} characters; three or four words will do."
    if len(password) > LONGEST:
        return f"Please keep this to {LONGEST} characters; it has {len(password):,} now."
    if len(_without_the_known(password, name, email)) < SHORTEST - 4:
        return "This leans on your name, your address or ours, which anyone would try first."
    if _guesses(password) < GUESSES:
        return "This is among the first that anyone would try. A few unrelated words are harder to guess."
    return None


def _typed(password: str) -> str:
    """The same characters, however a keyboard composes its accents."""
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys() -> str:
    return hash("nobody has this password")


def _guesses(password: str) -> float:
    """How many tries a cracker would need, by the lists of zxcvbn, which takes 72 characters at most."""
    typed = password[:72]
    return float(scoring.most_guessable_match_sequence(typed, matching.omnimatch(typed))["guesses"])


def _without_the_known(password: str, name: str, email: str) -> str:
    """The letters and figures that remain of a password without what everyone knows of the person and the site."""
    mailbox, _, domain = email.partition("@")
    known = {SITE, name, email, mailbox, domain.split(".")[0], *name.split(), *mailbox.split(".")}
    rest = _squeezed(password)
    for word in sorted((w for w in map(_squeezed, known) if len(w) > 3), key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest


def _squeezed(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
