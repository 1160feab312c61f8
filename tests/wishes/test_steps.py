"""The questionnaire: each step kept by itself, skipped, changed, refused beside the field, private where it says so."""

import re
from urllib.parse import unquote

import pytest
from structlog.testing import capture_logs

from app.places.models import Place
from app.taxonomies import vocabularies
from app.wishes import keeping, packing, session, steps
from app.wishes.wishes import EMPTY, MOST_TERMS, Wishes

EVERY = list(steps.STEPS)


@pytest.fixture
def austin(db):
    place = {"city": "Austin", "state": "TX", "latitude": 30.27, "longitude": -97.74, "zone": "America/Chicago"}
    db.session.merge(Place(zip="78701", **place))


def said(visitor) -> Wishes:
    """What a guest's cookie holds."""
    with visitor.session_transaction() as cookie:
        return packing.read(cookie.get(session.KEY))


def post(visitor, step: str, **typed: object):
    return visitor.post(f"/match/{step}", typed)


def as_shown(page: str) -> dict[str, object]:
    """What the second step would send as it stands."""
    rows = sorted(set(re.findall(r'name="(hours-[0-9]+)-start"', page)))
    days = {f"{row}-days": re.findall(rf'name="{row}-days" value="([0-6])" checked', page) for row in rows}
    ends = {f"{row}-{end}": re.search(rf'name="{row}-{end}"[^>]*value="([^"]*)"', page)[1]
            for row in rows for end in ("start", "end")}  # fmt: skip
    parts = re.findall(r'name="parts" value="([^"]+)" checked', page)
    return {"parts": parts, "zone": re.search(r'<option value="([^"]+)" selected', page)[1], **days, **ends}


def hours(day: str, start: str, end: str) -> dict[str, str]:
    """The first row of hours, filled in."""
    return {"hours-0-days": day, "hours-0-start": start, "hours-0-end": end}


def test_it_begins_with_the_first_step(client):
    assert client.get("/match").location == "/match/goal"


@pytest.mark.parametrize("step", EVERY)
def test_every_step_is_a_page_of_its_own_and_may_be_skipped(client, step):
    page = client.get(f"/match/{step}").text
    assert steps.STEPS[step].question in page
    following = f"/match/{steps.after(step)}" if steps.after(step) else "/matches"
    assert f'href="{following}' in page
    assert said(client) == EMPTY


@pytest.mark.parametrize("step", EVERY)
def test_a_step_left_as_it_is_says_nothing_and_leads_on(client, step):
    answer = post(client, step)
    assert answer.status_code == 303
    assert answer.location == (f"/match/{steps.after(step)}" if steps.after(step) else "/matches")
    assert said(client) == EMPTY


def test_there_is_no_seventh_step(client):
    assert client.get("/match/nowhere").status_code == client.post("/match/nowhere").status_code == 404


def test_a_board_and_a_license_are_the_track_of_every_page(client):
    post(client, "goal", state="TX", discipline="counseling", must_verdict="must")
    assert said(client) == Wishes(state="TX", discipline="counseling", musts=frozenset({"verdict"}))
    assert "Verdicts for <b>Texas LPC</b>" in client.get("/about").text


def test_a_track_chosen_elsewhere_stands_there_already(client):
    client.get("/openings?state=AZ&discipline=social_work")
    page = client.get("/match/goal").text
    assert '<option value="AZ" selected>' in page
    assert re.search(r'value="social_work" checked', page)


def test_that_of_an_account_follows(visit, zoe):
    post(visit(zoe), "goal", state="AZ", discipline="social_work")
    assert (zoe.state, zoe.discipline, zoe.goal) == ("AZ", "social_work", "licensure")


def test_consultation_needs_no_board(visit, zoe):
    visitor = visit(zoe)
    assert post(visitor, "goal", state="AZ", discipline="consultation", must_verdict="must").status_code == 303
    assert keeping.of(zoe.id) == Wishes(discipline="consultation")
    assert zoe.goal == "consultation"
    assert "consultation" in visitor.get("/match").text


def test_format_place_and_times_are_kept(client):
    typed = {"format": ["group"], "delivery": "in_person", "within": "40", "must_times": "must"}
    times = {"parts": ["1-evening", "3-evening"], "zone": "America/Chicago", **hours("4", "5:30pm", "7 pm")}
    post(client, "meeting", **typed, **times)
    kept = said(client)
    assert (kept.format, kept.delivery, kept.within) == (("group",), "in_person", 25)  # miles from nowhere are none
    assert kept.free == ((2460, 2640), (5340, 5520), (4 * 1440 + 1050, 4 * 1440 + 1140))
    assert (kept.zone, kept.musts) == ("America/Chicago", {"times"})


@pytest.mark.usefixtures("austin")
def test_a_zip_code_is_kept_with_its_miles(client):
    post(client, "meeting", zip=" 78701 ", within="40")
    assert (said(client).zip, said(client).within) == ("78701", 40)


