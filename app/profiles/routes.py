"""Where a supervisor begins, writes her profile, and shows it."""

from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.accounts import session
from app.openings import verdicts
from app.profiles import progress
from app.profiles.forms import AddressForm, DraftForm, PhotoForm, ProfileForm, WorkForm, YouForm, square_of
from app.refusals import Missing, Refused
from app.supervisors import access, addresses, editing, photos, profiles
from app.supervisors.models import Supervisor
from app.supervisors.photos import Photo
from app.web import reader
from app.web.forms import Form
from app.web.gate import prepared_by, public, takes
from app.web.limits import limited
from app.web.markdown import markdown
from app.web.respond import as_kept, done, is_partial, show

bp = Blueprint("profiles", __name__)
STEPS: dict[str, type[DraftForm] | None] = {
    "you": YouForm, "credentials": None, "work": WorkForm, "opening": None, "times": None,
}  # fmt: skip


def read_photo() -> Photo | Refused | None:
    """The picture that was sent, decoded before anything is locked; for someone signed in only."""
    file = request.files.get("photo")
    if file is None or reader.person() is None:
        return None
    try:
        return photos.read(file.stream, square_of(request.form))
    except Refused as refusal:
        return refusal


@bp.app_errorhandler(access.NotBegun)
def lead_to_the_beginning(_: access.NotBegun) -> BaseResponse:
    """Any page of a supervisor's own, opened before there is a profile, leads to where one begins."""
    return done(url_for("profiles.show_onboarding"))


@bp.get("/onboarding")
def show_onboarding() -> BaseResponse:
    """Five short steps: what they are, or back to the first at which something is missing."""
    person = session.person()
    if not person.is_supervisor:
        raise Missing
    if supervisor := access.begun(person):
        return redirect(url_for(".show_step", step=_next_step(supervisor)), 303)
    return show("profiles/show_onboarding.html", steps=progress.STEPS)


@bp.post("/onboarding")
def start() -> BaseResponse:
    """Begin a draft."""
    profiles.start(by=session.person(), now=clock.now())
    return done(url_for(".show_step", step="you"))


@bp.get("/onboarding/<step>")
def show_step(step: str) -> Response:
    """One of the five."""
    supervisor = access.own(session.person())
    return _step(supervisor, step, _form_of(step, supervisor))


@bp.post("/onboarding/<step>")
def save_step(step: str) -> BaseResponse:
    """Keep what is written so far; pressed, go on to the next."""
    supervisor = access.own(session.person())
    form = _form_of(step, supervisor)
    if form is None:
        abort(405)
    if not form.attempt(_describe, supervisor, form):
        return _step(supervisor, step, form)
    if is_partial():
        return _saved(supervisor, form)
    return done(url_for(".show_step", step=_after(step)))


@bp.get("/profile")
def show_profile() -> Response:
    """Everything a profile can say, to write."""
    return _profile(access.own(session.person()))


@bp.post("/profile")
def save_profile() -> BaseResponse:
    """Keep what is written; of a profile that is shown already only when she presses the button."""
    supervisor = access.own(session.person())
    form = ProfileForm(supervisor)
    if not form.attempt(_describe, supervisor, form):
        return _profile(supervisor, form=form)
    if is_partial():
        return _saved(supervisor, form)
    flash("Saved.")
    return done(url_for(".show_profile"))


@bp.post("/profile/address")
def move() -> BaseResponse:
    """Choose another address; the old one leads to it."""
    form, supervisor = AddressForm(), access.own(session.person())
    if not form.attempt(addresses.move, supervisor, form.slug.data or "", now=clock.now()):
        return _profile(supervisor, address=form)
    flash("Your profile has its new address. The old one leads to it.")
    return done(url_for(".show_profile"))


@bp.post("/profile/photo")
@takes(megabytes=16)
@limited("upload")
@prepared_by(read_photo)
def save_photo() -> BaseResponse:
    """Show another photograph."""
    form, supervisor = PhotoForm(), access.own(session.person())
    if not form.attempt(_show_photo, supervisor, g.prepared):
        return _profile(supervisor, photo=form)
    flash("Your photograph is shown.")
    return _without(form.result, done(url_for(".show_profile", _anchor="photo-part")))


@bp.post("/profile/photo/remove")
def remove_photo() -> BaseResponse:
    """Show initials again."""
    before = profiles.show_photo(access.own(session.person()), "", now=clock.now())
    flash("Your photograph is removed.")
    return _without(before, done(url_for(".show_profile", _anchor="photo-part")))


