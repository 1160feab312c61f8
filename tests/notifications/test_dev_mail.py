"""/dev/mail: what was sent, for looking at; safe to look at, and not there where letters are real."""

from pathlib import Path

import pytest

from app.notifications import sending
from app.notifications.carriers import FileCarrier
from app.notifications.delivery import deliverer
from tests.notifications.test_delivery import INVITATION

PRODUCTION = {
    "SC_ENV": "production", "SC_BASE_URL": "https://localhost", "SC_ALLOWED_HOSTS": "localhost",
    "SC_MAIL_URL": "smtp://mail.example",
}


@pytest.fixture(autouse=True)
def instance_mail(app) -> Path:
    folder = app.config["SC"].mail_folder
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    return folder


@pytest.fixture
def sent(app, owe, stationery, instance_mail):
    """sent(): a letter was written to the instance's folder; its address under /dev/mail."""

    def send(**columns) -> str:
        letter = owe(**columns)
        sending.send_due(deliverer(stationery, FileCarrier(instance_mail)))
        return f"/dev/mail/{letter.id:08d}-tests-greeting"

    return send


def test_nothing_sent_yet_says_so(client):
    page = client.get("/dev/mail")
    assert page.status_code == 200
    assert "Nothing yet." in page.text


def test_letters_are_listed_newest_first(client, sent):
    first, second = sent(key="1", facts={"sender": "First"}), sent(key="2", facts={"sender": "Second"})
    page = client.get("/dev/mail").text
    assert "2 letters" in page
    assert page.index("A word from Second") < page.index("A word from First")
    assert f'href="{first}"' in page
    assert f'href="{second}"' in page
    assert "Ana Ruiz &lt;ana.ruiz@example.org&gt;" in page


def test_fifty_to_a_page(client, sent, instance_mail):
    name = Path(sent()).name
    for number in range(120):
        (instance_mail / f"{number:08d}-copy.eml").write_bytes((instance_mail / f"{name}.eml").read_bytes())
    pages = [client.get(f"/dev/mail?page={page}").text.count("<tr>") - 1 for page in (1, 2, 3)]
    assert pages == [50, 50, 21]


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "", "1e9", "%"])
def test_a_page_that_is_none_shows_the_nearest(client, sent, number):
    sent()
    assert "A word from Sam Okafor" in client.get("/dev/mail", query_string={"page": number}).text


def test_the_links_of_the_text_can_be_followed(client, sent):
    page = client.get(sent()).text
    assert '<a href="http://localhost/calls/confirm/s3cret-token" rel="nofollow' in page
    assert "Message-ID" in page


def test_the_html_is_framed_and_kept_from_the_page_around_it(client, sent):
    address = sent()
    around = client.get(address)
    assert f'<iframe class="mail__html" title="The letter’s HTML" src="{address}/html" sandbox=' in around.text
    assert "frame-src 'self'" in around.headers["Content-Security-Policy"]
    assert "unsafe" not in around.headers["Content-Security-Policy"]
    inner = client.get(f"{address}/html")
    policy = inner.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    rights = ("allow-scripts", "allow-same-origin", "allow-forms", "script-src")
    assert not [right for right in rights if right in policy]
    assert '<head><base target="_top">' in inner.text


def test_markup_in_a_letter_stays_text(client, sent):
    evil = "<script>alert(1)</script> javascript:alert(1) \"><img src=x onerror=alert(1)>"
    page = client.get(sent(facts={"sender": evil})).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


def test_its_files_can_be_taken(client, sent):
    address = sent(calendar=INVITATION, method="REQUEST")
    assert f'href="{address}/files/1"' in client.get(address).text
    file = client.get(f"{address}/files/1")
    assert file.headers["Content-Disposition"] == "attachment; filename=invitation.ics"
    assert file.get_data(as_text=True) == INVITATION
    assert {client.get(f"{address}/files/{number}").status_code for number in (0, 2)} == {404}


@pytest.mark.parametrize(
    "name", ["..", ".", "%2e%2e%2fsecret", "..%2fsecret", "nothing", "secret", "0*", "00000001", "%5c..%5csecret"]
)
def test_no_name_leads_out_of_the_folder(client, sent, name):
    sent()
    for end in ("", "/html", "/files/1"):
        assert client.get(f"/dev/mail/{name}{end}").status_code in {404, 308}


@pytest.mark.parametrize("settings", [PRODUCTION, {"SC_MAIL_URL": "smtp://mail.example"}])
def test_it_is_not_there_in_production_nor_where_letters_are_really_sent(app_with, sent, settings):
    address = sent()
    guest = app_with(**settings).test_client()
    for url in ("/dev/mail", address, f"{address}/html", f"{address}/files/1"):
        assert guest.get(url, base_url="https://localhost").status_code == 404
