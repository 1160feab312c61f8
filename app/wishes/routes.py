"""The questionnaire: six short steps, each of which may be skipped."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.invitations import cards
from app.licensure import tracks
from app.matching import choosing
from app.refusals import Missing
from app.web import reader
from app.web.gate import public, repeatable
from app.web.respond import as_kept, done, is_partial, show
from app.wishes import keeping, session, steps, telling
from app.wishes.forms import FORMS, GoalForm, MeetingForm, StepForm
from app.wishes.wishes import CONSULTATION, EMPTY

bp = Blueprint("wishes", __name__)


@bp.get("/match")
@public
def show_wishes() -> BaseResponse:
    """All answers, each to be changed; whoever has given none begins."""
    wishes = session.current()
    if not wishes.has_any:
        return redirect(url_for(".show_step", step=next(iter(steps.STEPS))), 303)
    answers = {step: steps.answers(step, wishes) for step in steps.STEPS}
    first_open = steps.first_open(wishes)
    return show("wishes/show_wishes.html", steps=steps.STEPS, answers=answers, first_open=first_open)


@bp.get("/match/<step>")
@public
def show_step(step: str) -> Response:
    """One of the six."""
    return _step(step, _form(step))


@bp.post("/match/<step>")
@public
@repeatable
def save_step(step: str) -> BaseResponse:
    """Keep what is said; pressed, go on to the next."""
    form = _form(step)
    if isinstance(form, MeetingForm) and request.form.get("then") == "add":
        form.add_row()
        return _step(step, form)
    if not form.attempt(_keep, form):
        return _step(step, form)
    if is_partial():
        return _followed(show("wishes/_kept.html", **_around(step, form), is_kept=True))
    return _followed(done(_onward(step)))


@bp.post("/match/forget")
@public
@repeatable
def forget() -> BaseResponse:
    """Keep none of the answers, nor show a card that was made of them."""
    person = reader.person()
    card = cards.of(person) if person else None
    session.remember(EMPTY)
    flash("Your answers are forgotten.")
    if card and card.on_at:
        cards.turn_off(card, now=clock.now())
        flash("Your card is off, too. Nobody sees it any more.")
    return done(url_for("matching.home"))


def _form(step: str) -> StepForm:
    wishes = session.current()
    make: dict[str, Any] = {
        "goal": partial(GoalForm, states=choosing.states(current_app.config["SC"].states), kept=_chosen_elsewhere()),
        "meeting": partial(MeetingForm, zone=reader.zone()),
    }
    if step not in FORMS:
        raise Missing
    form: StepForm = make.get(step, FORMS[step])(wishes)
    return form


def _chosen_elsewhere() -> tuple[str, str]:
    """State and discipline that the reader chose on another page, or what her account says she comes for."""
    person = reader.person()
    if person and person.goal == "consultation":
        return "", CONSULTATION
    track = tracks.load().find(*reader.track_key())
    return (track.state, track.discipline) if track else ("", "")


def _keep(form: StepForm) -> None:
    wishes, person = form.wishes(), reader.person()
    session.remember(wishes)
    if person and isinstance(form, GoalForm):
        keeping.follow_track(person, wishes)


def _followed(response: BaseResponse) -> BaseResponse:
    """Let the track be that of the wishes on every page."""
    track_id = session.current().track_id
    if track_id and request.path.endswith("/goal"):
        reader.remember(response, "track", track_id)
    return response


def _onward(step: str) -> str:
    """Where the pressed button leads: to all answers, to the next step, or from the last to the matches."""
    if request.form.get("then") == "answers":
        return url_for(".show_wishes")
    following = steps.after(step)
    return url_for(".show_step", step=following) if following else url_for("matching.show_matches")


def _step(step: str, form: StepForm) -> Response:
    status = as_kept(form.status)
    return show("wishes/show_step.html", "wishes/_kept.html", status, **_around(step, form), is_kept=False)


def _around(step: str, form: StepForm) -> dict[str, Any]:
    """What a step needs beside its form."""
    wishes = session.current()
    return {
        "step": step,
        "steps": steps.STEPS,
        "open_steps": [one for one in steps.STEPS if steps.is_open(one, wishes)],
        "before": steps.before(step),
        "after": steps.after(step),
        "form": form,
        "told": telling.summary(wishes, private=True),
        "is_zone_guessed": not wishes.zone and not reader.zone_is_chosen(),
    }
