"""The settings say what they are, and refuse nonsense with a sentence."""

import os
import subprocess
import sys
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest
from dotenv import dotenv_values

from app.config import ROOT, BadSettings, Environment, settings

EXAMPLE = ROOT / ".env.example"
PRODUCTION = {
    "SC_ENV": "production",
    "SC_SECRET_KEY": "k" * 32,
    "SC_BASE_URL": "https://supervision.example",
    "SC_ALLOWED_HOSTS": "supervision.example",
    "SC_MAIL_URL": "smtps://mail.supervision.example",
}


def test_the_example_lists_every_setting_with_its_default():
    assert dotenv_values(EXAMPLE) == {f.name: f.default for f in fields(Environment)}


def test_the_example_explains_every_setting_on_the_line_above():
    lines = EXAMPLE.read_text().splitlines()
    above = {line.split("=")[0]: before for before, line in pairwise(lines) if line.startswith("SC_")}
    assert above == {f.name: f"# {f.metadata['meaning']}" for f in fields(Environment)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SC_ENV", "prod"),
        ("SC_SECRET_KEY", "short"),
        ("SC_DATABASE_URL", "mysql://localhost/x"),
        ("SC_BASE_URL", "supervision.example"),
        ("SC_MAIL_URL", "imap://mail"),
        ("SC_MAIL_FROM", "nobody\r\nBcc: all@example.org"),
        ("SC_SITE_NAME", " "),
        ("SC_SUPPORT_EMAIL", "nobody"),
        ("SC_STATES", "Texas"),
        ("SC_ZONE", "Central"),
        ("SC_TRUSTED_PROXIES", "-1"),
        ("SC_REDIS_URL", "memcached://x"),
        ("SC_PORT", "70000"),
        ("SC_BASEURL", "https://supervision.example"),
        ("SC_DATABASE_URL", "sqlite"),
        ("SC_DATABASE_URL", "sqlite://"),
        ("SC_DATABASE_URL", "postgresql://host:port/name"),
        ("SC_BASE_URL", "https://[supervision"),
        ("SC_BASE_URL", "https://supervision.example:99999"),
        ("SC_BASE_URL", "https://second chair.example"),
        ("SC_BASE_URL", "https://supervision.example/?from=mail"),
        ("SC_MAIL_URL", "smtp://"),
        ("SC_MAIL_URL", "smtp://mail:submission"),
        ("SC_SITE_NAME", "Chairs\r\nBcc: all@example.org"),
        ("SC_SUPPORT_EMAIL", "@"),
        ("SC_STATES", "TX,ZZ"),
        ("SC_TRUSTED_PROXIES", "²"),
        ("SC_REDIS_URL", "redis"),
        ("SC_PORT", "²"),
        ("SC_INSTANCE_PATH", __file__),
    ],
)
def test_nonsense_is_refused_with_a_sentence_that_names_it(name: str, value: str, tmp_path: Path):
    with pytest.raises(BadSettings, match=rf"^{name} .*\.$"):
        settings({"SC_INSTANCE_PATH": str(tmp_path), name: value})


@pytest.mark.parametrize(
    "url", ["sqlite:////srv/chair.sqlite", "postgresql:///chair", "postgresql+psycopg://a:b%40c@[::1]:5432/chair"]
)
def test_a_database_may_be_a_file_a_socket_or_a_host(url: str, tmp_path: Path):
    assert settings({"SC_INSTANCE_PATH": str(tmp_path), "SC_DATABASE_URL": url}).database_url == url


def test_a_command_says_the_sentence_and_shows_no_trace():
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs"]
    said = subprocess.run(flask, cwd=ROOT, env={**os.environ, "SC_PORT": "x"}, capture_output=True, text=True)
    assert (said.returncode, said.stderr) == (1, "Error: SC_PORT must be a number from 1 to 65535.\n")


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path):
    with pytest.raises(BadSettings) as refused:
        settings({"SC_INSTANCE_PATH": str(tmp_path), "SC_PORT": "x", "SC_ZONE": "Mars/Base"})
    assert len(str(refused.value).splitlines()) == 2


@pytest.mark.parametrize("name", [name for name in PRODUCTION if name != "SC_ENV"])
def test_production_wants_each_thing_it_cannot_guess(name: str, tmp_path: Path):
    given = {**PRODUCTION, "SC_INSTANCE_PATH": str(tmp_path)}
    assert settings(given).is_production
    with pytest.raises(BadSettings, match=name):
        settings({**given, name: ""})


def test_a_secret_is_made_once_and_is_nobody_elses_to_read(tmp_path: Path):
    first = settings({"SC_INSTANCE_PATH": str(tmp_path)}).secret_key
    assert settings({"SC_INSTANCE_PATH": str(tmp_path)}).secret_key == first
    assert len(first) >= 32
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_lists_are_read_without_regard_to_spaces_and_case(tmp_path: Path):
    lists = {"SC_STATES": "tx, OK,", "SC_ALLOWED_HOSTS": "A.example ,b.example"}
    given = settings({"SC_INSTANCE_PATH": str(tmp_path), **lists})
    assert given.states == ("TX", "OK")
    assert given.allowed_hosts == ("a.example", "b.example")
