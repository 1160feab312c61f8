"""The signed-in person of a request."""

from flask import Flask
from flask_login import LoginManager


def init(app: Flask) -> None:
    """Hang sign-in on the application."""
    login = LoginManager(app)
    login.user_loader(lambda token: None)
