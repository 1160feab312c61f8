"""The profile of a supervisor."""

from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from app import clock
from app.introcalls import availability
from app.matching import cards, choosing
from app.matching.filters import Reader
from app.openings import verdicts
from app.openings.access import published_ids
from app.supervisors import access, words
from app.supervisors.facts import facts_of
from app.supervisors.models import Supervisor
from app.web import reader
from app.web.gate import public
from app.web.markdown import markdown
from app.web.respond import show

bp = Blueprint("supervisors", __name__)


@bp.get("/supervisors/<slug>")
@public
def show_supervisor(slug: str) -> Response:
    """Who she is, what she holds and how we know, her openings, and her free times for a call."""
    supervisor = access.published(slug)
    chosen = choosing.choose(request.args, reader.track_key(), current_app.config["SC"].states)
    response = show("supervisors/show_supervisor.html", **_page_of(supervisor, chosen))
    if chosen.track and chosen.is_new:
        reader.remember(response, "track", chosen.track.id)
    return response


def _page_of(supervisor: Supervisor, chosen: choosing.Choice) -> dict[str, Any]:
    track, now, zone = chosen.track, clock.now(), reader.zone()
    today, view = verdicts.today(now), cards.View(Reader(zone, now), track, None, _address)
    return {
        "supervisor": supervisor,
        "track": track,
        "chosen": chosen,
        "standing": words.standing(facts_of(supervisor), track.state if track else None, today),
        "credentials": [words.listing(one, today) for one in supervisor.credentials],
        "terms": words.chosen_terms(supervisor),
        "about": markdown(supervisor.about),
        "entries": cards.cards(published_ids(supervisor.id), view),
        "picker": availability.picker(supervisor, zone, now),
    }


def _address(opening_id: int) -> str:
    return url_for("openings.show_opening", opening_id=opening_id)
