"""What is remembered of words: the same as the database says, whatever has changed since."""

import random

import numpy as np
import pytest
from flask_sqlalchemy import SQLAlchemy

from app import changes, clock
from app.changes import ChangeLog
from app.matching import postings, texts, words
from app.matching.postings import Posting, Postings, Word
from app.supervisors.models import Supervisor
from tests.people import make_opening, make_supervisor

SAID = ("Gardens", "Garden paths", "EMDR", "kids", "Harbor lights", "anxious teens", "parts work", "harbor gardener")
ASKED = ("garden", "gardens", "emdr", "children", "harbor", "anxiety teens", "internal family", "ada", "stone", "lpc")


def ids(question: str) -> list[int]:
    found = texts.matching(question)
    assert found is not None
    return found.tolist()


def test_random_changes_are_followed(db: SQLAlchemy):
    dice = random.Random(8)
    everybody = [make_supervisor(f"Ada Stone {n}", headline=dice.choice(SAID)) for n in range(30)]
    for _ in range(60):
        one = dice.choice(everybody)
        one.headline = dice.choice(SAID)
        if dice.random() < 0.2:
            one.published_at = None if one.published_at else clock.now()
        if dice.random() < 0.2:
            make_opening(one, title=dice.choice(SAID))
        db.session.commit()
        remembered = {question: ids(question) for question in dice.sample(ASKED, 4)}
        texts.forget()
        assert remembered == {question: ids(question) for question in remembered}


def test_a_word_that_was_asked_for_is_not_looked_up_again(db: SQLAlchemy):
    make_supervisor("Ada Stone")
    db.session.commit()
    asked: list[Word] = []

    def look_up(word: Word) -> postings.Ids:
        asked.append(word)
        return np.zeros(0, np.int32)

    kept = Postings(look_up)
    for question in ("ada", "ada stone", "stone ada"):
        kept.all_of(words.asked(question))
    assert asked == [("ada", True), ("stone", True)]


def test_what_many_changed_is_begun_anew(db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postings, "AT_ONCE", 3)
    everybody = [make_supervisor(f"Ada Stone {n}") for n in range(8)]
    db.session.commit()
    assert len(ids("stone")) == 8
    for one in everybody[:5]:
        one.name = "Bea Reed"
    db.session.commit()
    assert len(ids("stone")) == 3


def test_everything_may_have_changed(db: SQLAlchemy):
    ada = make_supervisor("Ada Stone")
    db.session.commit()
    assert ids("ada") == [ada.id]
    changes.note_all()
    db.session.commit()
    assert ids("ada") == [ada.id]


def test_a_log_that_does_not_go_on_is_noticed(db: SQLAlchemy):
    ada = make_supervisor("Ada Stone")
    db.session.commit()
    assert ids("ada") == [ada.id]
    db.session.query(ChangeLog).delete()
    db.session.query(Supervisor).delete()
    db.session.commit()
    assert ids("ada") == []


def test_no_more_words_are_remembered_than_may_be(db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postings, "MOST", 2)
    kept = Postings(lambda word: np.array([1000], np.int32))
    assert kept.all_of(words.asked("ada stone gardens"))[0].tolist() == [1000]
    assert 0 < kept.nbytes <= 2 * 4


def test_a_rare_word_makes_room_before_a_common_one(db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postings, "MOST", 2)
    asked: list[str] = []

    def look_up(word: Word) -> postings.Ids:
        asked.append(word[0])
        return np.arange(1, 100, dtype=np.int32) if word[0] == "trauma" else np.array([1000], np.int32)

    kept = Postings(look_up)
    for question in ("trauma", "ada", "stone", "bea", "trauma bea", "ada"):
        kept.all_of(words.asked(question))
    assert asked == ["trauma", "ada", "stone", "bea", "ada"]


@pytest.mark.parametrize("members", [[], [7], list(range(1, 400, 2)), [1, 100_000], list(range(5000))])
def test_a_posting_is_its_members_whichever_way_it_is_kept(members: list[int]):
    posting, everybody = Posting.of(np.array(members, np.int32)), np.arange(100_100, dtype=np.int32)
    assert everybody[posting.has(everybody)].tolist() == members


@pytest.mark.parametrize("members", [[], [7], list(range(1, 400, 2)), [1, 100_000]])
@pytest.mark.parametrize("id", [0, 7, 8, 399, 400, 90_000])
def test_members_come_and_go(members: list[int], id: int):
    posting, everybody = Posting.of(np.array(members, np.int32)), np.arange(100_100, dtype=np.int32)
    came = posting.with_(id, True)
    assert everybody[came.has(everybody)].tolist() == sorted({*members, id})
    assert everybody[came.with_(id, False).has(everybody)].tolist() == sorted({*members} - {id})
