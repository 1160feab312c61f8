"""The home page, the search, what fits a reader, and openings side by side."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from flask import Blueprint, Response, current_app, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.introcalls import availability
from app.licensure import tracks
from app.licensure.tracks import Track
from app.matching import cards, chips, choosing, comparing, criteria, explained, facets, matches, search, tally, texts
from app.matching.cards import Card, View
from app.matching.criteria import Asked, Criteria
from app.matching.filters import Reader
from app.matching.search import Results
from app.places import areas, finding
from app.places.models import Place
from app.saved import openings as saved
from app.web import pictures, reader
from app.web.gate import public, repeatable
from app.web.respond import asked_from, done, is_partial, own_address, show, vary
from app.wishes import session, telling
from app.wishes.wishes import CONSULTATION, WISHES, Wishes
from app.wishes.wishes import EMPTY as NONE

bp = Blueprint("matching", __name__)
SPECIMEN = "TX", "counseling"
FEW = 3  # openings that are so few that words may have been typed wrong


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
        shades=tally.steps(counts.values()),
        open_places=tally.all_places(),
        specimen=_specimen(),
        picture=pictures.of_site(),
    )


@bp.get("/openings")
@public
def show_openings() -> Response:
    """The search: the page, or its results to htmx. The address says all of it."""
    asked, place = _asked()
    to, track = _address(asked.criteria), _track(asked.criteria)
    if is_partial() and (_is_elsewhere(asked.criteria) or _is_of_another(track)):
        return _anew(_address(asked.criteria.on_page(1)))
    view = _view(track, place, _likes(track))
    found = _search(asked.criteria, place, view)
    entries, cheapest = _cards(asked.criteria, found, view), _cheapest(found, place, view)
    page = _page_of(asked, found, view) | {"entries": entries, "cheapest": cheapest}
    response = show("matching/show_openings.html", f"matching/{'_next' if page['is_next'] else '_found'}.html", **page)
    return _kept(response, asked.criteria, track, to)


@bp.get("/matches")
@public
def show_matches() -> Response:
    """What fits the reader, the best first. No wish stands in the address, only how far she has looked."""
    wishes = session.current()
    if not wishes.has_any:
        return _anew(url_for(".show_matches")) if is_partial() else show("matching/show_matches.html", found=None)
    asked = matches.criteria(wishes, criteria.parse({"page": request.args.getlist("page")}).criteria.page)
    track = tracks.load().find(asked.state, asked.discipline)
    if _is_of_another(track):
        return _anew(url_for(".show_matches"))
    view = _view(track, None, wishes)
    found = _search(asked, None, view)
    page = _matches_of(found, view) | {"entries": _cards(asked, found, view)}
    response = show("matching/show_matches.html", f"matching/{'_next' if page['is_next'] else '_ranked'}.html", **page)
    return _kept(response, criteria.EMPTY, None, None)


@bp.post("/matches/likes")
@public
@repeatable
def loosen_wish() -> BaseResponse:
    """Let a must of the reader's, or several, be likes; what is no must of hers changes nothing."""
    names, wishes = request.form.get("must", "").split(), session.current()
    if named := wishes.musts.intersection(names):
        session.remember(matches.loosened(wishes, named))
        flash("Changed: what you would like is no must any more.")
    return done(url_for(".show_matches"))


@bp.get("/compare")
@public
def show_comparison() -> Response:
    """Up to four openings side by side. The address names them and nothing of the reader."""
    ids = comparing.numbers(request.args.getlist("id"))
    track = tracks.load().find(*reader.track_key())
    if _is_of_another(track):
        return _anew(_compared(ids))
    view = _view(track, None, _likes(None))
    compared = comparing.compare(ids, view)
    shown = [card["id"] for card in compared.cards]
    about: dict[str, Any] = {"compared": compared, "track": track, "shown": shown, "address": _compared}
    in_zones: dict[str, Any] = {"zones": _zones(), "pairs": [("id", id) for id in shown]}
    response = show("matching/show_comparison.html", **about, **in_zones)
    return _kept(response, criteria.EMPTY, None, None)


