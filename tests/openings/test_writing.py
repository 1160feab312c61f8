"""Her own openings: the list, the editor, what may be saved and shown, and who hears of it."""

import re

import pytest
from sqlalchemy import select

from app.audit import Deed
from app.openings import publishing, seating, verdicts, writing
from app.openings.models import Opening, OpeningChange, OpeningVerdict, Placement
from app.places.models import Place
from app.refusals import Refused
from tests.pages import forms
from tests.people import make_opening, make_supervisor
from tests.test_bad_input import NASTY as BAD
from tests.test_bad_input import acting_forms, spoil

TUE = 1


@pytest.fixture
def farida(db):
    austin = {"city": "Austin", "state": "TX", "latitude": 30.27, "longitude": -97.74, "zone": "America/Chicago"}
    db.session.merge(Place(zip="78701", **austin))
    hers = {"zone": "America/Chicago", "city": "Austin", "zip": "78701"}
    return make_supervisor("Farida Nightingale", code="LPC-S", state="TX", **hers)


@pytest.fixture
def her(visit, farida):
    return visit(farida)


def editor(visitor, opening) -> dict[str, str]:
    """What the editor of the opening would send untouched, its chosen options as they are stored."""
    page = visitor.get(f"/my/openings/{opening.id}").text
    form = next(form for form in forms(page) if "version" in form.values)
    inside = page.split('id="editor"')[1].split("</form>")[0]
    for name, value in re.findall(r'type="radio"[^>]* name="([^"]+)" value="([^"]*)" checked', inside):
        form.values[name] = value
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', inside, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        form.values[name] = chosen[1] if chosen else ""
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', inside, re.S):
        form.values[name] = text
    return {name: value for name, value in form.values.items() if name != "then"}


def save(visitor, opening, then="save", **typed):
    return visitor.post(f"/my/openings/{opening.id}", {**editor(visitor, opening), "then": then, **typed}, bare=True)


def seat(db, opening, person):
    opening.seat_rows[0].placements.append(Placement(person=person, started_at=opening.created_at))
    db.session.flush()


def begun(visitor, db, kind="group") -> Opening:
    answer = visitor.post("/my/openings/new", {"format": kind})
    return db.session.get(Opening, int(answer.location.rsplit("/", 1)[1]))


GROUP = {
    "title": "Friday case group", "line": "For associates who see teens.", "times-0-weekday": "4",
    "times-0-start": "8:00 am", "seats": "6", "fee": "45", "delivery": "both", "minutes": "90", "often": "fortnightly",
}  # fmt: skip


def test_a_draft_is_begun_and_published_when_nothing_is_missing(her, client, db):
    opening = begun(her, db)
    assert opening.status == "draft"
    assert client.get(f"/openings/{opening.id}").status_code == 404
    assert save(her, opening, "publish", **GROUP).status_code == 303
    page = client.get(f"/openings/{opening.id}?tz=America/New_York").text
    rhythm = "Every other Friday 8:00–9:30 am, Central time"
    for words in ("Friday case group", rhythm, "ZIP area 787", "$45 a meeting"):
        assert words in page
    assert "78701" not in page


def test_publishing_is_refused_with_words_beside_what_is_missing(her, db):
    opening = begun(her, db)
    page = save(her, opening, "publish", zip="", delivery="in_person", fee="", fee_month="")
    assert page.status_code == 422
    for field in ("title", "line", "times-0-weekday", "zip", "fee"):
        assert f'id="{field}-error"' in page.text
    assert opening.status == "draft"


def test_what_was_typed_stays_when_it_is_refused(her, farida):
    opening = make_opening(farida, line="One recording a week.")
    page = save(her, opening, title="Another name", fee="forty", **{"times-0-start": "half past"})
    assert page.status_code == 422
    for typed in ("Another name", "forty", "half past"):
        assert f'value="{typed}"' in page.text
    assert opening.title == "Individual supervision"


def test_the_fee_of_a_month_gives_that_of_a_session(her, farida, db):
    opening = make_opening(farida, fee=100, line="One recording a week.")
    save(her, opening, fee_month="195")
    assert opening.fee_cents == 4500
    save(her, opening, fee="50")
    assert opening.fee_cents == 5000
    assert 'name="fee_month" value="217"' in her.get(f"/my/openings/{opening.id}").text


def test_several_times_are_kept_and_one_can_be_taken_out(her, farida):
    opening = make_opening(farida, line="x")
    save(her, opening, **{"times-1-weekday": "3", "times-1-start": "17:30"})
    assert [(one.weekday, one.start_minute) for one in opening.times] == [(TUE, 1050), (3, 1050)]
    save(her, opening, **{"times-0-weekday": "", "times-0-start": ""})
    assert [(one.weekday, one.start_minute) for one in opening.times] == [(3, 1050)]


