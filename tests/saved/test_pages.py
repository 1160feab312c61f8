"""The pages of saved things: press, come back, see; and nobody sees another's."""

import re

import pytest

from app.saved import openings, searches
from tests import pages
from tests.people import make_opening


@pytest.fixture
def opening(sam):
    return make_opening(sam, title="The Thursday Table", format="group")


def act(html: str, words: str) -> pages.SeenForm:
    """The form whose address holds these words."""
    return next(form for form in pages.forms(html) if words in form.action)


def test_an_opening_is_saved_from_its_page_and_let_go_again(visit, ana, opening):
    reader, address = visit(ana), f"/openings/{opening.id}"
    form = act(reader.get(address).text, "/saved/openings")
    answer = reader.post(form.action, form.values)
    assert (answer.status_code, answer.location) == (303, address)
    pressed = act(reader.get(address).text, "/removal")
    assert 'aria-pressed="true"' in reader.get(address).text
    reader.post(pressed.action, pressed.values)
    assert 'aria-pressed="false"' in reader.get(address).text


def test_the_button_is_swapped_in_place(visit, ana, opening):
    answer = visit(ana).post("/saved/openings", {"opening_id": opening.id, "next": "/openings?page=2"}, htmx=True)
    assert answer.status_code == 200
    assert 'aria-pressed="true"' in answer.text
    assert "<html" not in answer.text
    assert act(answer.text, "/removal").values["next"] == "/openings?page=2"


def test_each_button_of_a_list_says_of_what(visit, ana, opening):
    reader = visit(ana)
    html = reader.get("/openings?format=group").text
    form = act(html, "/saved/openings")
    assert 'Save<span class="vh"> The Thursday Table</span>' in html
    answer = reader.post(form.action, form.values | {"called": "<The Table>"}, htmx=True)
    assert 'Saved<span class="vh"> &lt;The Table&gt;</span>' in answer.text


def test_a_guest_signs_in_first_and_comes_back(client, opening):
    html = client.get(f"/openings/{opening.id}").text
    assert f"/sign-in?next=/openings/{opening.id}" in html
    pressed = client.post("/saved/openings", {"opening_id": opening.id, "next": f"/openings/{opening.id}"})
    assert pressed.location == f"/sign-in?next=%2Fopenings%2F{opening.id}"


@pytest.mark.parametrize("number", ["0", "-1", "x", "999999", "9" * 30, ""])
def test_what_is_no_opening_cannot_be_saved(visit, ana, number):
    assert visit(ana).post("/saved/openings", {"opening_id": number}).status_code == 404


def test_a_draft_cannot_be_saved(visit, ana, sam):
    draft = make_opening(sam, status="draft")
    assert visit(ana).post("/saved/openings", {"opening_id": draft.id}).status_code == 404


@pytest.mark.parametrize(
    ("room", "sent", "words"), [(openings, "opening_id", "Let one go"), (searches, "query", "Delete one")]
)
def test_one_too_many_is_said_and_nobody_blamed_for_being_quicker(visit, ana, opening, monkeypatch, room, sent, words):
    monkeypatch.setattr(room, "MOST", 0)
    answer = visit(ana).post(f"/saved/{room.__name__.rpartition('.')[2]}", {sent: opening.id})
    assert answer.status_code == 422
    assert words in answer.text
    assert "quicker" not in answer.text


def test_an_empty_page_says_what_to_do(visit, ana):
    html = visit(ana).get("/saved").text
    assert "No opening is saved yet" in html
    assert "Save this search" in html


def test_what_changed_stands_on_the_page_until_she_has_seen_it(visit, ana, opening, clock):
    openings.save(ana, opening, None, now=clock.now())
    opening.fee_cents = 12000
    reader = visit(ana)
    html = reader.get("/saved").text
    assert "Changed since you saved it" in html
    assert "$120" in html
    form = act(html, "/saved/seen")
    reader.post(form.action, form.values)
    assert "Changed since" not in reader.get("/saved").text


def test_only_those_that_take_people_can_be_ticked_to_compare_them(visit, ana, sam, clock, db):
    kept = [make_opening(sam) for _ in range(3)]
    for one in kept:
        openings.save(ana, one, None, now=clock.now())
    kept[0].status = "paused"
    ticked = re.findall(r'name="id" value="(\d+)" form="compare"', visit(ana).get("/saved").text)
    assert sorted(map(int, ticked)) == [kept[1].id, kept[2].id]
    kept[1].status = "closed"
    html = visit(ana).get("/saved").text
    assert "compare" not in html[html.index("<main") : html.index("</main>")]


@pytest.mark.parametrize("status", ["paused", "closed"])
def test_one_that_rests_or_is_closed_stays_and_says_so(visit, ana, opening, clock, status):
    openings.save(ana, opening, None, now=clock.now())
    opening.status = status
    html = visit(ana).get("/saved").text
    assert "The Thursday Table" in html
    assert {"paused": "resting", "closed": "closed"}[status] in html
    assert (f'href="/openings/{opening.id}"' in html) is (status == "paused")


def test_a_note_is_kept_and_one_too_long_comes_back_as_typed(visit, ana, opening, clock):
    openings.save(ana, opening, None, now=clock.now())
    reader, field = visit(ana), f"opening-{opening.id}-note"
    reader.post(f"/saved/openings/{opening.id}/note", {field: "Ask about <Fridays>"})
    assert "Ask about &lt;Fridays&gt;" in reader.get("/saved").text
    refused = reader.post(f"/saved/openings/{opening.id}/note", {field: "y" * 301})
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert "y" * 301 in refused.text


