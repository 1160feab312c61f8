"""For the operator: whether the instance is ready."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify

from app import clock
from app.steward import readiness
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
