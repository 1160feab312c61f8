"""What fits a supervisee: ranked with reasons, for guests and accounts, with nothing of her in the address."""

import re

import pytest

from app.matching import matches
from app.matching.criteria import Criteria
from app.matching.search import Results
from app.openings import verdicts
from app.places.models import Place
from app.supervisors.models import SupervisorTerm
from app.wishes import keeping, packing
from app.wishes.wishes import Wishes
from tests.people import TUE, make_opening, make_supervisor, zoe

TUESDAY_EVENING = ((TUE * 1440 + 17 * 60, TUE * 1440 + 20 * 60),)
WISHES = Wishes(
    state="TX", discipline="marriage_family", specialty=("trauma",), max_fee=90, free=TUESDAY_EVENING,
    zone="America/Chicago", affinity=("black",),
)  # fmt: skip


@pytest.fixture
def openings(db, clock):
    """Farida's hour, which fits; Otis's, which is dear and knows nothing of trauma."""
    farida = make_supervisor("Farida Nightingale", code="LMFT-S", state="TX", zone="America/Chicago")
    otis = make_supervisor("Otis Abernough", code="LMFT-S", state="TX", zone="America/Chicago", specialties=("ocd",))
    made = [make_opening(farida, fee=70), make_opening(otis, fee=160)]
    verdicts.refresh([one.id for one in made], verdicts.today(clock.now()))
    return made


def wishing(client, wishes=WISHES):
    """The guest has said what she wishes for."""
    with client.session_transaction() as cookie:
        cookie["wishes"] = packing.packed(wishes)


def shown(response) -> list[int]:
    return [int(id) for id in re.findall(r'<article [^>]*data-opening="(\d+)"', response.text)]


def test_without_wishes_one_is_asked_for_them(client, openings):
    page = client.get("/matches")
    assert page.status_code == 200
    assert "Who would fit you?" in page.text
    assert 'href="/match"' in page.text
    assert shown(page) == []


def test_a_guest_sees_what_fits_best_first_with_reasons(client, openings):
    wishing(client)
    page = client.get("/matches?tz=America/Chicago")
    assert shown(page) == [one.id for one in openings]
    assert re.search(r"<h1>One opening fits you very well</h1>", page.text)
    assert "Fits very well" in page.text
    for words in ("Tuesday evenings are free for you", "Works with trauma", "$20 under your budget"):
        assert words in page.text


def test_so_does_an_account(visit, clock, openings):
    person = zoe()
    keeping.keep(person, WISHES, now=clock.now())
    page = visit(person).get("/matches")
    assert shown(page) == [one.id for one in openings]
    assert 'aria-pressed="false"' in page.text


def test_nothing_of_her_stands_in_an_address(client, openings):
    wishing(client)
    for _ in range(24):
        make_opening(openings[0].supervisor)
    page = client.get("/matches").text
    addresses = re.findall(r'(?:href|action|hx-get)="([^"]+)"', page)
    assert "/matches?page=2" in addresses
    assert not [a for a in addresses if "black" in a or "trauma" in a or "max_fee" in a]
    more = client.get("/matches?page=2", htmx=True, headers={"HX-Target": "p#more"})
    assert len(shown(more)) == 6
    assert "HX-Push-Url" not in more.headers


def test_where_nothing_is_left_the_page_says_which_must_to_let_go_and_does_it(client, openings):
    wishing(client, Wishes(state="TX", discipline="marriage_family", max_fee=20, musts=frozenset({"fee"})))
    page = client.get("/matches")
    assert shown(page) == []
    assert "Nothing meets all that you must have" in page.text
    offered = re.search(r'name="must" value="fee">Would like: at most \$20 <span class="num">(\d)', page.text)
    client.post("/matches/likes", data={"must": "fee"})
    assert len(shown(client.get("/matches"))) == int(offered[1]) == 2


def test_two_musts_that_are_in_the_way_together_are_let_go_together(client, openings):
    musts = frozenset({"fee", "setting"})
    wishing(client, Wishes(state="TX", discipline="marriage_family", max_fee=20, setting=("school",), musts=musts))
    page = client.get("/matches").text
    assert "Two of your musts are in the way" in page
    client.post("/matches/likes", data={"must": re.search(r'name="must" value="([a-z ]+)"', page)[1]})
    assert len(shown(client.get("/matches"))) == 2


