"""The home page and the search."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, Response, current_app, request, url_for

from app import clock
from app.introcalls import availability
from app.licensure import tracks
from app.licensure.tracks import Track
from app.matching import cards, chips, choosing, criteria, facets, search, tally
from app.matching.cards import Card, View
from app.matching.criteria import Asked, Criteria
from app.matching.filters import Reader
from app.places import areas, finding
from app.places.models import Place
from app.web import pictures, reader
from app.web.gate import public
from app.web.respond import is_partial, show, vary

bp = Blueprint("matching", __name__)
SPECIMEN = "TX", "counseling"


@bp.get("/")
@public
def home() -> Response:
    """What this is, where to start, open places by state, and one real card."""
    counts = tally.by_state()
    return show(
        "matching/home.html",
        states=_states(),
        disciplines=list(chips.GOALS.items()),
        counts=counts,
        open_places=tally.all_places(),
        specimen=_specimen(),
        picture=pictures.of_site(),
    )


@bp.get("/openings")
@public
def show_openings() -> Response:
    """The search: the page, or its results to htmx. The address says all of it."""
    asked, place = _asked()
    to = _address(asked.criteria)
    if is_partial() and _is_elsewhere(asked.criteria):
        return vary(Response(status=204, headers={"HX-Redirect": to}))
    track = _track(asked.criteria)
    view = _view(track, place)
    found = search.search(asked.criteria, track, place, view.reader)
    page = _page_of(asked, found, track) | {"entries": cards.cards(found.ids, view)}
    response = show("matching/show_openings.html", f"matching/{'_next' if page['is_next'] else '_found'}.html", **page)
    return _kept(response, asked.criteria, track, to)


def _kept(response: Response, asked: Criteria, track: Track | None, to: str) -> Response:
    """The address goes into the bar, and a track or a zone that was asked for is remembered."""
    response.vary.add("HX-Target")
    if is_partial() and not _is_next():
        response.headers["HX-Replace-Url" if "tz" in request.args else "HX-Push-Url"] = to  # another zone, same search
    if asked.track_id and track:
        reader.remember(response, "track", track.id)
    if reader.is_zone(request.args.get("tz", "")):
        reader.remember(response, "tz", reader.zone())
    return response


def _is_next() -> bool:
    """Whether "Show more" asks: it puts the next openings under those that stand."""
    return is_partial() and request.headers.get("HX-Target") == "p#more"


def _asked() -> tuple[Asked, Place | None]:
    """What the address asks, with the place of its ZIP; a ZIP that does not exist is refused like other nonsense."""
    asked = criteria.parse(request.args.to_dict(flat=False))
    if not asked.criteria.zip:
        return asked, None
    if place := finding.find(asked.criteria.zip):
        return asked, place
    return asked.refusing("zip", "We do not know this ZIP code."), None


def _track(asked: Criteria) -> Track | None:
    """Whose verdicts are shown: the track of the address, else the remembered one where it does not contradict it."""
    if asked.is_consultation:
        return None
    if asked.track_id:
        return tracks.load().find(asked.state, asked.discipline)
    kept = tracks.load().find(*reader.track_key())
    if kept and asked.state in ("", kept.state) and asked.discipline in ("", kept.discipline):
        return kept
    return None


def _page_of(asked: Asked, found: search.Results, track: Track | None) -> dict[str, Any]:
    """What the templates need beside the entries."""
    return {
        "asked": asked,
        "found": found,
        "track": track,
        "place_words": f" in {areas.name(asked.criteria.state)}" if asked.criteria.state else "",
        "chips": chips.chips(asked.criteria, track),
        "cleared": _cleared(asked.criteria),
        "facets": facets.facets(asked, found, track),
        "states": _states(),
        "address": _address,
        "is_next": _is_next(),
        "zones": dict.fromkeys((*availability.US_ZONES, reader.zone())),
        "dropped": chips.dropped,
    }


def _view(track: Track | None, place: Place | None) -> View:
    any_opening = url_for("openings.show_opening", opening_id=0)[:-1]
    return View(Reader(reader.zone(), clock.now()), track, place, lambda id: f"{any_opening}{id}")


def _address(asked: Criteria) -> str:
    """Where a search stands, without what is empty or usual."""
    query = asked.query()
    return f"{request.script_root}/openings?{query}" if query else f"{request.script_root}/openings"


def _cleared(asked: Criteria) -> Criteria:
    """Without all filters but the board's, or without this too if nothing else is left to clear."""
    left = Criteria(state=asked.state, discipline=asked.discipline)
    return left if set(asked.applied()) - {"state", "discipline"} else criteria.EMPTY


def _is_elsewhere(asked: Criteria) -> bool:
    """Whether the page that asks for a fragment is another board's: its heading and track bar would no longer hold."""
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    if here.path != request.path:
        return False
    before = criteria.parse(parse_qs(here.query)).criteria
    return (before.state, before.discipline) != (asked.state, asked.discipline)


def _states() -> list[tuple[str, str]]:
    return choosing.states(current_app.config["SC"].states)


def _specimen() -> Card | None:
    """One real opening that counts, on the reader's track or else on a well-known one."""
    rules = tracks.load()
    for track in filter(None, (rules.find(*reader.track_key()), rules.find(*SPECIMEN))):
        view = _view(track, None)
        wanted = Criteria(state=track.state, discipline=track.discipline, verdict=("counts",))
        if found := cards.cards(search.search(wanted, track, None, view.reader).ids[:1], view):
            return found[0]
    return None
