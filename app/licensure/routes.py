"""The boards' rules as pages."""

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.licensure import tracks, words
from app.licensure.tracks import Jurisdiction
from app.refusals import Missing
from app.web import pictures
from app.web.gate import public
from app.web.respond import show

bp = Blueprint("licensure", __name__)


def served() -> list[Jurisdiction]:
    """The jurisdictions of this instance, by name."""
    states = current_app.config["SC"].states
    return [one for one in tracks.load().jurisdictions if not states or one.code in states]


def choices() -> list[tuple[str, str]]:
    """Codes and names, for the form that leads to a state."""
    return [(one.code, one.name) for one in served()]


def find(state: str) -> Jurisdiction:
    """The jurisdiction of a postal code in letters of either size. Raises Missing."""
    for one in served():
        if one.code == state.upper():
            return one
    raise Missing


@bp.get("/rules")
@public
def show_rules() -> BaseResponse:
    """Every state on a map and in a list; `?state=TX`, as the form without script sends it, leads to its page."""
    if state := request.args.get("state"):
        return redirect(url_for(".show_state", state=find(state).code.lower()), 303)
    return show("licensure/show_rules.html", jurisdictions=served(), states=choices(), picture=pictures.of_site())


@bp.get("/rules/<state>")
@public
def show_state(state: str) -> Response:
    """The three tracks of a state side by side."""
    here, picture = find(state), pictures.of_site()
    return show("licensure/show_state.html", here=here, states=choices(), words=words, picture=picture)
