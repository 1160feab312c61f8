"""The profile of a supervisor."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.accounts import session
from app.introcalls import availability
from app.matching import cards, choosing
from app.matching.filters import Reader
from app.openings import freshness, verdicts
from app.openings.access import published_ids
from app.refusals import Missing, Refused
from app.supervisors import access, addresses, found, proofs, verification, words
from app.supervisors.facts import facts_of
from app.supervisors.forms import AnswerForm, CredentialForm, NewCredentialForm, ProofForm
from app.supervisors.models import Credential, Supervisor
from app.supervisors.verification import Claim, claim_of
from app.web import paging, pictures, reader
from app.web.gate import prepared_by, public, takes
from app.web.markdown import markdown
from app.web.respond import done, show

bp = Blueprint("supervisors", __name__)
PER_PAGE = 20


@bp.get("/supervisors/<slug>")
@public
def show_supervisor(slug: str) -> BaseResponse:
    """Who she is, what she holds and how we know, her openings, and her free times for a call."""
    try:
        supervisor = access.published(slug)
    except Missing:
        return redirect(url_for(".show_supervisor", slug=addresses.moved(slug)), 301)
    chosen = choosing.choose(request.args, reader.track_key(), current_app.config["SC"].states)
    response = show("supervisors/show_supervisor.html", **_page_of(supervisor, chosen))
    if chosen.track and chosen.is_new:
        reader.remember(response, "track", chosen.track.id)
    return response


@bp.get("/profile/preview")
def show_preview() -> Response:
    """Her own page exactly as others see it, or will."""
    supervisor = access.own(session.person())
    chosen = choosing.choose(request.args, reader.track_key(), current_app.config["SC"].states)
    return show("supervisors/show_preview.html", **_page_of(supervisor, chosen))


def _page_of(supervisor: Supervisor, chosen: choosing.Choice) -> dict[str, Any]:
    track, now, zone = chosen.track, clock.now(), reader.zone()
    today, view = verdicts.today(now), cards.View(Reader(zone, now), track, None, _address)
    return {
        **_open(supervisor, view),
        **_told(supervisor, track.state if track else None, today),
        "track": track,
        "chosen": chosen,
        "fees": words.fees(supervisor),
        "answers": freshness.answers_within(supervisor.id, now),
        "about": markdown(supervisor.about),
        "picker": availability.picker(supervisor, zone, now),
    }


def _open(supervisor: Supervisor, view: cards.View) -> dict[str, Any]:
    """What she offers, a page at a time."""
    ids = published_ids(supervisor.id)
    shown, number, pages = paging.page_of(ids, PER_PAGE)
    return {"entries": cards.cards(shown, view), "count": len(ids), "number": number, "pages": pages}


def _told(supervisor: Supervisor, state: str | None, today: date) -> dict[str, Any]:
    """Who she is and what she holds, and what her page tells those who link to it."""
    site, standing = current_app.config["SC"], words.standing(facts_of(supervisor), state, today)
    credentials = [words.listing(one, today) for one in supervisor.credentials]
    page = f"{site.base_url}{url_for('.show_supervisor', slug=supervisor.slug)}"
    return {
        "supervisor": supervisor,
        "standing": standing,
        "credentials": credentials,
        "terms": words.chosen_terms(supervisor),
        "whole": page,
        "picture": pictures.address("supervisors", supervisor.slug, found.poster(supervisor, site.site_name, today)),
        "linked": found.linked(supervisor, standing, credentials, page=page),
    }


def _address(opening_id: int) -> str:
    return url_for("openings.show_opening", opening_id=opening_id)


# --- /credentials: what she holds, and its way to being verified ---


def read_proof() -> proofs.Proof | Refused | None:
    """The uploaded file as it may be kept, or why not; nobody's who is not signed in is looked at."""
    file = request.files.get("proof")
    if not reader.person():
        return None
    try:
        return proofs.read(file.stream) if file else Refused("Please choose a file.", "proof")
    except Refused as refusal:
        return refusal


@bp.get("/credentials")
def show_credentials() -> Response:
    """What she holds, and how each stands."""
    supervisor, today = access.own(session.person()), verdicts.today(clock.now())
    rows = [(one, words.listing(one, today)) for one in supervisor.credentials]
    return show("supervisors/show_credentials.html", supervisor=supervisor, rows=rows)


@bp.get("/credentials/new")
def new_credential() -> Response:
    """The form for another one; for htmx the licenses to choose from, those of the state chosen first."""
    supervisor, asked = access.own(session.person()), request.args
    form = NewCredentialForm(Claim(asked.get("code", "")[:12], asked.get("state", supervisor.state)[:2]))
    return show("supervisors/new_credential.html", "supervisors/_credential_code.html", form=form, other={})


@bp.post("/credentials")
def add_credential() -> BaseResponse:
    """List another one."""
    supervisor = access.own(session.person())
    form = NewCredentialForm(Claim("", supervisor.state))
    if not form.attempt(_judged, supervisor, _add, supervisor, form):
        return show("supervisors/new_credential.html", status=form.status, form=form, other={})
    flash("Added. You can upload a proof here." if form.ask.data else "Added, as self-reported.")
    return done(url_for(".show_credential", credential_id=form.result.id))


