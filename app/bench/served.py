"""The application with constant twins of its pages: the same template, facts that never change, no database.

gunicorn serves `app.bench.served:app` during a bench and never otherwise. `/bench/cards` is twenty cards and nothing
else; `/bench/results` the whole fragment of the search with its filters.
"""

from typing import Any

from flask import Flask, Response, render_template, template_rendered

from app import create_app
from app.bench.timing import SEARCH
from app.web.gate import public

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def _facts(app: Flask, url: str) -> tuple[str, dict[str, Any]]:
    """The template that answers `url` as a fragment, and what it was given."""
    seen: list[tuple[str, dict[str, Any]]] = []

    def note(_: Flask, template: Any, context: dict[str, Any], **__: Any) -> None:
        seen.append((template.name, context))

    with template_rendered.connected_to(note, app):
        app.test_client().get(url, headers=PARTIAL)
    name, context = seen[0]
    return name, {key: value for key, value in context.items() if key not in {"g", "request", "session"}}


def served() -> Flask:
    """The application with its constant twins."""
    app = create_app()
    twin: dict[str, Any] = {}

    @app.get("/bench/results")
    @public
    def results() -> Response:
        return Response(render_template(twin["template"], **twin["context"]))

    @app.get("/bench/cards")
    @public
    def cards() -> Response:
        return Response(render_template("bench/cards.html", entries=twin["context"]["entries"]))

    twin["template"], twin["context"] = _facts(app, SEARCH)
    return app


app = served()
