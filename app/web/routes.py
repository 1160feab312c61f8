"""Pages of the shell itself: about, appearance, liveness."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.web import reader
from app.web.gate import public
from app.web.respond import safe_next, show

bp = Blueprint("web", __name__)


@bp.get("/about")
@public
def about() -> Response:
    """What this is, and how verdicts and verifications come about."""
    return show("web/about.html")


@bp.post("/appearance")
@public
def choose_appearance() -> BaseResponse:
    """Light, dark, or as the device; kept in a cookie."""
    theme = request.form.get("theme", "")
    response = redirect(safe_next(request.form.get("next")) or url_for("matching.home"), 303)
    if theme in reader.THEMES:
        reader.remember(response, "theme", theme)
    return response


@bp.get("/healthz")
@public
def healthz() -> Response:
    """The process is alive."""
    return Response("ok\n", mimetype="text/plain")
