"""The page of an opening."""

from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from app import clock
from app.introcalls import availability
from app.licensure import words as rule_words
from app.matching import cards, choosing
from app.matching.filters import Reader
from app.openings import access, verdicts
from app.openings.models import Opening
from app.openings.sheet import sheet
from app.supervisors.facts import facts_of
from app.supervisors.words import standing
from app.web import reader
from app.web.gate import public
from app.web.markdown import markdown
from app.web.respond import show

bp = Blueprint("openings", __name__)


@bp.get("/openings/<int:opening_id>")
@public
def show_opening(opening_id: int) -> Response:
    """Who, when, fee, seats, whether it counts on the reader's track, and the supervisor's free times for a call."""
    opening = access.published(opening_id)
    chosen = choosing.choose(request.args, reader.track_key(), current_app.config["SC"].states)
    response = show("openings/show_opening.html", **_page_of(opening, chosen))
    if chosen.track and chosen.is_new:
        reader.remember(response, "track", chosen.track.id)
    return response


def _page_of(opening: Opening, chosen: choosing.Choice) -> dict[str, Any]:
    track, now, zone = chosen.track, clock.now(), reader.zone()
    today, view = verdicts.today(now), cards.View(Reader(zone, now), track, None, _address)
    return {
        "opening": opening,
        "said": sheet(opening, zone, now),
        "track": track,
        "chosen": chosen,
        "verdict": verdicts.of(opening, track, today) if track else None,
        "rule_words": rule_words,
        "standing": standing(facts_of(opening.supervisor), track.state if track else None, today),
        "about": markdown(opening.about),
        "picker": availability.picker(opening.supervisor, zone, now),
        "others": cards.cards(access.published_ids(opening.supervisor_id, but=opening.id)[:5], view),
    }


def _address(opening_id: int) -> str:
    return url_for("openings.show_opening", opening_id=opening_id)
