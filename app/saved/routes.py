"""Saved openings and searches, and the alerts that tell of what is new."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.accounts import session
from app.licensure import tracks
from app.licensure.tracks import Track
from app.matching import cards, keeper
from app.matching.filters import Reader
from app.openings import access
from app.saved import finding, last_letter, openings, rhythms, searches, stopping
from app.saved.forms import NoteForm, SearchForm
from app.saved.models import AlertStop, SavedSearch
from app.saved.openings import Shelf
from app.web import paging, reader
from app.web.gate import one_click, prepared_by, public
from app.web.respond import done, is_partial, safe_next, show

bp = Blueprint("saved", __name__)


@bp.get("/saved")
def show_saved() -> Response:
    """Her saved openings with what changed, and her saved searches with what is new."""
    return _show_saved()


# --- openings ---


@bp.post("/saved/openings")
def save_opening() -> BaseResponse:
    """Keep an opening that she is shown."""
    opening = access.published(_number() or 0)
    openings.save(session.person(), opening, _track(), now=clock.now())
    return _pressed(opening.id, is_saved=True)


@bp.post("/saved/openings/<int:opening_id>/removal")
def drop_opening(opening_id: int) -> BaseResponse:
    """Let it go."""
    openings.drop(session.person(), opening_id)
    return _pressed(opening_id, is_saved=False)


@bp.post("/saved/openings/<int:opening_id>/note")
def note_opening(opening_id: int) -> BaseResponse:
    """Write a note beside it that only she reads."""
    saved, form = openings.own(session.person(), opening_id), NoteForm(opening_id)
    if form.attempt(openings.note, saved, form.note.data or ""):
        flash("Your note is kept. Only you see it." if saved.note else "The note is gone.")
        return done(url_for(".show_saved", page=_page(), _anchor=f"saved-{opening_id}"))
    return _show_saved(form)


@bp.post("/saved/seen")
def see_openings() -> BaseResponse:
    """She has seen what changed, in one opening or in all: from now on only what comes after is said."""
    openings.see(session.person(), _track(), now=clock.now(), opening_id=_number())
    return done(url_for(".show_saved", page=_page()))


# --- searches ---


@bp.post("/saved/searches")
@prepared_by(keeper.current)
def save_search() -> BaseResponse:
    """Keep the search whose query string is sent."""
    asked = finding.canonical(request.form.get("query", ""))
    saved = searches.keep(session.person(), asked, reader.zone(), now=clock.now())
    if not is_partial():
        flash(f"Saved as “{saved.name}”.")
    return done(url_for(".edit_search", search_id=saved.id), "saved/_search_kept.html", saved=saved)


@bp.get("/saved/searches/<int:search_id>")
def open_search(search_id: int) -> BaseResponse:
    """To the search itself, what is new first if that is asked. Letters link here: what she looks for is in none."""
    saved = searches.own(session.person(), search_id)
    return redirect(_address(saved, "newest" if request.args.get("sort") == "newest" else ""), 303)


@bp.get("/saved/searches/<int:search_id>/edit")
def edit_search(search_id: int) -> Response:
    """What it is called, and how often she is written to."""
    saved = searches.own(session.person(), search_id)
    return _show_search(saved, SearchForm(saved))


@bp.post("/saved/searches/<int:search_id>")
@prepared_by(keeper.current)
def change_search(search_id: int) -> BaseResponse:
    """Change its name or rhythm."""
    saved = searches.own(session.person(), search_id)
    form = SearchForm(saved)
    if form.attempt(searches.change, saved, form.name.data, form.rhythm.data or "", now=clock.now()):
        flash("Saved.")
        return done(url_for(".show_saved", _anchor="searches"))
    return _show_search(saved, form)


@bp.post("/saved/searches/<int:search_id>/removal")
def drop_search(search_id: int) -> BaseResponse:
    """Delete it, and with it its letters."""
    saved = searches.own(session.person(), search_id)
    flash(f"“{saved.name}” is deleted. No letters come from it.")
    searches.drop(saved)
    return done(url_for(".show_saved", _anchor="searches"))


@bp.post("/saved/searches/<int:search_id>/seen")
@prepared_by(keeper.current)
def see_search(search_id: int) -> BaseResponse:
    """She has seen what is new in it: only what comes after is new, also if it came while the page was open."""
    saved = searches.own(session.person(), search_id)
    if not searches.see(saved, now=clock.now(), shown=_number("shown")):
        flash("More came while this page was open. Have a look, then say so again.")
    return done(url_for(".show_saved", _anchor="searches"))


@bp.post("/saved/letters")
def resume_letters() -> BaseResponse:
    """She says that her mailbox, which refused a letter, takes mail again."""
    last_letter.ask_again(session.person(), now=clock.now())
    flash("Letters go again when something is new.")
    return done(url_for(".show_saved", _anchor="searches"))


# --- the links in letters ---


@bp.get("/alerts/unsubscribe/<token>")
@public
def show_stop(token: str) -> Response:
    """What the link in a letter opens: one button, for mail programs and scanners follow links by themselves."""
    return _show_stop(token, stopping.meant_by(token, now=clock.now()))


@bp.post("/alerts/unsubscribe/<token>")
@public
@one_click
def stop_alerts(token: str) -> Response:
    """End the letters; whoever has one may say so, a mail program by itself (RFC 8058). Twice is once."""
    stop = stopping.meant_by(token, now=clock.now())
    return _show_stop(token, stopping.carry_out(stop, now=clock.now()))


def _show_stop(token: str, stop: AlertStop) -> Response:
    name = finding.name_in_letters(stop.search) if stop.search else None
    response = show("saved/show_stop.html", token=token, stop=stop, name=name, is_done=stopping.is_done(stop))
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def _show_saved(refused: NoteForm | None = None) -> Response:
    """The page; `refused` is a note that could not be kept as it was."""
    person, track = session.person(), _track()
    shelf = openings.shelf(person, track, _page())
    forms = {one.opening.id: NoteForm(one.opening.id, one.saved.note) for one in shelf.kept}
    if refused:
        forms = {id: refused if form.note.name == refused.note.name else form for id, form in forms.items()}
    return show(
        "saved/show_saved.html", status=refused.status if refused else 200, shelf=shelf, forms=forms,
        cards=_cards(shelf, track), searches=_searches(), refusal=last_letter.refusal(person, clock.now()),
        rhythms=rhythms.WORDS, most=searches.MOST,
    )  # fmt: skip


def _cards(shelf: Shelf, track: Track | None) -> dict[int, cards.Card]:
    """Cards of those that are shown, by opening."""
    view = cards.View(Reader(reader.zone(), clock.now()), track, None, _opening)
    shown = [one.opening.id for one in shelf.kept if one.standing != "closed"]
    return {card["id"]: card for card in cards.cards(shown, view)}


def _opening(opening_id: int) -> str:
    return url_for("openings.show_opening", opening_id=opening_id)


def _searches() -> list[dict[str, Any]]:
    """Her searches: each with what it asks in words, and how many openings are new in it."""
    return [
        {"saved": saved, "words": finding.words(finding.canonical(saved.query)), "new": new}
        for saved, new in searches.news(session.person(), clock.now())
    ]


def _show_search(saved: SavedSearch, form: SearchForm) -> Response:
    said, refusal = finding.words(finding.canonical(saved.query)), last_letter.refusal(saved.person, clock.now())
    return show("saved/edit_search.html", status=form.status, saved=saved, form=form, words=said, refusal=refusal)


def _pressed(opening_id: int, *, is_saved: bool) -> BaseResponse:
    """The button anew; without script back to where it was pressed."""
    back = safe_next(request.form.get("next")) or url_for(".show_saved")
    return done(back, "saved/_save.html", opening_id=opening_id, is_saved=is_saved)


def _address(saved: SavedSearch, sort: str) -> str:
    query = replace(finding.canonical(saved.query), sort=sort).query()
    return f"{url_for('matching.show_openings')}{'?' if query else ''}{query}"


def _number(name: str = "opening_id") -> int | None:
    """The number that a form sends by this name, usually that of an opening; None for what is none."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _page() -> int:
    return paging.asked_for()


def _track() -> Track | None:
    return tracks.load().find(*reader.track_key())
