"""Who gets in, and what is kept of a request."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import DatabaseError

from app import audit, clock
from app.audit import Deed


def test_a_guest_at_a_private_page_is_sent_to_sign_in_and_back(client) -> None:
    response = client.get("/dashboard?tab=calls")
    assert response.status_code == 303
    assert response.location == "/sign-in?next=%2Fdashboard%3Ftab%3Dcalls"


def test_htmx_is_told_to_go_to_sign_in(client) -> None:
    response = client.get("/dashboard", htmx=True)
    assert response.status_code == 401
    assert response.headers["HX-Redirect"].startswith("/sign-in?next=")


@pytest.mark.parametrize("url", ["/about?x=%00", "/%00", "/openings?zip=%00"])
def test_a_nul_byte_is_refused_at_the_gate(client, url) -> None:
    assert client.get(url).status_code == 400


@pytest.mark.parametrize("body", [[1], {"max_fee": 90}, {"max_fee": [90]}, {"max_fee": "9\0"}])
def test_json_is_no_form_of_ours(client, body) -> None:
    answer = client.open("/match/fee", method="POST", json=body, headers={"X-CSRFToken": client.csrf_token()})
    assert answer.status_code == 415


FILES = [("/sign-in", "email", 422), ("/sign-up", "name", 422), ("/match/fee", "max_fee", 303)]


@pytest.mark.parametrize(("url", "name", "status"), FILES)
def test_a_file_in_the_place_of_words_is_nothing(client, url, name, status) -> None:
    assert client.post(url, {name: (BytesIO(b"words"), "words.txt")}).status_code == status


def test_trace_is_refused(client) -> None:
    assert client.open("/about", method="TRACE").status_code == 405


def test_an_unknown_host_is_refused_where_hosts_are_named(app_with: Callable[..., Flask]) -> None:
    app = app_with(SC_ALLOWED_HOSTS="supervision.example")
    assert app.test_client().get("/healthz").status_code == 400
    assert app.test_client().get("/healthz", base_url="http://supervision.example:8000").status_code == 200


def test_an_unknown_page_is_a_friendly_404_for_all(client, visit, zoe) -> None:
    for visitor in (client, visit(zoe)):
        response = visitor.get("/no-such-page")
        assert response.status_code == 404
        assert "Nobody sits here" in response.text


def test_an_error_for_htmx_is_one_line_for_the_alerts(client) -> None:
    response = client.get("/no-such-page", htmx=True)
    assert response.headers["HX-Retarget"] == "#alerts"
    assert "<html" not in response.text


@pytest.mark.parametrize("statement", ["UPDATE deeds SET deed = 'other'", "DELETE FROM deeds"])
def test_the_log_of_deeds_cannot_be_changed(db: SQLAlchemy, statement: str) -> None:
    audit.record("tested", "desk", None, by_id=None, now=clock.now())
    db.session.flush()
    with pytest.raises(DatabaseError, match="deeds are never"):
        db.session.execute(db.text(statement))
    db.session.rollback()
    assert db.session.query(Deed).count() == 0


def test_appearance_is_kept_in_a_cookie_and_leads_back(client) -> None:
    response = client.post("/appearance", {"theme": "dark", "next": "/rules"})
    assert (response.status_code, response.location) == (303, "/rules")
    assert 'data-theme="dark"' in client.get("/about").text


@pytest.mark.parametrize(
    "evil",
    ["//evil.example", "/\\evil.example", "https://evil.example", "https:evil", "\t//evil.example", "/\t/evil.example"],
)
def test_next_never_leads_to_another_site(client, evil) -> None:
    response = client.post("/appearance", {"theme": "dark", "next": evil})
    assert response.location == "/"


def test_static_files_come_compressed_kept_for_a_year_and_with_the_headers(client) -> None:
    response = client.get("/static/vendor/htmx-4.0.1.min.js?v=1", headers={"Accept-Encoding": "br"})
    assert response.headers["Content-Encoding"] == "br"
    assert len(response.data) < 14_000
    assert "max-age=31536000" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/about", "/nowhere", "/static/css/base.css", "/static/nothing"])
def test_over_https_every_answer_asks_to_stay_there(app_with: Callable[..., Flask], client, address: str) -> None:
    secure = app_with(SC_BASE_URL="https://supervision.example").test_client()
    assert secure.get(address).headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in client.get(address).headers
