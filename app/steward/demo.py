"""The demonstration: the files in demo/ imported, and three people to sign in as. Everyone in it is invented."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from app import instance
from app.accounts import passwords
from app.accounts.addresses import email_key
from app.accounts.models import Person, Role
from app.db import db
from app.refusals import Refused
from app.steward import demo_cards, imports

FOLDER = Path(__file__).resolve().parents[2] / "demo"
KEYS = "D-"  # every key in the files begins so
NEWEST = date(2026, 11, 20)  # the newest day in the files (demo/licenses.py: TODAY)

DEMO_PASSWORD = "a chair by the window"  # noqa: S105 - shown to everybody on a demonstration's sign-in page
SIGN_INS: tuple[tuple[str, str], ...] = (
    ("Ana Reyes, who needs supervision for her Texas LPC", "ana@demo.example"),
    ("Farida Nightingale, a supervisor in Austin", "farida@demo.example"),
    ("Wes Lanternby, the steward", "wes@demo.example"),
)
"""Who can be signed in as, in words, and the address; the password of all is DEMO_PASSWORD."""

DAYS = ("decided_on", "published_on", "confirmed_on", "starts_on")
YEARS = ("issued", "expires", "training_on")


def load(*, now: datetime) -> list[imports.Report]:
    """Import the files, mark the instance, open the sign-ins. Safe to repeat. Flushes, never commits.

    Refused on an instance that has people and is not a demonstration.
    """
    if not instance.is_demo() and db.session.scalar(select(Person.id).limit(1)):
        raise Refused("This instance has people of its own; the demonstration needs an empty database.")
    reports = []
    for kind in imports.KINDS:
        report = imports.take(kind, moved((FOLDER / f"{kind}.csv").read_text("utf-8"), now.date()), now=now)
        if report.faults:
            raise Refused(f"demo/{kind}.csv, {report.faults[0]}")
        reports.append(report)
    instance.mark_demo(now=now)
    _open_sign_ins(now)
    db.session.flush()
    demo_cards.show(lambda name, email: _person(name, email, "supervisee", now), now)
    return reports


def moved(sheet: str, today: date) -> bytes:
    """The file as if it had been written today: what happened of late moves by days, licenses by whole years."""
    days = (today - NEWEST).days
    moves: dict[str, Callable[[date], date]] = {name: lambda day: day + timedelta(days=days) for name in DAYS}
    moves |= {name: lambda day: _years_on(day, round(days / 365.25)) for name in YEARS}
    reader = csv.DictReader(io.StringIO(sheet, newline=""))
    out = io.StringIO()
    writer = csv.DictWriter(out, reader.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    for row in reader:
        for name in moves.keys() & row.keys():
            if row[name]:
                row[name] = str(moves[name](date.fromisoformat(row[name])))
        writer.writerow(row)
    return out.getvalue().encode()


def _years_on(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def _open_sign_ins(now: datetime) -> None:
    ana = _person("Ana Reyes", "ana@demo.example", "supervisee", now)
    ana.state, ana.discipline, ana.zone = "TX", "counseling", "America/Chicago"
    farida = _person("Farida Nightingale", "farida@demo.example", "supervisor", now)
    wes = _person("Wes Lanternby", "wes@demo.example", "steward", now)
    password_hash = passwords.hash(DEMO_PASSWORD)
    for person in (ana, farida, wes):
        person.password_hash = person.password_hash or password_hash


def _person(name: str, email: str, role: str, now: datetime) -> Person:
    """The person of this address with this role, made if need be."""
    person = db.session.scalar(select(Person).where(Person.email_key == email_key(email)))
    if person is None:
        person = Person(name=name, email=email, email_key=email_key(email), created_at=now, verified_at=now, roles=[])
        db.session.add(person)
    if not person.has_role(role):
        person.roles.append(Role(role=role, given_at=now))
    return person