def test_once_a_month_says_in_which_week(her, farida):
    opening = make_opening(farida, line="x")
    save(her, opening, often="monthly-5")
    assert (opening.rhythm, opening.nth) == ("monthly", 5)
    save(her, opening, often="weekly")
    assert (opening.rhythm, opening.nth) == ("weekly", None)


def test_seats_taken_elsewhere_are_placements_of_nobody(her, farida):
    opening = make_opening(farida, format="group", seats=6, line="x")
    save(her, opening, elsewhere="4")
    assert (seating.elsewhere(opening), opening.open_seats) == (4, 2)
    save(her, opening, elsewhere="1", seats="3")
    assert (opening.open_seats, len(opening.seat_rows)) == (2, 3)


def test_seats_cannot_drop_below_placements(her, farida, ana, db):
    opening = make_opening(farida, format="group", seats=6, taken=3, line="x")
    opening.seat_rows[0].placements[0].person = ana
    page = save(her, opening, seats="2")
    assert page.status_code == 422
    assert "3 seats are taken (1 through this site); 2 are not enough." in page.text
    assert (opening.seats, len(opening.seat_rows)) == (6, 6)
    with pytest.raises(Refused):
        writing.save(opening, {"seats": 2}, version=opening.version, by=farida.person, now=opening.created_at)


def test_placed_people_hear_of_what_they_depend_on_and_of_nothing_else(her, farida, ana, db, outbox):
    opening = make_opening(farida, format="group", seats=6, fee=45, title="Friday group", line="x")
    seat(db, opening, ana)
    save(her, opening, line="Other words", about="More of them")
    assert outbox("openings/changed") == []
    save(her, opening, fee="50", **{"times-0-start": "6:00 pm"})
    (letter,) = outbox("openings/changed")
    assert letter.to_email == ana.email
    assert letter.facts["changes"] == [
        ["Times", "Tuesday 5:30 pm, Central time", "Tuesday 6:00 pm, Central time"], ["Fee", "$45", "$50"],
    ]  # fmt: skip


def test_the_history_says_before_and_after(her, farida):
    opening = make_opening(farida, format="group", seats=8, line="x", fee=45)
    save(her, opening, seats="6", fee="50", delivery="both")
    page = her.get(f"/my/openings/{opening.id}/history").text
    for label, before, after in (("Seats", 8, 6), ("Fee", "$45", "$50"), ("In person", "no", "yes")):
        assert f'{label}</th><td data-label="Before">{before}</td><td data-label="After">{after}</td>' in page
    assert "Nov 24" in page


def test_the_later_tab_is_told_sees_both_and_chooses(her, farida):
    opening = make_opening(farida, line="As it was")
    late = {**editor(her, opening), "line": "From the second tab", "then": "save"}
    save(her, opening, line="From the first tab")
    answer = her.post(f"/my/openings/{opening.id}", late, bare=True)
    assert answer.status_code == 409
    for words in ("saved in another tab", "From the first tab", "From the second tab"):
        assert words in answer.text
    assert opening.line == "From the first tab"
    version = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    key = re.search(r'name="idempotency_key" value="([^"]+)"', answer.text.split('id="editor"')[1])[1]
    her.post(f"/my/openings/{opening.id}", {**late, "version": version, "idempotency_key": key}, bare=True)
    assert opening.line == "From the second tab"


def test_a_late_tab_that_says_the_same_is_not_troubled(her, farida):
    opening = make_opening(farida, line="As it was")
    late = {**editor(her, opening), "line": "The same words", "then": "save"}
    save(her, opening, line="The same words")
    assert her.post(f"/my/openings/{opening.id}", late, bare=True).status_code == 303


def test_a_draft_is_kept_as_she_types_as_far_as_it_is_sound(her, db):
    opening = begun(her, db)
    typed = {**editor(her, opening), **GROUP, "fee": "4x", "then": "keep", "idempotency_key": ""}
    part = her.post(f"/my/openings/{opening.id}", typed, bare=True, htmx=True)
    assert part.status_code == 200
    assert "Kept, but for what does not fit yet" in part.text
    assert '<a href="#fee">' in part.text
    assert (opening.title, opening.status, opening.fee_cents) == ("Friday case group", "draft", 0)
    version = re.search(r'name="version" value="(\d+)"', part.text)[1]
    again = her.post(f"/my/openings/{opening.id}", {**typed, "version": version, "fee": "45"}, bare=True, htmx=True)
    assert "Kept as a draft, 9:00 am CST." in again.text
    assert opening.fee_cents == 4500