@bp.get("/how-matching-works")
@public
def explain() -> Response:
    """What counts how much in a fit, and why."""
    return show("matching/explain.html", rows=explained.rows(), levels=explained.levels())


def _kept(response: Response, asked: Criteria, track: Track | None, to: str | None) -> Response:
    """The address goes into the bar if there is one, and a track or a zone that was asked for is remembered."""
    response.vary.add("HX-Target")
    if to and is_partial() and not _is_next():
        response.headers["HX-Replace-Url" if _is_same_place(to) else "HX-Push-Url"] = to
    if asked.track_id and track:
        reader.remember(response, "track", track.id)
    if reader.is_zone(request.args.get("tz", "")):
        reader.remember(response, "tz", reader.zone())
    return response


def _anew(to: str) -> Response:
    """An order to open the page at `to` as a whole; a zone that was chosen is kept for it."""
    return _kept(vary(Response(status=204, headers={"HX-Redirect": to})), criteria.EMPTY, None, None)


def _is_same_place(to: str) -> bool:
    """Whether Back should lead past this answer: another zone of the same search, or words that are still typed."""
    return _without_words(asked_from().query) == _without_words(urlsplit(to).query)


def _without_words(query: str) -> Criteria:
    return criteria.parse(parse_qs(query)).criteria.without("q")


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


def _cards(asked: Criteria, found: Results, view: View) -> list[Card]:
    """The openings of a page of results, and whether the reader keeps them. None of them come next if they are those
    of the page before, for there are fewer by now."""
    if _is_next() and found.criteria.page < asked.page:
        return []
    person = reader.person()
    kept = saved.of(person.id if person else None, found.ids)
    return [card | {"is_saved": card["id"] in kept} for card in cards.cards(found.ids, view)]


def _saving() -> dict[str, str] | None:
    """What the buttons need that keep an opening; a supervisor has none."""
    person, back = reader.person(), own_address()
    if person and person.is_supervisor:
        return None
    sign_in = "" if person else url_for("accounts.sign_in", next=back)
    return {"sign_in": sign_in, "to": url_for("saved.save_opening"), "back": back}


def _page_of(asked: Asked, found: Results, view: View) -> dict[str, Any]:
    """What the templates need beside the entries."""
    return {
        **_list_of(found, view),
        **_choices(asked, found, view),
        "asked": asked,
        "place_words": f" in {areas.name(asked.criteria.state)}" if asked.criteria.state else "",
        "chips": chips.chips(asked.criteria, view.track),
        "cleared": _cleared(asked.criteria),
        "address": lambda other: _elsewhere(other, asked.criteria),
        "dropped": chips.dropped,
        "meant": _meant(found, view),
    }


def _list_of(found: Results, view: View) -> dict[str, Any]:
    """What every list of openings needs, a search's or that of matches."""
    return {"found": found, "track": view.track, "is_next": _is_next(), "zones": _zones(), "saving": _saving()}


def _zones() -> list[str]:
    """What times can be shown in."""
    return list(dict.fromkeys((*availability.US_ZONES, reader.zone())))


def _choices(asked: Asked, found: Results, view: View) -> dict[str, Any]:
    """What there is to choose, with counts."""
    anywhere = _address(asked.criteria.without("state").on_page(1)) + _clock(asked.criteria)
    return {
        "facets": facets.facets(asked, found, view.track, facets.usual(view.track, view.wishes.has_any)),
        "states": _states(),
        "by_state": found.states,
        "shades": tally.steps(found.states.values()),
        "by_state_address": f"{anywhere}{'&' if '?' in anywhere else '?'}state=",
    }


def _matches_of(found: Results, view: View) -> dict[str, Any]:
    """What the page of matches needs beside the entries."""
    return {
        **_list_of(found, view),
        "heading": matches.heading(found),
        "said": telling.summary(view.wishes, private=True),
        "phrases": telling.phrases(view.wishes),
        "address": lambda asked: url_for(".show_matches", page=asked.page if asked.page > 1 else None),
        "lane": "#results",
    }


