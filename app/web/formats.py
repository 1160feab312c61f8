"""The words for fees, dates and times, as the shell knows them. They are pure and every room's: see app/formats.py."""

from app.formats import *  # noqa: F403
