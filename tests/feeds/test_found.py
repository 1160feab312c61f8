"""What feeds and search engines read."""

import re
from xml.etree import ElementTree

import pytest

from app.feeds import newest, robots, sitemap
from app.openings import verdicts
from tests.people import make_opening, make_supervisor

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LIVE = "</title><script>alert(1)</script>&\x0b\"'"


def read(response) -> ElementTree.Element:
    assert response.status_code == 200
    return ElementTree.fromstring(response.data)  # noqa: S314  # it is our own


def titles(response) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in read(response).iter(f"{ATOM}entry")]


@pytest.fixture
def farida(app):
    return make_supervisor("Farida Nightingale", code="LMFT-S", state="TX", zone="America/Chicago", city="Austin")


def test_the_newest_opening_comes_first_with_what_one_needs_to_know(client, clock, farida):
    make_opening(farida, title="The older")
    clock.forward(days=1)
    newer = make_opening(farida, title="The newer", line="For those who begin.", fee=70)
    feed = client.get("/feeds/openings.atom")
    assert feed.mimetype == "application/atom+xml"
    assert titles(feed) == ["The newer", "The older"]
    entry = next(read(feed).iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}id") == f"tag:localhost,2026:openings/{newer.id}"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Farida Nightingale"
    assert entry.find(f"{ATOM}link").attrib["href"] == f"http://localhost/openings/{newer.id}"
    assert entry.findtext(f"{ATOM}updated") == read(feed).findtext(f"{ATOM}updated") == "2026-11-25T15:00:00Z"
    for words in ("Tuesdays 5:30–6:30 pm Central time", "$70 a session", "For those who begin."):
        assert words in entry.findtext(f"{ATOM}summary")


def test_on_a_track_each_says_what_it_counts_as_and_those_that_do_not_are_left_out(client, clock, farida):
    kenji = make_supervisor("Kenji Summerlake", code="LCSW-S", state="TX")
    counts, not_at_all = make_opening(farida, title="Counts"), make_opening(kenji, title="Does not")
    verdicts.refresh([counts.id, not_at_all.id], verdicts.today(clock.now()))
    feed = client.get("/feeds/openings.atom?state=TX&discipline=marriage_family")
    assert titles(feed) == ["Counts"]
    assert "Counts for Texas LMFT" in feed.text
    assert "New openings for Texas LMFT" in feed.text
    assert set(titles(client.get("/feeds/openings.atom?state=TX"))) == {"Counts", "Does not"}
    assert titles(client.get("/feeds/openings.atom?state=OK")) == []


@pytest.mark.parametrize("query", ["state=XX", "discipline=law", "state=%22%3E%3Cscript%3E"])
def test_of_a_track_nobody_has_there_is_no_feed(client, query):
    assert client.get(f"/feeds/openings.atom?{query}").status_code == 404


def test_an_empty_feed_is_a_feed(client):
    assert read(client.get("/feeds/openings.atom")).findtext(f"{ATOM}updated") == "2026-01-01T00:00:00Z"


def test_drafts_full_ones_and_hidden_profiles_are_in_no_feed_and_on_no_map(client, farida):
    hidden = make_supervisor("Hidden Person", is_published=False)
    gone = [make_opening(farida, status=status) for status in ("draft", "paused", "closed")] + [make_opening(hidden)]
    full = make_opening(farida, taken=1)
    assert titles(client.get("/feeds/openings.atom")) == []
    known = client.get("/sitemap.xml").text
    assert [one.id for one in gone if f"/openings/{one.id}<" in known] == []
    assert hidden.slug not in known
    assert f"/openings/{full.id}<" in known


def test_what_somebody_typed_is_text_in_the_feed(client, db):
    nasty = make_supervisor(LIVE, code="LMFT-S", state="TX")
    make_opening(nasty, title=LIVE, line=LIVE)
    feed = client.get("/feeds/openings.atom")
    assert "<script" not in feed.text
    assert titles(feed) == [LIVE.replace("\x0b", "")]


def test_an_opening_that_came_after_this_look_at_the_tables_is_told_next_time(client, farida, monkeypatch):
    make_opening(farida)
    found = newest._ids
    monkeypatch.setattr(newest, "_ids", lambda *asked: [987_654, *found(*asked)])
    assert len(titles(client.get("/feeds/openings.atom"))) == 1


def test_of_many_the_newest_fifty_are_told(client, farida):
    for n in range(newest.NEWEST + 2):
        make_opening(farida, title=f"Hour {n}")
    assert titles(client.get("/feeds/openings.atom")) == [f"Hour {n}" for n in range(51, 1, -1)]


@pytest.mark.parametrize("address", ["/feeds/openings.atom", "/sitemap.xml"])
def test_what_has_not_changed_is_not_sent_again(client, farida, address):
    make_opening(farida)
    first = client.get(address)
    again = {"If-None-Match": first.headers["ETag"]}
    assert (client.get(address, headers=again).status_code, client.get(address, headers=again).data) == (304, b"")
    assert first.headers["Cache-Control"] == "public, max-age=900"
    make_opening(farida)
    assert client.get(address, headers=again).status_code == 200


