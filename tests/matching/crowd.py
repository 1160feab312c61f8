"""A few hundred openings of every kind in the database, and any search for them: for tests that compare two ways."""

from datetime import timedelta
from random import Random

from sqlalchemy import select

from app import clock
from app.accounts.models import Person
from app.db import begin_writing, db
from app.introcalls.models import CallSettings, CallWindow
from app.matching import criteria
from app.matching.criteria import DAYS, DELIVERIES, FORMATS, SORTS, VERDICTS, Criteria
from app.openings import verdicts
from app.openings.models import FreshnessAsk, Opening, OpeningTime, Placement, Seat
from app.places.models import Place
from app.supervisors.models import Credential, Supervisor, SupervisorTerm
from app.taxonomies import vocabularies
from app.wishes.wishes import VOCABULARIES, Wishes
from tests.matching import likely

ZIPS = {  # with the point of each, and its state
    "78702": (30.2638, -97.7166, "TX"),
    "78664": (30.5145, -97.668, "TX"),
    "75501": (33.4111, -94.1775, "TX"),
    "71854": (33.4487, -94.0077, "AR"),
    "85701": (32.2174, -110.9699, "AZ"),
}
NAMES = ("Farida Nightingale", "José Ángel Núñez", "Mary-Ann O’Brien", "Kenji Summerlake", "Lupe Marigold", "An Do")
PHRASES = ("trauma and EMDR", "I teach play therapy", "warm, direct and curious", "couples", "community agencies", "")
TEXTS = ("farida", "obrien", "jose nunez", "trauma", "emdr", "play ther", "cur", "zyzzyva", "the", "lpc", "an do", "!?")
CODES = (("LPC-S", "TX"), ("LMFT-S", "TX"), ("LCSW-S", "TX"), ("LPC", "AZ"), ("LPC", "AR"), ("LMFT", "AZ"))


def gather(random: Random, supervisors: int = 110) -> None:
    """Put them into the database, and commit."""
    begin_writing()
    for zip, (latitude, longitude, state) in ZIPS.items():
        point = {"latitude": latitude, "longitude": longitude}
        db.session.merge(Place(zip=zip, city="Somewhere", state=state, zone="America/Chicago", **point))
    for number in range(supervisors):
        supervisor = _supervisor(random, number)
        openings = [_opening(supervisor, random) for _ in range(random.randint(1, 5))]
        db.session.add_all([supervisor, *openings])
    db.session.flush()
    for supervisor in db.session.scalars(select(Supervisor)):
        _takes_calls(supervisor, random)
    for opening in db.session.scalars(select(Opening)):
        _asked(opening, random)
    verdicts.refresh_all(verdicts.today(clock.now()))
    db.session.commit()


def _supervisor(random: Random, number: int) -> Supervisor:
    (code, state), zone, now = random.choice(CODES), random.choice(likely.ZONES), clock.now()
    name, email = random.choice(NAMES), f"number{number}@example.org"
    held = [Credential(code=code, state=state, status=random.choice(("verified", "self_reported")))]
    if random.random() < 0.4:
        more, elsewhere = random.choice(CODES)
        held.append(Credential(code=more, state=elsewhere, status=random.choice(("verified", "refused"))))
    return Supervisor(
        person=Person(name=name, email=email, email_key=email, created_at=now, zone=zone),
        name=name,
        slug=f"number-{number}",
        headline=random.choice(PHRASES),
        about=random.choice(PHRASES),
        state=state,
        city="Somewhere",
        zip="78702",
        zone=zone,
        created_at=now,
        updated_at=now,
        published_at=now if random.random() < 0.95 else None,
        credentials=held,
        terms=[
            SupervisorTerm(kind=kind, term=term, position=at)
            for kind in VOCABULARIES
            if random.random() < 0.7
            for at, term in enumerate(likely.terms(kind, random, 5))
        ],
    )


