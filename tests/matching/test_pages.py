"""The home page and the search as visitors see them."""

import re

import pytest
from sqlalchemy import event

from app.matching import texts
from app.matching.criteria import NAMES
from app.openings import verdicts
from app.places.models import Place
from app.taxonomies import vocabularies
from app.wishes.wishes import VOCABULARIES
from tests.people import make_call_settings, make_credential, make_opening, make_supervisor

LIVE = '"><img src=x onerror=alert(1)>'
NASTY = (LIVE, "-1", "9223372036854775808", "é" * 3000, "{{7*7}}", "'; DROP TABLE openings", "\u202e", "1e400", "[]")


@pytest.fixture
def opening(db, clock):
    """Farida's hour, online, for Texas couples' therapists."""
    farida = make_supervisor("Farida Nightingale", code="LMFT-S", state="TX", zone="America/Chicago", city="Austin")
    make_call_settings(farida)
    made = make_opening(farida, fee=70, reduced_fee_cents=5000, reduced_places=1)
    verdicts.refresh([made.id], verdicts.today(clock.now()))
    return made


def count(response) -> int:
    found = re.search(r'<output id="result-count" data-count="(\d+)" aria-live="polite">', response.text)
    return int(found[1])


def shown(response) -> list[int]:
    return [int(id) for id in re.findall(r'<article [^>]*data-opening="(\d+)"', response.text)]


def test_the_home_page_counts_open_places_and_shows_a_card(client, opening):
    client.set_cookie("track", "TX/marriage_family")
    response = client.get("/")
    assert response.status_code == 200
    assert "1 open place" in response.text
    assert 'aria-label="TX 1: Texas, 1 open place"' in response.text
    assert shown(response) == [opening.id]


def test_the_key_of_the_map_says_what_its_shades_say(client, opening):
    for state, number in (("OK", 3), ("AZ", 9), ("OH", 25)):
        make_opening(make_supervisor(f"Sam of {state}", state=state), seats=number, format="group")
    page = client.get("/").text
    key = re.findall(r'<rect class="mk-(\d)".*?</svg>([\d,]+|none)(?:–([\d,]+)| or more)?</li>', page)
    shades = {int(depth): (0 if least == "none" else int(least), int(most or least if depth < "4" else 10**9))
              for depth, least, most in key if least != "none"}  # fmt: skip
    tiles = re.findall(r'map__tile--([1-4])[^"]*" href="[^"]+" aria-label="[A-Z]{2} ([\d,]+):', page)
    assert {n for _, n in tiles} == {"1", "3", "9", "25"}
    assert [(depth, n) for depth, n in tiles if not shades[int(depth)][0] <= int(n) <= shades[int(depth)][1]] == []


def test_the_home_page_of_an_empty_site_stands(client):
    response = client.get("/")
    assert response.status_code == 200
    assert "No open places yet" in response.text


def test_a_card_says_what_one_needs_to_know(client, opening):
    page = client.get("/openings?state=TX&discipline=marriage_family&tz=America/New_York").text
    assert f'data-opening="{opening.id}" data-verdict="counts"' in page
    for words in ("Farida Nightingale", "LMFT-S", "Verified", "Counts for Texas LMFT", "Tuesdays 6:30–7:30 pm",
                  "Eastern time", "$70", "a session", "$50 for 1 place", "First free call"):  # fmt: skip
        assert words in page


def test_without_a_track_a_card_has_no_verdict(client, opening):
    page = client.get("/openings").text
    assert f'data-opening="{opening.id}" data-verdict=""' in page
    assert "Counts for" not in page


def test_page_and_fragment_share_the_results(client, opening):
    page, part = client.get("/openings?format=individual"), client.get("/openings?format=individual", htmx=True)
    assert part.text.lstrip().startswith('<section id="results"')
    assert "<!doctype" not in part.text
    section = re.search(r'<section id="results".*?</section>', part.text, re.S)[0]
    assert section.replace(" ", "") in page.text.replace(" ", "")
    assert page.headers["Vary"].count("HX-Request-Type") == part.headers["Vary"].count("HX-Request-Type") == 1


def test_the_fragment_tells_the_address_without_what_is_empty(client, opening):
    part = client.get("/openings?state=&zip=&within=25&format=group&sort=&max_fee=", htmx=True)
    assert part.headers["HX-Push-Url"] == "/openings?format=group"
    page = client.get("/openings?state=&zip=&format=group")
    assert '<link rel="canonical" href="http://localhost/openings?format=group">' in page.text


def test_another_board_is_another_page(client, opening):
    here = {"HX-Current-URL": "http://localhost/openings?state=TX&discipline=counseling"}
    moved = client.get("/openings?state=TX&discipline=marriage_family", htmx=True, headers=here)
    assert (moved.status_code, moved.headers["HX-Redirect"]) == (204, "/openings?state=TX&discipline=marriage_family")
    stayed = client.get("/openings?state=TX&discipline=counseling&max_fee=90", htmx=True, headers=here)
    assert count(stayed) == 1