def test_keeping_leaves_no_line_in_the_history_and_never_touches_what_is_published(her, farida, db):
    draft, shown = begun(her, db), make_opening(farida, line="As it was")
    lines = select(OpeningChange.deed).where(OpeningChange.opening_id == draft.id)
    her.post(f"/my/openings/{draft.id}", {**editor(her, draft), "line": "x"}, bare=True, htmx=True)
    assert db.session.scalars(lines).all() == ["begun"]
    part = her.post(f"/my/openings/{shown.id}", {**editor(her, shown), "line": "x"}, bare=True, htmx=True)
    assert part.status_code == 409
    assert shown.line == "As it was"


def test_a_stale_draft_is_not_kept_over_the_other_tabs_words(her, db):
    opening = begun(her, db)
    late = {**editor(her, opening), "line": "From the second tab"}
    save(her, opening, line="From the first tab")
    part = her.post(f"/my/openings/{opening.id}", {**late, "idempotency_key": ""}, bare=True, htmx=True)
    assert part.status_code == 409
    assert "Compare the two" in part.text
    assert opening.line == "From the first tab"


def test_saving_judges_anew_and_is_a_confirmation(her, farida, db, clock):
    opening = make_opening(farida, format="group", seats=8, line="x", online=False, in_person=True)
    verdicts.refresh([opening.id], verdicts.today(clock.now()))
    stored = select(OpeningVerdict.track, OpeningVerdict.value).where(OpeningVerdict.track == "TX/counseling")
    assert db.session.execute(stored).one().value == "partly"
    clock.forward(days=5)
    save(her, opening, format="individual")
    assert db.session.execute(stored).one().value == "counts"
    assert opening.confirmed_at == clock.now()


def test_a_seat_taken_elsewhere_is_felt_in_all_of_her_openings(db, clock):
    """South Carolina lets a counselor supervise twelve at once."""
    alma = make_supervisor("Alma Hill", code="LPC-S", state="SC", zip="")
    group = make_opening(alma, format="group", seats=20, line="x")
    other = make_opening(alma, online=False, in_person=True)
    verdicts.refresh_of(alma.id, verdicts.today(clock.now()))
    here = OpeningVerdict.opening_id == other.id, OpeningVerdict.track == "SC/counseling"
    assert db.session.scalar(select(OpeningVerdict.value).where(*here)) == "counts"
    writing.save(group, {"elsewhere": 12}, version=1, by=alma.person, now=clock.now())
    assert db.session.scalar(select(OpeningVerdict.value).where(*here)) is None  # the track's default: no


def test_the_panel_counts_seats_that_are_only_typed(visit):
    alma = make_supervisor("Alma Hill", code="LPC-S", state="SC")
    opening = make_opening(alma, format="group", seats=20)
    look = {"format": "group", "seats": 20, "delivery": "both", "elsewhere": 12}
    part = visit(alma).get(f"/my/openings/{opening.id}/outlook", query_string=look, htmx=True).text
    assert 'data-track="SC/counseling" data-verdict="no"' in part


def test_pausing_closing_and_publishing_again(her, farida, client, db):
    opening = make_opening(farida)
    status = f"/my/openings/{opening.id}/status"
    for to, shown in (("paused", 200), ("published", 200), ("closed", 404), ("published", 200)):
        assert her.post(status, {"to": to}).status_code == 303
        assert (opening.status, client.get(f"/openings/{opening.id}").status_code) == (to, shown)
    deeds = set(db.session.scalars(select(Deed.deed).where(Deed.subject == "opening", Deed.subject_id == opening.id)))
    assert deeds == {"opening.paused", "opening.published", "opening.closed"}


def test_a_step_that_cannot_be_is_refused(her, farida, db):
    opening, draft = make_opening(farida, status="closed"), begun(her, db)
    assert her.post(f"/my/openings/{opening.id}/status", {"to": "paused"}).status_code == 409
    assert her.post(f"/my/openings/{draft.id}/status", {"to": "published"}).status_code == 409
    assert her.post(f"/my/openings/{opening.id}/status", {"to": "nowhere"}).status_code == 422


@pytest.mark.parametrize("status", ["published", "paused", "closed"])
def test_what_was_shown_once_stays_whole_for_it_may_be_shown_again(her, farida, status):
    opening = make_opening(farida, status=status, line="An hour a week.")
    answer = save(her, opening, line="")
    assert answer.status_code == 422
    assert 'id="line-error"' in answer.text
    assert opening.line == "An hour a week."


def test_removing_can_be_undone_for_thirty_days(her, visit, farida, client, db, clock):
    opening = make_opening(farida, taken=1)
    answer = her.post(f"/my/openings/{opening.id}/status", {"to": "removed"})
    assert "Bring it back" in her.get(answer.location).text
    assert client.get(f"/openings/{opening.id}").status_code == 404
    assert publishing.purge(clock.forward(days=29)) == 0
    visit(farida).post(f"/my/openings/{opening.id}/status", {"to": "restored"})
    assert (opening.status, opening.removed_at) == ("paused", None)


