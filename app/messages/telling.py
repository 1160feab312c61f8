"""Threads as their pages tell them, to one of the two. Plain values, times in the reader's zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Person
from app.db import db
from app.formats import clock_time, day_words, local, on_date
from app.messages import threads
from app.messages.models import Message, Thread
from app.openings import words
from app.openings.models import Opening
from app.supervisors.models import Supervisor


@dataclass(frozen=True)
class Face:
    """What else is known of who has a profile: photograph, stand-in figure, its address (empty: not published)."""

    photo: str = ""
    figure: str = ""
    slug: str = ""


NOBODY = Face()


@dataclass(frozen=True)
class Told:
    """A thread. `items` are what stands in it, days between; `last_no` the number of the last message; `opening` what
    it is about, as (its number or None where it has no page, its heading), if anything; `bar` why nobody can write any
    more, or empty."""

    name: str
    face: Face
    first: str
    opening: tuple[int | None, str] | None
    items: list[dict[str, str]]
    last_no: int
    unread: int
    bar: str


@dataclass(frozen=True)
class Line:
    """A thread in the list: "Sam Okafor", "The Thursday Table · today", two not read."""

    public_id: str
    name: str
    face: Face
    words: str
    unread: int


def lines(person: Person, zone: str, now: datetime) -> list[Line]:
    """Her threads, where something happened last before others."""
    found = threads.lines(person)
    faces = _faces([line.other for line in found])
    return [
        Line(
            line.thread.public_id,
            threads.name_of(line.other),
            faces.get(line.other.id, NOBODY) if line.other else NOBODY,
            " · ".join(filter(None, [_heading(line.thread.opening), _day(line.thread.last_at, zone, now)])),
            line.unread,
        )
        for line in found
    ]


def thread(thread: Thread, person: Person, zone: str, now: datetime) -> Told:
    """One thread to one of the two."""
    other, read = threads.other_of(thread, person), threads.side_of(thread, person).read_no
    name, messages = threads.name_of(other), thread.messages
    return Told(
        name=name,
        face=_faces([other]).get(other.id, NOBODY) if other else NOBODY,
        first=name.split()[0] if other else name,
        opening=_about(thread.opening),
        items=_items(messages, person, name, zone, now),
        last_no=messages[-1].no if messages else 0,
        unread=sum(1 for one in messages if one.no > read and one.author_id != person.id),
        bar=_bar(thread, person, other),
    )


def _bar(thread: Thread, person: Person, other: Person | None) -> str:
    if threads.side_of(thread, person).left_at:
        return "You have ended this thread. What stands here stays for you both to read."
    if other is None or other.closed_at:
        return f"{threads.name_of(other)} has left the site, and cannot be reached here any more."
    if threads.side_of(thread, other).left_at:
        return f"{other.name} has ended this thread, so nothing more can be written here."
    return ""


def _faces(people: Sequence[Person | None]) -> dict[int, Face]:
    ids = [one.id for one in people if one]
    columns = Supervisor.person_id, Supervisor.photo, Supervisor.figure, Supervisor.slug, Supervisor.published_at
    rows = db.session.execute(select(*columns).where(Supervisor.person_id.in_(ids)))
    return {row.person_id: Face(row.photo, row.figure, row.slug if row.published_at else "") for row in rows}


def _items(messages: list[Message], person: Person, name: str, zone: str, now: datetime) -> list[dict[str, str]]:
    items, day = [], ""
    for one in messages:
        if (its := _day(one.at, zone, now)) != day:
            day = its
            items.append({"kind": "day", "words": day[0].upper() + day[1:]})
        who = "You" if one.author_id == person.id else name.split()[0] if one.author_id else name
        kind = "event" if one.kind == "event" else "mine" if one.author_id == person.id else "theirs"
        items.append({"kind": kind, "who": who, "words": one.body, "time": clock_time(one.at, zone)})
    return items


def _day(at: datetime, zone: str, now: datetime) -> str:
    there, today = local(at, zone).date(), local(now, zone).date()
    if there == today:
        return "today"
    return day_words(at, zone) if there.year == today.year else on_date(there)


def _heading(opening: Opening | None) -> str:
    if opening is None:
        return ""
    return words.heading(opening.format, opening.seats, opening.title, opening.supervisor.name)


def _about(opening: Opening | None) -> tuple[int | None, str] | None:
    if opening is None:
        return None
    is_shown = opening.status in ("published", "paused") and opening.supervisor.published_at
    return (opening.id if is_shown else None), _heading(opening)
