"""Refusals and faults, as a page in the product's voice or as one line for htmx to put into #alerts."""

from traceback import format_tb
from typing import Any

import structlog
from flask import Flask, Response, current_app, make_response, render_template, request
from jinja2 import TemplateError
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app.db import db
from app.refusals import Forbidden, Missing, Refused
from app.web import reader
from app.web.respond import is_partial, vary

log = structlog.get_logger()

WORDS = {
    400: (
        "That did not arrive in one piece",
        "The request was incomplete or out of date. Go back, reload the page and try once more; "
        "what you typed is usually still there.",
    ),
    401: ("Please sign in", "This page belongs to someone with an account."),
    403: ("That is not yours to change", "You may look, but this needs a right that your account does not have."),
    404: (
        "Nobody sits here",
        "The page you asked for does not exist, or is not yours to see. If a link in one of our e-mails led you here, "
        "the opening may have been filled since.",
    ),
    405: ("That is not how this page works", "The address exists, but not for this kind of request."),
    409: ("Somebody was quicker", "What you asked for has changed in the meantime. Look again, and choose anew."),
    413: ("That is too much at once", "What you sent is larger than we accept."),
    422: ("Something needs another look", "What you sent could not be used as it was."),
    429: ("A little slower, please", "There were many tries in a short time. Wait a few minutes, then go on."),
    500: (
        "This is our fault",
        "Something broke on our side, and it has been written down. Nothing you had confirmed is lost.",
    ),
    503: ("Back in a moment", "We are busy or being looked after. Please try again in a minute."),
}


def init(app: Flask) -> None:
    """Answer every refusal and fault."""

    @app.errorhandler(Missing)
    def missing(_: Missing) -> Response:
        _log_denied(404)
        return answer(404)

    @app.errorhandler(Forbidden)
    def forbidden(_: Forbidden) -> Response:
        _log_denied(403)
        return answer(403)

    @app.errorhandler(Refused)
    def refused(refusal: Refused) -> Response:
        db.session.rollback()
        return answer(refusal.status, refusal.words)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        if error.response is not None:
            return make_response(error.response)
        if error.code == 403:
            _log_denied(403)
        response = answer(error.code or 500)
        if retry := getattr(error, "retry_after", None):
            response.headers["Retry-After"] = str(retry)
        return response

    @app.errorhandler(OperationalError)
    def database(error: OperationalError) -> Response:
        db.session.rollback()
        log.error("database unavailable", page=str(request.url_rule), error=type(error.orig).__name__)
        return answer(503)

    @app.errorhandler(Exception)
    def fault(error: Exception) -> Response:
        db.session.rollback()
        if isinstance(error, DBAPIError):  # its message quotes the row
            trace = "".join(format_tb(error.__traceback__))
            told: dict[str, Any] = {"error": type(error.orig).__name__, "statement": error.statement, "trace": trace}
        else:
            told = {"exc_info": error}
        log.error("fault", page=str(request.url_rule), **told)
        return answer(500)


def _log_denied(code: int) -> None:
    """Who asked is told by number, the page by its rule: an address may hold a secret."""
    person = reader.person()
    log.info("access denied", code=code, page=str(request.url_rule), person=person.id if person else None)


def answer(code: int, words: str | None = None) -> Response:
    """A page, or for htmx one line for #alerts, that says what happened."""
    heading, usual = WORDS.get(code, WORDS[500 if code >= 500 else 400])
    page = "web/_alert.html" if is_partial() else "web/error.html"
    try:
        body = render_template(page, code=code, heading=heading, words=words or usual)
    except (SQLAlchemyError, TemplateError):  # the page around the words is itself what failed
        db.session.rollback()
        bare = current_app.jinja_env.get_template("web/bare.html")
        body = bare.render(heading=heading, words=words or usual)
    response = make_response(body, code)
    if is_partial():
        response.headers.update({"HX-Retarget": "#alerts", "HX-Reswap": "innerHTML"})
    if code == 429:
        response.headers.setdefault("Retry-After", "600")
    return vary(response)
