"""The page of an opening, the editor of one's own, and the question whether it is still open."""

import atexit
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from typing import Any

import segno
import structlog
from flask import Blueprint, Flask, Response, current_app, flash, request, url_for
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.accounts import session
from app.introcalls import availability
from app.invitations import inviting
from app.licensure import words as rule_words
from app.licensure.facts import Offer
from app.matching import cards, choosing
from app.matching.filters import Reader
from app.openings import (
    access,
    found,
    freshness,
    history,
    mine,
    outlook,
    publishing,
    seating,
    verdicts,
    views,
    writing,
)
from app.openings.forms import NewOpeningForm, OpeningForm
from app.openings.models import FreshnessAsk, Opening
from app.openings.sheet import sheet
from app.saved import openings as saved
from app.supervisors.access import own
from app.supervisors.facts import facts_of
from app.supervisors.words import standing
from app.web import paging, pictures, reader
from app.web.forms import Form
from app.web.gate import public
from app.web.markdown import markdown
from app.web.respond import as_kept, done, is_partial, safe_next, show

bp = Blueprint("openings", __name__)
log = structlog.get_logger()


@bp.get("/openings/<int:opening_id>")
@public
def show_opening(opening_id: int) -> Response:
    """Who, when, fee, seats, whether it counts on the reader's track, and the supervisor's free times for a call."""
    opening = access.published(opening_id)
    chosen = choosing.choose(request.args, reader.track_key(), current_app.config["SC"].states)
    response = show("openings/show_opening.html", **_hers(opening), **_page_of(opening, chosen))
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
    is_one = views.is_a_look(
        method=request.method,
        agent=request.user_agent.string,
        purpose=request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")),
        is_part=is_partial(),
        is_hers=person is not None and person.id == opening.supervisor.person_id,
    )
    # By a look of whom she has invited she would learn that the invitation was read.
    return is_one and not (person and inviting.is_invited(person, opening))


@bp.get("/openings/<int:opening_id>/flyer")
@public
def show_flyer(opening_id: int) -> Response:
    """The opening on one sheet of paper, with its address as a QR code. Its times are told in its own zone."""
    opening, now = access.published(opening_id), clock.now()
    said, today = sheet(opening, opening.zone, now), verdicts.today(now)
    known = standing(facts_of(opening.supervisor), None, today)
    return show("openings/show_flyer.html", opening=opening, said=said, standing=known, whole=_whole(opening))


