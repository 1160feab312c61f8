"""Rate limits: so many tries of one kind, from one network or for one e-mail address, in so long.

They are counted before the gate opens its transaction, each count in a short one of its own: a refused request is
counted too, and on SQLite nobody waits for a lock that the same request holds. Counts are kept in our database, or in
Redis if SC_REDIS_URL names one; whose they are is kept as a keyed hash only.
"""

import hashlib
import hmac
import ipaddress
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import structlog
from flask import Flask, Response, current_app, request
from flask_limiter import ApplicationLimit, Limiter, RequestLimit
from limits.errors import ConfigurationError

from app import clock
from app.config import BadSettings, Settings
from app.web import counts, errors

View = TypeVar("View", bound=Callable[..., Any])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
log = structlog.get_logger()
URI = f"{counts.SCHEME}://"


def network() -> str:
    """Where the request comes from: an IPv4 address, or the /64 that an IPv6 address shares with its household."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def mailbox() -> str:
    """The address typed into the form, folded so that capitals and +tags do not make it another."""
    name, at, domain = request.form.get("email", "").strip().casefold().rpartition("@")
    return name.split("+")[0] + at + domain


def keyed(text: str) -> str:
    """A hash of `text` that nobody can find out by trying all addresses, for counts and log lines."""
    secret: str = current_app.config["SECRET_KEY"]
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True)
class Rule:
    """So many of `kind` in so long, counted by what each of `by` says. `tries`: what succeeds is given back."""

    kind: str
    rate: str
    by: tuple[Callable[[], str], ...]
    words: str | None = None
    tries: bool = False

    @property
    def name(self) -> str:
        return f"{self.kind} by {' and '.join(f.__name__ for f in self.by)}"

    def key(self) -> str:
        return keyed("|".join(f() for f in self.by))

    def is_idle(self) -> bool:
        """Whether the rule says nothing of this request."""
        if request.method in SAFE:
            return True
        view = current_app.view_functions.get(request.endpoint or "")
        return self.kind not in {"request", *getattr(view, "limits", ())}


FORGOT = "That was often. Wait an hour; or choose a new password by a letter to your address, which works at once."
LOCKED = "That was often for one day. Choose a new password by a letter to your address, which works at once."
MAILS = "This address was asked for several times within the hour. Look in its spam folder too, and try again later."
RULES = (
    Rule("sign-in", "20 per hour", (mailbox, network), FORGOT, tries=True),
    Rule("sign-in", "20 per day", (mailbox,), LOCKED, tries=True),
    Rule("sign-in", "100 per hour", (network,), tries=True),
    Rule("password", "20 per hour", (network,), tries=True),
    Rule("letter", "5 per hour", (mailbox,), MAILS),
    Rule("sign-up", "10 per hour", (network,)),
    Rule("upload", "60 per hour", (network,)),
    Rule("request", "300 per minute", (network,)),
)
BY_NAME = {rule.name: rule for rule in RULES}


def limited(*kinds: str) -> Callable[[View], View]:
    """Put a view's unsafe requests under the limits of these kinds, beside that on all requests."""

    def mark(view: View) -> View:
        view.limits = kinds  # type: ignore[attr-defined]
        return view

    return mark


def init(app: Flask, sc: Settings) -> None:
    """Hang the limits on the application. Raises BadSettings if Redis is named and its package not installed."""
    limiter = Limiter(
        network,
        application_limits=[
            ApplicationLimit(limit_provider=rule.rate, key_function=rule.key, scope=rule.name, exempt_when=rule.is_idle)
            for rule in RULES
        ],
        storage_uri=sc.redis_url or URI,
        in_memory_fallback_enabled=bool(sc.redis_url),  # while Redis is away each process counts for itself
        swallow_errors=bool(sc.redis_url),
        on_breach=_refuse,
    )
    try:
        limiter.init_app(app)
    except ConfigurationError:
        raise BadSettings("SC_REDIS_URL needs the package redis: pip install redis") from None
    app.after_request(partial(_give_back, limiter))


def _refuse(hit: RequestLimit) -> Response:
    """The answer to a request over a limit. Raised, it would pass for a fault of Redis."""
    rule = BY_NAME[hit.request_args[1]]
    log.warning("limit reached", limit=rule.name, rate=rule.rate, key=hit.request_args[0])
    response = errors.answer(429, rule.words)
    response.headers["Retry-After"] = str(max(1, math.ceil(hit.reset_at - clock.now().timestamp())))
    return response


def _give_back(limiter: Limiter, response: Response) -> Response:
    """What succeeded was no failed try."""
    if response.status_code < 400:
        for hit in limiter.current_limits:
            if BY_NAME[hit.request_args[1]].tries:
                limiter.limiter.storage.incr(hit.limit.key_for(*hit.request_args), hit.limit.get_expiry(), amount=-1)
    return response
