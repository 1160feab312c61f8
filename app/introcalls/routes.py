"""Pages of intro calls: the slot picker, booking, confirming, the call itself, and when a supervisor takes them."""

from datetime import datetime
from email.utils import parseaddr
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.accounts import registration, session
from app.introcalls import availability, booking, busy, calls, claims, habits, ics
from app.introcalls.forms import (
    AvailabilityForm,
    BookForm,
    CalendarForm,
    CancelForm,
    GuestForm,
    MoveForm,
    start,
    week,
)
from app.introcalls.habits import Preview
from app.introcalls.ics import Organizer
from app.introcalls.models import Call, CallSettings
from app.licensure import tracks
from app.refusals import Refused
from app.supervisors import access, addresses, facts, words
from app.supervisors.models import Supervisor
from app.web import once, reader
from app.web.forms import Form
from app.web.gate import public, repeatable
from app.web.limits import keyed, network
from app.web.respond import done, show

bp = Blueprint("introcalls", __name__)
HELD = "held"  # in the cookie: the call whose letter a guest should look for


@bp.get("/supervisors/<slug>/slots")
@public
def show_slots(slug: str) -> Response:
    """A week of free starts; the zone asked for is remembered."""
    supervisor = addresses.shown_to(reader.person(), slug)
    now = clock.now()
    from_, faults = week(request.args, now.date())
    picker = availability.picker(supervisor, reader.zone(), now, from_, faults=faults)
    page, part = "introcalls/show_slots.html", "introcalls/_slots.html"
    return _with_zone(show(page, part, 422 if faults else 200, supervisor=supervisor, picker=picker))


@bp.get("/supervisors/<slug>/calls/new")
@public
def new_call(slug: str) -> BaseResponse:
    """Two lines about the guest, for the start she pressed; a note, for someone with an account."""
    supervisor = addresses.shown_to(reader.person(), slug)
    starts_at = start(request.args.get("starts_at", ""))
    if _is_held_here(supervisor, starts_at):
        return redirect(url_for(".show_held"), 303)
    form = _booking_form(supervisor, starts_at)
    if starts_at is None:
        form.refuse(Refused("Please choose a time.", field="starts_at"))
    elif not availability.is_free(supervisor, starts_at, clock.now()):
        form.refuse(Refused(claims.TAKEN, field="starts_at", status=409))
    return _show_new_call(supervisor, form)


@bp.post("/supervisors/<slug>/calls")
@public
def book_call(slug: str) -> BaseResponse:
    """Book at once with an account; hold for a guest, who is asked for name and e-mail first."""
    supervisor = addresses.shown_to(reader.person(), slug)
    if reader.person() is None and "name" not in request.form:
        return done(url_for(".new_call", slug=slug, starts_at=request.form.get("starts_at", "")[:40]))
    form = _booking_form(supervisor)
    if form.attempt(_book, supervisor, form):
        return _booked(form.result)
    return _show_new_call(supervisor, form)


@bp.get("/calls/held")
@public
def show_held() -> BaseResponse:
    """Look into your e-mail, and until when."""
    call = calls.find(cookie.get(HELD, ""))
    if call is None:
        return redirect(url_for("matching.show_openings"), 303)
    sc = current_app.config["SC"]
    has_folder = not sc.is_production and not sc.mail_url
    return show("introcalls/show_held.html", call=call, state=calls.state(call, clock.now()), has_folder=has_folder)


@bp.get("/calls/confirm/<token>")
@public
def show_confirmation(token: str) -> Response:
    """What the link in the letter opens: one button, for mail programs follow links by themselves."""
    return _show_confirmation(token, Form())


@bp.post("/calls/confirm/<token>")
@public
@repeatable
def confirm_call(token: str) -> BaseResponse:
    """Confirm. A new account is signed in; one that was there before signs in as ever."""
    form, now = Form(), clock.now()
    if not form.attempt(booking.confirm, token, now=now, site=_site()):
        return _show_confirmation(token, form)
    call, opened = form.result.call, form.result.opened
    if opened:
        registration.follow(opened, tracks.load().find(*reader.track_key()))
        session.begin(opened, now)
    flash(f"Confirmed. {call.supervisor.first_name} knows, and you both have it by e-mail.")
    return done(url_for(".show_call", public_id=call.public_id))


@bp.get("/calls/<public_id>")
def show_call(public_id: str) -> Response:
    """The call, for the two who have it."""
    return _show_call(calls.for_party(public_id, session.person()), CancelForm())


@bp.get("/calls/<public_id>.ics")
def download_call(public_id: str) -> Response:
    """The call as a calendar file."""
    call = calls.for_party(public_id, session.person())
    method = "CANCEL" if call.status == "cancelled" else "PUBLISH"
    entry = ics.invitation(calls.meeting(call, _site(), clock.now()), _site(), method)
    response = Response(entry, mimetype="text/calendar")
    response.headers["Content-Disposition"] = "attachment; filename=intro-call.ics"
    return response


