"""The vocabularies in which supervisors describe themselves and supervisees ask: specialties, approaches …"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

SHIPPED = Path(__file__).parent / "taxonomies.toml"
KEYS = {"label", "ask_supervisor", "ask_supervisee", "items", "order"}


class BadVocabulary(Exception):
    """The file of vocabularies cannot be used; the message names the vocabulary and what is wrong."""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """One list of words. `terms` maps ids, which never change, to labels, in the order they are shown.

    `ask_supervisor` and `ask_supervisee` are the questions it answers; empty where it is not asked.
    """

    kind: str
    label: str
    ask_supervisor: str
    ask_supervisee: str
    terms: Mapping[str, str]


@cache
def load(path: Path = SHIPPED) -> Mapping[str, Vocabulary]:
    """Every vocabulary of the file by its kind, in the file's order; read once. Raises BadVocabulary."""
    data = tomllib.loads(path.read_text("utf-8"))
    for kind, row in data.items():
        for fault in _faults(kind, row):
            raise BadVocabulary(f"{path.name}: {kind}: {fault}")
    return MappingProxyType({kind: _vocabulary(kind, row) for kind, row in data.items()})


def vocabulary(kind: str) -> Vocabulary:
    """The vocabulary of a kind, such as "specialty". KeyError if there is none."""
    return load()[kind]


def label(kind: str, term: str) -> str:
    """How a term is shown: label("specialty", "trauma") is "Trauma and PTSD". KeyError for unknown ids."""
    return load()[kind].terms[term]


def exists(kind: str, term: str) -> bool:
    """Whether the vocabulary of this kind has the term; False for unknown kinds too."""
    return kind in load() and term in load()[kind].terms


def _vocabulary(kind: str, row: dict[str, Any]) -> Vocabulary:
    terms = [(term, words) for term, words in row["items"]]
    if row.get("order") != "given":
        terms.sort(key=lambda pair: pair[1].casefold())
    asked = {key: row.get(key, "") for key in ("ask_supervisor", "ask_supervisee")}
    return Vocabulary(kind=kind, label=row["label"], terms=MappingProxyType(dict(terms)), **asked)


def _faults(kind: str, row: Any) -> Iterator[str]:
    if not isinstance(row, dict):
        yield "must be a table"
        return
    yield from (f"unknown key {key}" for key in sorted(row.keys() - KEYS))
    for key in ("ask_supervisor", "ask_supervisee"):
        if not isinstance(row.get(key, ""), str):
            yield f"{key} must be text"
    if not isinstance(row.get("label"), str) or not row["label"].strip():
        yield "label must be text"
    if row.get("order", "given") != "given":
        yield 'order must be "given", or left out for the order of the alphabet'
    yield from _faults_of_items(row.get("items"))


def _faults_of_items(items: Any) -> Iterator[str]:
    if not isinstance(items, list) or not items:
        yield "items must be a list of pairs"
        return
    seen: set[str] = set()
    for item in items:
        texts = [part for part in item if isinstance(part, str) and part.strip()] if isinstance(item, list) else []
        if len(texts) != 2 or len(item) != 2:
            yield f"{item!r} must be a pair of id and label"
            return
        term, words = item
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", term) or len(term) > 40:
            yield f"{term!r} must be an id of small letters, digits and hyphens"
        yield from (f"{text!r} stands twice" for text in {term, words} if text in seen)
        seen |= {term, words}
