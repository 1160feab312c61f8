"""Supervisors from a file."""

from sqlalchemy import func, select

from app import clock
from app.audit import Deed
from app.db import db
from app.introcalls import windows
from app.introcalls.models import CallSettings, CallWindow
from app.supervisors.models import Supervisor
from tests import people
from tests.steward.sheets import Importer


def only() -> Supervisor:
    return db.session.scalars(select(Supervisor)).one()


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Supervisor)) or 0


def test_a_new_supervisor_gets_a_person_an_address_and_a_place(take: Importer) -> None:
    assert take("supervisors").exit_code == 0
    maren = only()
    assert (maren.slug, maren.city, maren.zone) == ("maren-obrien-lukasz", "Austin", "America/Chicago")
    assert maren.person.is_supervisor
    assert maren.person.verified_at is not None
    assert maren.person.password_hash is None
    assert maren.terms_of("specialty") == ["trauma", "anxiety"]
    assert maren.published_at is not None


def test_her_intro_calls_are_set_up(take: Importer) -> None:
    take("supervisors", {"call_minutes": "15", "call_notice_hours": "48", "calls_per_week": "3"})
    settings = db.session.get(CallSettings, only().id)
    assert settings is not None
    assert (settings.minutes, settings.notice_minutes, settings.max_per_week) == (15, 48 * 60, 3)
    weekly = db.session.scalars(select(CallWindow).order_by(CallWindow.weekday)).all()
    assert [(w.weekday, w.start_minute, w.end_minute) for w in weekly] == [(0, 720, 780), (1, 1020, 1110)]


def test_she_takes_calls_at_no_more_hours_than_her_editor_has_rows_for(take: Importer) -> None:
    hours = [f"mon {hour}:00-{hour}:30; tue {hour}:00-{hour}:30" for hour in range(6, 6 + windows.MOST_HOURS + 1)]
    assert take("supervisors", {"call_windows": "; ".join(hours[1:])}).exit_code == 0
    ((line, column, words),) = take.errors("supervisors", {"call_windows": "; ".join(hours)})
    assert (line, column) == (2, "call_windows")
    assert "at most 14" in words


def test_the_same_key_is_the_same_supervisor(take: Importer) -> None:
    take("supervisors")
    result = take("supervisors", {"headline": "Grief work", "specialties": "grief; trauma", "call_windows": ""})
    assert "1 supervisors imported: 0 new, 1 known before." in result.output
    assert only().headline == "Grief work"
    assert only().terms_of("specialty") == ["grief", "trauma"]
    assert db.session.scalar(select(func.count()).select_from(CallWindow)) == 0


def test_a_column_that_is_left_out_leaves_what_is_there(take: Importer) -> None:
    take("supervisors", {"about": "Two lines\nof her own.", "supervisees": "3"})
    take.raw("supervisors", b"key,email,name,state\nM-1,maren@example.org,Maren Hale,TX\n")
    assert (only().about, only().supervisees, only().zip) == ("Two lines\nof her own.", 3, "78702")


def test_a_new_name_keeps_the_address(take: Importer) -> None:
    take("supervisors")
    take("supervisors", {"name": "Maren Hale"})
    assert (only().name, only().slug, only().person.name) == ("Maren Hale", "maren-obrien-lukasz", "Maren Hale")


def test_namesakes_get_addresses_of_their_own(take: Importer) -> None:
    take("supervisors", {}, {"key": "M-2", "email": "other@example.org"})
    assert set(db.session.scalars(select(Supervisor.slug))) == {"maren-obrien-lukasz", "maren-obrien-lukasz-2"}


def test_a_zip_in_another_zone_moves_her_there(take: Importer) -> None:
    take("supervisors")
    take("supervisors", {"zip": "79901"})
    assert (only().city, only().zone) == ("El Paso", "America/Denver")
    take("supervisors", {"zip": "", "state": "CO"})
    assert (only().city, only().zip, only().latitude, only().zone) == ("", "", None, "America/Denver")


