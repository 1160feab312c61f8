"""Words that mean the same to whoever searches: abbreviations, other spellings, everyday words."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.taxonomies import vocabularies

SHIPPED = Path(__file__).parent / "synonyms.toml"


class BadSynonyms(Exception):
    """The file of synonyms cannot be used; the message says which entry, and what is wrong."""


@dataclass(frozen=True)
class Same:
    """Forms of one thing, and the terms (kind, id) of the vocabularies that mean it."""

    forms: tuple[str, ...]
    terms: tuple[tuple[str, str], ...] = ()


@cache
def load(path: Path = SHIPPED) -> tuple[Same, ...]:
    """Every entry of the file, in its order; read once. Raises BadSynonyms."""
    entries = tomllib.loads(path.read_text("utf-8")).get("same", [])
    for number, entry in enumerate(entries, 1):
        for fault in _faults(entry):
            raise BadSynonyms(f"{path.name}: entry {number}: {fault}")
    return tuple(Same(tuple(entry["forms"]), _terms(entry)) for entry in entries)


def _terms(entry: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    parts = (name.partition("/") for name in entry.get("terms", ()))
    return tuple((kind, term) for kind, _, term in parts)


def _faults(entry: Any) -> Iterator[str]:
    if not isinstance(entry, dict) or entry.keys() - {"forms", "terms"}:
        yield "must have forms and may have terms, nothing else"
        return
    forms = entry.get("forms")
    if not isinstance(forms, list) or not forms or not all(isinstance(form, str) and form.strip() for form in forms):
        yield "forms must be a list of words"
    yield from (
        f"there is no term {kind}/{term}" for kind, term in _terms(entry) if not vocabularies.exists(kind, term)
    )
