"""An opening as it is told to those who link to it and to search engines: nothing that the page does not show."""

from datetime import datetime
from typing import Any

from app.formats import dollars
from app.openings.models import Opening
from app.openings.sheet import Sheet, sheet
from app.openings.verdicts import today
from app.posters import Poster
from app.supervisors.facts import facts_of
from app.supervisors.found import CONTEXT
from app.supervisors.words import standing


def poster(opening: Opening, site: str, now: datetime) -> Poster:
    """The picture beside a link to the opening, the same for every reader: what, whose, and the fee, without a
    verdict. `site` is its name."""
    said = sheet(opening, opening.zone, now)
    by = f"{opening.supervisor.name}, {standing(facts_of(opening.supervisor), None, today(now)).codes}"
    return Poster(site, said.kind, said.heading, by, f"${dollars(opening.fee_cents)} {said.unit}")


def linked(opening: Opening, said: Sheet, *, page: str, profile: str) -> dict[str, Any]:
    """The opening as JSON-LD, https://schema.org/Service with its Offer. `page` and `profile` are whole addresses."""
    told: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Service",
        "@id": f"{page}#opening",
        "name": said.heading,
        "serviceType": "Clinical supervision",
        "category": said.kind,
        "url": page,
        "provider": {"@type": "Person", "@id": f"{profile}#person", "name": opening.supervisor.name, "url": profile},
        "offers": _offer(opening, page),
    }
    if opening.line:
        told["description"] = opening.line
    if opening.in_person and opening.city:
        where = {"@type": "PostalAddress", "addressLocality": opening.city, "addressRegion": opening.state}
        told["areaServed"] = {"@type": "Place", "address": where}
    return told


def _offer(opening: Opening, page: str) -> dict[str, Any]:
    free = opening.status == "published" and opening.open_seats > 0
    return {
        "@type": "Offer",
        "url": page,
        "price": f"{opening.fee_cents / 100:.2f}",
        "priceCurrency": "USD",
        "availability": f"{CONTEXT}/{'InStock' if free else 'SoldOut'}",
    }
