"""Words of the vocabularies inside a sentence. Pure."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from app.formats import listed
from app.taxonomies import vocabularies

MOST = 4  # words of a vocabulary that one sentence names
PROPER = {"adlerian", "gestalt", "gottman", "jungian"}  # names of people and schools keep their capital
SHORT = {
    ("specialty", "addiction"): "addiction",
    ("specialty", "adjustment"): "life transitions",
    ("specialty", "adoption"): "adoption",
    ("specialty", "burnout"): "burnout",
    ("specialty", "caregiving"): "caregiving",
    ("specialty", "chronic-illness"): "chronic illness",
    ("specialty", "crisis"): "crisis",
    ("specialty", "divorce"): "divorce",
    ("specialty", "domestic-violence"): "domestic violence",
    ("specialty", "fertility"): "fertility",
    ("specialty", "forensic"): "forensic work",
    ("specialty", "grief"): "grief",
    ("specialty", "immigration"): "immigration",
    ("specialty", "insomnia"): "insomnia",
    ("specialty", "oncology"): "serious illness",
    ("specialty", "panic"): "panic",
    ("specialty", "perinatal"): "the perinatal time",
    ("specialty", "psychosis"): "psychosis",
    ("specialty", "relationships"): "couples’ relationships",
    ("specialty", "religious-trauma"): "religious trauma",
    ("specialty", "sexual-abuse"): "sexual abuse",
    ("specialty", "trauma"): "trauma",
    ("specialty", "veterans"): "military concerns",
    ("style", "exam-prep"): "help with exams",
    ("style", "business"): "help with building a practice",
}
YES = {
    "modality": ("Supervises from {}, which you asked for", "Asks for {}, which you list"),
    "style": ("Supervises as you learn best: {}", "Learns best with what you offer: {}"),
    "setting": ("Knows your setting: {}", "Works in a setting you know: {}"),
    "language": ("Supervises in {}, which you asked for", "Asks for supervision in {}, which you list"),
    "affinity": ("Shared background, which you asked for: {}", ""),
}
LACKING = {
    "specialty": ("Does not list {} among specialties", "Asks for {}, which you do not list"),
    "population": ("Does not list {} among clients", "Works with {}, which you do not list"),
    "modality": ("Does not list {} among approaches", "Asks for {}, which you do not list"),
    "style": ("Does not list as a style: {}", "Learns best with what you do not list: {}"),
    "setting": ("Does not list as a setting: {}", "Works in a setting you do not list: {}"),
    "language": ("Does not list {} among languages", "Asks for {}, which you do not list"),
    "affinity": ("Does not list as background: {}", ""),
}
SILENT = {
    "specialty": "which specialties",
    "population": "which clients",
    "modality": "which approaches",
    "style": "which style of supervision",
    "setting": "which settings",
    "language": "which languages",
    "affinity": "anything of shared background",
}


def yes(kind: str, hits: Sequence[str]) -> tuple[str, str]:
    """What the profile lists of what was asked for: for her, and for the other side."""
    if kind in ("specialty", "population"):
        return works_with(_called(kind, hits))
    return _both(YES[kind], _called(kind, hits))


def works_with(called: Sequence[str]) -> tuple[str, str]:
    """The same of concerns and clients, ready in words."""
    return _both(("Works with {}, which you asked for", "Asks for {}, which you list"), called)


def lacking(kind: str, missing: Sequence[str]) -> tuple[str, str]:
    """What it does not list."""
    words, other = LACKING[kind]
    named = _called(kind, missing)
    return words.format(_named(named, "or")), other.format(_named(named))


def silent(kind: str, first_name: str, wished: Sequence[str]) -> tuple[str, str]:
    """That it lists nothing of the vocabulary."""
    other = f"Asks for {_named(_called(kind, wished))}; your profile does not say {SILENT[kind]}"
    return f"{first_name}’s profile does not say {SILENT[kind]}", other


def hits(kind: str, wished: Mapping[str, Sequence[str]], offered: Mapping[str, Sequence[str]]) -> list[str]:
    """Those of the words wished for that are offered, as a sentence calls them."""
    return _called(kind, [term for term in wished.get(kind, ()) if term in offered.get(kind, ())])


@cache
def called(kind: str, term: str) -> str:
    """A term inside a sentence: "trauma", "EMDR", "Spanish", "reflective"."""
    if short := SHORT.get((kind, term)):
        return short
    label = re.sub(r" — .*", "", vocabularies.label(kind, term))
    keeps = kind in ("language", "affinity") or term in PROPER or label[1:2].isupper() or label.startswith("Black")
    return label if keeps else label[0].lower() + label[1:]


def _called(kind: str, terms: Sequence[str]) -> list[str]:
    return [called(kind, term) for term in terms]


def _both(frames: tuple[str, str], words: Sequence[str]) -> tuple[str, str]:
    named = _named(words)
    return frames[0].format(named), frames[1].format(named)


def _named(words: Sequence[str], last: str = "and") -> str:
    """A list of words; where one of them holds an "and" or a comma itself, a comma stands before the last too."""
    shown = list(words[:MOST])
    if len(words) > MOST:
        shown.append(f"{len(words) - MOST} more")
    if len(shown) > 1 and any(" and " in word or " or " in word or "," in word for word in shown):
        return f"{', '.join(shown[:-1])}, {last} {shown[-1]}"
    return listed(shown, last)
