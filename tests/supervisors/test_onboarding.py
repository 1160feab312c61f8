"""From an account to a page that is shown: the five steps, the editor, the photograph."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.places.models import Place
from app.supervisors.models import Supervisor
from tests.conftest import Visitor
from tests.people import make_call_settings, make_opening, make_person, make_supervisor
from tests.test_bad_input import LIVE, NASTY, acting_forms

ABOUT = "I *listen*.\r\n\r\nThen we look."
WORK = {"specialty": ["trauma", "grief"], "about": ABOUT, "fee_low": "80", "fee_high": "120"}


@pytest.fixture
def mia(app):
    return make_person("Mia Lund", roles=("supervisor",), state="TX", discipline="counseling", zone="America/Chicago")


@pytest.fixture
def desk(visit: Callable, mia) -> Visitor:
    """Mia at the site, with a draft begun."""
    visitor = visit(mia)
    visitor.post("/onboarding")
    return visitor


@pytest.fixture
def draft(desk, db, mia) -> Supervisor:
    return db.session.scalars(select(Supervisor).where(Supervisor.person_id == mia.id)).one()


def picture(size=(800, 600), form="JPEG", color="red") -> tuple[BytesIO, str]:
    out = BytesIO()
    Image.new("RGB", size, color).save(out, form)
    return BytesIO(out.getvalue()), "me.jpg"


def you(draft: Supervisor, **more: object) -> dict[str, object]:
    said = {"version": draft.version, "name": "Mia Lund", "headline": "Slow and exact", "state": "TX", "zip": ""}
    return {**said, **more}


def test_beginning_makes_a_draft_and_leads_to_the_first_step(visit, mia):
    visitor = visit(mia)
    assert "Five short steps" in visitor.get("/onboarding").text
    assert visitor.post("/onboarding").location == "/onboarding/you"
    assert 'value="Mia Lund"' in visitor.get("/onboarding/you").text


@pytest.mark.parametrize("url", ["/profile", "/onboarding/you", "/credentials", "/my/openings", "/availability"])
def test_every_page_of_her_own_leads_to_the_beginning_first(visit, mia, url):
    assert visit(mia).get(url).location == "/onboarding"


def test_leaving_and_coming_back_leads_to_what_is_missing(desk, draft):
    assert desk.get("/onboarding").location == "/onboarding/you"
    assert desk.post("/onboarding/you", you(draft)).location == "/onboarding/credentials"
    assert desk.get("/onboarding").location == "/onboarding/credentials"


@pytest.mark.parametrize("step", ["you", "credentials", "work", "opening", "times"])
def test_each_step_is_a_page_with_what_is_still_to_do(desk, step):
    page = desk.get(f"/onboarding/{step}").text
    assert 'aria-current="step"' in page
    assert "Still to do" in page
    assert "no card says “counts”" in page


def test_a_step_saves_as_it_goes_and_stays_where_it_is(desk, draft):
    kept = desk.post("/onboarding/you", you(draft, headline="Slow"), htmx=True)
    assert kept.status_code == 200
    assert "Saved. Only you see it" in kept.text
    assert '<input type="hidden" name="version" value="2">' in kept.text
    assert draft.headline == "Slow"


def test_words_of_the_third_step_are_kept_with_a_preview(desk, draft):
    kept = desk.post("/onboarding/work", {"version": 1, **WORK}, htmx=True)
    assert "<em>listen</em>" in kept.text
    assert draft.terms_of("specialty") == ["trauma", "grief"]
    assert (draft.fee_low_cents, draft.fee_high_cents) == (8000, 12000)
    assert draft.about == "I *listen*.\n\nThen we look."


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"name": " "}, "name-error"),
        ({"state": "ZZ"}, "state-error"),
        ({"zip": "123"}, "zip-error"),
        ({"zip": "00000"}, "zip-error"),
        ({"headline": "x" * 201}, "headline-error"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field_and_kept(desk, draft, said, error):
    page = desk.post("/onboarding/you", you(draft, headline="Typed") | said)
    assert page.status_code == 422
    assert f'id="{error}"' in page.text
    assert draft.version == 1


def test_while_writing_the_fault_is_said_in_a_line(desk, draft):
    page = desk.post("/onboarding/you", you(draft, zip="12"), htmx=True)
    assert page.status_code == 200
    assert "ZIP code of your office: A ZIP code has five digits." in page.text
    assert "<html" not in page.text


def test_two_windows_see_both_values_and_choose(desk, draft):
    desk.post("/onboarding/you", you(draft, headline="From the first window"), htmx=True)
    old = you(draft, headline="From the second") | {"version": 1}
    for htmx in (True, False):
        page = desk.post("/onboarding/you", old, htmx=htmx)
        assert page.status_code == 409
        assert "Saved there: From the first window" in page.text
        assert "Written here: From the second" in page.text
    assert draft.headline == "From the first window"
    assert desk.post("/onboarding/you", old | {"over": draft.version}).status_code == 303
    assert draft.headline == "From the second"


@pytest.mark.parametrize("url", ["/onboarding/you", "/profile", "/profile/preview"])
def test_guests_sign_in_and_others_find_nothing(client, visit, zoe, url):
    assert client.get(url).location.startswith("/sign-in")
    assert visit(zoe).get(url).status_code == 404


@pytest.mark.parametrize(
    "url",
    ["/onboarding", "/onboarding/you", "/profile", "/profile/address", "/profile/photo", "/profile/photo/remove",
     "/profile/publish", "/profile/withdraw"],
)  # fmt: skip
def test_nobody_acts_on_a_profile_she_has_not(client, visit, zoe, url):
    assert client.post(url).location.startswith("/sign-in")
    assert visit(zoe).post(url).status_code == 404


def test_an_unknown_step_is_not_found_and_a_frame_takes_nothing(desk):
    assert desk.get("/onboarding/elsewhere").status_code == 404
    assert desk.post("/onboarding/elsewhere").status_code == 404
    assert desk.post("/onboarding/credentials").status_code == 405


def test_nothing_is_shown_before_she_publishes_and_then_what_she_previewed(desk, draft, client):
    desk.post("/onboarding/you", you(draft))
    assert "Slow and exact" in desk.get("/profile/preview").text
    assert client.get("/supervisors/mia-lund").status_code == 404
    assert desk.post("/profile/publish").status_code == 303
    assert "Slow and exact" in client.get("/supervisors/mia-lund").text


def test_what_is_needed_first_is_said_when_publishing(desk, draft):
    page = desk.post("/profile/publish")
    assert page.status_code == 422
    assert "Write a headline." in page.text


def test_a_profile_can_be_hidden_again(visit, sam, client):
    visit(sam).post("/profile/withdraw")
    assert client.get(f"/supervisors/{sam.slug}").status_code == 404


def everything(supervisor: Supervisor, **more: object) -> dict[str, object]:
    said = you(supervisor, name=supervisor.name, state=supervisor.state, zone=supervisor.zone)
    return {**said, "specialty": supervisor.terms_of("specialty"), **more}


@pytest.mark.parametrize("field", ["headline", "state"])
def test_a_shown_profile_keeps_what_was_needed_to_show_it(visit, sam, field):
    before = getattr(sam, field)
    answer = visit(sam).post("/profile", everything(sam, **{"headline": sam.headline, field: ""}))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert getattr(sam, field) == before != ""


def test_of_a_shown_profile_nothing_half_written_is_seen(visit, sam, client):
    kept = visit(sam).post("/profile", everything(sam, headline="Half a sen"), htmx=True)
    assert "seen when you press the button" in kept.text
    assert sam.headline == "Trauma-informed supervision for associates"
    assert visit(sam).post("/profile", everything(sam, headline="A whole sentence.")).status_code == 303
    assert "A whole sentence." in client.get(f"/supervisors/{sam.slug}").text


def test_links_are_web_addresses(visit, sam):
    data = everything(sam, **{"links-0-label": "My practice", "links-0-url": "http://example.org"})
    page = visit(sam).post("/profile", data)
    assert page.status_code == 422
    assert 'id="links-0-url-error"' in page.text
    visit(sam).post("/profile", data | {"links-0-url": "https://example.org/me", "links-1-url": "https://example.com"})
    labels = [(link["label"], link["url"]) for link in sam.links]
    assert labels == [("My practice", "https://example.org/me"), ("example.com", "https://example.com")]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"fee_low": "80", "fee_high": "120", "reduced_places": "2"},
         "$80 to $120 a session, 2 places at a reduced fee"),
        ({"fee_low": "$80"}, "from $80 a session"),
        ({"fee_low": "80.00", "fee_high": "80"}, "$80 a session"),
        ({"fee_high": "1,000"}, "up to $1,000 a session"),
        ({"reduced_places": "1"}, "1 place at a reduced fee"),
    ],
)  # fmt: skip
def test_fees_are_told_as_a_range(visit, sam, client, said, words):
    visit(sam).post("/profile", everything(sam, **said))
    assert f"<dd>{words}</dd>" in client.get(f"/supervisors/{sam.slug}").text


def test_an_old_address_leads_to_the_new_one(visit, sam, client):
    assert visit(sam).post("/profile/address", {"slug": "Dr-Okafor"}).status_code == 303
    moved = client.get("/supervisors/sam-okafor")
    assert (moved.status_code, moved.location) == (301, "/supervisors/dr-okafor")
    taken = visit(make_supervisor("Other Person")).post("/profile/address", {"slug": "sam-okafor"})
    assert taken.status_code == 422
    assert "Someone else has this address" in taken.text


def test_a_photograph_is_shown_on_page_and_card_and_kept_by_browsers(visit, sam, client):
    make_opening(sam)
    assert visit(sam).post("/profile/photo", {"photo": picture(), "square": "start"}).status_code == 303
    address = f"/photos/{sam.photo}-640.webp"
    for page in (f"/supervisors/{sam.slug}", "/openings?state=AZ&discipline=counseling"):
        assert address in client.get(page).text
    sent = client.get(address)
    assert (sent.mimetype, sent.headers["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert sent.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(BytesIO(sent.data)).size == (640, 640)


def test_another_photograph_takes_the_place_of_the_first(visit, sam, client):
    visitor = visit(sam)
    visitor.post("/profile/photo", {"photo": picture()})
    first = sam.photo
    visitor.post("/profile/photo", {"photo": picture(color="blue")})
    assert client.get(f"/photos/{first}-640.webp").status_code == 404
    second = sam.photo
    visitor.post("/profile/photo/remove")
    assert sam.photo == ""
    assert client.get(f"/photos/{second}-160.webp").status_code == 404


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"<svg/>", "JPEG, PNG or WebP file"),
        (None, "Please choose a picture."),
    ],
)
def test_what_is_no_photograph_is_said_beside_the_field(visit, sam, file, words):
    page = visit(sam).post("/profile/photo", {"photo": (BytesIO(file), "me.svg")} if file else {})
    assert page.status_code == 422
    assert 'id="photo-error"' in page.text
    assert words in page.text


def test_a_refused_photograph_leaves_the_rest_of_the_editor_as_it_was(visit, sam):
    page = visit(sam).post("/profile/photo", {}).text
    assert 'value="trauma" checked' in page
    assert f'value="{sam.slug}"' in page


def send_photo_of(visitor: Visitor, size: int, url: str = "/profile/photo") -> TestResponse:
    """Post a file of so many bytes, written out by hand."""
    head = b'--b\r\nContent-Disposition: form-data; name="photo"; filename="big.jpg"\r\n\r\n'
    sent = {"content_type": "multipart/form-data; boundary=b", "headers": {"X-CSRFToken": visitor.csrf_token()}}
    return visitor.open(url, method="POST", data=head + b"\0" * size + b"\r\n--b--\r\n", **sent)


def test_only_the_photograph_may_be_large(visit, sam):
    for size in (4_300_000, 12_000_000):  # what telephones make of a face is told beside the field
        page = send_photo_of(visit(sam), size)
        assert page.status_code == 422
        assert "at most 4 MB" in page.text
    assert send_photo_of(visit(sam), 17_000_000).status_code == 413
    assert send_photo_of(visit(sam), 300_000, "/profile").status_code == 413


def test_a_photographs_address_is_a_name_and_nothing_else(client):
    for name in ("..%2F..%2Fsecret-640", "a" * 32 + "-640", "a" * 32 + "-641", "x-640"):
        assert client.get(f"/photos/{name}.webp").status_code == 404


def test_a_verdict_follows_the_number_of_supervisees(visit, sam):
    opening = make_opening(sam)
    page = visit(sam).post("/profile", everything(sam, supervisees="4"))
    assert page.status_code == 303
    assert (sam.supervisees, opening.supervisor_id) == (4, sam.id)


def test_when_all_is_there_the_list_says_so(visit, sam):
    make_opening(sam)
    make_call_settings(sam)
    sam.about = "I listen."
    assert "All is done" in visit(sam).get("/profile").text


def test_zip_codes_are_known_offline(desk, draft, db):
    place = {"city": "Austin", "state": "TX", "latitude": 30.3, "longitude": -97.7, "zone": "America/Chicago"}
    db.session.merge(Place(zip="78701", **place))
    desk.post("/onboarding/you", you(draft, zip="78701"))
    assert (draft.city, draft.latitude) == ("Austin", 30.3)


def test_every_form_of_the_desk_takes_anything(desk, draft):
    pages = ["/onboarding/you", "/onboarding/work", "/profile", "/profile/preview"]
    found = acting_forms(desk, pages)
    assert {"/onboarding/you", "/onboarding/work", "/profile", "/profile/address", "/profile/photo"} <= {
        form.action for form in found
    }
    for form in found:
        for value in NASTY:
            spoiled = desk.post(form.action, dict.fromkeys(form.values.keys() - {"csrf_token"}, value))
            assert spoiled.status_code < 500, f"{form.action} {value}"
            assert LIVE not in spoiled.text, f"{form.action} {value}"


@pytest.mark.parametrize("url", ["/onboarding/you", "/onboarding/work", "/profile", "/profile/preview", "/dashboard"])
def test_a_draft_without_a_state_is_no_fault(visit, url):
    visitor = visit(make_person("Kit Moss", roles=("supervisor",)))
    visitor.post("/onboarding")
    assert visitor.get(url).status_code == 200