def test_what_was_removed_is_gone_after_thirty_days_unless_somebody_was_placed(farida, ana, db, clock):
    gone, kept = make_opening(farida, taken=1), make_opening(farida)
    seat(db, kept, ana)
    for opening in (gone, kept):
        publishing.remove(opening, by=farida.person, now=clock.now())
    assert publishing.purge(clock.forward(days=30)) == 1
    db.session.expire_all()
    assert db.session.scalars(select(Opening.id)).all() == [kept.id]


def test_a_copy_is_a_draft_that_says_the_same_with_every_seat_free(her, farida, db):
    opening = make_opening(farida, format="group", seats=6, taken=4, title="Friday group", fee=45)
    answer = her.post(f"/my/openings/{opening.id}/copies")
    twin = db.session.get(Opening, int(answer.location.rsplit("/", 1)[1]))
    assert (twin.status, twin.title, twin.fee_cents, twin.open_seats) == ("draft", "Friday group", 4500, 6)
    assert [one.start_minute for one in twin.times] == [1050]


def test_the_list_shows_each_by_status_and_pages(her, farida, db):
    for n in range(21):
        make_opening(farida, title=f"Group number {n}", format="group")
    make_opening(farida, title="Resting group", format="group", status="paused")
    page = her.get("/my/openings").text
    assert "Page 1 of 2" in page
    assert page.count('<li id="opening-') == 20
    assert "Resting group" in her.get("/my/openings?page=2").text
    assert her.get("/my/openings?status=paused").text.count('<li id="opening-') == 1
    assert her.get("/my/openings?page=nonsense&status=odd").status_code == 200


def test_still_open_is_one_press(visit, farida, clock):
    opening, now = make_opening(farida), clock.forward(days=38)
    her = visit(farida)
    assert "Not confirmed for 38 days; we have asked." in her.get("/my/openings").text
    her.post(f"/my/openings/{opening.id}/confirmation")
    assert opening.confirmed_at == now
    assert "Confirmed on Jan 1, 2027." in her.get("/my/openings").text


def test_whoever_has_a_seat_sees_the_whole_zip_code(visit, farida, ana, zoe, db):
    opening = make_opening(farida, in_person=True, online=False)
    seat(db, opening, ana)
    assert "78701" in visit(ana).get(f"/openings/{opening.id}").text
    assert "78701" not in visit(zoe).get(f"/openings/{opening.id}").text


ACTS = ("", "/status", "/confirmation", "/copies")


@pytest.mark.parametrize("act", ACTS)
def test_anothers_openings_do_not_exist_and_a_guest_signs_in(visit, client, farida, sam, zoe, act):
    url = f"/my/openings/{make_opening(farida).id}{act}"
    assert visit(sam).post(url).status_code == 404
    assert visit(zoe).post(url).status_code == 404
    assert client.post(url).location.startswith("/sign-in")


@pytest.mark.parametrize("look", ["", "/outlook", "/history"])
def test_anothers_editor_is_nobodys_to_look_at(visit, client, farida, sam, look):
    url = f"/my/openings/{make_opening(farida).id}{look}"
    assert visit(sam).get(url).status_code == 404
    assert client.get(url).location.startswith("/sign-in")


def test_the_outlook_stores_nothing_and_works_without_htmx(her, farida):
    opening = make_opening(farida)
    page = her.get(f"/my/openings/{opening.id}/outlook?format=group&seats=8&delivery=online&fee=45").text
    assert "<h1>As written, it counts for</h1>" in page
    assert (opening.seats, opening.format) == (1, "individual")


def test_the_fee_not_typed_is_worked_out_while_she_writes(her, farida):
    opening = make_opening(farida, fee=100)
    typed = {"fee": "45", "fee_month": "433", "fee_shown": "10000", "month_shown": "43300", "often": "weekly"}
    part = her.get(f"/my/openings/{opening.id}/outlook", query_string=typed, htmx=True).text
    assert 'hx-target="#fee_month"' in part
    assert 'name="fee_month" value="195"' in part
    assert 'hx-target="#fee"' not in part


def test_every_form_of_hers_takes_anything(her, farida, db):
    shown, draft = make_opening(farida, line="x"), begun(her, db)
    editors = {f"/my/openings/{one.id}" for one in (shown, draft)}
    met = acting_forms(her, ["/my/openings", "/my/openings/new", *editors])
    assert editors <= {form.action for form in met}
    for form in met:
        spoil(her, form)


@pytest.mark.parametrize("value", BAD)
def test_the_outlook_takes_anything(her, farida, value):
    opening = make_opening(farida, line="x")
    typed = dict.fromkeys(editor(her, opening).keys() - {"csrf_token", "idempotency_key"}, value)
    part = her.get(f"/my/openings/{opening.id}/outlook", query_string=typed, htmx=True)
    assert part.status_code in (200, 400)
    assert "<img src=x" not in part.text
