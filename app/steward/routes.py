"""For the operator: whether the instance is ready, and its figures. For stewards: the queue and the log."""

from dataclasses import asdict
from ipaddress import ip_address
from typing import Any

import structlog
from flask import Blueprint, Response, flash, jsonify, request, url_for
from prometheus_client import CONTENT_TYPE_LATEST
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.accounts import session
from app.openings import verdicts
from app.refusals import Missing
from app.steward import access, figures, log, queue, readiness
from app.steward.forms import DecisionForm
from app.supervisors import verification, words
from app.supervisors.models import Credential
from app.web import paging, reader
from app.web.gate import public
from app.web.respond import done, show

bp = Blueprint("steward", __name__)
log_lines = structlog.get_logger()


@bp.get("/readyz")
@public
def readyz() -> Response:
    """200 when this instance can serve, 503 with the reasons when it cannot; and how the worker stands."""
    found = readiness.judge(now=clock.now())
    seen = found.worker_seen_at and found.worker_seen_at.isoformat()
    response = jsonify({**asdict(found), "ready": found.is_ready, "worker_seen_at": seen})
    response.status_code = 200 if found.is_ready else 503
    return response


@bp.get("/metrics")
@public
def metrics() -> Response:
    """Figures for Prometheus on this machine, or a steward; nobody else learns that the page exists."""
    person = reader.person()
    if not (_is_from_here() or (person and person.is_steward)):
        raise Missing
    return Response(figures.told(now=clock.now()), content_type=CONTENT_TYPE_LATEST)


def _is_from_here() -> bool:
    """Whether the request comes from this machine, and was not handed on by a proxy on it."""
    handed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not handed_on and ip_address(request.remote_addr or "::").is_loopback


# --- the steward's desk ---

DONE = {"verified": "Verified", "refused": "Not confirmed, with your reason", "asked": "Asked"}


@bp.get("/steward/credentials")
def show_credentials() -> Response:
    """The credential that waits longest, with all that a decision needs, and those behind it."""
    access.steward(session.person())
    waiting = queue.waiting()
    return _desk(waiting[0].credential if waiting else None)


@bp.get("/steward/credentials/<int:credential_id>")
def open_credential(credential_id: int) -> Response:
    """Another one, out of turn, or one that was decided on."""
    return _desk(access.credential(session.person(), credential_id))


@bp.post("/steward/credentials/<int:credential_id>")
def decide_credential(credential_id: int) -> BaseResponse:
    """Verify, refuse or ask; then the next one."""
    me = session.person()
    credential = access.credential(me, credential_id)
    form = DecisionForm(0)
    if not form.attempt(queue.decide, credential, form.made(), by=me, now=clock.now()):
        return _desk(credential, form)
    log_lines.info("credential decided", steward=me.id, credential=credential.id, decision=form.result.decision)
    flash(f"{DONE[form.result.decision]}: {verification.title(credential)}, {credential.supervisor.name}.")
    following = queue.waiting()
    desk = _page_of(following[0].credential if following else None) | {"told": True}
    return done(url_for(".show_credentials"), "steward/_credential.html", **desk)


@bp.get("/steward/log")
def show_log() -> Response:
    """Who did what, the newest first."""
    access.steward(session.person())
    no = paging.asked_for()
    return show("steward/show_log.html", page_no=no, deeds=log.newest(no), waiting_count=queue.count())


def _desk(credential: Credential | None, form: DecisionForm | None = None) -> Response:
    status = form.status if form else 200
    return show("steward/show_credentials.html", "steward/_credential.html", status, **_page_of(credential, form))


def _page_of(credential: Credential | None, form: DecisionForm | None = None) -> dict[str, Any]:
    """What the desk shows: the credential, those that wait, and the form that was refused, if one was."""
    now, no = clock.now(), paging.asked_for()
    common = {
        "waiting": queue.waiting(no), "waiting_count": queue.count(), "oldest_at": queue.oldest_at(), "page_no": no,
        "per_page": queue.PAGE, "now": now, "told": False, "credential": credential, "listing": words.listing,
        "today": verdicts.today(now),
    }  # fmt: skip
    if credential is None:
        return common
    newest = verification.newest_check(credential)
    return common | {
        "form": form or DecisionForm(newest.id if newest else 0, formdata=None),
        "newest": newest, "steps": verification.steps(credential), "boards": queue.boards(credential),
        "openings": queue.openings_shown(credential.supervisor_id),
    }  # fmt: skip