def test_a_page_of_another_track_than_the_one_chosen_since_is_opened_anew(client, opening):
    client.set_cookie("track", "TX/marriage_family")
    old, new = {"X-Track": "TX/counseling"}, {"X-Track": "TX/marriage_family"}
    moved = client.get("/openings?format=individual&tz=America/Denver", htmx=True, headers=old)
    assert (moved.status_code, moved.headers["HX-Redirect"]) == (204, "/openings?format=individual")
    assert client.get_cookie("tz").value == "America/Denver"
    assert client.get(f"/compare?id={opening.id}", htmx=True, headers=old).headers["HX-Redirect"].startswith("/compare")
    assert count(client.get("/openings?format=individual", htmx=True, headers=new)) == 1
    assert count(client.get("/openings?format=individual", htmx=True)) == 1


def test_more_matches_of_nobody_lead_to_the_page_that_asks(client, opening):
    assert client.get("/matches?page=2", htmx=True).headers["HX-Redirect"] == "/matches"


def test_the_chosen_track_is_kept_for_the_next_page(client, opening):
    client.get("/openings?state=TX&discipline=marriage_family")
    page = client.get("/openings")
    assert f'data-opening="{opening.id}" data-verdict="counts"' in page.text
    assert "Verdicts for <b>Texas LMFT</b>" in page.text
    assert count(page) == 1
    assert 'data-verdict=""' in client.get("/openings?discipline=social_work").text or count(page) == 1


def test_a_remembered_track_is_no_filter_and_gives_way_to_another_state(client, opening):
    make_opening(make_supervisor("Sam Okafor"))
    client.set_cookie("track", "TX/marriage_family")
    assert count(client.get("/openings")) == 2
    assert "Verdicts for" not in client.get("/openings?state=AZ").text


def test_one_who_seeks_consultation_gets_no_verdict(client, opening):
    client.set_cookie("track", "TX/marriage_family")
    page = client.get("/openings?state=TX&discipline=consultation")
    assert (count(page), 'data-verdict=""' in page.text) == (1, True)
    assert "Consultation <svg" in page.text


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("state=XX", "state"), ("discipline=law", "discipline"), ("zip=999", "zip"), ("zip=99999", "zip"),
        ("max_fee=cheap", "max_fee"), ("after=noon", "after"), ("before=25:00", "before"), ("seats=none", "seats"),
        ("delivery=fax", "delivery"), ("within=far", "within"), ("day=someday", "day"), ("format=choir", "format"),
        ("specialty=astrology", "specialty"), ("language=klingon", "language"), ("verdict=counts", "verdict"),
        ("sort=random", "sort"), ("state=TX&discipline=counseling&verdict=maybe", "verdict"),
    ],
)  # fmt: skip
def test_nonsense_gets_a_message_beside_its_filter(client, opening, query, field):
    page = client.get(f"/openings?{query}")
    assert page.status_code == 200
    assert page.text.count(f'id="{field}-error"') == 1
    described = re.search(rf'<(?:input|select|fieldset)[^>]*id="{field}"[^>]*>', page.text)[0]
    assert f"{field}-error" in described
    assert count(page) == 1


def test_what_was_typed_stays_in_its_field(client, opening):
    page = client.get("/openings?zip=999&max_fee=cheap").text
    assert 'name="zip" type="text" value="999"' in page
    assert 'name="max_fee" value="cheap"' in page


def test_a_known_zip_shows_how_far(client, db, opening):
    db.session.add(
        Place(zip="78702", city="Austin", state="TX", latitude=30.26, longitude=-97.71, zone="America/Chicago")
    )
    opening.in_person, opening.latitude, opening.longitude = True, 30.51, -97.66
    page = client.get("/openings?zip=78702")
    assert "Austin, 18 miles from 78702" in page.text


def test_each_chip_takes_its_own_filter_away(client, opening):
    page = client.get("/openings?specialty=trauma&specialty=grief&max_fee=90&page=1").text
    chips = dict(re.findall(r'<a class="chip" href="([^"]+)" aria-label="Remove ([^"]+)"', page))
    assert {words: href.replace("&amp;", "&") for href, words in chips.items()} == {
        "Trauma and PTSD": "/openings?specialty=grief&max_fee=90",
        "Grief and loss": "/openings?specialty=trauma&max_fee=90",
        "At most $90": "/openings?specialty=grief&specialty=trauma",
    }
    assert '<a href="/openings">Clear all</a>' in page