@bp.post("/calls/<public_id>/cancellation")
def cancel_call(public_id: str) -> BaseResponse:
    """Call it off, with a word to the other."""
    call, form = calls.for_party(public_id, session.person()), CancelForm()
    note = form.note.data or ""
    if form.attempt(booking.cancel, call, by=session.person(), note=note, now=clock.now(), site=_site()):
        flash("Cancelled. You both get word by e-mail, and the time is free again.")
        return done(url_for(".show_call", public_id=public_id))
    return _show_call(call, form)


@bp.get("/calls/<public_id>/times")
def show_times(public_id: str) -> Response:
    """A week of other starts for a call that is to be moved."""
    call = calls.for_party(public_id, session.person())
    booking.refuse_move(call, by=session.person(), now=clock.now())
    return _with_zone(_show_times(call, MoveForm()))


@bp.post("/calls/<public_id>/time")
def move_call(public_id: str) -> BaseResponse:
    """Put it at another start."""
    call, form = calls.for_party(public_id, session.person()), MoveForm()
    if form.attempt(_move, call, form):
        flash("Moved. You both get word by e-mail.")
        return done(url_for(".show_call", public_id=public_id))
    return _show_times(call, form)


@bp.get("/availability")
def show_availability() -> Response:
    """Her hours for calls, what they come to, and the calendars that keep calls away."""
    supervisor = access.own(session.person())
    return _show_availability(supervisor, _availability_form(supervisor))


@bp.post("/availability")
def save_availability() -> BaseResponse:
    """Keep her hours; or a row more or less in the form, which keeps nothing yet."""
    supervisor = access.own(session.person())
    form = _availability_form(supervisor)
    if form.rearrange(request.form.get("then", "")):
        return _show_availability(supervisor, form)
    if form.attempt(_save, supervisor, form):
        flash("Saved. These are the times that readers see from now on.")
        return done(url_for(".show_availability"))
    return _show_availability(supervisor, form)


@bp.get("/availability/preview")
def preview_availability() -> Response:
    """The next free starts with the hours of the address, none of which is kept."""
    supervisor = access.own(session.person())
    form = _availability_form(supervisor, formdata=request.args)
    context: dict[str, Any] = {"form": form, "differences": [], "preview": _preview(supervisor, formdata=request.args)}
    page, part = "introcalls/show_availability.html", "introcalls/_preview.html"
    return show(page, part, **context, **_calendars(supervisor, CalendarForm(formdata=None)))


@bp.post("/availability/calendars")
def add_calendar() -> BaseResponse:
    """Subscribe to a calendar, which the worker reads soon."""
    supervisor, form = access.own(session.person()), CalendarForm()
    said = form.url.data or "", form.label.data or ""
    if form.attempt(busy.add, supervisor, *said, by=session.person(), now=clock.now()):
        return _with_calendars(supervisor)
    return _show_calendars(supervisor, form)


@bp.post("/availability/calendars/<int:calendar_id>/removal")
def remove_calendar(calendar_id: int) -> BaseResponse:
    """Forget a calendar and what it kept busy."""
    supervisor = access.own(session.person())
    busy.remove(busy.own(supervisor, calendar_id), by=session.person(), now=clock.now())
    return _with_calendars(supervisor)


@bp.post("/availability/calendars/checks")
def check_calendars() -> BaseResponse:
    """Let the worker read them all now rather than within a quarter of an hour."""
    supervisor = access.own(session.person())
    busy.check_soon(supervisor, now=clock.now())
    return _with_calendars(supervisor)


def _site() -> Organizer:
    """Who sends invitations."""
    sc = current_app.config["SC"]
    return Organizer(sc.site_name, parseaddr(sc.mail_from)[1], sc.base_url)


def _with_zone(response: Response) -> Response:
    if reader.is_zone(request.args.get("tz", "")):
        reader.remember(response, "tz", request.args["tz"])
    return response


def _is_held_here(supervisor: Supervisor, starts_at: datetime | None) -> bool:
    """Whether this browser holds that start already: its reader has come back by the Back button."""
    call = calls.find(cookie.get(HELD, ""))
    if call is None or (call.supervisor_id, call.starts_at) != (supervisor.id, starts_at):
        return False
    return calls.state(call, clock.now()) == "held"


def _booking_form(supervisor: Supervisor, starts_at: datetime | None = None) -> BookForm:
    kind = BookForm if reader.person() else GuestForm
    return kind(supervisor.first_name, starts_at=starts_at)


def _book(supervisor: Supervisor, form: BookForm) -> Call:
    common = {**form.said(), "zone": reader.zone(), "now": clock.now()}
    if person := reader.person():
        return booking.book(supervisor, form.starts_at.data, by=person, site=_site(), **common)
    return booking.hold(supervisor, form.starts_at.data, sender_key=keyed(network()), **common)


