"""How an opening and its supervisor are told to those who link to them, to search engines, and on paper."""

import json
import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from app.supervisors.models import SupervisorTerm
from tests.people import make_credential, make_opening, make_supervisor

LIVE = "</script><script>alert(1)</script><!--'\"&"


@pytest.fixture
def farida(app):
    return make_supervisor(
        "Farida Nightingale",
        code="LMFT-S",
        state="TX",
        zone="America/Chicago",
        city="Austin",
        headline="Slow and exact.",
    )


@pytest.fixture
def table(farida):
    columns = {"in_person": True, "online": False, "line": "For those who begin."}
    return make_opening(farida, title="The Thursday Table", format="group", seats=6, taken=5, fee=45, **columns)


def head(page: str) -> dict[str, str]:
    pairs = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page)
    return dict(pairs) | {"canonical": re.search(r'<link rel="canonical" href="([^"]*)">', page)[1]}


def linked(page: str) -> dict:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert len(blocks) == 1
    return json.loads(blocks[0])


def test_a_link_to_an_opening_says_what_it_is(client, table):
    page = client.get(f"/openings/{table.id}?tz=America/New_York").text
    told = head(page)
    assert "<title>The Thursday Table with Farida Nightingale · Second Chair</title>" in page
    assert told["og:title"] == "The Thursday Table with Farida Nightingale"
    assert told["description"] == told["og:description"] == (
        "Group of 6 · in person, Austin, with Farida Nightingale. For those who begin."
    )  # fmt: skip
    assert told["canonical"] == told["og:url"] == f"http://localhost/openings/{table.id}"
    assert told["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("address", ["/", "/rules", "/rules/tx"])
def test_other_pages_have_the_picture_of_the_site(client, address):
    told = head(client.get(address).text)
    assert told["canonical"] == told["og:url"] == f"http://localhost{address}"
    assert len(told["description"]) > 50
    assert client.get(told["og:image"].removeprefix("http://localhost")).mimetype == "image/png"


def test_an_opening_is_told_as_data_that_the_page_shows(client, table):
    told = linked(client.get(f"/openings/{table.id}").text)
    assert (told["@type"], told["name"], told["category"]) == (
        "Service", "The Thursday Table", "Group of 6 · in person, Austin",
    )  # fmt: skip
    assert told["offers"]["price"] == "45.00"
    assert told["offers"]["availability"] == "https://schema.org/InStock"
    assert told["provider"]["url"] == f"http://localhost/supervisors/{table.supervisor.slug}"
    assert told["areaServed"]["address"] == {
        "@type": "PostalAddress", "addressLocality": "Austin", "addressRegion": "TX",
    }  # fmt: skip


def test_a_full_one_is_sold_out(client, farida):
    full = make_opening(farida, taken=1)
    assert linked(client.get(f"/openings/{full.id}").text)["offers"]["availability"].endswith("SoldOut")


def test_a_paused_one_is_told_to_nobody(client, table):
    table.status = "paused"
    page = client.get(f"/openings/{table.id}").text
    assert head(page)["robots"] == "noindex"
    assert "ld+json" not in page


def test_of_a_profile_only_verified_licenses_are_told_as_data(client, farida):
    make_credential(farida, "LPC-S", state="OK", status="self_reported")
    make_credential(farida, "LPC", state="TX", status="refused")
    told = linked(client.get(f"/supervisors/{farida.slug}").text)
    assert [one["name"] for one in told["hasCredential"]] == ["LMFT-S, Texas"]
    assert told["description"] == "Slow and exact."
    assert told["honorificSuffix"] == "LMFT-S"
    assert farida.person.email not in json.dumps(told)


def test_what_she_knows_is_told_as_data_and_whom_she_is_like_is_not(client, farida):
    pairs = ("specialty", "grief"), ("language", "es"), ("affinity", "woman"), ("style", "developmental")
    farida.terms = [SupervisorTerm(kind=kind, term=term) for kind, term in pairs]
    told = linked(client.get(f"/supervisors/{farida.slug}").text)
    assert (told["knowsAbout"], told["knowsLanguage"]) == (["Grief and loss"], ["Spanish"])


def test_who_is_not_verified_is_told_without_letters_behind_the_name(client, pat):
    told = linked(client.get(f"/supervisors/{pat.slug}").text)
    assert "honorificSuffix" not in told
    assert "hasCredential" not in told


def test_the_picture_is_kept_for_ever_and_an_old_address_leads_to_the_new(client, table, db):
    first = head(client.get(f"/openings/{table.id}").text)["og:image"].removeprefix("http://localhost")
    picture = client.get(first)
    assert Image.open(BytesIO(picture.data)).size == (1200, 630)
    assert picture.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert picture.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    table.title = "The Friday Table"
    moved = client.get(first)
    assert moved.status_code == 302
    assert moved.headers["Location"] != first
    assert client.get(moved.headers["Location"]).status_code == 200


@pytest.mark.parametrize("where", ["openings/999999", "openings/x", "openings/²", "openings/" + "9" * 5000,
                                   "supervisors/nobody", "site/none", "people/1"])  # fmt: skip
def test_there_is_no_picture_of_what_nobody_may_see(client, farida, where):
    draft = make_opening(farida, status="draft")
    assert client.get(f"/posters/{where}/0.png").status_code == 404
    assert client.get(f"/posters/openings/{draft.id}/0.png").status_code == 404


def test_the_flyer_says_the_facts_in_the_openings_own_zone(client, table):
    page = client.get(f"/openings/{table.id}/flyer?tz=America/New_York").text
    for words in ("The Thursday Table", "Farida Nightingale", "Tuesdays 5:30–7:00 pm Central time", "Austin, TX",
                  "$45 a meeting", f"localhost/openings/{table.id}", f'src="/openings/{table.id}/qr.svg"'):  # fmt: skip
        assert words in page
    assert head(page)["robots"] == "noindex"


def test_the_code_is_a_picture_without_style_or_script(client, table):
    code = client.get(f"/openings/{table.id}/qr.svg")
    assert code.mimetype == "image/svg+xml"
    drawn = ElementTree.fromstring(code.data)  # noqa: S314  # it is our own
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert "style" not in code.text
    assert "script" not in code.text


@pytest.mark.parametrize("part", ["", "/flyer", "/qr.svg"])
def test_of_a_draft_there_is_neither_page_nor_flyer_nor_code(client, farida, part):
    draft = make_opening(farida, status="draft")
    assert client.get(f"/openings/{draft.id}{part}").status_code == 404


@pytest.mark.parametrize("part", ["/openings/{0.id}", "/openings/{0.id}/flyer", "/supervisors/{1.slug}"])
def test_what_somebody_typed_is_text_wherever_it_is_told(client, farida, table, part):
    table.title = table.line = table.city = farida.headline = farida.city = LIVE
    page = client.get(part.format(table, farida)).text
    assert "<script>alert" not in page
    assert "<!--'" not in page
    if "flyer" not in part:
        assert LIVE in linked(page).values()
        assert client.get(head(page)["og:image"].removeprefix("http://localhost")).status_code == 200


def test_an_opening_can_be_passed_on(client, table):
    page = client.get(f"/openings/{table.id}").text
    assert f'<input class="input" id="share" type="text" value="http://localhost/openings/{table.id}" readonly>' in page
    assert f'href="/openings/{table.id}/flyer"' in page
