"""The rules as pages: every figure in words, what is not known said so, and where it is written."""

import re

import pytest

from app.licensure import tracks


def rows(page: str) -> dict[str, list[str]]:
    """The table's rows: what a reader sees in each cell, by question."""
    found = {}
    for row in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page, re.S):
        question, *cells = re.split(r"</th>|<td[^>]*>", row)
        found[question] = [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells if cell.strip()]
    return found


def test_every_state_is_on_the_map_and_in_the_list(client) -> None:
    page = client.get("/rules").text
    for jurisdiction in tracks.load().jurisdictions:
        assert page.count(f'href="/rules/{jurisdiction.code.lower()}"') == 2


def test_the_map_says_how_many_rules_were_read_at_the_source(client) -> None:
    page = client.get("/rules").text
    assert 'aria-label="CA 1: California, 1 rule read at the source"' in page
    assert 'aria-label="TX 3: Texas, 3 rules read at the source"' in page


def test_the_form_leads_to_a_state_without_script(client) -> None:
    response = client.get("/rules?state=TX")
    assert (response.status_code, response.location) == (303, "/rules/tx")


@pytest.mark.parametrize("address", ["/rules/zz", "/rules?state=zz", "/rules/texas", "/rules/t%C3%9F", "/rules/tx%20"])
def test_there_is_no_such_state(client, address) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "Nobody sits here" in response.text


@pytest.mark.parametrize("state", ["tx", "TX", "Tx"])
def test_a_state_is_found_in_letters_of_either_size(client, state) -> None:
    assert "<h1>What counts in Texas</h1>" in client.get(f"/rules/{state}").text


def test_three_tracks_stand_side_by_side_in_words(client) -> None:
    told = rows(client.get("/rules/tx").text)
    assert told["Hours in all"] == ["3,000", "3,000", "3,000"]
    assert told["How often"] == ["4 hours a month", "1 hour each week", "we do not know"]
    assert told["In a group, at most"] == ["half", "half", "all"]
    assert told["Who may supervise"] == ["LPC-S", "LMFT-S", "LCSW-S"]
    assert told["How sure we are"] == ["we read the code or statute"] * 3


def test_what_the_rule_leaves_open_is_kept_apart_from_what_we_do_not_know(client) -> None:
    told = rows(client.get("/rules/tx").text)
    assert told["By live video"] == ["the rule does not say", "counts", "counts"]
    assert told["Supervisees at once"] == ["we do not know"] * 3


def test_a_doubtful_figure_is_marked_for_eyes_and_ears(client) -> None:
    told = rows(client.get("/rules/al").text)
    assert told["How often"][0] == "2 hours each week† (read only on others’ pages)"
    assert told["Licensed for"][0] == "at least 5 years"


def test_the_board_and_every_source_is_linked_with_its_date(client) -> None:
    page = client.get("/rules/al").text
    for track in tracks.load().jurisdiction("AL").tracks:
        assert f'id="written-{track.discipline}"' in page
        for source in track.sources:
            assert source.url is None or f'href="{source.url.replace("&", "&amp;")}"' in page
    assert 'href="https://abec.alabama.gov" rel="external"' in page
    assert "as of October 1, 2026, read through: public table of supervision formats" in page


def test_a_mistake_can_be_told_to_a_person(client) -> None:
    page = client.get("/rules/nh").text
    assert (
        'href="mailto:help@second-chair.example?subject=A%20mistake%20in%20the%20rules%20of%20New%20Hampshire"' in page
    )
    assert "Information, not legal advice." in page


def test_a_track_leads_to_the_openings_that_count(client) -> None:
    page = client.get("/rules/tx").text
    assert 'href="/openings?state=TX&amp;discipline=social_work&amp;verdict=counts"' in page


def test_every_state_can_be_read(client) -> None:
    for jurisdiction in tracks.load().jurisdictions:
        assert client.get(f"/rules/{jurisdiction.code.lower()}").status_code == 200


def test_an_instance_of_one_state_knows_no_other(app_with) -> None:
    guest = app_with(SC_STATES="OR,WA").test_client()
    assert guest.get("/rules").text.count('<li><a href="/rules/') == 2
    assert guest.get("/rules/or").status_code == 200
    assert guest.get("/rules/tx").status_code == 404
