"""What feed readers, search engines and other sites read."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as BaseResponse

from app import clock, posters
from app.feeds import newest, robots, sitemap
from app.licensure import tracks
from app.matching import choosing, criteria, tally
from app.openings import access, verdicts
from app.openings import found as opening_found
from app.posters import Poster
from app.refusals import Missing
from app.supervisors import access as supervisors
from app.supervisors import found as supervisor_found
from app.web import pictures
from app.web.gate import public

bp = Blueprint("feeds", __name__)
MACHINES = "public, max-age=900"
STANDING = ("matching.home", "matching.show_openings", "matching.explain", "licensure.show_rules", "web.about")


@bp.get("/feeds/openings.atom")
@public
def feed_openings() -> Response:
    """The newest openings of a state, a discipline or both as an Atom feed; 404 for a track nobody has."""
    asked = criteria.parse({name: request.args.getlist(name)[:1] for name in ("state", "discipline")})
    if asked.problems:
        raise Missing
    track = tracks.load().find(asked.criteria.state, asked.criteria.discipline)
    told = newest.entries(asked.criteria, track, clock.now())
    host = urlsplit(current_app.config["SC"].base_url).hostname
    about = {"asked": asked.criteria, "track": track, "entries": told, "changed": newest.changed(told), "host": host}
    return _read_by_machines("feeds/openings.atom.xml", "application/atom+xml", **about)


@bp.get("/posters/<kind>/<name>/<digest>.png")
@public
def send_poster(kind: str, name: str, digest: str) -> BaseResponse:
    """The picture beside a link to a page. Its address changes with what it shows; an old one leads to the new."""
    poster, file = _poster(kind, name)
    if digest != posters.digest(poster):
        return redirect(pictures.address(kind, name, poster))
    response = send_file(posters.kept(poster, current_app.config["SC"].instance_path / "posters", file))
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is shown on other sites, that is its use
    return response


@bp.get("/sitemap.xml")
@public
def map_site() -> Response:
    """Every page that anyone may open; above so many an index of the files that name them."""
    counts, pages = sitemap.counted(), _pages()
    files = sitemap.files(counts, len(pages))
    known = pages if files else [*pages, *_known("supervisors", 1), *_known("openings", 1)]
    return _read_by_machines("feeds/sitemap.xml", "application/xml", files=files, known=known)


@bp.get("/sitemap-<kind>-<int:number>.xml")
@public
def map_part(kind: str, number: int) -> Response:
    """One of the files that the index names."""
    if (kind, number) not in sitemap.files(sitemap.counted(), len(_pages())):
        raise Missing
    known = _pages() if kind == "pages" else _known(kind, number)
    return _read_by_machines("feeds/sitemap.xml", "application/xml", files=[], known=known)


@bp.get("/robots.txt")
@public
def tell_robots() -> Response:
    """Which pages crawlers leave alone: all that ask for a sign-in, and those that hold a token."""
    views = current_app.view_functions
    closed = [r.rule for r in current_app.url_map.iter_rules() if not getattr(views[r.endpoint], "is_public", False)]
    sc = current_app.config["SC"]
    told = robots.told([rule for rule in closed if not rule.startswith("/static")], f"{sc.base_url}/sitemap.xml")
    return Response(told, mimetype="text/plain", headers={"Cache-Control": MACHINES})


def _poster(kind: str, name: str) -> tuple[Poster, str]:
    """The picture of what anyone may see, and the beginning of its file's name. Raises Missing."""
    site, now = current_app.config["SC"].site_name, clock.now()
    if kind == "openings" and name.isascii() and name.isdigit():
        opening = access.published(int(name[:12]))
        return opening_found.poster(opening, site, now), f"opening-{opening.id}"
    if kind == "supervisors":
        supervisor = supervisors.published(name)
        return supervisor_found.poster(supervisor, site, verdicts.today(now)), f"supervisor-{supervisor.id}"
    if (kind, name) == ("site", "all"):
        return posters.of_site(site), "site"
    raise Missing


def _known(kind: str, number: int) -> list[tuple[str, Any]]:
    """Addresses and when what stands there last changed."""
    any_one = f"{request.script_root}/{kind}/"
    return [(f"{any_one}{one.name}", one.changed) for one in sitemap.known(kind, number)]


def _pages() -> list[tuple[str, Any]]:
    """Addresses of what always stands, and of the openings of each state that has some: no date is known of them."""
    codes, places = [code for code, _ in choosing.states(current_app.config["SC"].states)], tally.by_state()
    fixed = [url_for(page) for page in STANDING]
    rules = [url_for("licensure.show_state", state=code.lower()) for code in codes]
    searches = [url_for("matching.show_openings", state=code) for code in codes if places.get(code)]
    return [(to, None) for to in (*fixed, *rules, *searches)]


def _read_by_machines(template: str, mimetype: str, **context: Any) -> Response:
    """XML that may be kept for a while, and need not be sent again while it is the same."""
    response = Response(render_template(template, **context), mimetype=mimetype)
    response.headers["Cache-Control"] = MACHINES
    response.add_etag()
    response.make_conditional(request)
    return response
