"""Security headers of every answer, error pages and static files included."""

from collections.abc import Mapping, MutableMapping

from flask import Flask, Response, current_app, request
from flask_login import current_user

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Frame-Options": "DENY",
}


def every(*, is_https: bool) -> Mapping[str, str]:
    """The headers of whatever is answered."""
    return HEADERS | {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"} if is_https else HEADERS


def add_static(headers: MutableMapping[str, str], path: str, url: str, *, is_https: bool) -> None:
    """For whitenoise, which answers before Flask does."""
    for name, value in every(is_https=is_https).items():
        headers[name] = value


def init(app: Flask) -> None:
    """Add the headers after every request; signed-in pages are kept by nobody."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in every(is_https=current_app.config["SC"].is_https).items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            private = current_user and current_user.is_authenticated
            response.headers.setdefault("Cache-Control", "no-store" if private else "private, no-cache")
        return response
