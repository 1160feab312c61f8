"""Text as words that can be compared: small letters without accents, digits, nothing else. Pure.

Documents and questions go through the same mill, so that "O'Brien-Łukasz" is found by "obrien lukasz". What a document
says is widened by its synonyms here, so that a question is nothing but words that must all occur.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from app.licensure.credentials import CODES
from app.taxonomies import synonyms, vocabularies

LONGEST = 40  # letters of a word that are kept
MOST = 12  # words of a question that are read
PREFIX = 3  # letters from which on a word is also the beginning of others
SHORT = 5  # letters up to which a synonym is a whole word

# Letters that no decomposition turns into plain ones.
_PLAIN = str.maketrans({
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
    "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ħ": "h", "Ħ": "H", "ß": "ss",
})  # fmt: skip
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼʹ`´](?=\w)")
_WORD = re.compile(r"[^\W_]+")
# Words that say nothing, so that neither documents nor questions need them.
STOP = frozenset([
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "for", "from", "had", "has", "have", "he",
    "her", "his", "i", "in", "into", "is", "it", "its", "me", "my", "not", "of", "on", "or", "our", "she", "so",
    "that", "the", "their", "them", "they", "this", "to", "too", "us", "was", "we", "were", "what", "when",
    "where", "who", "whom", "with", "you", "your",
])  # fmt: skip

Phrase = tuple[str, ...]


def tokens(text: str) -> list[str]:
    """The words of a text in order, as they were capitalised, without accents and apostrophes."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        text = "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_PLAIN)
    return _WORD.findall(_APOSTROPHES.sub("", text))


def folded(text: str) -> list[str]:
    """The words of a text in order, in small letters."""
    return [token.casefold()[:LONGEST] for token in tokens(text)]


def of_name(name: str) -> set[str]:
    """The words under which a name is found: its parts, and those that a hyphen or an apostrophe joins as one."""
    apart = re.sub(r"['’‘ʼʹ`´]", " ", name)
    joined = re.sub(r"[-‐‑–]", "", name)
    return {*folded(name), *folded(apart), *folded(joined)}


def of_prose(text: str) -> set[str]:
    """The words of what she wrote, with their synonyms, without those that say nothing."""
    cased = tokens(text)
    small = [token.casefold()[:LONGEST] for token in cased]
    found = set(small) - STOP
    for place, word in enumerate(small):
        for phrase, is_short_for in _phrases().get(word, ()):
            end = place + len(phrase)
            if tuple(small[place:end]) == phrase and (not is_short_for or "".join(cased[place:end]).isupper()):
                found |= _widened()[phrase]
    return found


@cache
def of_term(kind: str, term: str) -> frozenset[str]:
    """The words of a vocabulary's term, with their synonyms; none of a term that is no longer there."""
    if not vocabularies.exists(kind, term):
        return frozenset()
    found = of_prose(vocabularies.label(kind, term))
    for same in synonyms.load():
        if (kind, term) in same.terms:
            found |= _of_forms(same.forms)
    return frozenset(found)


@cache
def of_code(code: str) -> frozenset[str]:
    """The words of a credential: LPC-S is found by "LPC-S", "LPCS", "LPC" and by its name in words."""
    name = CODES[code].name if code in CODES else ""
    return frozenset({*folded(code), "".join(folded(code)), *folded(name)} - STOP - {""})


def asked(question: str) -> list[tuple[str, bool]]:
    """The words of a question that must all occur, each once, and whether it may be the beginning of a longer word."""
    every = dict.fromkeys(folded(question))
    words = [word for word in every if word not in STOP] or every  # An and Do are names, too
    return [(word, len(word) >= PREFIX and word not in _whole()) for word in list(words)[:MOST]]


def edition() -> Iterator[str]:
    """All that the words of a document depend on beside what its supervisor wrote."""
    yield from map(repr, synonyms.load())
    yield from (f"{v.kind} {dict(v.terms)}" for v in vocabularies.load().values())
    yield from (f"{code.code} {code.name}" for code in CODES.values())
    yield " ".join(sorted(STOP))


def _of_forms(forms: Iterable[str]) -> set[str]:
    words = {word for form in forms for word in folded(form)}
    joined = {"".join(folded(form)) for form in forms if _is_short_for(form)}  # "C-PTSD" is typed "CPTSD", too
    return (words | joined) - STOP


def _is_short_for(form: str) -> bool:
    return form.isupper()


@cache
def _phrases() -> Mapping[str, tuple[tuple[Phrase, bool], ...]]:
    """By the first word: each form as words, and whether it is an abbreviation."""
    found: dict[str, dict[Phrase, bool]] = {}
    for same in synonyms.load():
        for form in same.forms:
            phrase = tuple(folded(form))
            found.setdefault(phrase[0], {})[phrase] = _is_short_for(form)
    return MappingProxyType({first: tuple(phrases.items()) for first, phrases in found.items()})


@cache
def _widened() -> Mapping[Phrase, frozenset[str]]:
    """All words of what means the same as a phrase."""
    found: dict[Phrase, set[str]] = {}
    for same in synonyms.load():
        for form in same.forms:
            found.setdefault(tuple(folded(form)), set()).update(_of_forms(same.forms))
    return MappingProxyType({phrase: frozenset(words) for phrase, words in found.items()})


@cache
def _whole() -> frozenset[str]:
    """Words that are complete as they stand: abbreviations, short synonyms, codes of credentials."""
    forms = [form for same in synonyms.load() for form in same.forms]
    short = {"".join(folded(form)) for form in forms if _is_short_for(form)}
    short |= {form.casefold() for form in forms if len(form) <= SHORT and form.isalpha()}
    return frozenset(short | {word for code in CODES for word in {*folded(code), "".join(folded(code))}})