@bp.get("/credentials/<int:credential_id>")
def show_credential(credential_id: int) -> Response:
    """One of hers: its facts, how it stands, its proof and its checks."""
    return _credential(access.credential(session.person(), credential_id))


@bp.post("/credentials/<int:credential_id>")
def change_credential(credential_id: int) -> BaseResponse:
    """Say something else of it."""
    credential = access.credential(session.person(), credential_id)
    form = CredentialForm(claim_of(credential))
    if not form.attempt(_judged, credential.supervisor, _change, credential, form):
        return _credential(credential, form=form)
    flash("Saved. It is self-reported now; ask for verification again." if form.result else "Saved.")
    return done(url_for(".show_credential", credential_id=credential_id))


@bp.post("/credentials/<int:credential_id>/check")
def ask_check(credential_id: int) -> BaseResponse:
    """Ask for verification, or answer a steward's question."""
    form, credential = AnswerForm(), access.credential(session.person(), credential_id)
    if not form.attempt(verification.ask, credential, note=form.note.data or "", **_acts()):
        return _credential(credential, answer=form)
    flash("Sent. A steward looks it up, and you get an e-mail.")
    return done(url_for(".show_credential", credential_id=credential_id))


@bp.post("/credentials/<int:credential_id>/remove")
def remove_credential(credential_id: int) -> BaseResponse:
    """Take it off the list, with its proof."""
    credential = access.credential(session.person(), credential_id)
    _judged(credential.supervisor, _remove, credential)
    flash("Removed.")
    return done(url_for(".show_credentials"))


@bp.get("/credentials/<int:credential_id>/proof")
def download_proof(credential_id: int) -> Response:
    """The file she uploaded, for herself and stewards."""
    proof = proofs.load(access.proof(session.person(), credential_id), _proofs())
    response = Response(proof.data, content_type=proofs.TYPES[proof.kind])
    response.headers["Content-Disposition"] = f'attachment; filename="proof-{credential_id}.{proof.kind}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/credentials/<int:credential_id>/proof")
@takes(megabytes=8)
@prepared_by(read_proof)
def add_proof(credential_id: int) -> BaseResponse:
    """Upload a proof, in place of the one before."""
    form, credential = ProofForm(), access.credential(session.person(), credential_id)
    if not form.attempt(_prove, credential, g.prepared):
        return _credential(credential, proof=form)
    flash("Kept. You and the stewards can open it, nobody else.")
    return done(url_for(".show_credential", credential_id=credential_id))


@bp.post("/credentials/<int:credential_id>/proof/remove")
def remove_proof(credential_id: int) -> BaseResponse:
    """Take the proof back."""
    proofs.detach(access.credential(session.person(), credential_id), _proofs(), **_acts())
    flash("The proof is removed.")
    return done(url_for(".show_credential", credential_id=credential_id))


def _acts() -> dict[str, Any]:
    """Who acts, and when."""
    return {"by": session.person(), "now": clock.now()}


def _proofs() -> Path:
    """Where proofs lie."""
    folder: Path = current_app.config["SC"].instance_path
    return folder / "proofs"


def _judged(supervisor: Supervisor, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Do something to her credentials, and let her openings count as they do now."""
    result = verb(*args, **kwargs)
    verdicts.refresh_of(supervisor.id, verdicts.today(clock.now()))
    return result


def _add(supervisor: Supervisor, form: NewCredentialForm) -> Credential:
    credential = verification.add(supervisor, form.claim(), **_acts())
    if form.ask.data:
        verification.ask(credential, **_acts())
    return credential


def _change(credential: Credential, form: CredentialForm) -> bool:
    return verification.change(credential, form.claim(), seen=form.version.data or "", **_acts())


def _remove(credential: Credential) -> None:
    proofs.detach(credential, _proofs(), **_acts())
    verification.remove(credential, **_acts())


def _prove(credential: Credential, given: proofs.Proof | Refused) -> None:
    if isinstance(given, Refused):
        raise given
    proofs.attach(credential, given, _proofs(), **_acts())


def _credential(credential: Credential, **refused: Any) -> Response:
    """Its page, with the form that was refused, if one was."""
    unsent: dict[str, Any] = {"formdata": None}
    forms = {
        "form": CredentialForm(claim_of(credential), **unsent), "answer": AnswerForm(**unsent),
        "proof": ProofForm(**unsent),
    } | refused  # fmt: skip
    status = max(form.status for form in forms.values())
    return show(
        "supervisors/show_credential.html", status=status, credential=credential, **forms,
        one=words.listing(credential, verdicts.today(clock.now())), newest=verification.newest_check(credential),
        steps=verification.steps(credential), other=_saved_meanwhile(forms["form"], credential),
    )  # fmt: skip


def _saved_meanwhile(form: CredentialForm, credential: Credential) -> dict[str, str]:
    """After a 409 what stands now, by field, where it differs from what was typed; the next save goes over it."""
    if form.status != 409:
        return {}
    standing = claim_of(credential)
    form.version.data = standing.version
    differing = verification.differing(form.claim(), standing)
    return {name: f"Saved meanwhile: {words.said(getattr(standing, name))}" for name in differing}