@bp.get("/photos/<name>-<int:side>.webp")
@public
def send_photo(name: str, side: int) -> Response:
    """A photograph. Its name is random and never used again, so browsers keep it."""
    response = Response(photos.find(name, side, _folder()), mimetype="image/webp")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@bp.post("/profile/publish")
def publish() -> BaseResponse:
    """Show the profile to everyone."""
    form, supervisor = Form(), access.own(session.person())
    if not form.attempt(profiles.publish, supervisor, by=session.person(), now=clock.now()):
        return _profile(supervisor, press=form)
    flash("Your profile is shown to everyone.")
    return done(url_for("accounts.show_dashboard"))


@bp.post("/profile/withdraw")
def withdraw() -> BaseResponse:
    """Show it to nobody."""
    profiles.withdraw(access.own(session.person()), by=session.person(), now=clock.now())
    flash("Your profile and your openings are shown to nobody now.")
    return done(url_for(".show_profile"))


def _form_of(step: str, supervisor: Supervisor) -> DraftForm | None:
    if step not in STEPS:
        raise Missing
    form = STEPS[step]
    return form(supervisor) if form else None


def _describe(supervisor: Supervisor, form: DraftForm) -> None:
    """Keep a draft as it is typed. What everyone sees changes by the button alone, never half-written."""
    if is_partial() and supervisor.published_at:
        return
    said, now = form.said(), clock.now()
    is_judged = "supervisees" in editing.differences(supervisor, said)
    editing.describe(supervisor, said, version=form.seen, now=now)
    if is_judged:
        verdicts.refresh_of(supervisor.id, verdicts.today(now))


def _show_photo(supervisor: Supervisor, given: Photo | Refused | None) -> str:
    if not isinstance(given, Photo):
        raise given or Refused("Please choose a picture.", "photo")
    return profiles.show_photo(supervisor, photos.keep(given, _folder()), now=clock.now())


def _without(before: str, response: BaseResponse) -> BaseResponse:
    """Remove the photograph before, once the answer is out and the change for good."""
    response.call_on_close(partial(photos.forget, before, _folder()))
    return response


def _folder() -> Path:
    """Where photographs lie."""
    instance: Path = current_app.config["SC"].instance_path
    return instance / "photos"


def _saved(supervisor: Supervisor, form: DraftForm) -> Response:
    """What htmx puts beside a form that keeps itself."""
    if not supervisor.published_at:
        form.version.data = supervisor.version
    return show("profiles/_saved.html", **_draft(supervisor, form))


def _draft(supervisor: Supervisor, form: DraftForm) -> dict[str, Any]:
    """What a form of a draft needs around it; after a 409 both values of each field at odds."""
    said = form.said()
    names = editing.differences(supervisor, said) if form.status == 409 else []
    now = editing.said_of(supervisor)
    clashes = [
        (form.label_of(name), editing.in_words(name, now[name]), editing.in_words(name, said[name])) for name in names
    ]
    return {
        "form": form,
        "supervisor": supervisor,
        "clashes": clashes,
        "quality": progress.quality_of(supervisor),
        "missing": progress.missing(supervisor),
        "about": markdown(said.get("about") or ""),
    }


def _step(supervisor: Supervisor, step: str, form: DraftForm | None) -> Response:
    bare: dict[str, Any] = {"form": None, "supervisor": supervisor, "missing": progress.missing(supervisor)}
    draft = _draft(supervisor, form) if form else bare
    around = {"step": step, "steps": progress.STEPS, "after": _after(step)}
    open_steps = progress.open_among(draft["missing"])
    page, part, status = "profiles/show_step.html", "profiles/_saved.html", form.status if form else 200
    return show(page, part, status=as_kept(status), open_steps=open_steps, **around, **draft)


def _profile(supervisor: Supervisor, **refused: Any) -> Response:
    """The editor, with the form that was refused, if one was; what was sent with it is none of the others'."""
    forms: dict[str, Any] = {
        "form": ProfileForm(supervisor, formdata=None),
        "address": AddressForm(formdata=None, obj=supervisor),
        "photo": PhotoForm(formdata=None),
        "press": Form(formdata=None),
    } | refused
    status = max(form.status for form in forms.values())
    draft = _draft(supervisor, forms.pop("form"))
    page, part = "profiles/show_profile.html", "profiles/_saved.html"
    return show(page, part, status=as_kept(status), **draft, **forms)


def _next_step(supervisor: Supervisor) -> str:
    """The first step at which something is missing, the first of all if nothing is."""
    return next(iter(progress.open_steps(supervisor)), "you")


def _after(step: str) -> str:
    """The step after that one; after the last the last."""
    names = list(STEPS)
    return names[min(names.index(step) + 1, len(names) - 1)]
