"""/dev/mail: what was sent, where letters go to files. Not there in production, nor where letters are really sent."""

import io

from flask import Blueprint, Response, current_app, request, send_file

from app.notifications.folder import Folder
from app.refusals import Missing
from app.web.gate import public
from app.web.headers import POLICY
from app.web.respond import show

bp = Blueprint("notifications", __name__, url_prefix="/dev/mail")
PER_PAGE = 50
# A letter is a page of its own: it may style itself, its links may leave the frame when clicked, nothing else.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation"
)


@bp.get("")
@public
def show_mail() -> Response:
    """The letters sent, newest first."""
    folder = mailbox()
    names = folder.names()
    pages = [names[at : at + PER_PAGE] for at in range(0, len(names), PER_PAGE)] or [[]]
    number = min(max(request.args.get("page", 1, type=int), 1), len(pages))
    mails = [folder.open(name) for name in pages[number - 1]]
    return show("notifications/show_mail.html", mails=mails, total=len(names), number=number, pages=len(pages))


@bp.get("/<name>")
@public
def show_letter(name: str) -> Response:
    """One letter: its headers, its text with links to click, its HTML in a frame, its files."""
    response = show("notifications/show_letter.html", mail=mailbox().open(name))
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return response


@bp.get("/<name>/html")
@public
def frame_letter(name: str) -> Response:
    """The HTML of a letter, to be framed: its links open in the window around it."""
    html = mailbox().open(name).html.replace("<head>", '<head><base target="_top">', 1)
    response = Response(html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@bp.get("/<name>/files/<int:number>")
@public
def download_file(name: str, number: int) -> Response:
    """A file that came with a letter, counted from 1."""
    files = mailbox().open(name).attachments
    if not 1 <= number <= len(files):
        raise Missing
    file = files[number - 1]
    return send_file(io.BytesIO(file.content), file.mimetype, as_attachment=True, download_name=file.name)


def mailbox() -> Folder:
    """The folder that letters are written to. Raises Missing where they are really sent, and in production."""
    sc = current_app.config["SC"]
    if sc.is_production or sc.mail_url:
        raise Missing
    return Folder(sc.mail_folder)