def test_a_search_is_saved_and_its_letters_are_chosen(visit, ana):
    reader = visit(ana)
    saved = reader.post("/saved/searches", {"query": "format=group&sort=fee"})
    html = reader.get(saved.location).text
    form = act(html, "/saved/searches/")
    reader.post(form.action, {**form.values, "name": "My groups", "rhythm": "weekly"})
    html = reader.get("/saved").text
    assert "My groups" in html
    assert "Monday mornings" in html


def test_a_search_saved_by_htmx_says_so_in_the_place_of_the_button(visit, ana):
    answer = visit(ana).post("/saved/searches", {"query": "format=group"}, htmx=True)
    assert re.search(r'id="save-search".*Saved\..*/edit', answer.text, re.DOTALL)


def test_a_refused_change_keeps_what_was_typed(visit, ana, keep):
    saved = keep("format=group")
    refused = visit(ana).post(f"/saved/searches/{saved.id}", {"name": "z" * 81, "rhythm": "daily"})
    assert refused.status_code == 422
    assert 'id="name-error"' in refused.text
    assert "z" * 81 in refused.text


def test_a_rhythm_that_there_is_not_is_refused_beside_the_field(visit, ana, keep):
    refused = visit(ana).post(f"/saved/searches/{keep().id}", {"name": "All", "rhythm": "hourly"})
    assert refused.status_code == 422
    assert 'id="rhythm-error"' in refused.text


def test_the_short_address_leads_to_the_search(visit, ana, keep):
    saved = keep("format=group&affinity=veteran")
    assert visit(ana).get(f"/saved/searches/{saved.id}").location == "/openings?format=group&affinity=veteran"


def test_what_is_new_comes_first_where_she_asks_for_that(visit, ana, sam, keep):
    saved, reader = keep("format=individual"), visit(ana)
    make_opening(sam)
    (to,) = set(re.findall(rf'href="(/saved/searches/{saved.id}\?[^"]*)"', reader.get("/saved").text))
    assert reader.get(to).location == "/openings?format=individual&sort=newest"
    assert reader.get(f"/saved/searches/{saved.id}?sort=odd").location == "/openings?format=individual"


def test_a_deleted_search_is_gone(visit, ana, keep):
    number, reader = keep("format=group").id, visit(ana)
    reader.post(f"/saved/searches/{number}/removal")
    assert searches.count(ana) == 0
    assert reader.get(f"/saved/searches/{number}/edit").status_code == 404


def test_what_is_new_in_a_search_is_counted_until_seen(db, visit, ana, sam, keep):
    saved = keep("format=individual")
    make_opening(sam)
    reader = visit(ana)
    assert "1 new" in reader.get("/saved").text
    reader.post(f"/saved/searches/{saved.id}/seen")
    assert "1 new" not in reader.get("/saved").text


def test_what_came_while_the_page_was_open_is_not_taken_for_seen(db, visit, ana, sam, keep):
    keep("format=individual")
    make_opening(sam)
    reader = visit(ana)
    form = act(reader.get("/saved").text, "/seen")
    make_opening(sam)
    reader.post(form.action, form.values)
    html = reader.get("/saved").text
    assert "2 new" in html
    assert "More came while this page was open" in html
    reader.post(form.action, act(html, "/seen").values)
    assert "new</span>" not in reader.get("/saved").text


def test_the_dashboard_says_how_much_is_saved_and_what_is_new(visit, ana, sam, opening, keep, clock):
    reader = visit(ana)
    assert "Openings you keep" in reader.get("/dashboard").text
    openings.save(ana, opening, None, now=clock.now())
    assert '<p class="small">1 opening.</p>' in reader.get("/dashboard").text
    saved = keep("format=individual")
    assert "1 opening and 1 search, nothing new in it." in reader.get("/dashboard").text
    make_opening(sam)
    html = reader.get("/dashboard").text
    assert "1 opening and 1 search." in html
    assert re.search(rf'1 new in <a href="/saved/searches/{saved.id}[^"]*">Individual</a>', html)


def test_the_page_asks_as_much_for_ten_searches_as_for_one(visit, ana, keep, statements):
    reader = visit(ana)

    def asked(dollars: int) -> int:
        keep(f"max_fee={dollars}")
        reader.get("/saved")
        return statements(lambda: reader.get("/saved"))

    few = asked(50)
    assert [asked(51 + more) for more in range(9)][-1] == few


def test_nobody_reaches_what_another_saved(visit, ben, ana, opening, keep, clock):
    openings.save(ana, opening, None, now=clock.now())
    number = keep("format=group").id
    stranger = visit(ben)
    for path in (f"/saved/searches/{number}", f"/saved/searches/{number}/edit"):
        assert stranger.get(path).status_code == 404
    for path in ("", "/removal", "/seen"):
        assert stranger.post(f"/saved/searches/{number}{path}", {"name": "Mine", "rhythm": "never"}).status_code == 404
    assert stranger.post(f"/saved/openings/{opening.id}/note", {}).status_code == 404
    stranger.post(f"/saved/openings/{opening.id}/removal")
    assert openings.of(ana.id, [opening.id]) == {opening.id}
    assert "The Thursday Table" not in stranger.get("/saved").text


@pytest.mark.parametrize("path", ["/saved", "/saved/searches/1", "/saved/searches/1/edit"])
def test_a_guest_is_asked_to_sign_in(client, path):
    assert client.get(path).location.startswith("/sign-in?next=")


def test_the_page_asks_as_much_for_ten_as_for_one(visit, ana, sam, clock, statements):
    reader = visit(ana)

    def asked() -> int:
        openings.save(ana, make_opening(sam), None, now=clock.now())
        reader.get("/saved")  # takes into memory what is new
        return statements(lambda: reader.get("/saved"))

    few = asked()
    assert [asked() for _ in range(9)][-1] == few
