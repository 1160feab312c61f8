"""Whatever is typed into a card, an invitation or a message: a clear answer, and nothing of it comes back alive."""

from collections.abc import Callable

from app import clock as app_clock
from app.invitations import inviting
from app.messages import threads
from app.notifications.delivery import Stationery
from app.saved import openings as saved
from app.supervisors.models import Supervisor
from tests.invitations.cast import candidates_page, card_of, seat_at, three
from tests.test_bad_input import LIVE, acting_forms, spoil


def test_every_form_of_hers_and_of_his_takes_anything(visit: Callable, sam: Supervisor, pat: Supervisor):
    opening, everyone = seat_at(sam), three("Ida Lowell", "Una Price", "Eve Marsh", "Amy Field")
    inviting.invite(opening, card_of(everyone[0]), "", now=app_clock.now())
    thread = threads.open_between(pat.person, everyone[0], about=None, now=app_clock.now())
    threads.say(thread, pat.person, "Hello", now=app_clock.now())
    talk = f"/messages/{thread.public_id}"
    his, hers = visit(sam), visit(everyone[0])
    forms = acting_forms(his, [candidates_page(opening, everyone[1]), "/invitations"])
    forms += acting_forms(hers, ["/invitations", talk, "/card/preview", "/card"])
    actions = {form.action for form in forms}
    assert {talk, f"{talk}/reading", "/card", "/card/on", "/card/off", "/card/renewal"} <= actions
    assert any("/candidates/" in action for action in actions)
    for form in forms:
        spoil(his if "/my/" in form.action else hers, form)


def test_what_people_write_stays_text_wherever_it_is_read(app, visit: Callable, sam: Supervisor, outbox: Callable):
    opening, (ida, *_) = seat_at(sam, line=LIVE), three()
    opening.title = sam.name = sam.headline = sam.person.name = card_of(ida).line = LIVE
    invitation = inviting.invite(opening, card_of(ida), LIVE, now=app_clock.now())
    saved.save(ida, opening, None, now=app_clock.now()).note = LIVE
    his, hers = visit(sam), visit(ida)
    read = [his.get(page) for page in (candidates_page(opening), candidates_page(opening, ida), "/invitations")]
    read += [hers.get(page) for page in ("/card", "/invitations", "/saved", "/matches", "/openings")]
    read.append(hers.get(f"/compare?id={opening.id}"))
    talk = hers.post(f"/invitations/{invitation.public_id}", {"answer": "yes"}).location
    his.post(talk, {"body": LIVE})
    read += [who.get(page) for who in (his, hers) for page in (talk, "/messages", "/invitations")]
    for answer in read:
        assert answer.status_code == 200
        assert LIVE not in answer.text, answer.request.path
        assert "onerror=alert(1)&gt;" in answer.text, answer.request.path
    for letter in outbox():
        assert LIVE not in Stationery(app.config["SC"]).draw(letter).get_body(("html",)).get_content()
