"""Threads: the list, one of them, a message into it, and its end."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.accounts import session
from app.accounts.models import Person
from app.invitations import inviting
from app.messages import telling, threads
from app.messages.forms import MessageForm
from app.messages.models import Thread
from app.supervisors.access import begun
from app.supervisors.models import Supervisor
from app.web import once, reader
from app.web.respond import done, show

bp = Blueprint("messages", __name__)


@bp.app_template_global()
def unread_count() -> int | None:
    """Messages that the signed-in person has not read; None for guests and for people without a thread."""
    person = reader.person()
    return threads.unread_count(person) if person else None


@bp.get("/messages")
def show_messages() -> Response:
    """Her threads, with how much in each she has not read."""
    person = session.person()
    return show("messages/show_messages.html", lines=telling.lines(person, reader.zone(), clock.now()))


@bp.get("/messages/<public_id>")
def show_thread(public_id: str) -> Response:
    """One thread, and a field to write into it. What is seen is marked as read by the page, with a POST of its own."""
    return _show(threads.own(session.person(), public_id), MessageForm())


@bp.post("/messages/<public_id>")
def send_message(public_id: str) -> BaseResponse:
    """Write to the other."""
    thread, form = threads.own(session.person(), public_id), MessageForm()
    if form.attempt(threads.say, thread, session.person(), form.body.data or "", now=clock.now()):
        to = url_for(".show_thread", public_id=public_id, _anchor="body")
        once.keep_way(url_for(".show_thread", public_id=public_id))
        return done(to, "messages/_talk.html", **_context(thread, MessageForm(formdata=None)))
    return _show(thread, form)


@bp.post("/messages/<public_id>/reading")
def mark_read(public_id: str) -> BaseResponse:
    """She has read as far as the page showed."""
    thread, number = threads.own(session.person(), public_id), request.form.get("upto", "")
    threads.mark_read(thread, session.person(), int(number[:9]) if number.isascii() and number.isdigit() else 0)
    return done(url_for(".show_thread", public_id=public_id), "messages/_read.html", unread=unread_count())


@bp.post("/messages/<public_id>/end")
def end_thread(public_id: str) -> BaseResponse:
    """End it for both. A supervisor with whom it was cannot invite her again, and sees no card of hers."""
    person = session.person()
    thread, now = threads.own(person, public_id), clock.now()
    threads.end(thread, person, now=now)
    if supervisor := _inviting(thread, person):
        inviting.mute(person, supervisor, now=now)
    return done(url_for(".show_thread", public_id=public_id))


def _inviting(thread: Thread, person: Person) -> Supervisor | None:
    """The other of the two, if she may invite this person."""
    other = threads.other_of(thread, person)
    return begun(other) if other and person.has_role("supervisee") else None


def _show(thread: Thread, form: MessageForm) -> Response:
    lines = telling.lines(session.person(), reader.zone(), clock.now())
    return show(
        "messages/show_thread.html", "messages/_talk.html", status=form.status, lines=lines, **_context(thread, form)
    )


def _context(thread: Thread, form: MessageForm) -> dict[str, Any]:
    person = session.person()
    told = telling.thread(thread, person, reader.zone(), clock.now())
    return {"thread": thread, "told": told, "form": form, "mutes": _inviting(thread, person) is not None}
