"""The synonyms: read strictly, naming terms that exist."""

from pathlib import Path

import pytest

from app.taxonomies import synonyms
from app.taxonomies.synonyms import BadSynonyms, Same


def read(folder: Path, text: str) -> tuple[Same, ...]:
    path = folder / "synonyms.toml"
    path.write_text(text, "utf-8")
    return synonyms.load(path)


def test_the_synonyms_of_the_product_can_be_read():
    assert any("EMDR" in same.forms and ("modality", "emdr") in same.terms for same in synonyms.load())


def test_an_entry_may_do_without_terms(tmp_path: Path):
    assert read(tmp_path, '[[same]]\nforms = ["one", "two"]') == (Same(("one", "two")),)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('forms = ["one"]\nterms = ["modality/none-such"]', "there is no term modality/none-such"),
        ('forms = ["one"]\nterms = ["emdr"]', "there is no term emdr/"),
        ("forms = []", "forms must be a list of words"),
        ('forms = [" "]', "forms must be a list of words"),
        ('terms = ["modality/emdr"]', "forms must be a list of words"),
        ('form = ["one"]', "must have forms and may have terms, nothing else"),
    ],
)
def test_a_bad_entry_is_named(tmp_path: Path, entry: str, fault: str):
    with pytest.raises(BadSynonyms, match=f"entry 1: {fault}"):
        read(tmp_path, f"[[same]]\n{entry}")