def test_what_was_ticked_is_ticked_when_she_comes_back(client):
    post(client, "meeting", parts=["1-evening"], zone="America/Denver", **hours("2", "7 am", "8 am"))
    page = client.get("/match/meeting").text
    assert re.findall(r'name="parts" value="([^"]+)" checked', page) == ["1-evening"]
    assert '<option value="America/Denver" selected>' in page
    assert re.search(r'name="hours-0-start"[^>]*value="7:00 am"', page)
    assert 'name="hours-1-start"' in page  # and an empty row


def test_another_row_of_hours_comes_by_a_button_and_keeps_what_was_typed(client):
    page = post(client, "meeting", then="add", zone="UTC", **hours("2", "7 am", ""))
    assert page.status_code == 200
    assert 'value="7 am"' in page.text
    assert 'name="hours-1-start"' in page.text
    assert said(client) == EMPTY


def test_what_was_only_asked_for_more_room_is_not_said_to_be_kept(client):
    assert "Kept." not in post(client, "meeting", then="add", zone="UTC", **hours("2", "7 am", "")).text
    assert "Kept." in client.post("/match/meeting", {"zone": "UTC", **hours("2", "7 am", "8 am")}, htmx=True).text


def test_different_hours_on_each_day_come_back_though_parts_of_the_day_cut_each_in_two(client):
    begun = {f"hours-{day}-start": f"8:{day}5 am" for day in range(6)} | {"hours-6-start": "7:30 am"}
    ended = {f"hours-{day}-end": f"12:{day}5 pm" for day in range(6)} | {"hours-6-end": "3 pm"}
    typed = {f"hours-{day}-days": str(day) for day in range(7)} | begun | ended
    typed |= {"hours-7-days": "0", "hours-7-start": "4:30 pm", "hours-7-end": "9 pm"}
    assert post(client, "meeting", zone="UTC", **typed).status_code == 303
    kept = said(client)
    assert len(kept.free) == 8
    post(client, "meeting", **as_shown(client.get("/match/meeting").text))
    assert said(client) == kept


def test_more_different_hours_than_can_be_shown_again_are_refused(client):
    rows = [(day, first, last) for day in range(7) for first, last in ((5, 9), (11, 14), (16, 20))]
    typed: dict[str, str] = {"zone": "UTC"}
    for row, (day, first, last) in enumerate(rows):
        start, end = f"{first}:{day}0" if day < 6 else f"{first}:55", f"{last}:{5 * day + 5:02d}"
        typed |= {f"hours-{row}-days": str(day), f"hours-{row}-start": start, f"hours-{row}-end": end}
    answer = post(client, "meeting", **typed)
    assert answer.status_code == 422
    assert "more different hours than we can keep" in answer.text
    assert said(client) == EMPTY


@pytest.mark.usefixtures("austin")
def test_a_zip_code_may_have_its_four_more_digits(client):
    post(client, "meeting", zip="78701-1234")
    assert said(client).zip == "78701"


@pytest.mark.parametrize("typed", ["70", "$70", "$ 70", " 70.00 ", "$70.0"])
def test_a_fee_is_understood_as_people_write_it(client, typed):
    assert post(client, "fee", max_fee=typed).status_code == 303
    assert said(client).max_fee == 70


def test_changing_one_step_leaves_the_others(client):
    post(client, "fee", max_fee="$90", must_fee="must")
    post(client, "work", specialty=["trauma"], population=["children", "teens"], must_population="must")
    post(client, "fee", max_fee="75", must_fee="like")
    kept = said(client)
    assert (kept.max_fee, kept.specialty, kept.population) == (75, ("trauma",), ("children", "teens"))
    assert kept.musts == {"population"}


def test_an_answered_step_leads_back_to_all_answers(client):
    post(client, "fee", max_fee="90")
    assert 'name="then" value="answers"' in client.get("/match/fee").text
    assert post(client, "fee", max_fee="75", then="answers").location == "/match"
    assert said(client).max_fee == 75


