"""How a request enters: nothing odd, not from another site, signed in unless the page is public, one transaction.

Only the gate commits: an unsafe request runs in one write transaction, committed when the answer is below 400 and
rolled back otherwise. A GET never writes.
"""

import secrets
import string
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

import structlog
from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response as BaseResponse

from app.db import begin_writing, db
from app.web import once
from app.web.respond import is_partial, own_address, safe_next

View = TypeVar("View", bound=Callable[..., Any])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST = 2**31 - 1  # what the database can hold as the number of a row


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: a larger one names nothing, whatever it is a number of."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST)


def public(view: View) -> View:
    """Mark a view as open to everybody. Everything else asks for a sign-in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def prepared_by(prepare: Callable[[], Any]) -> Callable[[View], View]:
    """Run `prepare()` before the write lock is taken and keep what it returns in `g.prepared`.

    For slow work that reads at most: hashing a password, decoding an image. Whatever it read is let go of.
    """

    def mark(view: View) -> View:
        view.prepare = prepare  # type: ignore[attr-defined]
        return view

    return mark


def repeatable(view: View) -> View:
    """Mark an action that does no harm twice, and whose answer carries a cookie: a repeated press acts again.

    web/once.py would repeat the answer without the cookie, and a double click would not be signed in.
    """
    view.is_repeatable = True  # type: ignore[attr-defined]
    return view


def one_click(view: View) -> View:
    """Mark an act that mail programs carry out by themselves (RFC 8058): the token in its address is all it asks for.

    They send no form of ours and may well be pages of another site, so neither is held against them.
    """
    view.is_one_click = True  # type: ignore[attr-defined]
    return view


def takes(megabytes: int) -> Callable[[View], View]:
    """Let a view take a body of so many megabytes, where others refuse one beyond MAX_CONTENT_LENGTH."""

    def mark(view: View) -> View:
        view.takes = megabytes * 1024 * 1024  # type: ignore[attr-defined]
        return view

    return mark


def init(app: Flask) -> None:
    """Hang the gate on the application. Called before any extension hooks itself in, `enter` after them."""
    app.url_map.converters["int"] = RowNumber
    app.before_request(name_request)
    app.before_request(refuse_nonsense)


def init_last(app: Flask) -> None:
    """The part that comes after CSRF and rate limits: sign-in and the transaction."""
    app.before_request(enter)
    app.after_request(leave)


def let_mail_programs_in(app: Flask) -> None:
    """What is marked `one_click` needs no token of our forms. Called when every view is there."""
    for view in app.view_functions.values():
        if getattr(view, "is_one_click", False):
            app.extensions["csrf"].exempt(view)


def name_request() -> None:
    """Give the request a name of its own, which each of its log lines carries."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=secrets.token_hex(6))


def refuse_nonsense() -> None:
    """400 for NUL bytes and unknown hosts, 403 for writes that another site sent, 405 for TRACE, 415 for JSON."""
    if request.method in {"TRACE", "TRACK"}:
        abort(405)
    if not request.query_string.isascii():  # as a browser would have written it, or reading it may fail
        request.query_string = quote(request.query_string, safe=string.printable).encode()
    hosts = current_app.config["SC"].allowed_hosts
    if hosts and request.host.split(":")[0].lower() not in hosts:
        abort(400)
    view = current_app.view_functions.get(request.endpoint or "")
    is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    if request.method not in SAFE and not is_ours and not getattr(view, "is_one_click", False):
        abort(403)
    if request.method not in SAFE and request.is_json:  # Flask-WTF would fill our forms with whatever is in it
        abort(415)
    request.max_content_length = getattr(view, "takes", request.max_content_length)
    given = [request.path, *_flat(request.args)]
    if request.method not in SAFE:
        given += _flat(request.form)
    if any("\0" in text for text in given):
        abort(400)


def _flat(values: Any) -> list[str]:
    return [text for pair in values.items(multi=True) for text in pair]


def enter() -> BaseResponse | None:
    """Open the transaction, ask for a sign-in where the page is not public, answer a repeated action as before."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method not in SAFE:
        if prepare := getattr(view, "prepare", None):
            g.prepared = prepare()
            db.session.rollback()
        begin_writing()
    is_open = view is None or request.endpoint == "static" or getattr(view, "is_public", False)
    if not is_open and not current_user.is_authenticated:
        return ask_to_sign_in()
    if request.method not in SAFE and not getattr(view, "is_repeatable", False):
        return once.begin()
    return None


def ask_to_sign_in() -> BaseResponse:
    """Send a guest to the sign-in page and back again afterwards."""
    back = own_address() if request.method in SAFE else safe_next(request.form.get("next")) or "/dashboard"
    to = f"{url_for('accounts.sign_in')}?next={quote(back, safe='')}"
    if is_partial():
        return Response(status=401, headers={"HX-Redirect": to})
    return redirect(to, 303)


def leave(response: Response) -> Response:
    """Commit what an accepted request changed, undo the rest."""
    if request.method not in SAFE:
        if response.status_code < 400:
            once.keep(response)
            db.session.commit()
        else:
            db.session.rollback()
    return response
