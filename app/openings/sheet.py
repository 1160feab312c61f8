"""An opening in words, as its own page says it."""

from dataclasses import dataclass
from datetime import datetime

from app.formats import local, on_date, zone_words
from app.openings import freshness, words
from app.openings.models import Opening


@dataclass(frozen=True)
class Sheet:
    """`rhythm` is in the reader's zone, named by `zone`; `there` the same in the opening's, if that differs.

    `stale` says for how long nobody confirmed it, once that is too long; `area` is as much of the ZIP code as readers
    are told who have no seat. `monthly`, `reduced` and the last three are None where there is nothing to say.
    """

    heading: str
    kind: str
    chairs: str
    rhythm: str
    zone: str
    there: str | None
    unit: str
    monthly: str | None
    reduced: str | None
    confirmed: str | None
    stale: str | None
    area: str | None


def sheet(opening: Opening, zone: str, now: datetime) -> Sheet:
    """The words for a reader in the IANA zone `zone`."""
    times = tuple((time.weekday, time.start_minute) for time in opening.times)
    meets = words.Meets(times, opening.minutes, opening.rhythm, opening.nth, opening.zone, opening.starts_on)
    on = local(now, opening.zone).date()
    days = freshness.days_unconfirmed(opening.confirmed_at, now) if opening.status == "published" else 0
    here, there = words.rhythm(meets, zone, on), words.rhythm(meets, opening.zone, on)
    return Sheet(
        heading=words.heading(opening.format, opening.seats, opening.title, opening.supervisor.name),
        kind=words.kind(opening.format, opening.seats, opening.online, opening.in_person, opening.city),
        chairs=words.chairs(opening.seats, opening.open_seats),
        rhythm=here,
        zone=zone_words(zone) if times else "",
        there=f"{there}, {zone_words(opening.zone)}" if here != there else None,
        unit=words.unit(opening.format),
        monthly=words.monthly_fee(opening.fee_cents, opening.rhythm, len(times)),
        reduced=words.reduced(opening.reduced_fee_cents, opening.reduced_places),
        confirmed=on_date(local(opening.confirmed_at, zone)) if opening.confirmed_at else None,
        stale=freshness.stale_words(days) if days else None,
        area=f"ZIP area {opening.zip[:3]}" if opening.in_person and opening.zip else None,
    )