REFUSED = [
    ("goal", {"state": "XX", "discipline": "counseling"}, "state", "We do not know this state"),
    ("goal", {"discipline": "counseling"}, "state", "whose board you answer to"),
    ("goal", {"state": "TX", "discipline": "astrology"}, "discipline", "Please choose one of these"),
    ("goal", {"must_verdict": "perhaps"}, "must_verdict", "Please choose one of these"),
    ("meeting", {"format": ["choir"]}, "format", "not on our list"),
    ("meeting", {"delivery": "by_mail"}, "delivery", "Please choose one of these"),
    ("meeting", {"zip": "7870"}, "zip", "five digits"),
    ("meeting", {"zip": "00000"}, "zip", "We do not know this ZIP code"),
    ("meeting", {"within": "far"}, "within", "from 1 to 500"),
    ("meeting", {"parts": ["1-evening", "9-brunch"]}, "parts", "not on our list"),
    ("meeting", {"zone": "Mars/Olympus"}, "zone", "Please choose one of these"),
    ("meeting", {"hours-0-days": "1"}, "hours-0-start", "From when?"),
    ("meeting", {"hours-0-days": "1", "hours-0-start": "5 pm"}, "hours-0-end", "Until when?"),
    ("meeting", {"hours-0-start": "5 pm", "hours-0-end": "6 pm"}, "hours-0-days", "On which days?"),
    ("meeting", hours("1", "soon", "6 pm"), "hours-0-start", "9:00 am"),
    ("meeting", hours("1", "6 pm", "5 pm"), "hours-0-end", "ends before"),
    ("meeting", hours("8", "5 pm", "6 pm"), "hours-0-days", "not on our list"),
    ("fee", {"max_fee": "ninety"}, "max_fee", "from 0 to 9999"),
    ("fee", {"max_fee": "-1"}, "max_fee", "from 0 to 9999"),
    ("fee", {"max_fee": "70.50"}, "max_fee", "from 0 to 9999"),
    ("fee", {"max_fee": "9" * 400}, "max_fee", "from 0 to 9999"),
    ("fee", {"max_fee": "99999"}, "max_fee", "from 0 to 9999"),
    ("work", {"specialty": ["trauma", "gone"]}, "specialty", "not on our list"),
    ("style", {"language": ["tlh"]}, "language", "not on our list"),
    ("home", {"affinity": ["martian"]}, "affinity", "not on our list"),
]


@pytest.mark.parametrize(("step", "typed", "field", "words"), REFUSED)
def test_what_cannot_be_is_refused_beside_its_field(client, step, typed, field, words):
    post(client, "fee", max_fee="80")
    answer = post(client, step, **typed)
    beside = re.search(rf'id="{field}-error">(.*?)</p>', answer.text, re.S)
    assert answer.status_code == 422
    assert beside
    assert words in beside[1]
    assert f"{field}-error" in re.search(rf'aria-describedby="([^"]*{field}-error[^"]*)"', answer.text)[1]
    assert said(client) == Wishes(max_fee=80)


def test_what_was_typed_stays_when_it_is_refused(client):
    typed = {"zip": "7870", "within": "40", "parts": ["5-noon"], "format": ["group"]}
    page = post(client, "meeting", zone="America/Denver", **typed).text
    assert re.search(r'id="zip"[^>]*value="7870"', page)
    assert re.search(r'id="within"[^>]*value="40"', page)
    assert re.search(r'value="5-noon" checked', page)
    assert re.search(r'value="group" checked', page)
    assert '<option value="America/Denver" selected>' in page


def test_of_a_list_so_many_and_no_more(client):
    terms = list(vocabularies.vocabulary("specialty").terms)
    assert post(client, "work", specialty=terms[:MOST_TERMS]).status_code == 303
    answer = post(client, "work", specialty=terms[: MOST_TERMS + 1])
    assert answer.status_code == 422
    assert f"at most {MOST_TERMS}" in answer.text


def test_a_step_keeps_itself_while_she_writes(client):
    part = client.post("/match/fee", {"max_fee": "90"}, htmx=True)
    assert "Kept." in part.text
    assert "at most $90" in part.text
    assert "<html" not in part.text
    assert said(client).max_fee == 90


def test_what_cannot_be_kept_yet_says_so(client):
    part = client.post("/match/meeting", {"zip": "78"}, htmx=True)
    assert part.status_code == 200
    assert "Not kept yet" in part.text
    assert "five digits" in part.text


def test_the_overview_tells_all_and_leads_to_each(client):
    post(client, "fee", max_fee="90", must_fee="must")
    page = client.get("/match").text
    assert "at most $90" in page
    assert "(a must)" in page
    assert page.count("Not said") == 5
    assert all(f'href="/match/{step}"' in page for step in EVERY)


def test_the_last_step_leads_to_what_fits(client):
    assert post(client, "home", affinity=["parent"]).location == "/matches"
    assert said(client).affinity == ("parent",)


def test_what_is_private_is_in_no_address_and_no_log(client, visit, ana):
    with capture_logs() as lines:
        answers = [post(one, "home", affinity=["in-recovery"], must_affinity="must") for one in (client, visit(ana))]
    told = "".join(unquote(str(answer.headers)) for answer in answers if answer.headers.pop("Set-Cookie", ""))
    assert keeping.of(ana.id).affinity == ("in-recovery",)
    assert "recovery" not in told
    assert "recovery" not in str(lines)


def test_a_double_press_is_one_answer_and_keeps_it(client):
    typed = {"max_fee": "90", "idempotency_key": "k" * 22}
    assert client.post("/match/fee", typed).location == client.post("/match/fee", typed).location == "/match/work"
    assert said(client).max_fee == 90