@bp.get("/openings/<int:opening_id>/qr.svg")
@public
def send_qr(opening_id: int) -> Response:
    """The opening's address as a QR code, to draw at any size."""
    code = segno.make(_whole(access.published(opening_id)), error="m", micro=False)
    drawn = BytesIO()
    code.save(drawn, kind="svg", scale=8, border=4, dark="#000", light="#fff", xmldecl=False)
    return Response(drawn.getvalue(), mimetype="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


def _whole(opening: Opening) -> str:
    """The address of the opening's page as one types it."""
    return f"{current_app.config['SC'].base_url}{_address(opening.id)}"


def _told(opening: Opening, zone: str, now: datetime) -> dict[str, Any]:
    """The opening in words, and what its page tells those who link to it."""
    site, page, said = current_app.config["SC"], _whole(opening), sheet(opening, zone, now)
    profile = f"{site.base_url}{url_for('supervisors.show_supervisor', slug=opening.supervisor.slug)}"
    return {
        "opening": opening,
        "said": said,
        "whole": page,
        "picture": pictures.address("openings", opening.id, found.poster(opening, site.site_name, now)),
        "linked": found.linked(opening, said, page=page, profile=profile),
    }


def _page_of(opening: Opening, chosen: choosing.Choice) -> dict[str, Any]:
    track, now, zone = chosen.track, clock.now(), reader.zone()
    today, view = verdicts.today(now), cards.View(Reader(zone, now), track, None, _address)
    return {
        **_told(opening, zone, now),
        "track": track,
        "chosen": chosen,
        "verdict": verdicts.of(opening, track, today) if track else None,
        "rule_words": rule_words,
        "standing": standing(facts_of(opening.supervisor), track.state if track else None, today),
        "about": markdown(opening.about),
        "picker": availability.picker(opening.supervisor, zone, now),
        "others": cards.cards(access.published_ids(opening.supervisor_id, but=opening.id)[:5], view),
    }


def _hers(opening: Opening) -> dict[str, Any]:
    """What the opening is to the reader."""
    person = reader.person()
    kept = saved.of(person.id if person else None, [opening.id])
    return {"is_placed": person in seating.placed(opening), "is_saved": opening.id in kept}


def _address(opening_id: int) -> str:
    return url_for("openings.show_opening", opening_id=opening_id)


# --- her own openings ---


@bp.get("/my/openings")
def show_my_openings() -> Response:
    """Those she has, by status: seats, when confirmed, what can be done."""
    supervisor, now = own(session.person()), clock.now()
    hers = mine.mine(supervisor, request.args.get("status", ""), paging.asked_for())
    rows = [(opening, sheet(opening, supervisor.zone, now)) for opening in hers.openings]
    return show("openings/show_my_openings.html", supervisor=supervisor, mine=hers, rows=rows, kept=publishing.KEPT)


@bp.get("/my/openings/new")
def new_opening() -> Response:
    """For whom: the one question before the editor."""
    return show("openings/new_opening.html", supervisor=own(session.person()), form=NewOpeningForm(), status=200)


@bp.post("/my/openings/new")
def begin_opening() -> BaseResponse:
    """Begin a draft, which nobody else is shown, and go on in the editor."""
    supervisor, form = own(session.person()), NewOpeningForm()
    if form.attempt(writing.begin, supervisor, form.format.data, by=session.person(), now=clock.now()):
        return done(url_for(".edit_opening", opening_id=form.result.id))
    return show("openings/new_opening.html", supervisor=supervisor, form=form, status=form.status)


@bp.get("/my/openings/<int:opening_id>")
def edit_opening(opening_id: int) -> Response:
    """The editor, and what the opening would count as."""
    opening = access.own(session.person(), opening_id)
    return _show_editor(opening, OpeningForm(opening))


@bp.post("/my/openings/<int:opening_id>")
def save_opening(opening_id: int) -> BaseResponse:
    """Save, or save and publish. What htmx sends while she writes keeps a draft as far as it is sound."""
    opening = access.own(session.person(), opening_id)
    publishes = request.form.get("then") == "publish"
    form = OpeningForm(opening, publishes=publishes)
    if is_partial():
        form.attempt_what_is_sound(writing.keep, now=clock.now())
        return _show_kept(opening, form)
    verb = publishing.publish if publishes else writing.save
    if form.attempt(_write, verb, opening, form):
        flash("Published." if publishes else "Saved.")
        return done(url_for(".edit_opening", opening_id=opening_id))
    return _show_editor(opening, form)


@bp.get("/my/openings/<int:opening_id>/outlook")
def show_outlook(opening_id: int) -> Response:
    """What the opening would count as with the values of the address, none of which is stored."""
    opening = access.own(session.person(), opening_id)
    form = OpeningForm(opening, formdata=request.args)
    form.validate()
    return show("openings/show_outlook.html", "openings/_looked.html", **_outlook(opening, form))


@bp.post("/my/openings/<int:opening_id>/status")
def change_status(opening_id: int) -> BaseResponse:
    """Publish again, pause, close, remove, or bring back."""
    opening = access.own(session.person(), opening_id)
    verb, words = STEPS.get(request.form.get("to", ""), (publishing.refuse_step, ""))
    verb(opening, by=session.person(), now=clock.now())
    flash(words)
    return done(url_for(".show_my_openings", status="removed" if opening.removed_at else None))


@bp.post("/my/openings/<int:opening_id>/confirmation")
def confirm_opening(opening_id: int) -> BaseResponse:
    """It is still open."""
    opening = access.own(session.person(), opening_id)
    freshness.confirm(opening, by=session.person(), now=clock.now())
    flash("Confirmed. Readers see today’s date.")
    return done(safe_next(request.form.get("next")) or url_for(".show_my_openings"))


@bp.post("/my/openings/<int:opening_id>/copies")
def copy_opening(opening_id: int) -> BaseResponse:
    """A draft that says the same."""
    opening = access.own(session.person(), opening_id)
    twin = writing.copy(opening, by=session.person(), now=clock.now())
    flash("This is a copy, and a draft: change what is different, then publish it.")
    return done(url_for(".edit_opening", opening_id=twin.id))


@bp.get("/my/openings/<int:opening_id>/history")
def show_history(opening_id: int) -> Response:
    """What changed, when, and by whom."""
    opening, number = access.own(session.person(), opening_id), paging.asked_for()
    changes, pages = history.of(opening, number)
    rows = [(change, history.DEEDS.get(change.deed, change.deed), history.lines(change.fields)) for change in changes]
    said = sheet(opening, opening.zone, clock.now())
    return show("openings/show_history.html", opening=opening, said=said, rows=rows, number=number, pages=pages)


@bp.get("/openings/still-open/<token>")
@public
def show_still_open(token: str) -> Response:
    """What the link in the letter opens: three buttons, for mail programs follow links by themselves."""
    ask, opening = freshness.asked_with(token)
    return _show_still_open(token, ask, opening, Form())


@bp.post("/openings/still-open/<token>")
@public
def answer_still_open(token: str) -> BaseResponse:
    """Still open, full, or paused; whoever has the letter may say so."""
    (ask, opening), form = freshness.asked_with(token), Form()
    said = request.form.get("answer", "")
    if form.attempt(freshness.answer, ask, opening, said, now=clock.now()):
        flash("Thank you. " + ("Readers see today’s date." if said == "open" else "It is out of the search."))
        return done(url_for(".show_still_open", token=token))
    return _show_still_open(token, ask, opening, form)


STEPS = {
    "published": (publishing.resume, "Published again."),
    "paused": (publishing.pause, "Paused. Its address says that it rests."),
    "closed": (publishing.close, "Closed. Nobody is shown it any more."),
    "removed": (publishing.remove, "Removed. For 30 days it can be brought back from here."),
    "restored": (publishing.restore, "Brought back. Nobody is shown it until you publish it."),
}


def _write(verb: Callable[..., Opening], opening: Opening, form: OpeningForm) -> Opening:
    version = form.version.data or 0
    return verb(opening, form.said(), version=version, by=session.person(), now=clock.now())


def _show_editor(opening: Opening, form: OpeningForm) -> Response:
    """The editor; after a quicker tab with both versions, and the stored one's number for the next saving."""
    both = history.lines(writing.differences(opening, form.said())) if form.status == 409 else []
    return show(
        "openings/edit_opening.html", status=form.status, both=both, said=sheet(opening, opening.zone, clock.now()),
        placed=len(seating.placed(opening)), version=form.version.data or 0 if form.status == 422 else opening.version,
        is_stale=False, faults=(), kept_at=None, **_outlook(opening, form),
    )  # fmt: skip


def _show_kept(opening: Opening, form: OpeningForm) -> Response:
    """What became of a draft as it is written: faults are named, but the focus stays where she writes."""
    is_stale = form.status == 409
    version = form.version.data or 0 if is_stale else opening.version
    context: dict[str, Any] = {"opening": opening, "faults": form.faults(), "version": version, "kept_at": clock.now()}
    return show("openings/_kept.html", status=as_kept(form.status), is_stale=is_stale, **context)


def _outlook(opening: Opening, form: OpeningForm) -> dict[str, Any]:
    said = {**writing.values(opening), **form.said()}
    offer = Offer(seats=said["seats"], online=said["online"], in_person=said["in_person"])
    more, today = said["elsewhere"] - seating.elsewhere(opening), verdicts.today(clock.now())
    outlooks = outlook.outlook(opening.supervisor, offer, today, more=more)
    return {"opening": opening, "form": form, "outlooks": outlooks, "fee": form.settled()}


def _show_still_open(token: str, ask: FreshnessAsk, opening: Opening, form: Form) -> Response:
    meant = request.values.get("answer", "")
    response = show(
        "openings/show_still_open.html", status=form.status, token=token, ask=ask, opening=opening, form=form,
        said=sheet(opening, opening.zone, clock.now()), meant=meant if meant in freshness.ANSWERS else "open",
    )  # fmt: skip
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
