"""Rate limits."""

from flask import Flask

from app.config import Settings


def init(app: Flask, sc: Settings) -> None:
    """Hang the limits on the application."""
