"""What gunicorn is told beside its command: the index is made once, before the workers are forked, and shared."""

import gc
from threading import Event, Thread
from typing import Any

import structlog
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.db import db
from app.matching import keeper

preload_app = True

PATIENCE = 5.0  # seconds that a worker waits for its thread

log = structlog.get_logger()


def when_ready(arbiter: Any) -> None:
    """Make the index, and leave no connection open that two processes would share. Nothing else runs yet."""
    _look(arbiter.app.wsgi())
    gc.collect()
    gc.freeze()  # what the workers never change stays shared


def post_worker_init(worker: Any) -> None:
    """A worker that was forked long after the first takes in what has changed; then the thread may begin."""
    app = worker.wsgi
    _look(app)
    worker.ending = Event()
    arguments = (app.app_context, worker.ending)
    worker.free_calls = Thread(target=keeper.freshen_calls, args=arguments, name="free calls", daemon=True)
    worker.free_calls.start()


def worker_exit(server: Any, worker: Any) -> None:
    """Let the thread come to its end before the process does."""
    if hasattr(worker, "free_calls"):
        worker.ending.set()
        worker.free_calls.join(PATIENCE)


def _look(app: Flask) -> None:
    """The index as the tables are. Without a database /readyz says so, and the first request that can makes it."""
    with app.app_context():
        try:
            keeper.current()
        except DBAPIError as fault:
            log.error("no index yet", reason=type(fault.orig).__name__)
        finally:
            db.session.remove()
            db.engine.dispose()