@pytest.mark.parametrize("name", ["", "times", "weather"])
def test_what_is_no_must_changes_nothing(client, openings, name):
    wishing(client)
    assert client.post("/matches/likes", data={"must": name}).status_code == 303
    with client.session_transaction() as cookie:
        assert packing.read(cookie["wishes"]) == packing.read(packing.packed(WISHES))


def test_an_account_too_can_let_a_must_go(visit, clock, openings):
    person = zoe()
    keeping.keep(person, Wishes(state="TX", max_fee=20, musts=frozenset({"fee"})), now=clock.now())
    visit(person).post("/matches/likes", data={"must": "fee"})
    assert keeping.of(person.id).musts == frozenset()


def test_the_search_goes_by_fit_once_there_are_wishes(client, openings):
    client.set_cookie("track", "TX/marriage_family")
    wishing(client)
    page = client.get("/openings")
    assert shown(page) == [one.id for one in openings]
    assert '<option value="" selected>Best fit</option>' in page.text
    assert page.text.index("Fits very well") < page.text.index("Does not list trauma")
    assert '<option value="fee" selected>' in client.get("/openings?sort=fee").text


AUSTIN, NEW_YORK = ("78702", 30.26, -97.71), ("10001", 40.75, -73.99)


def test_the_scores_that_are_shown_are_those_it_was_ordered_by(client, db, openings):
    for opening, (code, north, east) in zip(openings, (NEW_YORK, AUSTIN), strict=True):
        db.session.add(Place(zip=code, city="", state="TX", latitude=north, longitude=east, zone="America/Chicago"))
        opening.online, opening.in_person, opening.latitude, opening.longitude = False, True, north, east
    wishing(client, Wishes(zip="78702", delivery="in_person", within=15))
    told = {}
    for query in ("", "?zip=10001&within=500"):
        told[query] = [int(n) for n in re.findall(r"(\d+) of 100", client.get(f"/openings{query}").text)]
    assert told[""][0] > told[""][1] == told["?zip=10001&within=500"][0]


def test_no_must_hides_anything_from_the_search(client, openings):
    wishing(client, Wishes(max_fee=20, musts=frozenset({"fee"})))
    assert len(shown(client.get("/openings"))) == 2


def test_a_board_alone_is_no_wish_to_rank_by(client, openings):
    wishing(client, Wishes(state="TX", discipline="marriage_family"))
    page = client.get("/openings?state=TX&discipline=marriage_family").text
    assert "of 100" not in page
    assert '<option value="" selected>What counts first</option>' in page


def test_at_most_three_reasons_and_the_misfit_that_matters_most(client, db, openings):
    openings[0].supervisor.terms.append(SupervisorTerm(kind="language", term="es", position=9))
    wishing(client, Wishes(state="TX", discipline="marriage_family", specialty=("trauma", "grief"), language=("es",),
                           max_fee=90, free=TUESDAY_EVENING, zone="America/Chicago"))  # fmt: skip
    card = re.search(r"<article.*?</article>", client.get("/matches").text, re.S)[0]
    assert card.count('<li class="is-yes">') == 3
    assert len(re.findall(r'<li class="is-(?:not|care)">', card)) == 1


@pytest.mark.parametrize(
    ("scores", "total", "page", "words"),
    [
        ([92, 78, 71, 66], 4, 1, "Four openings fit you, and one fits very well"),
        ([92, 90, 71], 90, 1, "Three openings fit you, and two fit very well"),
        ([92], 1, 1, "One opening fits you very well"),
        ([70, 66], 2, 1, "Two openings fit you well"),
        ([90] * 20, 300, 1, "More than 20 openings fit you very well"),
        ([60, 40], 2, 1, "No opening fits you well yet; these come nearest"),
        ([60], 21, 2, "More openings for you"),
        ([], 0, 1, "Nothing meets all that you must have"),
    ],
)
def test_the_page_begins_with_how_many_fit(scores, total, page, words):
    assert matches.heading(Results(Criteria(page=page), total, scores=scores)) == words
