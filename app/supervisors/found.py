"""A profile as it is told to those who link to it and to search engines: nothing that the page does not show."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from app.posters import Poster
from app.supervisors import words
from app.supervisors.facts import facts_of
from app.supervisors.models import Supervisor
from app.supervisors.words import Listing, Standing

CONTEXT = "https://schema.org"
KNOWN = ("specialty", "modality", "population", "setting")  # the vocabularies of what she knows about


def poster(supervisor: Supervisor, site: str, on: date) -> Poster:
    """The picture beside a link to the profile, the same for every reader. `site` is its name."""
    standing = words.standing(facts_of(supervisor), None, on)
    by = " · ".join(filter(None, (standing.codes, supervisor.city)))
    return Poster(site, "Clinical supervisor", supervisor.name, by, supervisor.headline)


def linked(
    supervisor: Supervisor,
    standing: Standing,
    credentials: Iterable[Listing],
    *,
    page: str,
) -> dict[str, Any]:
    """The profile as JSON-LD, https://schema.org/Person. Licenses stand in it once they are verified. What she shares
    with others of her background is hers to show on the page, and no data for others to collect.
    """
    verified = [_credential(one) for one in credentials if one.known.tag == "verified"]
    return _filled({
        "@context": CONTEXT,
        "@type": "Person",
        "@id": f"{page}#person",
        "name": supervisor.name,
        "url": page,
        "description": supervisor.headline,
        "honorificSuffix": standing.codes if standing.verified else "",
        "address": _filled({"@type": "PostalAddress", "addressLocality": supervisor.city}) if supervisor.city else None,
        "hasCredential": verified,
        "knowsAbout": [term for kind in KNOWN for term in words.labels(supervisor, kind)],
        "knowsLanguage": words.labels(supervisor, "language"),
    })  # fmt: skip


def _credential(one: Listing) -> dict[str, Any]:
    return _filled({"@type": "EducationalOccupationalCredential", "name": one.name, "description": one.title})


def _filled(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value}
