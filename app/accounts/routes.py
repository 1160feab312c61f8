"""Pages of accounts: sign-up, sign-in, recovery, dashboard, account."""

import secrets
from datetime import datetime
from typing import Any

import structlog
from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response as BaseResponse

from app import clock, instance
from app.accounts import links, passwords, people, recovery, registration, session, sign_ins, signing_in
from app.accounts.forms import AddressForm, ChangePasswordForm, DetailsForm, NewPasswordForm, SignInForm, SignUpForm
from app.accounts.models import Person
from app.accounts.sign_ins import hash_of
from app.formats import local, plural
from app.introcalls import calls, due, exports, reach
from app.introcalls.models import Call
from app.licensure import tracks
from app.openings.counting import counting
from app.places import areas
from app.profiles import progress
from app.refusals import Missing
from app.saved import openings, searches
from app.steward import demo
from app.supervisors import access
from app.supervisors.models import Supervisor
from app.web import reader, sheets
from app.web.forms import Form
from app.web.gate import prepared_by, public, repeatable
from app.web.limits import keyed, limited, mailbox, network
from app.web.respond import done, safe_next, show

bp = Blueprint("accounts", __name__)
log = structlog.get_logger()
MARK = "browser"  # in the cookie: the browser that signed up
SENT = "sent"  # in the cookie: the address a letter was sent to, and about what
MOST = 12  # openings that a dashboard lists; the rest stand on her own list
NEW_PASSWORD = "Your new password holds. Other devices are signed out."  # noqa: S105


def hash_password() -> str | None:
    """The hash of the password typed, if it is of a length that may be chosen."""
    typed = request.form.get("password", "")
    return passwords.hash(typed) if passwords.SHORTEST <= len(typed) <= passwords.LONGEST else None


def judge_password() -> signing_in.Judged:
    """Whether address and password go together."""
    return signing_in.judge(request.form.get("email", ""), request.form.get("password", ""))


def judge_change() -> tuple[signing_in.Judged, str | None]:
    """Whether the present password is right, and the hash of the new one."""
    return signing_in.judge_person(reader.person(), request.form.get("current", "")), hash_password()


@bp.route("/sign-up", methods=["GET", "POST"])
@public
@limited("sign-up", "letter")
@prepared_by(hash_password)
def sign_up() -> BaseResponse:
    """Ask for an account; what happens next is said by mail, in the same way for every address."""
    form = SignUpForm(here_for=request.args.get("for", "licensure"))
    if request.method == "POST":
        mark = secrets.token_urlsafe(16)
        claim = form.claim(g.prepared, browser=hash_of(mark), **_chosen_here())
        if form.attempt(registration.register, form.email.data, claim, now=clock.now()):
            cookie[MARK] = mark
            return _sent(form.email.data, "verify")
    return show("accounts/sign_up.html", form=form, status=form.status)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
@limited("sign-in")
@prepared_by(judge_password)
@repeatable
def sign_in() -> BaseResponse:
    """Sign in with address and password, and go where one wanted to go."""
    form, to = SignInForm(), safe_next(request.values.get("next")) or url_for(".show_dashboard")
    if request.method == "POST":
        if form.attempt(signing_in.admit, g.prepared, now=clock.now()):
            return _arrive(form.result, to)
        log.warning("sign-in refused", key=keyed(mailbox()))
    elif reader.person():
        return redirect(to, 303)
    offered = demo.SIGN_INS if instance.is_demo() else ()
    return show("accounts/sign_in.html", form=form, to=to, offered=offered, key=demo.DEMO_PASSWORD, status=form.status)