def test_the_map_names_every_public_page_with_its_date(client, farida):
    opening = make_opening(farida)
    dates = {one.findtext(f"{MAP}loc"): one.findtext(f"{MAP}lastmod") for one in read(client.get("/sitemap.xml"))}
    assert dates[f"http://localhost/openings/{opening.id}"] == "2026-11-24T15:00:00Z"
    assert dates[f"http://localhost/supervisors/{farida.slug}"] == "2026-11-24T15:00:00Z"
    assert {"http://localhost/", "http://localhost/rules", "http://localhost/rules/tx"} <= set(dates)
    missing = [to for to in dates if client.get(to.removeprefix("http://localhost")).status_code != 200]
    assert missing == []


def test_the_map_names_the_openings_of_each_state_that_has_some_and_what_explains_itself(client, farida):
    make_opening(farida)
    named = [one.findtext(f"{MAP}loc") for one in read(client.get("/sitemap.xml"))]
    assert [to for to in named if "/openings?" in to] == ["http://localhost/openings?state=TX"]
    assert "http://localhost/how-matching-works" in named
    page = client.get("/openings?state=TX").text
    assert '<link rel="canonical" href="http://localhost/openings?state=TX">' in page


def test_nothing_on_the_map_is_kept_from_crawlers_or_leads_elsewhere(client, farida):
    make_opening(farida)
    told = client.get("/robots.txt").text
    named = [one.findtext(f"{MAP}loc").removeprefix("http://localhost") for one in read(client.get("/sitemap.xml"))]
    assert [to for to in named if kept_out(told, to) or client.get(to).status_code != 200] == []


def test_a_long_map_is_split_and_loses_nothing(client, farida, monkeypatch):
    numbers = {make_opening(farida).id for _ in range(5)}
    monkeypatch.setattr(sitemap, "LARGEST", 2)
    parts = [one.findtext(f"{MAP}loc").removeprefix("http://localhost") for one in read(client.get("/sitemap.xml"))]
    assert parts == [
        "/sitemap-pages-1.xml",
        "/sitemap-supervisors-1.xml",
        *(f"/sitemap-openings-{n}.xml" for n in (1, 2, 3)),
    ]
    named = "".join(client.get(part).text for part in parts)
    assert {int(n) for n in re.findall(r"/openings/(\d+)<", named)} == numbers
    assert farida.slug in named
    assert client.get("/sitemap-openings-4.xml").status_code == 404


@pytest.mark.parametrize(
    "address", ["/sitemap-pages-1.xml", "/sitemap-people-1.xml", "/sitemap-openings-99999999999.xml"]
)
def test_a_short_map_has_no_parts(client, address):
    assert client.get(address).status_code == 404


def kept_out(told: str, path: str) -> bool:
    """Whether a crawler that follows the rules stays away from the path."""
    patterns = re.findall(r"^Disallow: (.+)$", told, re.M)
    return any(re.match(".*".join(re.escape(part) for part in pattern.split("*")), path) for pattern in patterns)


def test_crawlers_are_kept_from_closed_pages_and_from_no_public_one(client, farida):
    opening = make_opening(farida)
    told = client.get("/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in told
    for path in ("/dashboard", "/account/password", "/calls/abc", "/verify/abc", f"/supervisors/{farida.slug}/slots"):
        assert kept_out(told, path), path
    for path in ("/", "/openings?state=TX", f"/openings/{opening.id}", f"/supervisors/{farida.slug}", "/rules/tx"):
        assert not kept_out(told, path), path


def test_no_page_that_a_token_opens_is_for_crawlers(app, client):
    told = client.get("/robots.txt").text
    held = [rule.rule.replace("<token>", "abc") for rule in app.url_map.iter_rules() if "token" in rule.arguments]
    assert held
    assert [path for path in held if not kept_out(told, path)] == []


def test_what_a_shorter_pattern_keeps_out_is_not_said_again():
    assert robots.told(["/account", "/account/password"], "https://x.example").count("/account") == 1


def test_the_arguments_of_a_rule_become_stars():
    assert "Disallow: /my/openings/*/edit\n" in robots.told(["/my/openings/<int:opening_id>/edit"], "https://x.example")


def test_search_and_rules_lead_to_the_feeds(client, farida):
    address = "/feeds/openings.atom?state=TX&amp;discipline=counseling"
    searched = client.get("/openings?state=TX&discipline=counseling").text
    assert searched.count(f'href="{address}"') == 2
    assert f'href="{address}"' in client.get("/rules/tx").text
    assert 'href="/feeds/openings.atom?state=TX"' in client.get("/openings?state=TX&discipline=consultation").text
