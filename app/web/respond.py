"""How an answer leaves: a whole page, or the one part of it that htmx asked for."""

from typing import Any, TypeVar
from urllib.parse import SplitResult, quote, urlsplit

from flask import Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

Answer = TypeVar("Answer", bound=BaseResponse)


def is_partial() -> bool:
    """Whether htmx asked for a part to put into the page. Nothing else means that: not Back, not a boosted link."""
    return request.headers.get("HX-Request-Type") == "partial"


def show(page: str, part: str | None = None, status: int = 200, **context: Any) -> Response:
    """Answer with `page`, or with the template `part` alone when htmx asked for a fragment."""
    template = part if part and is_partial() else page
    response = make_response(render_template(template, **context), status)
    return vary(response)


def as_kept(status: int) -> int:
    """`status`; but to a form that keeps itself, what does not fit yet while she writes is no refusal (422)."""
    return 200 if status == 422 and is_partial() else status


def done(to: str, part: str | None = None, **context: Any) -> BaseResponse:
    """Answer an accepted POST: 303 to `to`; for htmx the part in place, or an order to go to `to`."""
    if not is_partial():
        return vary(redirect(to, 303))
    if part is None:
        return vary(Response(status=204, headers={"HX-Redirect": to}))
    return vary(make_response(render_template(part, **context)))


def own_address() -> str:
    """The address that was asked for with its query, quoted: safe to stand in a form or a link."""
    return quote(request.path) + (f"?{request.query_string.decode()}" if request.query_string else "")


def asked_from() -> SplitResult:
    """The address of the page that htmx asks from; an empty one where none is told, or none that can be."""
    try:
        return urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:
        return urlsplit("")


def safe_next(text: str | None) -> str | None:
    """`text` if it is an address of this site, else None: no other host, no scheme, no trick with slashes."""
    if not text or not text.startswith("/") or text.startswith("//") or "\\" in text or any(ord(c) < 32 for c in text):
        return None
    parts = urlsplit(text)
    return None if parts.scheme or parts.netloc else text


def vary(response: Answer) -> Answer:
    """Say that the answer depends on what htmx asked for, or Back would show a bare fragment."""
    response.vary.add("HX-Request-Type")
    return response