@bp.post("/sign-out")
@public
def sign_out() -> BaseResponse:
    """End the session, on the server too."""
    session.end(clock.now())
    flash("You are signed out.")
    response = done(url_for("matching.home"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.get("/check-mail")
@public
def show_check_mail() -> BaseResponse:
    """What to do now that a letter is on its way, or would be if anyone here had the address."""
    if SENT not in cookie:
        return redirect(url_for(".sign_in"), 303)
    email, kind = cookie[SENT]
    return show("accounts/show_check_mail.html", email=email, kind=kind)


@bp.post("/check-mail")
@public
@limited("letter")
def send_again() -> BaseResponse:
    """Send the link of a sign-up anew."""
    form = AddressForm()
    if form.attempt(registration.ask_again, form.email.data, now=clock.now()):
        return _sent(form.email.data, "verify")
    return redirect(url_for(".sign_up"), 303)


@bp.route("/verify/<token>", methods=["GET", "POST"])
@public
@prepared_by(hash_password)
def verify(token: str) -> BaseResponse:
    """The link in the letter: a button, and for another browser than the one of the sign-up a password to choose."""
    link = links.find(token, "verify", now=clock.now())
    if link is None:
        return _dead("verify")
    is_ours = registration.is_from(link, cookie.get(MARK, ""))
    form = Form() if is_ours else NewPasswordForm((link.claims or {})["name"], link.person.email)
    chosen = None if is_ours else g.get("prepared")
    if request.method == "POST" and form.attempt(registration.verify, token, now=clock.now(), password_hash=chosen):
        return _arrive(form.result, url_for(".show_dashboard"))
    return show("accounts/verify.html", form=form, link=link, is_ours=is_ours, status=form.status)


@bp.route("/reset", methods=["GET", "POST"])
@public
@limited("letter")
def reset() -> BaseResponse:
    """Ask for a letter with a link to choose a password."""
    form = AddressForm()
    if request.method == "POST" and form.attempt(recovery.ask_reset, form.email.data, now=clock.now()):
        return _sent(form.email.data, "reset")
    return show("accounts/reset.html", form=form, status=form.status)


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
@prepared_by(hash_password)
def choose_password(token: str) -> BaseResponse:
    """The link in that letter: choose a password, and be signed in with it."""
    link = links.find(token, "reset", now=clock.now())
    if link is None:
        return _dead("reset")
    form = NewPasswordForm(link.person.name, link.person.email)
    if request.method == "POST" and form.attempt(recovery.reset, token, g.prepared, now=clock.now()):
        return _arrive(form.result, url_for(".show_dashboard"), NEW_PASSWORD)
    return show("accounts/choose_password.html", form=form, link=link, status=form.status)


@bp.get("/dashboard")
def show_dashboard() -> Response:
    """What is next for a person, and what she might finish."""
    person = session.person()
    now = clock.now()
    profile, coming = access.begun(person), calls.for_person(person, now)
    return show(
        "accounts/show_dashboard.html",
        calls=coming,
        greeting=greeting(now.astimezone(reader.zone_info()).hour),
        profile=profile,
        **(_supervising(profile, coming, now) if profile else {"saved": _saved(person, now)}),
    )


@bp.get("/dashboard/<table>.csv")
def export_table(table: str) -> Response:
    """A supervisor's own figures for a spreadsheet: weeks, openings or calls."""
    profile = access.begun(session.person())
    if profile is None or table not in exports.TABLES:
        raise Missing
    head, rows = exports.TABLES[table](profile, clock.now())
    return sheets.sheet(f"second-chair-{table}", head, rows)


@bp.get("/account")
def show_account() -> Response:
    """What is kept of a person, to change."""
    return _account()


@bp.post("/account")
def save_account() -> BaseResponse:
    """Change name, zone and what one works toward."""
    person = session.person()
    form = _details(person)
    if not form.attempt(people.describe, person, **form.said()):
        return _account(details=form)
    flash("Saved.")
    response = done(url_for(".show_account"))
    reader.remember(response, "tz", person.zone or "")
    return _with_track(response, person)


@bp.post("/account/password")
@limited("password")
@prepared_by(judge_change)
def change_password() -> BaseResponse:
    """Choose another password, naming the present one if there is one."""
    person = session.person()
    form, (judged, chosen) = _password(person), g.prepared
    if not form.attempt(recovery.change, person, judged, chosen, keep=session.current(), now=clock.now()):
        return _account(password=form)
    flash(NEW_PASSWORD)
    return done(url_for(".show_account"))


@bp.post("/account/sign-out-others")
def sign_out_others() -> BaseResponse:
    """End every session but this one."""
    ended = sign_ins.end_all(session.person(), but=session.current(), now=clock.now())
    flash(f"Signed out on {plural(ended, 'other device')}." if ended else "No other device was signed in.")
    return done(url_for(".show_account"))


def greeting(hour: int) -> str:
    """How a colleague greets at that hour of the reader's day."""
    return "Good morning" if 4 <= hour < 12 else "Good afternoon" if 12 <= hour < 18 else "Good evening"


def _supervising(profile: Supervisor, coming: list[Call], now: datetime) -> dict[str, Any]:
    """What the dashboard says of her openings, and of what comes first."""
    openings = reach.openings_of(profile)
    return {
        "openings": openings,
        "due": due.first(profile, coming, openings, now=now, today=local(now, profile.zone).date()),
        "reach": reach.of(profile, openings, now),
        "counting": counting([opening.id for opening in openings]),
        "called": reach.called,
        "missing": progress.missing(profile),
        "state_names": dict(areas.STATES),
        "most": MOST,
    }


def _sent(email: str, kind: str) -> BaseResponse:
    """On to the page that says to look for the letter. The same, whether one was sent or not."""
    cookie[SENT] = [email, kind]
    return done(url_for(".show_check_mail"))


def _arrive(person: Person, to: str, flashed: str | None = None) -> BaseResponse:
    """Sign a proven person in and send her on; anyone else must look for the letter first."""
    if person.verified_at is None:
        return _sent(person.email, "verify")
    session.begin(person, clock.now())
    log.info("signed in", person=person.id, key=keyed(person.email_key))
    if flashed:
        flash(flashed)
    return _with_track(done(to), person)


def _dead(purpose: str) -> Response:
    """A link that was used, is too old, or never was."""
    log.warning("link refused", purpose=purpose, key=keyed(network()))
    return show("accounts/dead_link.html", purpose=purpose, status=404)


def _saved(person: Person, now: datetime) -> dict[str, Any]:
    """How many openings and searches she keeps, and the searches in which something is new, with how many."""
    hers = searches.news(person, now)
    news = [(search, new) for search, new in hers if new]
    return {"openings": openings.count(person), "searches": len(hers), "news": news}


def _with_track(response: BaseResponse, person: Person) -> BaseResponse:
    """Let the reader's track be the one of the account."""
    if person.state and person.discipline:
        reader.remember(response, "track", f"{person.state}/{person.discipline}")
    return response


def _chosen_here() -> dict[str, str | None]:
    """Zone and track, if the reader chose them before she signed up."""
    track = tracks.load().find(*reader.track_key())
    return {
        "zone": reader.zone() if reader.zone_is_chosen() else None,
        "state": track.state if track else None,
        "discipline": track.discipline if track else None,
    }


def _account(details: DetailsForm | None = None, password: NewPasswordForm | None = None) -> Response:
    person = session.person()
    forms = {"details": details or _details(person), "password": password or _password(person)}
    devices = sign_ins.of(person, now=clock.now())
    status = max(form.status for form in forms.values())
    return show("accounts/show_account.html", **forms, devices=devices, here=session.current(), status=status)


def _details(person: Person) -> DetailsForm:
    form = DetailsForm(person.zone or reader.zone(), obj=person)
    if not person.has_role("supervisee"):
        del form.goal, form.state, form.discipline
    return form


def _password(person: Person) -> NewPasswordForm:
    return (ChangePasswordForm if person.password_hash else NewPasswordForm)(person.name, person.email)
