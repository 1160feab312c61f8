"""For the operator: whether the instance is ready, and its figures."""

from dataclasses import asdict
from ipaddress import ip_address

from flask import Blueprint, Response, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST

from app import clock
from app.refusals import Missing
from app.steward import figures, readiness
from app.web import reader
from app.web.gate import public

bp = Blueprint("steward", __name__)


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
