"""The card a supervisee shows, who would fit a free seat, and invitations."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.accounts import session
from app.accounts.models import Person
from app.invitations import alike, cards, inviting, seeing, telling
from app.invitations.forms import CardForm, InviteForm, MuteForm
from app.invitations.models import Card
from app.openings import access
from app.openings.models import Opening
from app.openings.sheet import sheet
from app.refusals import Missing
from app.supervisors.access import begun
from app.web import reader
from app.web.forms import Form
from app.web.respond import done, show
from app.wishes import keeping

bp = Blueprint("invitations", __name__)


@bp.app_template_global()
def invitations_open() -> int:
    """How many invitations wait for the signed-in person's answer."""
    return telling.number_open(session.person(), clock.now())


@bp.app_template_global()
def invitations_waiting() -> int:
    """How many invitations that the signed-in supervisor sent wait for an answer, as far as she knows."""
    profile = begun(session.person())
    return telling.number_waiting(profile, clock.now()) if profile else 0


@bp.app_template_global()
def card_stands() -> str:
    """How the signed-in person's card stands: off, outdated, waiting or shown."""
    person = session.person()
    card = cards.of(person)
    return cards.stands(card, keeping.of(person.id)) if card else "off"


@bp.app_template_global()
def openings_to_fill(openings: Sequence[Opening]) -> list[tuple[Opening, str, str]]:
    """Of a supervisor's own openings those into which somebody could be invited, with how many in words."""
    return telling.for_openings(openings, clock.now())


# --- the card ---


@bp.get("/card")
def show_card() -> Response:
    """Whether it is on, what it may show, and who is muted."""
    return _show_card(_supervisee())


@bp.post("/card")
def choose_card() -> BaseResponse:
    """Note what she would show, and look at it; nothing is shown yet."""
    person = _supervisee()
    form = _card_form(person, is_sent=True)
    if form.attempt(cards.choose, person, form["fields"].data or [], form.line.data or ""):
        return done(url_for(".show_preview"))
    return _show_card(person, form)


@bp.get("/card/preview")
def show_preview() -> Response:
    """Exactly what is seen and by whom, before anybody sees it."""
    return _show_preview(_supervisee(), Form())


@bp.post("/card/on")
def turn_on() -> BaseResponse:
    """Show it."""
    person, form, seen = _supervisee(), Form(), request.form.get("seen", "")
    if form.attempt(cards.turn_on, _card(person), keeping.of(person.id), now=clock.now(), seen=seen):
        flash("Your card is on.")
        return done(url_for(".show_card"))
    return _show_preview(person, form)


@bp.post("/card/off")
def turn_off() -> BaseResponse:
    """Show nothing from now on."""
    cards.turn_off(_card(_supervisee()), now=clock.now())
    flash("Your card is off. Nobody sees it any more.")
    return done(url_for(".show_card"))


@bp.post("/card/renewal")
def renew() -> BaseResponse:
    """Leave it on for another 60 days."""
    cards.renew(_card(_supervisee()), now=clock.now())
    flash("Your card stays on for another 60 days.")
    return done(url_for(".show_card"))


@bp.post("/card/mutes")
def mute() -> BaseResponse:
    """Keep her card from somebody, before she is ever found by her."""
    person, form = _supervisee(), MuteForm()
    if form.attempt(inviting.mute_whom, person, form.whom.data or "", now=clock.now()):
        flash(f"{form.result.name} never sees your card, and is told nothing.")
        return done(url_for(".show_card", _anchor="h-mutes"))
    return _show_card(person, muting=form)


@bp.post("/card/mutes/<int:supervisor_id>/end")
def unmute(supervisor_id: int) -> BaseResponse:
    """Let a supervisor see her card again."""
    inviting.unmute(session.person(), supervisor_id, now=clock.now())
    flash("No longer muted, from tomorrow morning on.")
    return done(url_for(".show_card"))


def _supervisee() -> Person:
    person = session.person()
    if person.has_role("supervisee"):
        return person
    raise Missing


def _card(person: Person) -> Card:
    if card := cards.of(person):
        return card
    raise Missing


def _card_form(person: Person, is_sent: bool = False) -> CardForm:
    return CardForm(telling.choices(keeping.of(person.id)), alike.USUAL, cards.of(person), is_sent=is_sent)


