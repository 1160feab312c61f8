"""The six steps of the questionnaire: what each asks, and which are still open. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.wishes import telling
from app.wishes.wishes import Wishes


@dataclass(frozen=True)
class Step:
    """A step's short name, its question, and the wishes it asks for (names of WISHES)."""

    name: str
    question: str
    asks: tuple[str, ...]


STEPS: Mapping[str, Step] = {
    "goal": Step("Goal", "What are you looking for?", ("verdict",)),
    "meeting": Step("Where and when", "Where and when could you meet?", ("format", "place", "times")),
    "fee": Step("Fee", "What can you pay?", ("fee",)),
    "work": Step("Your work", "What do you work with?", ("specialty", "population", "modality", "setting")),
    "style": Step("Style", "How do you like to be supervised?", ("style", "language")),
    "home": Step("Feeling at home", "Would anything help you feel at home?", ("affinity",)),
}


@dataclass(frozen=True)
class Answer:
    """What was said in words, and whether it is a must."""

    words: str
    is_must: bool


def is_open(step: str, wishes: Wishes) -> bool:
    """Whether nothing was said at that step."""
    return not answers(step, wishes)


def first_open(wishes: Wishes) -> str | None:
    """The first step at which nothing was said, None when there is an answer at each."""
    return next((step for step in STEPS if is_open(step, wishes)), None)


def answers(step: str, wishes: Wishes) -> list[Answer]:
    """What was said at that step, for her own eyes."""
    said = telling.phrases(wishes)
    return [Answer(said[name], name in wishes.musts) for name in STEPS[step].asks if name in said]


def after(step: str) -> str | None:
    """The step after that one, None after the last."""
    return dict(zip(STEPS, list(STEPS)[1:], strict=False)).get(step)


def before(step: str) -> str | None:
    """The step before that one, None before the first."""
    return dict(zip(list(STEPS)[1:], STEPS, strict=False)).get(step)
