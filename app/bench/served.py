"""The application with constant twins of its pages: the same template, facts that never change, no database.

gunicorn serves `app.bench.served:app` during a bench and never otherwise. `/bench/cards` is twenty cards and nothing
else, `/bench/results` the whole fragment of the search with its filters and counts, `/bench/page` the whole page. The
others say what cannot be seen from outside: how long the search alone takes, how large the index is.
"""

import random
import time
from typing import Any

from flask import Flask, Response, jsonify, render_template, request, template_rendered
from sqlalchemy import select

from app import clock, create_app
from app.bench import mix
from app.bench.timing import SEARCH
from app.db import begin_writing, db
from app.licensure import tracks
from app.matching import criteria, keeper, search
from app.matching.filters import Reader
from app.openings.models import Opening
from app.places import finding
from app.web.gate import public
from app.wishes import session

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def _facts(app: Flask, headers: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """The template that answers the search, and what it was given."""
    seen: list[tuple[str, dict[str, Any]]] = []

    def note(_: Flask, template: Any, context: dict[str, Any], **__: Any) -> None:
        seen.append((template.name, context))

    with template_rendered.connected_to(note, app):
        answer = app.test_client().get(SEARCH, headers=headers)
    if answer.status_code != 200:
        raise RuntimeError(f"{SEARCH} answered {answer.status_code}: there is no page to compare with.")
    name, context = seen[0]
    return name, {key: value for key, value in context.items() if key not in {"g", "request", "session"}}


def served() -> Flask:
    """The application with its constant twins."""
    app = create_app()
    twins: dict[str, tuple[str, dict[str, Any]]] = {}

    def results() -> Response:
        return _rendered(*twins["fragment"])

    def page() -> Response:
        return _rendered(*twins["page"])

    def cards() -> Response:
        return _rendered("bench/cards.html", {"entries": twins["page"][1]["entries"]})

    views = {"results": results, "page": page, "cards": cards}
    views |= {"core": time_core, "wishes": wish, "change": change, "index": measure_index, "settling": settle}
    for name, view in views.items():  # as if of the search's room, where its templates look for addresses
        app.add_url_rule(f"/bench/{name}", f"matching.bench_{name}", public(view))
    twins["fragment"], twins["page"] = _facts(app, PARTIAL), _facts(app, {})
    return app


def _rendered(template: str, context: dict[str, Any]) -> Response:
    return Response(render_template(template, **context))


def time_core() -> Response:
    """Seconds that the search alone takes, without cards and page; with `wishes` those of the cookie."""
    asked = criteria.parse(request.args.to_dict(flat=False)).criteria
    track = tracks.load().find(asked.state, asked.discipline)
    place = finding.find(asked.zip) if asked.zip else None
    reader, wishes = Reader("America/New_York", clock.now()), session.current()
    began = time.perf_counter()
    found = search.search(asked, track, place, reader, wishes)
    return jsonify(seconds=time.perf_counter() - began, total=found.total)


def wish() -> Response:
    """Let the caller wish for something, at random from a seed."""
    session.remember(mix.wishes(random.Random(request.args["seed"])))  # noqa: S311
    return Response(status=204)


def change() -> Response:
    """Change an opening at random from a seed, and commit."""
    db.session.rollback()
    begin_writing()
    highest = db.session.scalars(select(Opening.id).order_by(Opening.id.desc()).limit(1)).one()
    number = random.Random(request.args["seed"]).randint(1, highest)  # noqa: S311
    opening = db.session.scalars(select(Opening).where(Opening.id >= number).order_by(Opening.id).limit(1)).one()
    opening.confirmed_at = clock.now()
    db.session.commit()
    return Response(status=204)


def measure_index() -> Response:
    """Seconds that it takes to build the index from the tables, its bytes and its openings."""
    keeper.forget()
    began = time.perf_counter()
    index = keeper.current()
    return jsonify(seconds=time.perf_counter() - began, bytes=index.nbytes, openings=index.live)


def settle() -> Response:
    """Go on with what a server does after its start, and say how much of it is left."""
    return jsonify(left=keeper.freshen_some())


app = served()