def test_an_account_that_is_there_already_becomes_a_supervisors(take: Importer) -> None:
    ana = people.ana()
    ana.password_hash = "kept"
    db.session.commit()
    assert take("supervisors", {"email": ana.email}).exit_code == 0
    assert only().person.id == ana.id
    assert (ana.password_hash, ana.is_supervisor) == ("kept", True)


def test_whoever_never_proved_the_address_does_not_get_in_by_it(take: Importer) -> None:
    squatter = people.make_person("Sly", email="maren@example.org", is_verified=False, password="sly as a fox")
    db.session.commit()
    take("supervisors")
    assert only().person.id == squatter.id
    assert squatter.password_hash is None


def test_addresses_of_others_are_refused(take: Importer) -> None:
    people.make_supervisor("Pat Lindqvist")
    people.make_person("Gone", email="gone@example.org", closed_at=clock.now())
    db.session.commit()
    changes = ({"email": "pat.lindqvist@example.org"}, {"key": "M-2", "email": "gone@example.org"})
    assert [(line, column) for line, column, _ in take.errors("supervisors", *changes)] == [(2, "email"), (3, "email")]


def test_whoever_signs_in_changes_her_address_herself(take: Importer) -> None:
    take("supervisors")
    assert take("supervisors", {"email": "new@example.org"}).exit_code == 0
    only().person.password_hash = "her own"
    db.session.commit()
    assert take.errors("supervisors") == [(2, "email", "she signs in with another address, which only she can change.")]


def test_each_import_is_a_deed_without_names(take: Importer) -> None:
    take("supervisors")
    deed = db.session.scalars(select(Deed)).one()
    assert (deed.deed, deed.subject, deed.facts["new"]) == ("import.taken", "supervisors", 1)
    assert "Maren" not in str(deed.facts)


def test_a_formula_is_text(take: Importer) -> None:
    take("supervisors", {"headline": '=HYPERLINK("https://evil.example")', "about": "@SUM(1+1)"})
    assert (only().headline, only().about) == ('=HYPERLINK("https://evil.example")', "@SUM(1+1)")


def test_what_the_cells_say_is_checked(take: Importer) -> None:
    slips = {
        "key": "M 1", "email": "maren", "name": "", "pronouns": "x" * 41, "headline": "two\nlines", "state": "TZ",
        "zip": "0213", "zone": "Texas", "specialties": "truama", "supervisees": "-1", "supervising_since": "last year",
        "call_minutes": "30", "call_windows": "mon 13:00-12:00", "call_buffer": "7", "call_notice_hours": "0",
        "calls_per_week": "many", "join_link": "javascript:alert(1)", "phone": "555", "figure": "z",
    }  # fmt: skip
    errors = take.errors("supervisors", slips)
    assert {(line, column) for line, column, _ in errors} == {(2, column) for column in slips}
    assert "did you mean trauma?" in {column: words for _, column, words in errors}["specialties"]
    assert count() == 0


def test_what_the_cells_say_together_is_checked(take: Importer) -> None:
    changes = [
        {"zip": "80202"},
        {"key": "M-2", "email": "b@example.org", "zip": "99999"},
        {"key": "M-3", "email": "c@example.org", "join_link": ""},
        {"key": "M-4", "email": "d@example.org", "call_windows": "mon 12:00-12:15"},
        {"key": "M-5", "email": "e@example.org", "supervising_since": "2030"},
        {"key": "M-5", "email": "f@example.org"},
        {"key": "M-6", "email": "F@example.org"},
    ]
    assert take.errors("supervisors", *changes) == [
        (2, "zip", "80202 is Denver, CO, not in Texas."),
        (3, "zip", "there is no ZIP code 99999."),
        (4, "join_link", "intro calls need a join_link or a phone."),
        (5, "call_windows", "a stretch is shorter than a call of 20 minutes."),
        (6, "supervising_since", "lies in the future."),
        (7, "key", "stands in line 6 already."),
        (8, "email", "stands in line 7 already."),
    ]