def test_clearing_keeps_the_board(client, opening):
    page = client.get("/openings?state=TX&discipline=marriage_family&max_fee=90").text
    assert '<a href="/openings?state=TX&amp;discipline=marriage_family">Clear all</a>' in page


def counted(page: str) -> dict[str, int]:
    """What each label of a filter promises, by the id of its box."""
    return {id: int(n) for id, n in re.findall(r'<label class="(?:tick|chip)" for="([^"]+)" data-count="(\d+)">', page)}


def test_every_choice_of_nine_filters_carries_its_count(client, opening):
    page = client.get("/openings?state=TX&discipline=marriage_family").text
    counts = counted(page)
    kinds = {kind: len(vocabularies.vocabulary(kind).terms) for kind in VOCABULARIES}
    kinds |= {"verdict": 4, "format": 2, "delivery": 2}
    assert {kind: sum(id.startswith(f"{kind}-") for id in counts) for kind in kinds} == kinds
    some = ("verdict-counts", "verdict-no", "format-individual", "format-group", "delivery-online", "specialty-trauma")
    assert [counts[id] for id in some] == [1, 0, 1, 0, 1, 1]


def test_a_choice_that_gives_nothing_cannot_be_ticked_but_taken_back(client, opening):
    page = client.get("/openings?specialty=grief").text
    assert '<input type="checkbox" id="specialty-ocd" name="specialty" value="ocd" disabled>' in page
    assert '<input type="checkbox" id="specialty-grief" name="specialty" value="grief" checked>' in page
    assert counted(page)["specialty-trauma"] == 1


def test_more_is_a_link_to_the_next_page(client, opening):
    for _ in range(24):
        make_opening(opening.supervisor)
    first = client.get("/openings?sort=fee")
    assert 'href="/openings?sort=fee&amp;page=2"' in first.text
    second = client.get("/openings?sort=fee&page=2")
    assert (len(shown(first)), len(shown(second))) == (20, 5)
    assert not set(shown(first)) & set(shown(second))
    assert "21 to 25 of 25" in second.text


def test_where_nothing_suits_the_ways_out_are_links_with_counts(client, opening):
    page = client.get("/openings?max_fee=20&format=individual")
    assert count(page) == 0
    assert re.search(r'href="/openings\?format=individual">At any fee <span class="num">1<', page.text)
    assert "hx-get" in page.text


def test_where_the_budget_is_in_the_way_the_lowest_fee_is_told_and_a_letter_offered(client, opening):
    make_opening(opening.supervisor, fee=85)
    page = client.get("/openings?max_fee=20&format=individual").text
    assert "With all else as you asked, the lowest fee is $70 a session." in page
    assert "One thing is in the way. Loosen it, and there is:" in page
    assert "Write to me when one opens" in page
    assert page.count('id="save-search"') == 1
    two = client.get("/openings?max_fee=20&format=individual&seats=2").text
    assert "lowest fee" not in two
    assert "Save this search" in client.get("/openings?max_fee=70").text


def test_a_reason_stands_under_a_verdict_that_does_not_count(client, db, clock):
    kenji = make_supervisor("Kenji Summerlake", code="LCSW-S", state="TX")
    verdicts.refresh([make_opening(kenji).id], verdicts.today(clock.now()))
    page = client.get("/openings?state=TX&discipline=marriage_family").text
    assert 'data-verdict="no"' in page
    assert '<li class="is-not">' in page


def test_the_order_is_chosen_by_name(client, opening):
    page = client.get("/openings?sort=fee").text
    assert '<option value="fee" selected>Lowest fee</option>' in page
    assert '<option value="">In turn</option>' in page


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("value", NASTY)
def test_nothing_typed_breaks_the_search_or_comes_back_alive(client, opening, value, htmx):
    everywhere = [(name, text) for name in (*NAMES, "tz") if name != "q" for text in (value, "x")]
    response = client.get("/openings", query_string=everywhere, htmx=htmx)
    assert response.status_code == 200
    assert LIVE not in response.text
    assert count(response) == 1


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("value", NASTY)
def test_no_words_break_the_search_or_come_back_alive(client, opening, value, htmx):
    response = client.get("/openings", query_string={"q": value}, htmx=htmx)
    assert response.status_code == 200
    assert LIVE not in response.text
    assert count(response) in (0, 1)


def test_cards_cost_the_same_few_statements_however_many(client, db, opening):
    def statements():
        client.get("/openings?state=TX&discipline=marriage_family")  # what is new comes into the index
        said = []
        listen = lambda *args: said.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        client.get("/openings?state=TX&discipline=marriage_family", htmx=True)
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(said)

    few = statements()
    for n in range(15):
        other = make_supervisor(f"Other {n}", code="LMFT", state="TX")
        make_credential(other, "LPC", state="OK")
        make_opening(other)
    assert statements() == few
    assert few <= 8


