"""The signed-in person of a request: a cookie that holds a token, and the row the token stands for.

"Seen" is noted once an hour at most, after the answer is made and in a short transaction of its own. Reading counts as
being here, but a GET's own transaction never writes; on SQLite, where it began as a reader, it could not.
"""

from datetime import datetime

import structlog
from flask import Flask, Response, g, request
from flask import session as cookie
from flask_login import LoginManager, current_user, login_user
from sqlalchemy.exc import OperationalError

from app import clock
from app.accounts import sign_ins
from app.accounts.models import Person, SignIn

log = structlog.get_logger()
TOKEN = "_user_id"  # where Flask-Login looks for it  # noqa: S105
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac", "Linux")


def init(app: Flask) -> None:
    """Hang sign-in on the application."""
    login = LoginManager(app)
    login.session_protection = None  # it would write into cookies of its own accord; ours are rows that can be ended
    login.user_loader(_load)
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False  # a session's 90 days count from its beginning
    app.after_request(_note_seen)


def begin(person: Person, now: datetime) -> None:
    """Sign the person in: the session from before ends, and the browser gets a new token in an empty cookie."""
    end(now)
    token = sign_ins.begin(person, device_words(request.user_agent.string), now=now)
    cookie.permanent = True
    login_user(person)
    cookie[TOKEN] = token
    g.sign_in = sign_ins.find(token, now=now)


def end(now: datetime) -> None:
    """Sign out: the token is dead on the server, whoever has kept a copy, and the cookie empty."""
    if row := current():
        sign_ins.end(row, now=now)
    cookie.clear()
    g.pop("sign_in", None)


def person() -> Person:
    """Who is signed in, on a page that asks for it."""
    signed_in: Person = current_user._get_current_object()
    return signed_in


def current() -> SignIn | None:
    """The session of this request, None for a guest."""
    return g.get("sign_in") if current_user.is_authenticated else None


def device_words(agent: str) -> str:
    """A browser as its owner would name it: "Firefox on Windows"."""
    browser = next((words for mark, words in BROWSERS.items() if mark in agent), "A browser")
    system = next((name for name in SYSTEMS if name in agent), None)
    return f"{browser} on {system}" if system else browser


def _load(token: str) -> Person | None:
    now = clock.now()
    row = sign_ins.find(token, now=now)
    if row is None:
        return None
    g.sign_in = row
    if sign_ins.is_due(row, now=now):
        g.seen_again = row.id
    return row.person


def _note_seen(response: Response) -> Response:
    if sign_in_id := g.pop("seen_again", None):
        try:
            sign_ins.note_seen(sign_in_id, now=clock.now())
        except OperationalError as error:  # a busy database; the next request will note it
            log.warning("not noted as seen", error=type(error.orig).__name__)
    return response
