"""Full text: whose words answer a question as it was typed. All of its words must occur, each as it stands or as the
beginning of a longer one. Answers what is committed.
"""

from datetime import datetime
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, func, select, text

from app import instance
from app.changes import ChangeLog
from app.db import begin_writing, db
from app.matching import documents, spelling, words
from app.matching.postings import Ids, Postings, Word

# The ids in one text: as rows they would cost several times as much.
_IDS = {
    "sqlite": text("SELECT group_concat(rowid) FROM search_words WHERE search_words MATCH :asked"),
    "postgresql": text(
        "SELECT string_agg(supervisor_id::text, ',') FROM search_texts WHERE words @@ CAST(:asked AS tsquery)"
    ),
}
_ANY = {
    "sqlite": text("SELECT 1 FROM search_words WHERE search_words MATCH :asked LIMIT 1"),
    "postgresql": text("SELECT 1 FROM search_texts WHERE words @@ CAST(:asked AS tsquery) LIMIT 1"),
}
_LAST = select(func.max(ChangeLog.__table__.c.seq))
Asked = list[Word]
_remembered: WeakKeyDictionary[Engine, Postings] = WeakKeyDictionary()


def matching(question: str) -> NDArray[np.int64] | None:
    """Ids of the published supervisors whose words answer the question, ascending; None if it has no word at all."""
    ids, _ = answering(question)
    return ids


def answering(question: str) -> tuple[NDArray[np.int64] | None, int]:
    """The same, and up to where in the log of changes it holds at least."""
    if not (asked := words.asked(question)):
        return None, 0
    ids, seen = _postings().all_of(asked)
    return ids.astype(np.int64), seen


def suggest(question: str) -> str | None:
    """The question with misspelled words put right, if that finds more; None if nothing better is known."""
    asked = words.asked(question)
    unknown = {word for word, prefix in asked if not _occurs(word, prefix)}
    if not unknown:
        return None
    for better in spelling.corrections(question, unknown):
        if len(_postings().all_of(words.asked(better))[0]):  # the question itself, with an unknown word, finds nobody
            return better
    return None


def forget() -> None:
    """The database of this application was replaced by another."""
    _remembered.pop(db.engine, None)


def keep_current(now: datetime) -> None:
    """Jobs: write all documents anew once the words they depend on have changed, and gather the dictionary anew once
    anything has."""
    if not instance.is_noted("texts", edition := documents.edition()):
        for _ in documents.rebuild():
            db.session.commit()
        _note("texts", edition, now)
    last = str(db.session.scalar(_LAST) or 0)
    if not instance.is_noted("dictionary", last):
        db.session.rollback()
        spelling.gather()
        _note("dictionary", last, now)
    db.session.rollback()


def _note(kind: str, value: str, now: datetime) -> None:
    db.session.rollback()
    begin_writing()
    instance.note(kind, value, now=now)
    db.session.commit()


def _postings() -> Postings:
    """What is remembered of this application's database."""
    return _remembered.setdefault(db.engine, Postings(_look_up))


def _look_up(word: Word) -> Ids:
    dialect = db.session.connection().dialect.name
    found = db.session.scalar(_IDS[dialect], {"asked": _QUERIES[dialect]([word])})
    ids = np.fromstring(found or "", dtype=np.int32, sep=",")
    return ids if dialect == "sqlite" else np.sort(ids)


def _occurs(word: str, prefix: bool) -> bool:
    dialect = db.session.connection().dialect.name
    return db.session.scalar(_ANY[dialect], {"asked": _QUERIES[dialect]([(word, prefix)])}) is not None


def _fts5(asked: Asked) -> str:
    """Words are letters and digits alone, and quoted: nothing in them is an operator."""
    return " AND ".join(f'"{word}"{"*" if prefix else ""}' for word, prefix in asked)


def _tsquery(asked: Asked) -> str:
    return " & ".join(f"'{word}'{':*' if prefix else ''}" for word, prefix in asked)


_QUERIES = {"sqlite": _fts5, "postgresql": _tsquery}
