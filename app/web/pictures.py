"""Where the pictures stand that go with links to our pages."""

from flask import current_app, url_for

from app import posters
from app.posters import Poster


def address(kind: str, name: str | int, poster: Poster) -> str:
    """The address of the picture: it changes with what it shows, so that it can be kept for ever."""
    return url_for("feeds.send_poster", kind=kind, name=name, digest=posters.digest(poster))


def of_site() -> str:
    """That of pages which speak of nobody in particular."""
    return address("site", "all", posters.of_site(current_app.config["SC"].site_name))