def _booked(call: Call) -> BaseResponse:
    if call.status == "held":
        once.put(HELD, call.public_id)
        return done(url_for(".show_held"))
    flash(f"Booked. {call.supervisor.first_name} knows, and you both have it by e-mail.")
    return done(url_for(".show_call", public_id=call.public_id))


def _show_new_call(supervisor: Supervisor, form: BookForm) -> Response:
    """The form; and where the start is the trouble, the starts that are left in it."""
    starts_at, zone, now = form.starts_at.data, reader.zone(), clock.now()
    left = availability.left(supervisor, zone, now, starts_at) if form.starts_at.errors else ()
    return show(
        "introcalls/new_call.html", status=form.status, supervisor=supervisor, form=form, zone=zone,
        left=availability.rows(left, zone), starts_at=None if form.starts_at.errors else starts_at,
        settings=availability.settings_of(supervisor),
        standing=words.standing(facts.facts_of(supervisor), None, now.date()),
    )


def _show_confirmation(token: str, form: Form) -> Response:
    call = booking.find_held(token)
    obstacle = booking.obstacle(call, clock.now()) if call else None
    status = form.status if form.status != 200 else 404 if call is None else 409 if obstacle else 200
    response = show(
        "introcalls/show_confirmation.html", status=status, token=token, call=call, form=form, obstacle=obstacle
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def _show_call(call: Call, form: CancelForm) -> Response:
    person, now = session.person(), clock.now()
    meeting = calls.meeting(call, _site(), now)
    return show(
        "introcalls/show_call.html", status=form.status, call=call, form=form, state=calls.state(call, now),
        is_supervisors=calls.is_supervisors(call, person), may_move=booking.may_move(call, by=person, now=now),
        settings=calls.settings_of(call), zone=reader.zone(),
        google=ics.google_link(meeting), outlook=ics.outlook_link(meeting),
    )


def _move(call: Call, form: MoveForm) -> Call:
    return booking.move(call, form.starts_at.data, by=session.person(), now=clock.now(), site=_site())


def _show_times(call: Call, form: MoveForm) -> Response:
    now = clock.now()
    from_, faults = week(request.args, now.date())
    faults |= {"from": form.errors["starts_at"][0]} if form.starts_at.errors else {}
    picker = availability.picker(call.supervisor, reader.zone(), now, from_, faults=faults, moving=call)
    status = 422 if faults and form.status == 200 else form.status
    return show("introcalls/show_times.html", "introcalls/_slots.html", status, call=call, form=form, picker=picker)


def _availability_form(supervisor: Supervisor, **kwargs: Any) -> AvailabilityForm:
    now = clock.now()
    kept, version = habits.of(supervisor, now), habits.version_of(supervisor)
    return AvailabilityForm(kept, version, habits.today(supervisor, now), **kwargs)


def _save(supervisor: Supervisor, form: AvailabilityForm) -> CallSettings:
    version = -1 if form.version.data is None else form.version.data
    return habits.save(supervisor, form.said(), version, by=session.person(), now=clock.now())


def _show_availability(supervisor: Supervisor, form: AvailabilityForm) -> Response:
    differences: list[tuple[str, str, str]] = []
    if form.status == 409:  # saved in another window: the next press keeps what was typed here
        differences = habits.differences(habits.of(supervisor, clock.now()), form.said())
        form.version.raw_data, form.version.data = None, habits.version_of(supervisor)
    context: dict[str, Any] = {"form": form, "differences": differences, "preview": _preview(supervisor)}
    page, part = "introcalls/show_availability.html", "introcalls/_availability.html"
    return show(page, part, form.status, **context, **_calendars(supervisor, CalendarForm(formdata=None)))


def _preview(supervisor: Supervisor, **kwargs: Any) -> Preview | None:
    """What the hours as typed, or else as kept, come to; None while some of them cannot be read."""
    form = _availability_form(supervisor, **kwargs)
    form.validate()
    return habits.preview(supervisor, form.said(), clock.now()) if form.can_be_looked_at() else None


def _calendars(supervisor: Supervisor, form: CalendarForm) -> dict[str, Any]:
    calendars = [(one, busy.hidden(one.url)) for one in busy.of(supervisor)]
    how = {"most": busy.MOST, "zone": supervisor.zone, "now": clock.now()}
    return {"supervisor": supervisor, "calendars": calendars, "calendar_form": form, **how}


def _with_calendars(supervisor: Supervisor) -> BaseResponse:
    """Back to the calendars: the part that shows them, or the page at that place."""
    to = url_for(".show_availability", _anchor="calendars")
    return done(to, "introcalls/_calendars.html", **_calendars(supervisor, CalendarForm(formdata=None)))


def _show_calendars(supervisor: Supervisor, calendar_form: CalendarForm) -> Response:
    form, preview = _availability_form(supervisor, formdata=None), _preview(supervisor, formdata=None)
    page, part = "introcalls/show_availability.html", "introcalls/_calendars.html"
    status, calendars = calendar_form.status, _calendars(supervisor, calendar_form)
    return show(page, part, status, form=form, differences=[], preview=preview, **calendars)
