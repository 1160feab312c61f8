"""How a letter looks: headers, text, HTML, calendar entry; and that nobody's words can bend it."""

from email import message_from_bytes
from email.policy import default

import pytest
import vobject
from icalendar import Calendar
from jinja2 import UndefinedError

from app.notifications.carriers import Undeliverable
from app.notifications.delivery import TEMPLATES, name_of
from app.notifications.models import Letter
from tests.conftest import TUESDAY
from tests.notifications.samples import SAMPLES

FOLDER = TEMPLATES / "letters"
TOKEN = "t" * 43
LETTERS, PAGES = (
    sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob(f"*/*.{ending}"))
    for ending in ("txt", "html")
)
INVITATION = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Second Chair//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:7@second-chair
SEQUENCE:0
DTSTAMP:20261124T150000Z
DTSTART:20261201T170000Z
DTEND:20261201T172000Z
SUMMARY:Intro call with José
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def sent(message):
    """The message as its reader gets it."""
    return message_from_bytes(message.as_bytes(), policy=default)


def test_the_headers_say_who_to_whom_when_and_that_a_machine_wrote_it(stationery, owe):
    letter = owe()
    message = sent(stationery.draw(letter))
    assert message["From"] == "Second Chair <no-reply@second-chair.example>"
    assert message["To"] == "Ana Ruiz <ana.ruiz@example.org>"
    assert message["Subject"] == "A word from Sam Okafor"
    assert message["Date"].datetime == TUESDAY
    assert message["Message-ID"] == letter.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] is None
    assert message["List-Unsubscribe"] is None


def test_a_letter_can_name_whom_to_answer_and_how_to_end_it(stationery, owe):
    letter = owe(facts={"reply_to": "sam@example.org", "unsubscribe_path": f"/alerts/unsubscribe/{TOKEN}"})
    message = sent(stationery.draw(letter))
    assert message["Reply-To"] == "sam@example.org"
    assert message["List-Unsubscribe"] == f"<http://localhost/alerts/unsubscribe/{TOKEN}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_address_that_ends_letters_stands_in_one_piece(stationery, owe):
    letter = owe(facts={"unsubscribe_path": f"/alerts/unsubscribe/{TOKEN * 2}"})
    written = stationery.draw(letter).as_bytes().decode("ascii")
    assert f"\r\nList-Unsubscribe: <http://localhost/alerts/unsubscribe/{TOKEN * 2}>\r\n" in written


def test_the_text_stands_by_itself_and_names_the_zone(stationery, owe):
    text = sent(stationery.draw(owe())).get_body(("plain",)).get_content()
    assert "Sam Okafor will be there on Tue, Dec 1, 11:00 am CST." in text
    assert "http://localhost/calls/confirm/s3cret-token" in text
    assert "You get this because you asked for it." in text
    assert "help@second-chair.example" in text


def test_the_html_carries_its_style_in_its_elements_and_asks_for_nothing(stationery, owe):
    html = sent(stationery.draw(owe())).get_body(("html",)).get_content()
    assert '<h1 style="' in html
    assert 'href="http://localhost/calls/confirm/s3cret-token"' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert not [trace for trace in ("<img", "<link", "<script", "url(", "@import") if trace in html]


def test_a_row_without_a_value_is_left_out(stationery, owe):
    html = sent(stationery.draw(owe())).get_body(("html",)).get_content()
    assert ">When</th>" in html
    assert ">Where</th>" not in html


def test_markup_in_a_name_stays_text(stationery, owe):
    message = sent(stationery.draw(owe(facts={"sender": "<b>Sam</b> & co"})))
    assert "&lt;b&gt;Sam&lt;/b&gt; &amp; co" in message.get_body(("html",)).get_content()
    assert "<b>Sam</b> & co will be there" in message.get_body(("plain",)).get_content()


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x1b"])
def test_no_name_can_add_a_header(stationery, owe, break_):
    evil = f"Eve{break_}Bcc: everyone@example.org{break_}{break_}Hello"
    message = sent(stationery.draw(owe(to_name=evil, facts={"sender": evil})))
    assert message["Bcc"] is None
    assert message["Subject"] == "A word from Eve Bcc: everyone@example.org Hello"
    assert message["To"].addresses[0].addr_spec == "ana.ruiz@example.org"
    assert len(message["To"].addresses) == 1


