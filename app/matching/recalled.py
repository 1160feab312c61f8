"""What matching knows of the openings of a page, out of the index rather than the tables: no statement is needed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.introcalls.slots import EPOCH
from app.licensure.tracks import Track
from app.licensure.verdict import Value
from app.matching.criteria import FORMATS
from app.matching.index import Index
from app.matching.known import Known
from app.matching.scoring import MICROSECOND

Rows = NDArray[np.int64]
VALUES = list(Value)
NO_ZONE = "UTC"  # of an opening without times


def recall(index: Index, names: Mapping[int, str], track: Track | None, kinds: Collection[str]) -> dict[int, Known]:
    """Those of the openings named (opening: the supervisor's first name) that have a row in the index.

    As known.load, but that of the vocabularies only those in `kinds` are there, each in its own order, and no rhythm.
    """
    with index.lock:
        numbers = np.fromiter(names, np.int64)
        rows = index.row_of.of(numbers)
        some = rows[rows >= 0]
        told = _terms(index, some, kinds)
        figures = _figures(index, some, track)
        return {
            id: _known(index, {name: each[at] for name, each in figures.items()}, names[id], told[at])
            for at, id in enumerate(numbers[rows >= 0].tolist())
        }


def _figures(index: Index, rows: Rows, track: Track | None) -> dict[str, Sequence[Any]]:
    names = (
        "opening",
        "supervisor",
        "format",
        "seats",
        "free",
        "fee",
        "reduced",
        "answer",
        "confirmed",
        "times",
        "point",
    )
    figures: dict[str, Sequence[Any]] = {name: getattr(index, name)[rows].tolist() for name in names}
    figures["online"] = index.has("delivery", "online", rows).tolist()
    figures["in_person"] = index.has("delivery", "in_person", rows).tolist()
    figures["rank"] = index.verdicts(track.id, rows).tolist() if track else [None] * len(rows)
    return figures


def _terms(index: Index, rows: Rows, kinds: Collection[str]) -> list[dict[str, tuple[str, ...]]]:
    told: list[dict[str, tuple[str, ...]]] = [{} for _ in rows]
    words, bits = rows >> 6, (rows & 63).astype(np.uint64)
    for kind in kinds:
        values = index.values(kind)
        says = (index.matrix(kind)[:, words] >> bits & np.uint64(1)).astype(np.bool_).T
        for at, line in enumerate(says):
            told[at][kind] = tuple(values[n] for n in np.flatnonzero(line).tolist())
    return told


def _known(index: Index, row: Mapping[str, Any], name: str, terms: Mapping[str, tuple[str, ...]]) -> Known:
    weekly = [index.weekly[number] for number in row["times"] if number]
    x, y, z = row["point"]
    return Known(
        opening_id=row["opening"],
        supervisor_id=row["supervisor"],
        first_name=name,
        verdict=None if row["rank"] is None else VALUES[row["rank"]],
        format=FORMATS[row["format"]],
        seats=row["seats"],
        free=row["free"],
        online=row["online"],
        in_person=row["in_person"],
        point=(x, y, z) if row["in_person"] and x == x else None,
        zone=weekly[0][0] if weekly else NO_ZONE,
        minutes=weekly[0][1] if weekly else 0,
        rhythm="",
        times=tuple((weekday, start) for _, _, weekday, start in weekly),
        fee_cents=row["fee"],
        reduced_fee_cents=None if row["reduced"] < 0 else row["reduced"],
        terms=terms,
        answer_hours=None if row["answer"] < 0 else row["answer"],
        confirmed_at=EPOCH + row["confirmed"] * MICROSECOND if row["confirmed"] else None,
    )
