"""Read a feed in a process of its own that is ended when it takes too long.

A calendar of a few lines can describe more than can be worked out in a lifetime; nothing short of ending the process
stops the library at it.
"""

import multiprocessing
from collections.abc import Collection
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any

from app.introcalls import feeds
from app.introcalls.feeds import Busy, Unreadable

SECONDS = 15.0
# A server that forks from a clean state: forking the worker itself would copy its connections and locks.
_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_processes: Any = multiprocessing.get_context(_METHOD)
if _METHOD == "forkserver":
    _processes.set_forkserver_preload([feeds.__name__])


def busy(
    text: str, zone: str, since: datetime, until: datetime, *, but: Collection[str] = (), seconds: float = SECONDS
) -> list[Busy]:
    """As feeds.busy, within so many seconds. Raises Unreadable."""
    ours, theirs = _processes.Pipe(duplex=False)
    process = _processes.Process(target=_read, args=(theirs, text, zone, since, until, frozenset(but)), daemon=True)
    process.start()
    theirs.close()
    try:
        answer = ours.recv() if ours.poll(seconds) else "The calendar takes too long to work out."
    except EOFError:
        answer = feeds.DAMAGED
    finally:
        process.kill()
        process.join()
        ours.close()
    if isinstance(answer, str):
        raise Unreadable(answer)
    return list(answer)


def _read(answer: Connection, text: str, zone: str, since: datetime, until: datetime, but: Collection[str]) -> None:
    try:
        answer.send(feeds.busy(text, zone, since, until, but=but))
    except ValueError as refusal:  # Unreadable, UnknownZone
        answer.send(str(refusal))