@pytest.mark.parametrize("address", ["", "nobody", "a@", "@b", "a@b\r\nBcc: c@d", "a b\n@example.org"])
def test_what_is_no_address_is_given_up(stationery, owe, address):
    letter = owe(to_email=address)
    with pytest.raises(Undeliverable):
        stationery.draw(letter)


def test_names_of_all_peoples_arrive_whole(stationery, owe):
    message = sent(stationery.draw(owe(to_name="Zoë Nováková, 李", facts={"sender": "Jürgen “Jay” O’Neil"})))
    assert message["To"].addresses[0].display_name == "Zoë Nováková, 李"
    assert message["Subject"] == "A word from Jürgen “Jay” O’Neil"
    assert "Jürgen “Jay” O’Neil will be there" in message.get_body(("plain",)).get_content()


def test_every_line_is_short_enough_for_any_server(stationery, owe):
    raw = stationery.draw(owe(facts={"sender": "S" * 3000}, calendar=INVITATION, method="REQUEST")).as_bytes()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert raw.isascii()


def test_an_invitation_comes_as_an_alternative_and_as_a_file(stationery, owe):
    message = sent(stationery.draw(owe(calendar=INVITATION, method="REQUEST")))
    assert message.get_content_type() == "multipart/mixed"
    alternative, file = message.iter_parts()
    text, html, calendar = alternative.iter_parts()
    assert [p.get_content_type() for p in (text, html, calendar)] == ["text/plain", "text/html", "text/calendar"]
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_param("charset") == "utf-8"
    for text in (calendar.get_payload(decode=True).decode(), file.get_payload(decode=True).decode()):
        assert Calendar.from_ical(text).events[0].start == TUESDAY.replace(month=12, day=1, hour=17)
        assert vobject.readOne(text).vevent.summary.value == "Intro call with José"
    assert file.get_filename() == "invitation.ics"


def test_a_cancellation_says_so(stationery, owe):
    message = sent(stationery.draw(owe(calendar=INVITATION.replace("REQUEST", "CANCEL"), method="CANCEL")))
    alternative, file = message.iter_parts()
    assert list(alternative.iter_parts())[2].get_param("method") == "CANCEL"
    assert file.get_filename() == "cancelled.ics"


def test_a_letter_held_back_bears_the_date_of_its_day(stationery, owe, clock):
    assert sent(stationery.draw(owe(send_after=TUESDAY.replace(day=30))))["Date"].datetime.day == 30


def test_a_missing_fact_is_an_error(stationery, owe):
    letter = owe(secrets=None)
    with pytest.raises(UndefinedError):
        stationery.draw(letter)


def test_every_letter_has_both_its_templates_and_a_sample():
    assert LETTERS == PAGES
    assert sorted(SAMPLES) == LETTERS


@pytest.mark.parametrize("kind", [*LETTERS, "tests/greeting"])
def test_every_letter_can_be_drawn_from_its_sample(stationery, kind):
    facts = SAMPLES.get(kind) or {"sender": "S", "starts_at": "2026-12-01T17:00:00Z", "zone": "UTC", "token": "t"}
    letter = Letter(
        id=1, kind=kind, to_email="ana.ruiz@example.org", to_name="Ana Ruiz", facts=facts, secrets=None, calendar=None,
        method=None, message_id="<1@second-chair>", created_at=TUESDAY, send_after=TUESDAY, tries=0,
    )
    message = sent(stationery.draw(letter))
    text, html = (message.get_body((subtype,)).get_content() for subtype in ("plain", "html"))
    assert message["Subject"]
    for body in (text, html):
        assert "You get this because" in " ".join(body.split())
    assert "<h1" in html
    assert name_of(letter).startswith("00000001-")