def _opening(supervisor: Supervisor, random: Random) -> Opening:
    now, drawn = clock.now(), likely.opening(clock.now(), random)
    zip, (latitude, longitude, state) = random.choice(list(ZIPS.items()))
    by = {"latitude": latitude + random.uniform(-0.5, 0.5), "longitude": longitude + random.uniform(-0.5, 0.5)}
    fee = random.choice((0, 6000, 8000, 8000, 10000, 10000, 12000))
    taken = random.randint(0, drawn.seats)
    return Opening(
        supervisor=supervisor,
        format=drawn.format,
        seats=drawn.seats,
        seat_rows=[
            Seat(no=no, placements=[Placement(started_at=now)] if no <= taken else [])
            for no in range(1, drawn.seats + 1)
        ],
        times=[OpeningTime(weekday=day, start_minute=minute) for day, minute in drawn.times[:4]],
        fee_cents=fee,
        reduced_fee_cents=fee - 1000 if fee and random.random() < 0.3 else None,
        online=drawn.online,
        in_person=drawn.in_person,
        minutes=drawn.minutes,
        zone=drawn.zone,
        city="Somewhere",
        zip=zip,
        state=state,
        status="published" if random.random() < 0.9 else random.choice(("draft", "paused", "closed")),
        created_at=now,
        updated_at=now,
        published_at=now - timedelta(days=random.randrange(60)),
        confirmed_at=drawn.confirmed_at,
        **(by if random.random() < 0.9 else {"latitude": None, "longitude": None}),
    )


def _takes_calls(supervisor: Supervisor, random: Random) -> None:
    if random.random() < 0.6:
        settings = {"zone": supervisor.zone, "notice_minutes": random.choice((0, 1440)), "horizon_days": 10}
        db.session.add(CallSettings(supervisor_id=supervisor.id, **settings))
        for day in random.sample(range(7), random.randint(1, 3)):
            hours = {"start_minute": 9 * 60, "end_minute": 12 * 60}
            db.session.add(CallWindow(supervisor_id=supervisor.id, weekday=day, **hours))


def _asked(opening: Opening, random: Random) -> None:
    """Questions whether it is still open, answered after about so many hours, or not."""
    hours = random.choice((None, 1, 24, 72, 73, 400))
    for number in range(3):
        at = clock.now() - timedelta(days=30 + number)
        answered = {"answered_at": at + timedelta(hours=hours - random.random()), "answer": "open"} if hours else {}
        token = f"{opening.id}/{number}".ljust(64, "x")
        db.session.add(FreshnessAsk(opening_id=opening.id, token_hash=token, asked_at=at, **answered))


def wanted(random: Random) -> Criteria:
    """Any criteria, as an address gives them."""
    asked: dict[str, list[str]] = {
        "state": [random.choice(("TX", "TX", "AZ", "AR", "OK"))] * _often(random, 0.5),
        "discipline": [random.choice(("counseling", "marriage_family", "social_work", "consultation"))]
        * _often(random, 0.5),
        "q": [random.choice(TEXTS)] * _often(random, 0.2),
        "format": random.sample(FORMATS, random.randint(1, 2)) * _often(random, 0.2),
        "delivery": [random.choice(DELIVERIES)] * _often(random, 0.25),
        "zip": [random.choice(list(ZIPS))] * _often(random, 0.3),
        "within": [str(random.choice((5, 20, 40, 200)))],
        "max_fee": [random.choice(("60", "80", "100"))] * _often(random, 0.2),
        "day": random.sample(DAYS, random.randint(1, 4)) * _often(random, 0.2),
        "after": [random.choice(("8:00", "12:00", "17:30"))] * _often(random, 0.1),
        "before": [random.choice(("12:00", "18:00", "00:00"))] * _often(random, 0.1),
        "seats": [random.choice(("1", "2", "3"))] * _often(random, 0.15),
        "verdict": random.sample(VERDICTS, random.randint(1, 3)) * _often(random, 0.3),
        "sort": [random.choice(SORTS)] * _often(random, 0.4),
        "page": [random.choice(("1", "1", "2", "3", "999"))],
    }
    for kind in VOCABULARIES:
        some = list(vocabularies.vocabulary(kind).terms)[:10]
        asked[kind] = random.sample(some, random.randint(1, 4)) * _often(random, 0.12)
    return criteria.parse(asked).criteria


def wishes(random: Random) -> Wishes | None:
    """Any wishes, or none."""
    return likely.wishes(random) if random.random() < 0.5 else None


def _often(random: Random, share: float) -> int:
    return int(random.random() < share)
