"""Make a demonstration large: the imported supervisors again and again, under other names, each with all she owns.

The database copies its own rows, one INSERT … SELECT for each table. Ids move by arithmetic, so that a copied row finds
its copied parent without a look-up: copy k of the row i is i + shift + k × span.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    case,
    cast,
    func,
    insert,
    literal,
    null,
    select,
    text,
)

from app import audit, changes, instance
from app.accounts.models import Person, Role
from app.db import Base, db
from app.introcalls.models import CallSettings, CallWindow
from app.matching import documents
from app.matching.words import of_name
from app.openings.models import Opening, OpeningTime, OpeningVerdict, Placement, Seat
from app.refusals import Refused
from app.steward.demo import KEYS
from app.supervisors import slugs
from app.supervisors.models import Credential, CredentialCheck, Supervisor, SupervisorTerm

STRETCH = 20  # copies of everybody made in one transaction
STEP = 97  # how far a surname wanders from one copy to the next; a prime, so that it meets all others first

# Of each table, its columns that hold an id, and the table it is an id of. Parents stand before their children.
IDS: Mapping[type[Base], Mapping[str, type[Base]]] = {
    Person: {"id": Person},
    Role: {"id": Role, "person_id": Person},
    Supervisor: {"id": Supervisor, "person_id": Person},
    SupervisorTerm: {"supervisor_id": Supervisor},
    Credential: {"id": Credential, "supervisor_id": Supervisor},
    CredentialCheck: {"id": CredentialCheck, "credential_id": Credential},
    CallSettings: {"supervisor_id": Supervisor},
    CallWindow: {"id": CallWindow, "supervisor_id": Supervisor},
    Opening: {"id": Opening, "supervisor_id": Supervisor},
    OpeningTime: {"opening_id": Opening},
    OpeningVerdict: {"opening_id": Opening},
    Seat: {"id": Seat, "opening_id": Opening},
    Placement: {"id": Placement, "seat_id": Seat},
}
ORIGINALS = Table(
    "demo_originals",
    MetaData(),
    Column("supervisor_id", Integer, primary_key=True),
    Column("person_id", Integer),
    Column("rank", Integer),
    *(Column(name, String(120)) for name in ("given", "given_slug", "surname", "surname_slug")),
    *(Column(name, Text) for name in ("words", "given_words", "surname_words")),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True)
class Move:
    """How ids of a table move: `shift` for the first copy, `span` more for each further one."""

    shift: int
    span: int


def grow(count: int, *, now: datetime) -> Iterator[int]:
    """Add `count` supervisors. Yields how many there are so far, for the caller to commit; ends with the last.

    Refused on an instance with people of its own, and before the demonstration is loaded.
    """
    if not instance.is_demo():
        raise Refused("Only a demonstration can grow, for its people are invented.")
    originals = _originals()
    if not originals:
        raise Refused("There is nothing to grow from: run flask demo load first.")
    full, rest = divmod(count, len(originals))
    moves: dict[type[Base], Move] = {}
    for first, last in pairwise([*range(0, full, STRETCH), full]):
        _copy(originals, len(originals), first, last, moves)
        yield last * len(originals)
    if rest:
        _copy(originals, rest, full, full + 1, moves)
    _take_stock(db.session.connection())
    audit.record("demo.grown", "supervisors", None, by_id=None, now=now, count=count)
    db.session.flush()
    yield count


def _originals() -> list[dict[str, Any]]:
    """The imported supervisors with their names taken apart."""
    query = select(Supervisor.id, Supervisor.person_id, Supervisor.name).where(Supervisor.external_key.like(f"{KEYS}%"))
    rows = []
    found = db.session.execute(query.order_by(Supervisor.id)).all()
    words = documents.said([row.id for row in found], named=False)
    for rank, row in enumerate(found):
        given, _, surname = row.name.partition(" ")
        names = {
            "given": given,
            "given_slug": slugs.slug(given),
            "surname": surname,
            "surname_slug": slugs.slug(surname),
            "words": " ".join(sorted(words.get(row.id, ()))),
            "given_words": " ".join(sorted(of_name(given))),
            "surname_words": " ".join(sorted(of_name(surname))),
        }
        rows.append({"supervisor_id": row.id, "person_id": row.person_id, "rank": rank, **names})
    return rows


def _copy(originals: Sequence[dict[str, Any]], most: int, first: int, last: int, moves: dict[type[Base], Move]) -> None:
    """Copies `first` up to `last` of the first `most` originals. `moves` is worked out once, before any copy."""
    connection = db.session.connection()
    _trust_ids(connection)
    ORIGINALS.create(connection)
    connection.execute(insert(ORIGINALS), list(originals))
    if not moves:
        moves.update({model: _move(connection, model) for model, ids in IDS.items() if "id" in ids})
    for model in IDS:
        columns, rows = _copied(model, moves, _copies(first, last), most)
        connection.execute(insert(model).from_select(columns, rows))
    documents.add_many(_words(moves[Supervisor], first, last, most))
    ORIGINALS.drop(connection)
    changes.note_all()
    _keep_counting(connection)


def _move(connection: Connection, model: type[Base]) -> Move:
    id = model.__table__.columns["id"]
    lowest, highest = connection.execute(select(func.min(id), func.max(id)).where(_is_original(model))).one()
    top = connection.scalar(select(func.max(id)))
    return Move((top or 0) + 1 - (lowest or 0), (highest or 0) + 1 - (lowest or 0))


def _is_original(model: type[Base], most: int | None = None) -> ColumnElement[bool]:
    """Whether a row of the table belongs to one of the first `most` originals."""
    columns = model.__table__.columns
    if model in (Supervisor, Person):
        ids = ORIGINALS.c.supervisor_id if model is Supervisor else ORIGINALS.c.person_id
        return columns["id"].in_(select(ids) if most is None else select(ids).where(ORIGINALS.c.rank < most))
    name, parent = next((name, parent) for name, parent in IDS[model].items() if parent is not model)
    return columns[name].in_(select(parent.__table__.columns["id"]).where(_is_original(parent, most)))


def _copies(first: int, last: int) -> CTE:
    """The numbers from `first` up to `last`, as a table."""
    numbers = select(literal(first).label("k")).cte("copies", recursive=True)
    return numbers.union_all(select(numbers.c.k + 1).where(numbers.c.k + 1 < last))


def _copied(
    model: type[Base], moves: Mapping[type[Base], Move], copies: CTE, most: int
) -> tuple[list[str], Select[Any]]:
    """The columns of a table, and its rows as copied: ids moved, names changed, nobody real."""
    table = model.__table__
    moved = {
        name: table.columns[name] + moves[parent].shift + copies.c.k * moves[parent].span
        for name, parent in IDS[model].items()
    }
    donor = ORIGINALS.alias()
    told = {**moved, **_told(model, moved, donor)}
    query = select(*(told.get(column.name, column) for column in table.columns)).select_from(table)
    query = query.join(copies, literal(True)).where(_is_original(model, most))
    if model in (Person, Supervisor):
        own = ORIGINALS.c.person_id if model is Person else ORIGINALS.c.supervisor_id
        query = query.join(ORIGINALS, own == table.columns["id"]).join(donor, _is_donor(donor, copies))
    return [column.name for column in table.columns], query.order_by(copies.c.k, next(iter(moved.values())))


def _words(move: Move, first: int, last: int, most: int) -> Select[tuple[int, str]]:
    """The documents of the copies: what the originals say, under other names."""
    copies, donor = _copies(first, last), ORIGINALS.alias()
    said = ORIGINALS.c.given_words + " " + donor.c.surname_words + " " + ORIGINALS.c.words
    query = select(ORIGINALS.c.supervisor_id + move.shift + copies.c.k * move.span, said).select_from(ORIGINALS)
    query = query.join(copies, literal(True)).join(donor, _is_donor(donor, copies))
    return query.where(ORIGINALS.c.rank < most, ORIGINALS.c.words != "")


def _is_donor(donor: Any, copies: CTE) -> ColumnElement[bool]:
    """Whose surname the copy has."""
    people = select(func.count()).select_from(ORIGINALS).scalar_subquery()
    is_his: ColumnElement[bool] = donor.c.rank == (ORIGINALS.c.rank + (copies.c.k + 1) * STEP) % people
    return is_his


def _told(model: type[Base], moved: Mapping[str, ColumnElement[Any]], donor: Any) -> dict[str, ColumnElement[Any]]:
    """What a copy says otherwise than its original."""
    name = ORIGINALS.c.given + " " + donor.c.surname
    number = cast(next(iter(moved.values())), String)
    if model is Person:
        email = "g" + number + "@demo.example"
        return {"name": name, "email": email, "email_key": email, "password_hash": null()}
    if model is Supervisor:
        slug = ORIGINALS.c.given_slug + "-" + donor.c.surname_slug + "-" + number
        return {"name": name, "slug": slug, "external_key": "G-" + number}
    if model is Opening:
        return {"external_key": "G-" + number}
    if model is CallSettings:
        link = CallSettings.join_link
        return {"join_link": case((link == "", link), else_="https://meet.example/g" + number)}
    return {
        name: null()
        for name in ("given_by_id", "by_id", "person_id")
        if name in model.__table__.columns and name not in moved
    }


def _trust_ids(connection: Connection) -> None:
    """Spare PostgreSQL, where we may, the look-up of each copy's parent: half its work, for rows copied just before."""
    is_superuser = text("SELECT current_setting('is_superuser') = 'on'")
    if connection.dialect.name != "sqlite" and connection.scalar(is_superuser):
        connection.execute(text("SET LOCAL session_replication_role = replica"))


def _take_stock(connection: Connection) -> None:
    """Let PostgreSQL count its rows anew: plans made for the few there were before are a hundred times too slow."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE"))


def _keep_counting(connection: Connection) -> None:
    """Let PostgreSQL number the next rows after the copies; SQLite does so by itself."""
    if connection.dialect.name == "sqlite":
        return
    for model in (model for model, ids in IDS.items() if "id" in ids):
        highest = select(func.max(model.__table__.columns["id"])).scalar_subquery()
        connection.execute(select(func.setval(func.pg_get_serial_sequence(model.__tablename__, "id"), highest)))
