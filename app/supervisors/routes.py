"""The profile of a supervisor."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from app import clock
from app.introcalls import availability
from app.matching import cards, choosing
from app.matching.filters import Reader
from app.openings import access as openings
from app.openings import verdicts
from app.places import areas
from app.supervisors import access, facts, words
from app.supervisors.models import Supervisor
from app.taxonomies import vocabularies
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
    chosen = choosing.choose(request.args, reader.track_key())
    response = show("supervisors/show_supervisor.html", **_page_of(supervisor, chosen))
    if chosen.track and chosen.is_new:
        reader.remember(response, "track", chosen.track.id)
    return response


def _page_of(supervisor: Supervisor, chosen: choosing.Choice) -> dict[str, Any]:
    now, track = clock.now(), chosen.track
    today = verdicts.today(now)
    view = cards.View(Reader(reader.zone(), now), track, None, _address)
    held = facts.facts_of(supervisor)
    return {
        "supervisor": supervisor,
        "track": track,
        "chosen": chosen,
        "states": areas.STATES,
        "disciplines": choosing.disciplines(),
        "standing": words.standing(held, track.state if track else None, today),
        "credentials": [(one, words.known(one, today)) for one in supervisor.credentials],
        "title_of": words.title,
        "state_name": dict(areas.STATES).get,
        "terms": _terms(supervisor),
        "about": markdown(supervisor.about),
        "entries": cards.cards(openings.published_ids(supervisor.id), view),
        "picker": availability.picker(supervisor, reader.zone(), now),
        "nav_here": "matching.show_openings",
    }


def _terms(supervisor: Supervisor) -> list[tuple[str, list[str]]]:
    """What she chose of each vocabulary, in words: ("Approaches", ["EMDR", "Play therapy"])."""
    found = []
    for kind, vocabulary in vocabularies.load().items():
        labels = [vocabulary.terms[term] for term in supervisor.terms_of(kind) if term in vocabulary.terms]
        if labels:
            found.append((vocabulary.label, labels))
    return found


def _address(opening_id: int) -> str:
    return url_for("openings.show_opening", opening_id=opening_id)
