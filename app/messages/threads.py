"""Threads: opened between two people, written into, read, ended by either."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.accounts.models import Person
from app.db import db
from app.messages import letters
from app.messages.models import Message, Side, Thread
from app.openings.models import Opening
from app.refusals import Missing, Refused

LONGEST = 4000
MOST, IN = 60, timedelta(hours=1)
ENDED = "This thread has ended, so nothing more can be written into it."
GONE = "They have left the site, and cannot be reached here any more."


@dataclass(frozen=True)
class Line:
    """A thread in a list: with whom, how many messages the reader has not read, when something last happened."""

    thread: Thread
    other: Person | None
    unread: int


def open_between(one: Person, other: Person, *, about: Opening | None, now: datetime) -> Thread:
    """The thread of these two about this opening; a new one if there is none that goes on. Neither is told."""
    if thread := _between(one, other, about):
        return thread
    thread = Thread(public_id=secrets.token_urlsafe(16), opening=about, begun_at=now, last_at=now, messages=[])
    thread.sides = [Side(person=one), Side(person=other)]
    db.session.add(thread)
    db.session.flush()
    return thread


def own(person: Person, public_id: str) -> Thread:
    """A thread that the person is a side of. Missing for everybody else."""
    mine = select(Thread).join(Side).where(Thread.public_id == public_id[:32], Side.person_id == person.id)
    if thread := db.session.scalar(mine):
        return thread
    raise Missing


def side_of(thread: Thread, person: Person) -> Side:
    """Her side of it."""
    return next(side for side in thread.sides if side.person_id == person.id)


def other_of(thread: Thread, person: Person) -> Person | None:
    """The other of the two; None once she has left the site."""
    return next(side.person for side in thread.sides if side.person_id != person.id)


def name_of(person: Person | None) -> str:
    """How somebody is called who may have left the site."""
    return person.name if person else "A former member"


def say(thread: Thread, author: Person, body: str, *, now: datetime) -> Message:
    """Write into the thread, and owe the other a letter unless one tells her already of something she has not read.

    Writing counts as having read what stands there. Refused where it is empty, too long or too often, or nobody reads.
    """
    body = body.replace("\r\n", "\n").strip()
    if not body:
        raise Refused("Please write something.", "body")
    if len(body) > LONGEST:
        raise Refused(f"Please keep this to {LONGEST:,} characters; it has {len(body):,} now.", "body")
    if is_ended(thread):
        raise Refused(ENDED, "body", status=409)
    if _written(author, since=now - IN) >= MOST:
        raise Refused(f"That were {MOST} messages within the hour. Please go on a little later.", "body", status=429)
    other = other_of(thread, author)
    if other is None or other.closed_at:
        raise Refused(GONE, "body", status=409)
    message = _add(thread, Message(kind="message", author_id=author.id, body=body, at=now))
    _has_read(thread, author, message.no)
    _tell(thread, message, author, other, now=now)
    return message


def put(thread: Thread, author: Person, body: str, *, at: datetime) -> None:
    """Put into a thread what somebody wrote elsewhere before it was opened; nobody is written to."""
    message = _add(thread, Message(kind="message", author_id=author.id, body=body, at=at))
    _has_read(thread, author, message.no)


def note(thread: Thread, words: str, *, by: Person, now: datetime) -> Message:
    """Put into the thread what happened around it; `by` has read it, and nobody is written to."""
    event = _add(thread, Message(kind="event", author_id=by.id, body=words, at=now))
    _has_read(thread, by, event.no)
    return event


def end(thread: Thread, person: Person, *, now: datetime) -> None:
    """End it: what stands there stays for both to read, and neither writes to the other any more. Twice is once."""
    side = _held(thread, person)
    if not is_ended(thread):
        side.left_at, side.told_at = now, None
        note(thread, f"{person.name} has ended this thread", by=person, now=now)


def is_ended(thread: Thread) -> bool:
    """Whether one of the two has ended it; nobody does at the same moment, for the thread is held."""
    _hold(thread)
    left = select(Side.id).where(Side.thread_id == thread.id, Side.left_at.is_not(None))
    return db.session.scalar(left.limit(1)) is not None


def mark_read(thread: Thread, person: Person, upto: int) -> None:
    """She has read as far as message number `upto`. What was read stays so."""
    side, last = _held(thread, person), _last_no(thread)
    side.read_no = max(side.read_no, min(upto, last))
    if side.read_no == last:
        side.told_at = None


def lines(person: Person) -> list[Line]:
    """Her threads, where something happened last before others."""
    mine = select(Thread).join(Side).where(Side.person_id == person.id)
    loaded = mine.options(selectinload(Thread.sides).joinedload(Side.person), joinedload(Thread.opening))
    threads = db.session.scalars(loaded.order_by(Thread.last_at.desc(), Thread.id.desc())).all()
    unread = _unread(person)
    return [Line(thread, other_of(thread, person), unread.get(thread.id, 0)) for thread in threads]


def unread_count(person: Person) -> int | None:
    """Messages she has not read; None if she has no thread at all."""
    has_any = db.session.scalar(select(Side.id).where(Side.person_id == person.id).limit(1))
    return sum(_unread(person).values()) if has_any else None


def known_to(person: Person) -> set[int]:
    """Numbers of the people she has a thread with."""
    hers, theirs = aliased(Side), aliased(Side)
    query = select(theirs.person_id).join(hers, hers.thread_id == theirs.thread_id).where(hers.person_id == person.id)
    return {id for id in db.session.scalars(query.where(theirs.person_id != person.id)) if id}


def _unread(person: Person) -> dict[int, int]:
    hers = Side.person_id == person.id, Message.no > Side.read_no, Message.author_id.is_distinct_from(person.id)
    query = select(Side.thread_id, func.count()).join(Message, Message.thread_id == Side.thread_id).where(*hers)
    return {thread_id: int(count) for thread_id, count in db.session.execute(query.group_by(Side.thread_id))}


def _between(one: Person, other: Person, about: Opening | None) -> Thread | None:
    first, second = aliased(Side), aliased(Side)
    both = select(Thread).join(first, first.thread_id == Thread.id).join(second, second.thread_id == Thread.id)
    same = Thread.opening_id == about.id if about else Thread.opening_id.is_(None)
    goes_on = first.left_at.is_(None), second.left_at.is_(None)
    return db.session.scalar(
        both.where(first.person_id == one.id, second.person_id == other.id, same, *goes_on).limit(1)
    )


def _written(author: Person, since: datetime) -> int:
    theirs = Message.author_id == author.id, Message.kind == "message", Message.at > since
    return db.session.scalar(select(func.count()).select_from(Message).where(*theirs)) or 0


def _add(thread: Thread, message: Message) -> Message:
    """Number it: one writer at a time, who holds the thread's row."""
    _hold(thread)
    message.no, message.thread_id, thread.last_at = _last_no(thread) + 1, thread.id, message.at
    db.session.add(message)
    db.session.flush()
    db.session.expire(thread, ["messages"])
    return message


def _last_no(thread: Thread) -> int:
    """The number of its last message, 0 while there is none."""
    return db.session.scalar(select(func.max(Message.no)).where(Message.thread_id == thread.id)) or 0


def _hold(thread: Thread) -> None:
    db.session.refresh(thread, ["last_at"], with_for_update=True)


def _held(thread: Thread, person: Person) -> Side:
    """Her side as it stands while nobody else may change the thread."""
    _hold(thread)
    side = side_of(thread, person)
    db.session.refresh(side)
    return side


def _has_read(thread: Thread, person: Person, last: int) -> None:
    """She has read all of it: what comes next is told to her by letter again."""
    side = _held(thread, person)
    side.read_no, side.told_at = last, None


def _tell(thread: Thread, message: Message, author: Person, other: Person, *, now: datetime) -> None:
    side = _held(thread, other)
    if side.told_at is None:
        letters.tell(thread, message, author, other, now=now)
        side.told_at = now