def test_a_zone_is_asked_for_once_and_kept(client, opening):
    first = client.get("/openings")
    assert "data-guess-zone" in first.text
    assert "Tuesdays 4:30–5:30 pm" in client.get("/openings?tz=America/Phoenix", htmx=True).text
    later = client.get("/openings")
    assert "Tuesdays 4:30–5:30 pm" in later.text
    assert "data-guess-zone" not in later.text
    assert client.get("/openings?tz=Mars/Olympus").status_code == 200


def test_show_more_brings_only_what_comes_next(client, opening):
    for _ in range(24):
        make_opening(opening.supervisor)
    more = client.get("/openings?page=2", htmx=True, headers={"HX-Target": "p#more"})
    assert more.text.lstrip().startswith('<p class="more" id="more"><span>25 of 25 shown</span>')
    assert len(shown(more)) == 5
    assert "result-count" not in more.text
    assert "HX-Push-Url" not in more.headers
    assert "HX-Target" in more.headers["Vary"]


def test_show_more_repeats_nothing_where_fewer_are_left_by_now(client, opening):
    make_opening(opening.supervisor)
    assert len(shown(client.get("/openings?page=2"))) == 2
    more = client.get("/openings?page=2", htmx=True, headers={"HX-Target": "p#more"})
    assert "2 of 2 shown" in more.text
    assert shown(more) == []


@pytest.mark.parametrize(
    "query", ["", "format=individual", "delivery=online", "discipline=counseling&max_fee=200", "after=18:00"]
)
def test_each_state_of_the_map_gives_what_it_promises(client, opening, query):
    sam = make_supervisor("Sam Okafor")
    make_credential(sam, "LPC", state="OK")
    make_opening(sam)
    make_opening(sam, in_person=True, online=False, state="AZ", fee=100)
    make_opening(opening.supervisor, in_person=True, state="OK", zip="73102")
    page = client.get(f"/openings?{query}").text
    told = re.findall(r'<li><a href="([^"]+state=\w\w)">[^<]+</a> <span class="num">(\d+)<', page)
    assert {"TX", "OK"} <= {href[-2:] for href, _ in told}
    given = [(href, str(count(client.get(href.replace("&amp;", "&"))))) for href, _ in told]
    assert given == told
    assert "By state" not in client.get("/openings?state=TX").text


def test_little_found_offers_what_was_perhaps_meant(client, opening, monkeypatch):
    monkeypatch.setattr(texts, "suggest", lambda words: "trauma")
    page = client.get("/openings?q=traumma&format=individual").text
    assert 'Did you mean <a href="/openings?q=trauma&amp;format=individual">trauma</a>?' in page
    assert "Did you mean" not in client.get("/openings?format=individual").text


def test_what_was_perhaps_meant_is_not_offered_where_it_finds_no_more(client, opening, monkeypatch):
    monkeypatch.setattr(texts, "suggest", lambda words: "trauma")
    assert "Did you mean" in client.get("/openings?q=trauna").text
    assert "Did you mean" not in client.get("/openings?q=trauna&format=group").text


def test_words_that_are_still_typed_leave_no_trace_for_back(client, opening):
    here = {"HX-Current-URL": "http://localhost/openings?q=tra&format=individual"}
    typing = client.get("/openings?q=trau&format=individual", htmx=True, headers=here)
    assert typing.headers["HX-Replace-Url"] == "/openings?q=trau&format=individual"
    ticked = client.get("/openings?q=tra&format=group", htmx=True, headers=here)
    assert ticked.headers["HX-Push-Url"] == "/openings?q=tra&format=group"


def test_too_many_words_are_refused_beside_their_field(client, opening):
    page = client.get("/openings", query_string={"q": "e" * 101}).text
    assert page.count('id="q-error"') == 1
    part = client.get("/openings", query_string={"q": "e" * 101}, htmx=True).text
    assert '<hx-partial hx-target="#words"' in part
    assert "Please use at most 100 characters." in part


def test_what_was_refused_is_refused_again_when_the_field_sends_it(client, opening):
    page = client.get("/openings", query_string={"q": "e" * 300, "max_fee": "9" * 300}).text
    again = {name: re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', page)[1] for name in ("q", "max_fee")}
    later = client.get("/openings", query_string=again)
    assert count(later) == 1
    assert [f'id="{name}-error"' in later.text for name in again] == [True, True]


def test_a_way_out_to_all_states_keeps_the_clock_by_which_it_was_counted(client, opening):
    page = client.get("/openings?state=AZ&after=16:00&before=17:45").text
    assert "Mountain time" in page
    way = re.search(r'href="([^"]+)">Any state <span class="num">(\d+)<', page)
    assert way[2] == "1"
    assert count(client.get(way[1].replace("&amp;", "&"))) == 1
