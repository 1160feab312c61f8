"""Second Chair: find clinical supervision whose hours count, and talk before you commit."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app import cli, formats, instance, tables
from app.accounts import routes as accounts
from app.accounts import session as signed_in
from app.config import ROOT, Settings, settings
from app.db import db, engine_options, prepare
from app.feeds import routes as feeds
from app.introcalls import routes as introcalls
from app.invitations import routes as invitations
from app.licensure import routes as licensure
from app.licensure import tracks
from app.logs import configure as configure_logs
from app.matching import comparing, keeper, watching
from app.matching import routes as matching
from app.messages import routes as messages
from app.notifications import routes as notifications
from app.openings import routes as openings
from app.places import areas
from app.profiles import routes as profiles
from app.saved import routes as saved
from app.steward import queue
from app.steward import routes as steward
from app.supervisors import routes as supervisors
from app.web import errors, gate, headers, limits, once, reader, respond
from app.web import routes as web
from app.web.pressed import pressed
from app.wishes import routes as wishes
from app.wishes import session as wished

__all__ = ["create_app", "tables", "watching"]  # tables and watching: known before the first query
ROOMS = (
    web, licensure, accounts, supervisors, openings, introcalls, profiles, wishes, messages, matching, feeds,
    saved, invitations, notifications, steward,
)  # fmt: skip


def create_app(config: Mapping[str, str] | None = None) -> Flask:
    """The application. `config` holds `SC_*` settings; None reads the environment. Raises BadSettings."""
    sc = settings(config)
    app = Flask(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(sc.instance_path),
    )
    app.config.update(_flask_config(sc))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    configure_logs(sc)
    gate.init(app)
    headers.init(app)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    CSRFProtect(app)
    Compress(app)  # before the gate: what comes first here is done last to an answer, and the gate keeps it readable
    limits.init(app, sc)
    signed_in.init(app)
    wished.init(app)
    gate.init_last(app)
    errors.init(app)
    _dress(app, sc)
    for room in ROOMS:
        app.register_blueprint(room.bp)
    gate.let_mail_programs_in(app)
    cli.register(app)
    with app.app_context():
        prepare(db.engine)
        keeper.keep(db.engine, app.app_context)
    _wrap(app, sc)
    return app


def _flask_config(sc: Settings) -> dict[str, Any]:
    return {
        "SC": sc,
        "ZONE_OF_STATE": {code: areas.main_zone(code) for code, _ in areas.STATES},
        "SECRET_KEY": sc.secret_key,
        "SQLALCHEMY_DATABASE_URI": sc.database_url.replace("postgresql+psycopg://", "postgresql://"),
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(sc.database_url),
        "SESSION_COOKIE_NAME": "__Host-session" if sc.is_https else "session",
        "SESSION_COOKIE_SECURE": sc.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=90),
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # pages with a token in their address send no Referer; Sec-Fetch-Site is checked
        "MAX_CONTENT_LENGTH": 256 * 1024,  # a view that takes files sets its own
        "MAX_FORM_MEMORY_SIZE": 256 * 1024,
        "MAX_FORM_PARTS": 500,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 5,
        "COMPRESS_MIMETYPES": [
            "text/html",
            "text/css",
            "text/plain",
            "application/javascript",
            "text/javascript",
            "image/svg+xml",
            "text/calendar",
        ],
    }


class Site:
    """What pages say of the instance itself."""

    def __init__(self, sc: Settings) -> None:
        self.name = sc.site_name
        self.support_email = sc.support_email
        self.base_url = sc.base_url
        self.states = sc.states

    @property
    def is_demo(self) -> bool:
        return instance.is_demo()


def _dress(app: Flask, sc: Settings) -> None:
    """What every template can lean on."""
    app.jinja_env.filters.update({f.__name__: f for f in formats.FILTERS})
    app.jinja_env.globals.update(new_key=once.new_key, own_address=respond.own_address, queue_count=queue.count)
    app.jinja_env.globals.update(most_compared=comparing.MOST, reader=reader, site=Site(sc), nav_here="")

    @app.context_processor
    def about_the_reader() -> dict[str, Any]:
        return {"theme": reader.theme(), "person": reader.person(), "track": tracks.load().find(*reader.track_key())}

    @app.url_defaults
    def hashed(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values:
            values["v"] = _hash(ROOT / "static" / values["filename"])


@cache
def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "0"


def _wrap(app: Flask, sc: Settings) -> None:
    """Static files before the application, proxies only as many as the operator names."""
    served = WhiteNoise(
        app.wsgi_app,
        root=str(pressed(ROOT / "static", sc.instance_path / "static")),
        prefix="static/",
        max_age=365 * 24 * 3600,
        allow_all_origins=False,
        add_headers_function=partial(headers.add_static, is_https=sc.is_https),
        autorefresh=False,
    )
    app.wsgi_app = served  # type: ignore[method-assign]
    if sc.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=sc.trusted_proxies, x_proto=sc.trusted_proxies)  # type: ignore[method-assign]
