"""Structured log lines: JSON in production, readable elsewhere. No personal data goes into them."""

import logging
import sys

import structlog

from app.config import Settings


def configure(sc: Settings) -> None:
    """Set up structlog and quiet the chatter of libraries."""
    renderer = structlog.processors.JSONRenderer() if sc.is_production else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # A lost race is an expected IntegrityError; the driver would write a line for each.
    logging.getLogger("psycopg").setLevel(logging.ERROR)
