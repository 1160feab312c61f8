"""Structured log lines: JSON in production, readable elsewhere. No personal data goes into them."""

import logging
import sys
from collections.abc import Iterator
from traceback import format_tb

import structlog
from sqlalchemy.exc import DBAPIError
from structlog.typing import EventDict

from app.config import Settings


def configure(sc: Settings) -> None:
    """Set up structlog and quiet the chatter of libraries."""
    renderer = structlog.processors.JSONRenderer() if sc.is_production else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            quote_no_row,
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # A lost race is an expected IntegrityError; the driver would write a line for each.
    logging.getLogger("psycopg").setLevel(logging.ERROR)


def quote_no_row(_logger: object, _method: str, line: EventDict) -> EventDict:
    """Tell a fault of the database by its kind and its place in the code: its message quotes what people wrote."""
    fault = line.get("exc_info")
    for one in _causes(fault) if isinstance(fault, BaseException) else ():
        if isinstance(one, DBAPIError):
            line.update(error=type(one.orig).__name__, trace="".join(format_tb(one.__traceback__)))
            del line["exc_info"]
            break
    return line


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    """A fault, what it came from, and so on."""
    while fault:
        yield fault
        fault = fault.__cause__ or fault.__context__
