"""Openings side by side: the same questions of each, what differs marked, and an address that tells nothing."""

import re
from dataclasses import replace

import pytest

from app.matching import comparing
from app.matching.known import Known
from app.openings import verdicts
from app.supervisors.models import SupervisorTerm
from app.wishes import packing
from app.wishes.wishes import Wishes
from tests.people import TUE, make_call_settings, make_opening, make_supervisor

TUESDAY_EVENING = ((TUE * 1440 + 17 * 60, TUE * 1440 + 20 * 60),)


@pytest.fixture
def farida(db):
    farida = make_supervisor("Farida Nightingale", code="LMFT-S", state="TX", zone="America/Chicago", city="Austin")
    farida.terms.append(SupervisorTerm(kind="style", term="reflective", position=9))
    make_call_settings(farida)
    return farida


@pytest.fixture
def two(farida, clock):
    """Farida's hour online and her group in Austin, judged."""
    made = [
        make_opening(farida, fee=70, reduced_fee_cents=5000, reduced_places=1),
        make_opening(farida, format="group", seats=6, title="The Thursday Table", online=False, in_person=True, fee=45),
    ]
    verdicts.refresh([one.id for one in made], verdicts.today(clock.now()))
    return made


def compared(client, *ids, **query):
    return client.get("/compare", query_string={"id": ids, **query}).text


def bare(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def rows(page: str) -> dict[str, tuple[str, list[str]]]:
    """By name of a row: whether it is marked (is-other, is-same or nothing), and its cells without markup."""
    found = re.findall(r'<tr class="([^"]*)" data-row="(\w+)">(.*?)</tr>', page, re.S)
    cells = {name: [bare(cell) for cell in re.findall(r"<td>(.*?)</td>", row, re.S)] for _, name, row in found}
    return {name: (mark, cells[name]) for mark, name, _ in found}


def columns(page: str) -> list[int]:
    return [int(id) for id in re.findall(r'<th scope="col" data-opening="(\d+)">', page)]


def test_the_same_questions_are_asked_of_each(client, two):
    client.set_cookie("track", "TX/marriage_family")
    page = compared(client, *(one.id for one in two), tz="America/Chicago")
    assert columns(page) == [one.id for one in two]
    told = {name: cells for name, (_, cells) in rows(page).items()}
    assert told["verdict"][0] == "Counts"
    assert told["fee"] == ["$70 a session, $50 for 1 place", "$45 a meeting"]
    assert told["month"] == ["about $303 for 4.3 hours", "about $195 for 6.5 hours"]
    assert told["seats"] == ["Individual", "Group of 6, 6 of 6 seats open"]
    assert told["license"] == ["LMFT-S, verified"] * 2
    assert told["answers"] == ["not known yet"] * 2
    assert "Trauma and PTSD" in told["works"][0]


def test_what_differs_is_marked_by_a_sign_and_in_words_and_what_is_alike_is_quiet(client, two):
    page = compared(client, *(one.id for one in two))
    marks = {name: mark for name, (mark, _) in rows(page).items()}
    assert (marks["fee"], marks["license"]) == ("is-other", "is-same")
    assert '<span class="differs" aria-hidden="true">≠</span> Fee<span class="vh">, differs</span>' in page
    assert "verdict" not in marks  # no board is chosen


def test_one_alone_differs_from_nothing(client, two):
    page = compared(client, two[0].id)
    assert {mark for mark, _ in rows(page).values()} == {""}
    assert "Tick another" in page


def test_the_first_four_are_shown_of_more(client, farida):
    ids = [make_opening(farida).id for _ in range(6)]
    page = compared(client, *ids)
    assert columns(page) == ids[:4]
    assert "2 more were ticked" in page


def test_whatever_is_gone_makes_room_for_the_next(client, farida):
    gone = [make_opening(farida, status=status).id for status in ("closed", "paused")]
    ids = [make_opening(farida).id for _ in range(5)]
    page = compared(client, *gone, *ids)
    assert columns(page) == ids[:4]
    assert "1 more was ticked" in page
    assert "2 of these are not open any more" in page


def test_what_nobody_may_see_is_left_out_with_a_line(client, db, two):
    draft = make_opening(two[0].supervisor, status="draft")
    page = compared(client, two[0].id, draft.id, 987_654)
    assert columns(page) == [two[0].id]
    assert "2 of these are not open any more" in page
    two[0].supervisor.published_at = None
    db.session.flush()
    assert "Nothing to compare yet" in compared(client, two[0].id)


@pytest.mark.parametrize("query", ["", "?id=", "?id=x", "?id=-1", "?id=99999999999999999999", "?id=%00"])
def test_without_anything_to_compare_the_page_says_how(client, two, query):
    response = client.get(f"/compare{query}")
    assert response.status_code == (400 if "%00" in query else 200)
    assert "%00" in query or "Nothing to compare yet" in response.text


def test_one_can_be_left_out(client, two):
    page = compared(client, *(one.id for one in two))
    for kept, gone in zip(two, ("The Thursday Table", "Farida Nightingale"), strict=True):
        assert f'href="/compare?id={kept.id}">Leave out<span class="vh"> {gone}</span>' in page


def test_your_week_says_which_times_are_free_for_you_and_the_address_nothing(client, two):
    wishes = Wishes(free=TUESDAY_EVENING, zone="America/Chicago", affinity=("black",))
    with client.session_transaction() as cookie:
        cookie["wishes"] = packing.packed(wishes)
    page = compared(client, *(one.id for one in two), tz="America/Chicago")
    assert "Your week" in page
    assert rows(page)["when"][1][0] == "Tuesdays 5:30–6:30 pm Central time: free for you"
    address = re.search(r'id="share" type="text" value="([^"]+)"', page)[1]
    assert address.endswith("/compare?id={}&amp;id={}".format(*(one.id for one in two)))
    assert "Black or African American" not in page


@pytest.fixture
def known():
    return Known(
        opening_id=1, supervisor_id=1, first_name="Farida", verdict=None, format="individual", seats=1, free=1,
        online=True, in_person=False, point=None, zone="America/Chicago", minutes=60, rhythm="weekly",
        times=((TUE, 1050),), fee_cents=7000, reduced_fee_cents=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "about $303 for 4.3 hours"),
        ({"rhythm": "fortnightly", "minutes": 90}, "about $152 for 3.2 hours"),
        ({"rhythm": "monthly"}, "about $70 for 1 hour"),
        ({"times": ((TUE, 1050), (TUE, 1110))}, "about $303 for 4.3 hours"),  # one of the two is hers
        ({"times": ((TUE, 1050), (TUE, 1110)), "format": "group"}, "as you agree"),
        ({"times": ()}, "about $303 for 4.3 hours"),
    ],
)
def test_a_month_in_dollars_and_hours(known, changes, words):
    assert comparing.month(replace(known, **changes)) == words


def test_numbers_are_read_once_each_in_their_order():
    assert comparing.numbers(["3", "1", "3", "x", "", "-4", "٣", "99999999999"]) == [3, 1, 0]


def test_the_times_of_a_comparison_are_shown_in_the_zone_that_its_reader_chooses(client, two):
    page = compared(client, *(one.id for one in two), tz="America/Denver")
    assert "Mountain time" in page
    assert all(f'<input type="hidden" name="id" value="{one.id}">' in page for one in two)
    later = compared(client, two[0].id)
    assert '<option value="America/Denver" selected>' in later
    assert "data-guess-zone" not in later
