"""The page of an opening."""

import atexit
from contextlib import suppress
from typing import Any

import structlog
from flask import Blueprint, Flask, Response, current_app, request, url_for
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from app import clock
from app.introcalls import availability
from app.licensure import words as rule_words
from app.matching import cards, choosing
from app.matching.filters import Reader
from app.openings import access, verdicts, views
from app.openings.models import Opening
from app.openings.sheet import sheet
from app.supervisors.facts import facts_of
from app.supervisors.words import standing
from app.web import reader
from app.web.gate import public
from app.web.markdown import markdown
from app.web.respond import is_partial, show

bp = Blueprint("openings", __name__)
log = structlog.get_logger()


@bp.get("/openings/<int:opening_id>")
@public
def show_opening(opening_id: int) -> Response:
    """Who, when, fee, seats, whether it counts on the reader's track, and the supervisor's free times for a call."""
    opening = access.published(opening_id)
    chosen = choosing.choose(request.args, reader.track_key(), current_app.config["SC"].states)
    response = show("openings/show_opening.html", **_page_of(opening, chosen))
    if chosen.track and chosen.is_new:
        reader.remember(response, "track", chosen.track.id)
    if _is_a_look(opening):
        views.noted(opening.id, clock.now())
    return response


@bp.after_app_request
def write_views(response: Response) -> Response:
    """Once the answer has left, write the looks that have gathered, if it is time."""
    if views.TALLY.is_due(clock.now()):
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        response.call_on_close(lambda: _write_views(app))
    return response


@bp.record_once
def write_last_views(state: Any) -> None:
    """What has gathered when the process ends is written then."""
    atexit.register(_write_last, state.app)


def _write_views(app: Flask) -> None:
    try:
        with app.app_context():
            views.write(clock.now())
    except OperationalError as error:  # a busy database: the looks wait for the next request
        log.warning("looks not written", error=type(error.orig).__name__)


def _write_last(app: Flask) -> None:
    with suppress(SQLAlchemyError), app.app_context():
        views.write(clock.now())


def _is_a_look(opening: Opening) -> bool:
    person = reader.person()
    return views.is_a_look(
        method=request.method,
        agent=request.user_agent.string,
        purpose=request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")),
        is_part=is_partial(),
        is_hers=person is not None and person.id == opening.supervisor.person_id,
    )


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
