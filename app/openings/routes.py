"""The page of an opening."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request, url_for

from app import clock
from app.formats import local, on_date, zone_words
from app.introcalls import availability
from app.licensure import words as rule_words
from app.matching import cards, choosing
from app.matching.filters import Reader
from app.openings import access, verdicts, words
from app.openings.models import Opening
from app.places import areas
from app.supervisors import facts
from app.supervisors import words as supervisor_words
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
    chosen = choosing.choose(request.args, reader.track_key())
    response = show("openings/show_opening.html", **_page_of(opening, chosen))
    if chosen.track and chosen.is_new:
        reader.remember(response, "track", chosen.track.id)
    return response


def _page_of(opening: Opening, chosen: choosing.Choice) -> dict[str, Any]:
    track, now, supervisor = chosen.track, clock.now(), opening.supervisor
    today = verdicts.today(now)
    view = cards.View(Reader(reader.zone(), now), track, None, _address)
    return {
        "opening": opening,
        "supervisor": supervisor,
        "track": track,
        "chosen": chosen,
        "states": areas.STATES,
        "disciplines": choosing.disciplines(),
        "verdict": verdicts.of(opening, track, today) if track else None,
        "rule_words": rule_words,
        "said": _said(opening, view.reader),
        "standing": supervisor_words.standing(facts.facts_of(supervisor), track.state if track else None, today),
        "about": markdown(opening.about),
        "picker": availability.picker(supervisor, reader.zone(), now),
        "others": cards.cards(access.published_ids(supervisor.id, but=opening.id)[:5], view),
        "nav_here": "matching.show_openings",
    }


def _said(opening: Opening, seen_by: Reader) -> dict[str, str | None]:
    """The opening in words."""
    times = tuple((time.weekday, time.start_minute) for time in opening.times)
    meets = words.Meets(times, opening.minutes, opening.rhythm, opening.nth, opening.zone)
    on = seen_by.now.astimezone(ZoneInfo(opening.zone)).date()
    here, there = words.rhythm(meets, seen_by.zone, on), words.rhythm(meets, opening.zone, on)
    return {
        "heading": words.heading(opening.format, opening.seats, opening.title, opening.supervisor.name),
        "kind": words.kind(opening.format, opening.seats, opening.online, opening.in_person, opening.city),
        "rhythm": here,
        "zone": zone_words(seen_by.zone) if times else "",
        "there": f"{there}, {zone_words(opening.zone)}" if here != there else None,
        "unit": words.unit(opening.format),
        "reduced": words.reduced(opening.reduced_fee_cents, opening.reduced_places),
        "monthly": words.monthly_fee(opening.fee_cents, opening.rhythm, len(times)),
        "confirmed": on_date(local(opening.confirmed_at, seen_by.zone)) if opening.confirmed_at else None,
        "chairs": words.chairs(opening.seats, opening.open_seats),
    }


def _address(opening_id: int) -> str:
    return url_for("openings.show_opening", opening_id=opening_id)