def _show_card(person: Person, form: CardForm | None = None, muting: MuteForm | None = None) -> Response:
    card, wishes = cards.of(person), keeping.of(person.id)
    form, muting = form or _card_form(person), muting or MuteForm(formdata=None)
    is_on = card is not None and card.on_at is not None
    return show(
        "invitations/show_card.html", status=max(form.status, muting.status), form=form, muting=muting, card=card,
        is_on=is_on, can_be_on=alike.is_enough(wishes),
        is_outdated=card is not None and cards.is_outdated(card, wishes),
        shown=telling.as_it_is(card) if card else None, mutes=inviting.muted_by(person), zone=reader.zone(),
    )  # fmt: skip


def _show_preview(person: Person, form: Form) -> Response:
    card, wishes = _card(person), keeping.of(person.id)
    shown = telling.preview(cards.preview(card, wishes), card.draft)
    return show(
        "invitations/show_preview.html", status=form.status, form=form, card=card, shown=shown,
        can_be_on=alike.is_enough(wishes), seen=cards.mark(card, wishes),
    )  # fmt: skip


# --- who would fit a free seat ---


@bp.get("/my/openings/<int:opening_id>/candidates")
def show_candidates(opening_id: int) -> Response:
    """Supervisees without a name who would fit this opening, best first, with the reasons."""
    opening, now = access.own(session.person(), opening_id), clock.now()
    invited = inviting.invited(opening)
    found = [telling.candidates(one, invited) for one in seeing.for_opening(opening, now)]
    return show(
        "invitations/show_candidates.html", found=found, number=telling.number(found),
        number_words=telling.number_words, why_not=seeing.why_not(opening, now), **_about(opening),
    )  # fmt: skip


@bp.get("/my/openings/<int:opening_id>/candidates/<card>")
def show_candidate(opening_id: int, card: str) -> Response:
    """One card, and a note to write with the invitation."""
    return _show_candidate(access.own(session.person(), opening_id), card, InviteForm())


@bp.post("/my/openings/<int:opening_id>/candidates/<card>")
def invite(opening_id: int, card: str) -> BaseResponse:
    """Invite whoever shows this card."""
    opening, form, now = access.own(session.person(), opening_id), InviteForm(), clock.now()
    _, shown = seeing.one_of(opening, card, now)
    if form.attempt(inviting.invite, opening, shown, form.note.data or "", now=now):
        flash("Your invitation is sent. What becomes of it stands under the invitations you sent.")
        return done(url_for(".show_candidates", opening_id=opening_id))
    return _show_candidate(opening, card, form)


def _show_candidate(opening: Opening, card: str, form: InviteForm) -> Response:
    found, one = seeing.one_of(opening, card, clock.now())
    shown = telling.candidates(found, inviting.invited(opening), only=one)
    return show("invitations/show_candidate.html", status=form.status, shown=shown, form=form, **_about(opening))


def _about(opening: Opening) -> dict[str, Any]:
    return {"opening": opening, "said": sheet(opening, opening.zone, clock.now())}


# --- invitations ---


@bp.get("/invitations")
def show_invitations() -> Response:
    """Those she got, and as a supervisor those she sent."""
    return _show_invitations(Form())


@bp.post("/invitations/<public_id>")
def answer_invitation(public_id: str) -> BaseResponse:
    """Yes, no, or mute."""
    invitation, form = inviting.own(session.person(), public_id), Form()
    said = request.form.get("answer", "")
    if not form.attempt(inviting.answer, invitation, said, now=clock.now()):
        return _show_invitations(form)
    flash(ANSWERED[said].format(invitation.supervisor.name))
    if said == "yes" and invitation.thread:
        return done(url_for("messages.show_thread", public_id=invitation.thread.public_id))
    return done(url_for(".show_invitations"))


@bp.post("/my/openings/<int:opening_id>/candidates/<card>/withdrawal")
def withdraw(opening_id: int, card: str) -> BaseResponse:
    """Take an invitation back. It goes by the card that was invited: that much its sender knows."""
    opening, form = access.own(session.person(), opening_id), Form()
    if not form.attempt(inviting.withdraw, inviting.by_card(opening, card), now=clock.now()):
        return _show_invitations(form)
    flash("Your invitation is withdrawn.")
    return done(url_for(".show_invitations"))


ANSWERED = {
    "yes": "You know each other’s name now, and can write to each other here.",
    "no": "Answered. {} learns of it tomorrow: not this time, and no more.",
    "mute": "{} cannot invite you any more, sees no card of yours from tomorrow on, and is told nothing.",
}


def _show_invitations(form: Form) -> Response:
    person, now = session.person(), clock.now()
    profile = begun(person)
    sent = telling.sent(profile, now) if profile else None
    got = telling.received(person, now) if person.has_role("supervisee") else None
    zone = reader.zone()
    return show("invitations/show_invitations.html", status=form.status, form=form, sent=sent, got=got, zone=zone)
