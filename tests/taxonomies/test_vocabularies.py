"""The vocabularies: read strictly, shown in order, with ids that stay."""

from pathlib import Path

import pytest

from app.taxonomies import vocabularies
from app.taxonomies.vocabularies import BadVocabulary

GOOD = '[color]\nlabel = "Colors"\nitems = [["red", "Red"], ["blue", "Blue"]]\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "words.toml"
    path.write_text(text, "utf-8")
    return path


def test_every_vocabulary_of_the_product_is_there() -> None:
    kinds = ["specialty", "modality", "population", "setting", "style", "affinity", "language", "seeking"]
    assert list(vocabularies.load()) == kinds


def test_a_term_has_a_label() -> None:
    assert vocabularies.label("specialty", "trauma") == "Trauma and PTSD"


@pytest.mark.parametrize(
    ("kind", "term", "known"),
    [
        ("specialty", "trauma", True),
        ("specialty", "Trauma", False),
        ("modality", "trauma", False),
        ("mood", "trauma", False),
    ],
)
def test_a_term_exists_in_its_own_vocabulary_only(kind: str, term: str, known: bool) -> None:
    assert vocabularies.exists(kind, term) is known


def test_terms_are_shown_by_label_unless_their_order_is_given() -> None:
    labels = list(vocabularies.vocabulary("specialty").terms.values())
    assert labels == sorted(labels, key=str.casefold)
    assert next(iter(vocabularies.vocabulary("population").terms)) == "infants"


def test_what_is_asked_of_each_side_stands_with_the_words() -> None:
    specialties = vocabularies.vocabulary("specialty")
    assert specialties.ask_supervisor.endswith("?")
    assert specialties.ask_supervisee.endswith("?")


def test_the_words_cannot_be_changed_by_accident() -> None:
    with pytest.raises(TypeError):
        vocabularies.vocabulary("style").terms["new"] = "New"  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD + 'colour = "yes"\n', "unknown key colour"),
        ('[color]\nitems = [["red", "Red"]]\n', "label must be text"),
        ('[color]\nlabel = "Colors"\nitems = []\n', "items must be a list of pairs"),
        ('[color]\nlabel = "Colors"\nitems = [["red"]]\n', "must be a pair of id and label"),
        ('[color]\nlabel = "Colors"\nitems = [["Red One", "Red"]]\n', "must be an id"),
        (GOOD.replace("blue", "red"), "'red' stands twice"),
        (GOOD.replace("Blue", "Red"), "'Red' stands twice"),
        (GOOD + 'order = "random"\n', 'order must be "given"'),
        (GOOD + "ask_supervisor = 3\n", "ask_supervisor must be text"),
        ("color = 3\n", "must be a table"),
    ],
)
def test_a_slip_in_the_file_is_named(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(BadVocabulary, match=r"words\.toml: color: ") as refusal:
        vocabularies.load(written(tmp_path, text))
    assert fault in str(refusal.value)
