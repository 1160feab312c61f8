"""Ending letters by the link in one: by a person's press or a mail program's, without a sign-in, never by looking."""

import pytest

from app.saved import searches, stopping
from app.saved.models import SavedSearch
from tests.people import make_opening

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def saved(keep):
    return keep("format=group"), keep("format=individual")


@pytest.fixture
def link(db, ana, clock):
    """link(search): the path of a link that ends it, or (None) all."""

    def given(search: SavedSearch | None) -> str:
        token = stopping.give(ana.id, search.id if search else None, now=clock.now())
        db.session.commit()
        return f"/alerts/unsubscribe/{token}"

    return given


def rhythms(saved) -> list[str]:
    return [search.rhythm for search in saved]


def test_looking_ends_nothing(client, saved, link):
    for _ in range(2):
        html = client.get(link(None)).text
    assert "No more letters about your searches?" in html
    assert rhythms(saved) == ["daily", "daily"]


def test_a_press_ends_all(client, saved, link):
    path = link(None)
    answer = client.post(path)
    assert answer.status_code == 200
    assert "No more letters come" in answer.text
    assert rhythms(saved) == ["never", "never"]
    assert "No more letters come" in client.get(path).text


def test_a_mail_program_ends_them_from_anywhere_as_often_as_it_likes(client, saved, link):
    path = link(None)
    for _ in range(2):
        answer = client.post(path, ONE_CLICK, bare=True, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 200
    assert rhythms(saved) == ["never", "never"]


def test_a_link_of_one_search_ends_that_one(client, saved, link):
    assert "“Group”" in client.get(link(saved[0])).text
    client.post(link(saved[0]), ONE_CLICK, bare=True)
    assert rhythms(saved) == ["never", "daily"]


def test_a_link_of_a_deleted_search_ends_no_other(db, client, saved, link):
    path = link(saved[0])
    searches.drop(saved[0])
    assert client.post(path, ONE_CLICK, bare=True).status_code == 200
    assert saved[1].rhythm == "daily"
    assert "is deleted" in client.get(path).text


def test_afterwards_no_letter_comes(client, sam, keep, tell, link, clock):
    keep(rhythm="at_once")
    client.post(link(None), ONE_CLICK, bare=True)
    make_opening(sam)
    clock.forward(days=8)
    assert tell() == 0


def test_she_can_ask_for_letters_again(client, visit, ana, saved, link):
    client.post(link(None), ONE_CLICK, bare=True)
    visit(ana).post(f"/saved/searches/{saved[0].id}", {"name": "Group", "rhythm": "weekly"})
    assert rhythms(saved) == ["weekly", "never"]


def test_a_link_is_good_for_a_year(client, saved, link, clock):
    path = link(None)
    clock.forward(days=365)
    assert client.get(path).status_code == 200
    clock.forward(days=2)
    assert [client.get(path).status_code, client.post(path, ONE_CLICK, bare=True).status_code] == [404, 404]


def test_a_guessed_link_is_none(client):
    assert client.post("/alerts/unsubscribe/guessed", ONE_CLICK, bare=True).status_code == 404


def test_the_page_is_kept_by_nobody_and_named_to_nobody(client, saved, link):
    carried = client.get(link(None)).headers
    assert (carried["Referrer-Policy"], carried["Cache-Control"]) == ("no-referrer", "no-store")
