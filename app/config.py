"""Typed settings, read once from `SC_*` variables. Nonsense is refused at start with a sentence."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
import us
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent
POSTAL_CODES = {area.abbr for area in [*us.states.STATES, us.states.DC]}
ADDRESS = r"[^<>@\s]+@[^<>@\s]+"


class BadSettings(click.ClickException):
    """One or more settings cannot be used; the message names each with what is wrong. Commands show it and exit 1."""


def _setting(default: str, meaning: str) -> str:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True)
class Environment:
    """The variables as they are written, each with its default and meaning (`.env.example` repeats them)."""

    SC_ENV: str = _setting("development", "development, demo or production; production refuses to guess secrets")
    SC_SECRET_KEY: str = _setting("", "signs cookies; at least 32 characters. Empty: made in the instance folder")
    SC_DATABASE_URL: str = _setting(
        "", "sqlite:///… or postgresql://…; empty: second-chair.sqlite in the instance folder"
    )
    SC_BASE_URL: str = _setting(
        "http://127.0.0.1:5000", "address of the site as readers type it; links in e-mails begin with it"
    )
    SC_MAIL_URL: str = _setting("", "smtp://user:password@host:port (smtps:// for TLS); empty: files in instance/mail/")
    SC_MAIL_FROM: str = _setting("Second Chair <no-reply@second-chair.example>", "sender of every e-mail")
    SC_SITE_NAME: str = _setting("Second Chair", "name in titles and letters")
    SC_SUPPORT_EMAIL: str = _setting("help@second-chair.example", "where readers write to")
    SC_STATES: str = _setting("", "postal codes, comma separated, to limit an instance to some states; empty: all")
    SC_ZONE: str = _setting("America/New_York", "IANA zone shown to readers whose own is not known")
    SC_ALLOWED_HOSTS: str = _setting("", "host names answered, comma separated; empty: any (refused in production)")
    SC_TRUSTED_PROXIES: str = _setting("0", "how many proxies in front set X-Forwarded-For and -Proto")
    SC_REDIS_URL: str = _setting("", "redis://… to keep rate limits there instead of the database")
    SC_INSTANCE_PATH: str = _setting(
        "", "folder for the database, the secret and mail; empty: instance/ beside the code"
    )
    SC_PORT: str = _setting("5000", "port that `make run` serves on 127.0.0.1")


@dataclass(frozen=True)
class Settings:
    """Checked settings. Paths are absolute; `states` is empty for the whole country."""

    env: str
    secret_key: str
    database_url: str
    base_url: str
    mail_url: str
    mail_from: str
    site_name: str
    support_email: str
    states: tuple[str, ...]
    zone: str
    allowed_hosts: tuple[str, ...]
    trusted_proxies: int
    redis_url: str
    instance_path: Path
    port: int

    @property
    def is_production(self) -> bool:
        return self.env == "production"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def mail_folder(self) -> Path:
        return self.instance_path / "mail"


def settings(env: Mapping[str, str] | None = None) -> Settings:
    """Read and check `SC_*` from `env` (default: the process environment).

    Raises BadSettings naming every variable that cannot be used. Unknown `SC_` names are refused too, for a
    misspelt setting is a setting that silently does nothing.
    """
    given = os.environ if env is None else env
    known = {f.name: str(f.default) for f in fields(Environment)}
    faults = [
        f"{name} is not a setting of Second Chair."
        for name in sorted(given)
        if name.startswith("SC_") and name not in known and name not in _BESIDE
    ]
    raw = Environment(**{name: given.get(name, default).strip() for name, default in known.items()})
    faults += _faults(raw)
    if faults:
        raise BadSettings("\n".join(faults))
    instance = Path(raw.SC_INSTANCE_PATH).resolve() if raw.SC_INSTANCE_PATH else ROOT / "instance"
    try:
        instance.mkdir(parents=True, exist_ok=True)
        secret = raw.SC_SECRET_KEY or kept_secret(instance)
    except OSError as fault:
        raise BadSettings(f"SC_INSTANCE_PATH cannot be used as a folder: {fault.strerror}.") from None
    return Settings(
        env=raw.SC_ENV,
        secret_key=secret,
        database_url=raw.SC_DATABASE_URL or f"sqlite:///{instance / 'second-chair.sqlite'}",
        base_url=raw.SC_BASE_URL.rstrip("/"),
        mail_url=raw.SC_MAIL_URL,
        mail_from=raw.SC_MAIL_FROM,
        site_name=raw.SC_SITE_NAME,
        support_email=raw.SC_SUPPORT_EMAIL,
        states=_listed(raw.SC_STATES.upper()),
        zone=raw.SC_ZONE,
        allowed_hosts=_listed(raw.SC_ALLOWED_HOSTS.lower()),
        trusted_proxies=int(raw.SC_TRUSTED_PROXIES),
        redis_url=raw.SC_REDIS_URL,
        instance_path=instance,
        port=int(raw.SC_PORT),
    )


# Read by the test suite and the run command, not by the application.
_BESIDE = {"SC_TEST_DATABASE_URL"}


def _faults(raw: Environment) -> list[str]:
    checks = [
        (raw.SC_ENV in {"development", "demo", "production"}, "SC_ENV must be development, demo or production."),
        (not raw.SC_SECRET_KEY or len(raw.SC_SECRET_KEY) >= 32, "SC_SECRET_KEY must have at least 32 characters."),
        (
            not raw.SC_DATABASE_URL or _is_database(raw.SC_DATABASE_URL),
            "SC_DATABASE_URL must be an address such as sqlite:////srv/chair.sqlite or postgresql://user@host:5432/name.",
        ),
        (
            _leads_to_host(raw.SC_BASE_URL, "http", "https") and not re.search(r"[?#]", raw.SC_BASE_URL),
            "SC_BASE_URL must be an address such as https://supervision.example.",
        ),
        (
            not raw.SC_MAIL_URL or _leads_to_host(raw.SC_MAIL_URL, "smtp", "smtps"),
            "SC_MAIL_URL must be an address such as smtp://user:password@host:587 or smtps://host.",
        ),
        (
            _is_sender(raw.SC_MAIL_FROM),
            "SC_MAIL_FROM must be an address such as Second Chair <no-reply@supervision.example>.",
        ),
        (raw.SC_SITE_NAME.isprintable() and bool(raw.SC_SITE_NAME), "SC_SITE_NAME must be a name on one line."),
        (bool(re.fullmatch(ADDRESS, raw.SC_SUPPORT_EMAIL)), "SC_SUPPORT_EMAIL must be an e-mail address."),
        (
            all(code in POSTAL_CODES for code in _listed(raw.SC_STATES.upper())),
            "SC_STATES must be postal codes of states, such as TX,OK.",
        ),
        (_is_zone(raw.SC_ZONE), "SC_ZONE must be an IANA zone, such as America/Chicago."),
        (_is_number(raw.SC_TRUSTED_PROXIES, 0, 10), "SC_TRUSTED_PROXIES must be a number from 0 to 10."),
        (
            not raw.SC_REDIS_URL or _leads_to_host(raw.SC_REDIS_URL, "redis", "rediss"),
            "SC_REDIS_URL must be an address such as redis://host:6379/0.",
        ),
        (_is_number(raw.SC_PORT, 1, 65535), "SC_PORT must be a number from 1 to 65535."),
    ]
    if raw.SC_ENV == "production":
        checks += [
            (
                bool(raw.SC_SECRET_KEY),
                "SC_SECRET_KEY is required in production: set a random text of 32 characters or more.",
            ),
            (raw.SC_BASE_URL.startswith("https://"), "SC_BASE_URL must begin with https:// in production."),
            (
                bool(raw.SC_ALLOWED_HOSTS),
                "SC_ALLOWED_HOSTS is required in production: name the hosts this site answers to.",
            ),
            (bool(raw.SC_MAIL_URL), "SC_MAIL_URL is required in production: letters kept in files reach nobody."),
        ]
    return [words for passed, words in checks if not passed]


def kept_secret(instance: Path) -> str:
    """The secret kept in the instance folder, made at first need with mode 600 (two starting workers agree)."""
    path = instance / "secret"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret


def _leads_to_host(url: str, *schemes: str) -> bool:
    """Whether it is an address of one of the schemes with a host and, if it names one, a possible port."""
    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", url)
    except ValueError:
        return False


def _is_database(url: str) -> bool:
    """SQLite with a file, or PostgreSQL; a host may be missing there, for a socket on this machine."""
    try:
        known = make_url(url)
    except (ArgumentError, ValueError):
        return False
    return known.drivername in {"sqlite", "postgresql", "postgresql+psycopg"} and bool(known.database)


def _is_number(text: str, least: int, most: int) -> bool:
    return bool(re.fullmatch("[0-9]{1,5}", text)) and least <= int(text) <= most


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _is_sender(text: str) -> bool:
    return bool(re.fullmatch(rf"[^<>\r\n]*<{ADDRESS}>|{ADDRESS}", text))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
