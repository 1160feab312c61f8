"""The wishes of whoever makes this request: of an account in the database, of a guest in her cookie.

An edge file, as accounts/session.py is: other rooms' routes may use it. What a guest has said becomes the account's
when she signs in, within the same transaction, unless the account has wishes of its own.
"""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, flash, g, request
from flask import session as cookie
from flask_login import user_logged_in

from app import clock
from app.accounts.models import Person
from app.web import reader
from app.web.gate import SAFE
from app.wishes import keeping, packing, steps
from app.wishes.wishes import EMPTY, PRIVATE, Wishes

KEY = "wishes"  # in a guest's cookie
LEFT_BEHIND = "Your account has answers of its own to the six questions. They hold; those from before are forgotten."


def init(app: Flask) -> None:
    """Let the wishes of guests follow them into their accounts, and no browser keep pages that tell private ones."""
    user_logged_in.connect(_follow, app)
    app.after_request(_keep_out_of_caches)


def current() -> Wishes:
    """What the reader wishes for; EMPTY when she said nothing. Read once a request."""
    if "wishes" not in g:
        person = reader.person()
        is_changing = request.method not in SAFE
        g.wishes = keeping.of(person.id, held=is_changing) if person else packing.read(cookie.get(KEY))
    wishes: Wishes = g.wishes
    return wishes


def remember(wishes: Wishes) -> None:
    """Keep what the reader wishes for, in a request that may write; EMPTY forgets it."""
    person, wishes = reader.person(), packing.tidy(wishes)
    if person and wishes == EMPTY:
        keeping.forget(person)
    elif person:
        keeping.keep(person, wishes, now=clock.now())
    elif wishes == EMPTY:
        cookie.pop(KEY, None)
    else:
        cookie[KEY] = packing.packed(wishes)
        cookie.permanent = True
    g.wishes = wishes


def _follow(app: Flask, user: Person, **_: Any) -> None:
    """The cookie is empty by now, as it must be at a sign-in; what came with the request still says what it held."""
    g.pop("wishes", None)
    arrived: Mapping[str, Any] = app.session_interface.open_session(app, request) or {}
    if not keeping.take_over(user, packing.read(arrived.get(KEY)), now=clock.now()):
        flash(LEFT_BEHIND)


def _keep_out_of_caches(response: Response) -> Response:
    """Others may sit at a guest's computer after her: Back shows them nothing that is private, asked or answered."""
    wishes: Wishes = g.get("wishes", EMPTY)
    asked = steps.STEPS.get((request.view_args or {}).get("step", ""))
    if any(wishes.says(kind) or (asked and kind in asked.asks) for kind in PRIVATE):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