def _likes(track: Track | None) -> Wishes:
    """What the reader wishes for, for a page that says itself what filters: on its track, and nothing a must.

    None but her board is none: the page orders by that anyway."""
    wishes = replace(session.current(), musts=frozenset())
    if not any(wishes.says(name) for name in WISHES if name != "verdict"):
        return NONE
    if track:
        return replace(wishes, state=track.state, discipline=track.discipline)
    return replace(wishes, state="", discipline=CONSULTATION if wishes.is_consultation else "")


def _search(asked: Criteria, place: Place | None, view: View) -> Results:
    return search.search(asked, view.track, place, view.reader, view.wishes)


def _cheapest(found: Results, place: Place | None, view: View) -> Card | None:
    """The opening with the lowest fee, where nothing suits because of the budget alone."""
    ways = [way.criteria for way in found.ways_out if way.name == "max_fee"]
    ids = [id for way in ways for id in _search(replace(way, sort="fee"), place, view).ids[:1]]
    return next(iter(cards.cards(ids, view)), None)


def _meant(found: Results, view: View) -> Criteria | None:
    """The same search for words that are nearly those that found little, if they find more."""
    asked = found.criteria
    meant = texts.suggest(asked.q) if asked.q and found.total < FEW else None
    if not meant:
        return None
    better, place = replace(asked, q=meant, page=1), view.place if asked.zip else None
    return better if search.count(better, view.track, place, view.reader) > found.total else None


def _compared(ids: Sequence[int]) -> str:
    return url_for(".show_comparison", id=ids)


def _view(track: Track | None, place: Place | None, wishes: Wishes = NONE) -> View:
    """Distances are from the place that is asked for, else from the one of the reader's wishes."""
    home = finding.find(wishes.zip) if wishes.zip else None
    any_opening = url_for("openings.show_opening", opening_id=0)[:-1]
    return View(Reader(reader.zone(), clock.now()), track, place or home, lambda id: f"{any_opening}{id}", wishes, home)


def _address(asked: Criteria) -> str:
    """Where a search stands, without what is empty or usual."""
    query = asked.query()
    return f"{request.script_root}/openings?{query}" if query else f"{request.script_root}/openings"


def _elsewhere(asked: Criteria, here: Criteria) -> str:
    """Where another search stands that is reached from `here`."""
    return _address(asked) + (_clock(asked) if asked.state != here.state else "")


def _clock(asked: Criteria) -> str:
    """Times hold by the clock of the state that is looked at, until the reader chooses one. An address that leads to
    other states takes the clock along, or it would not give what was counted."""
    is_by_clock = asked.day or asked.after is not None or asked.before is not None
    return f"&tz={quote(reader.zone(), safe='')}" if is_by_clock and not reader.zone_is_chosen() else ""


def _cleared(asked: Criteria) -> Criteria:
    """Without all filters but the board's, or without this too if nothing else is left to clear."""
    left = Criteria(state=asked.state, discipline=asked.discipline)
    return left if set(asked.applied()) - {"state", "discipline"} else criteria.EMPTY


def _is_elsewhere(asked: Criteria) -> bool:
    """Whether the page that asks for a fragment is another board's: its heading and track bar would no longer hold."""
    here = asked_from()
    if here.path != request.path:
        return False
    before = criteria.parse(parse_qs(here.query)).criteria
    return (before.state, before.discipline) != (asked.state, asked.discipline)


def _is_of_another(track: Track | None) -> bool:
    """Whether htmx asks from a page of another track: her choice is another since, made in another tab."""
    ours = track.id if track else ""
    return request.headers.get("X-Track", ours) != ours


def _states() -> list[tuple[str, str]]:
    return choosing.states(current_app.config["SC"].states)


def _specimen() -> Card | None:
    """One real opening that counts, on the reader's track or else on a well-known one."""
    rules = tracks.load()
    for track in filter(None, (rules.find(*reader.track_key()), rules.find(*SPECIMEN))):
        view = _view(track, None)
        wanted = Criteria(state=track.state, discipline=track.discipline, verdict=("counts",))
        ids = search.search(wanted, track, None, view.reader, counting=False).ids[:1]
        if found := cards.cards(ids, view):
            return found[0]
    return None
