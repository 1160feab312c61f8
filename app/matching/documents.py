"""One document a published supervisor: the words under which she is found, kept up in the transaction of each change.

Her name, what she wrote, the terms she chose, her credentials, where she works, and the titles and lines of her
published openings, all through the mill of words.py.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, delete, func, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite

from app import changes, guards
from app.db import begin_writing, db
from app.matching import words
from app.matching.models import SearchText
from app.openings.models import Opening
from app.places import areas
from app.supervisors.models import Credential, Supervisor, SupervisorTerm

BATCH = 500
supervisors, openings, documents = Supervisor.__table__.c, Opening.__table__.c, SearchText.__table__.c


def refresh(supervisor_ids: Iterable[int]) -> set[int]:
    """Write the documents of these supervisors anew where they differ; of whom they did.

    The rows they are made of must be flushed.
    """
    every, changed = sorted(set(supervisor_ids)), set[int]()
    for start in range(0, len(every), BATCH):
        ids = every[start : start + BATCH]
        known = _held(ids)
        told = said(ids)
        wrong = {id for id, found in told.items() if known.get(id) != found}
        _write({id: " ".join(sorted(told[id])) for id in sorted(wrong)})
        if gone := known.keys() - told.keys():
            db.session.execute(delete(SearchText).where(documents.supervisor_id.in_(gone)))
        changed |= wrong | gone
    return changed


def read(ids: Iterable[int]) -> dict[int, list[str]]:
    """The words of each that has a document, in no order."""
    return _read(select(documents.supervisor_id, _spelled_out(documents.words)).where(documents.supervisor_id.in_(ids)))


def _held(ids: Sequence[int]) -> dict[int, set[str]]:
    """The same as sets and held: of two who change one supervisor at once the second reads what the first wrote."""
    query = select(documents.supervisor_id, _spelled_out(documents.words)).where(documents.supervisor_id.in_(ids))
    found = _read(query.order_by(documents.supervisor_id).with_for_update())
    return {id: set(told) for id, told in found.items()}


def _read(query: Select[Any]) -> dict[int, list[str]]:
    return {row[0]: row[1].split() for row in db.session.execute(query)}


def rebuild() -> Iterator[int]:
    """Write every document anew where it differs, some at a time; yields how many were looked at, for a commit."""
    ids = db.session.scalars(select(supervisors.id).order_by(supervisors.id)).all()
    db.session.rollback()
    for start in range(0, len(ids), BATCH):
        begin_writing()
        changes.note("supervisor", refresh(ids[start : start + BATCH]))
        yield min(start + BATCH, len(ids))


def edition() -> str:
    """Changes when documents of unchanged supervisors would read otherwise."""
    return hashlib.sha256("\n".join(words.edition()).encode()).hexdigest()[:16]


@changes.follow
def keep_up(noted: changes.Noted) -> None:
    """Follow what a transaction changed."""
    ids = set(noted.get("supervisor", ()))
    changed = list(noted.get("opening", ()))
    for start in range(0, len(changed), BATCH):
        whose = select(openings.supervisor_id).where(openings.id.in_(changed[start : start + BATCH]))
        ids.update(db.session.scalars(whose))
    refresh(ids)


def said(ids: Sequence[int], *, named: bool = True) -> dict[int, set[str]]:
    """The words of each published one of these supervisors; `named=False` leaves out her name's."""
    columns = (supervisors.id, supervisors.name, supervisors.headline, supervisors.about, supervisors.city)
    query = select(*columns, supervisors.state).where(supervisors.id.in_(ids), supervisors.published_at.is_not(None))
    found: dict[int, set[str]] = {}
    for row in db.session.execute(query):
        place = {*words.folded(row.city), row.state.casefold(), *words.folded(areas.name(row.state))}
        found[row.id] = place | words.of_prose(f"{row.headline}\n{row.about}")
        if named:
            found[row.id] |= words.of_name(row.name)
    for id, more in _chosen(ids):
        if id in found:
            found[id] |= more
    return found


def _chosen(ids: Sequence[int]) -> Iterator[tuple[int, Set[str]]]:
    """Words from the rows beside her own."""
    for id, kind, term in _rows(SupervisorTerm, ("supervisor_id", "kind", "term"), ids):
        yield id, words.of_term(kind, term)
    for id, code, status in _rows(Credential, ("supervisor_id", "code", "status"), ids):
        if status != "refused":
            yield id, words.of_code(code)
    for id, status, title, line, city in _rows(Opening, ("supervisor_id", "status", "title", "line", "city"), ids):
        if status == "published":
            yield id, words.of_prose(f"{title}\n{line}") | set(words.folded(city))


def _rows(model: Any, names: Sequence[str], ids: Sequence[int]) -> Iterable[Any]:
    columns = model.__table__.columns
    return db.session.execute(select(*(columns[name] for name in names)).where(columns["supervisor_id"].in_(ids)))


def _write(told: dict[int, str]) -> None:
    """Insert documents, or put them in the place of those that say something else."""
    if not told:
        return
    connection = db.session.connection()
    upsert: Any = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    values = {"supervisor_id": bindparam("id"), "words": _kept(bindparam("said", type_=Text))}
    query = upsert(SearchText.__table__).values(values)
    query = query.on_conflict_do_update(
        index_elements=["supervisor_id"],
        set_={"words": query.excluded.words},
    )
    connection.execute(query, [{"id": id, "said": said} for id, said in told.items()])


def _kept(said: ColumnElement[str]) -> ColumnElement[Any]:
    """Words with spaces between them as the database keeps them."""
    if db.session.connection().dialect.name == "sqlite":
        return said
    return func.array_to_tsvector(func.string_to_array(cast(said, Text), " "))


def _spelled_out(kept: ColumnElement[Any]) -> ColumnElement[str]:
    """Words with spaces between them from what the database keeps."""
    if db.session.connection().dialect.name == "sqlite":
        return kept
    return func.array_to_string(func.tsvector_to_array(kept), " ", type_=Text)


def add_many(query: Select[tuple[int, str]]) -> None:
    """New documents, ids above all others, from a query for ids and words with spaces between them."""
    connection, rows = db.session.connection(), query.subquery()
    id, said = rows.c
    new = insert(SearchText).from_select(["supervisor_id", "words"], select(id, _kept(said)))
    if connection.dialect.name != "sqlite":
        connection.execute(new)
        return
    top = connection.scalar(select(func.max(documents.supervisor_id))) or 0
    guards.stop_following(connection)  # row by row it is seven times as slow
    connection.execute(new)
    taken_in = "INSERT INTO search_words (rowid, words) SELECT supervisor_id, words FROM search_texts"
    connection.execute(text(f"{taken_in} WHERE supervisor_id > :top"), {"top": top})
    guards.follow(connection)
