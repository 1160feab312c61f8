"""Private wishes stay with her who has them: whatever way she takes, no address, header, title, log or letter tells."""

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from structlog.testing import capture_logs

from app.matching import matches
from app.openings import verdicts
from app.supervisors.models import Supervisor, SupervisorTerm
from app.wishes.wishes import PRIVATE, Wishes
from tests import people
from tests.conftest import Visitor

TERMS = ["in-recovery", "veteran"]
TELLING = re.compile("recovery|veteran|affinity|background", re.IGNORECASE)
ADDRESSES = re.compile(r'(?:href|src|action|formaction|hx-[a-z:]+|content)="([^"]*)"')


@pytest.fixture
def openings(sam: Supervisor, clock) -> list[int]:
    """More than a page of them; Sam says that he is a veteran."""
    sam.terms.append(SupervisorTerm(kind="affinity", term="veteran", position=9))
    ids = [people.make_opening(sam).id for _ in range(22)]
    verdicts.refresh(ids, verdicts.today(clock.now()))
    return ids


def walk(visitor: Visitor, ids: list[int]) -> list[tuple[str, object]]:
    """From the questions to openings side by side, with private wishes: each address and its answer."""
    here = {"HX-Current-URL": "http://localhost/openings"}
    posts = {
        "/match/goal": {"state": "AZ", "discipline": "counseling"},
        "/match/fee": {"max_fee": "90"},
        "/match/home": {"affinity": TERMS, "must_affinity": "must"},
        "/matches/likes": {"must": "affinity"},
        "/match/nowhere": {"affinity": TERMS},
    }
    pages = ["/match", "/match/home", "/matches", "/openings?sort=fit", f"/compare?id={ids[0]}&id={ids[1]}", "/nowhere"]
    answers = [(url, visitor.post(url, typed)) for url, typed in posts.items()]
    answers.append(("/match/home", visitor.post("/match/home", {"affinity": [*TERMS, "martian"]})))
    answers.append(("/match/home", visitor.post("/match/home", {"affinity": TERMS}, htmx=True)))
    answers += [(url, visitor.get(url)) for url in pages]
    answers.append(("/openings", visitor.get("/openings?format=individual", htmx=True, headers=here)))
    answers.append(("/matches", visitor.get("/matches?page=2", htmx=True, headers={"HX-Target": "p#more"})))
    return answers


def told(answer) -> str:
    """All that others may come to read of an answer: its headers but for her own cookie, addresses, title."""
    headers = [f"{name}: {value}" for name, value in answer.headers if name != "Set-Cookie"]
    titles = re.findall(r"<title>.*?</title>|<script.*?</script>", answer.text, re.DOTALL)
    addresses = [address for address in ADDRESSES.findall(answer.text) if not address.startswith("#")]
    return unquote("\n".join([*headers, *addresses, *titles]))


@pytest.mark.parametrize("who", ["guest", "ana"])
def test_no_way_through_the_site_tells_what_is_private(client, visit: Callable, ana, openings, outbox, who: str):
    visitor = client if who == "guest" else visit(ana)
    with capture_logs() as lines:
        answers = walk(visitor, openings)
    assert "Veteran" in visitor.get("/matches").text  # it is known, and on her own page
    assert {answer.status_code for _, answer in answers} == {200, 303, 404, 422}
    for url, answer in answers:
        assert not TELLING.search(told(answer)), url
    assert not TELLING.search(str(lines))
    assert not outbox()


def test_what_makes_her_search_is_nothing_private():
    wishes = Wishes(state="TX", discipline="counseling", affinity=tuple(TERMS), musts=frozenset({"affinity"}))
    assert not {name for name, _ in matches.criteria(wishes).pairs()} & set(PRIVATE)


def test_openings_side_by_side_say_nothing_of_what_she_wishes_for_herself(client, openings):
    client.post("/match/home", {"affinity": TERMS})
    assert not TELLING.search(client.get(f"/compare?id={openings[0]}&id={openings[1]}").text)


def test_no_browser_keeps_a_page_that_knows_what_is_private(client, openings):
    def kept(url: str) -> str:
        return client.get(url).headers["Cache-Control"]

    assert kept("/match/home") == "no-store"
    assert kept("/match/fee") == kept("/openings") == "private, no-cache"
    client.post("/match/home", {"affinity": TERMS})
    assert {kept(url) for url in ("/match", "/match/fee", "/matches", "/openings")} == {"no-store"}
