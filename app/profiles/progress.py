"""How far a supervisor has come with what her profile leads to: openings, and times for a call."""

from collections.abc import Iterable

from sqlalchemy import exists, select

from app.db import db
from app.introcalls.models import CallWindow
from app.openings.models import Opening
from app.supervisors import profiles, quality
from app.supervisors.models import Supervisor
from app.supervisors.profiles import Point
from app.supervisors.quality import Beside, Quality

STEPS = {
    "you": "You",
    "credentials": "Licenses",
    "work": "How you work",
    "opening": "An opening",
    "times": "Call times",
}


def beside(supervisor: Supervisor) -> Beside:
    """Whether she has an opening that is not closed, and times for calls."""
    opening = select(Opening.id).where(
        Opening.supervisor_id == supervisor.id, Opening.status != "closed", Opening.removed_at.is_(None)
    )
    window = select(CallWindow.id).where(CallWindow.supervisor_id == supervisor.id)
    has_opening, has_times = db.session.execute(select(exists(opening), exists(window))).one()
    return Beside(has_opening, has_times)


def missing(supervisor: Supervisor) -> list[Point]:
    """What is still to be done, with the reasons."""
    around = beside(supervisor)
    return profiles.missing(supervisor, has_opening=around.has_opening, has_times=around.has_times)


def open_steps(supervisor: Supervisor) -> list[str]:
    """The steps at which something is left for her to do, in their order."""
    return open_among(missing(supervisor))


def open_among(points: Iterable[Point]) -> list[str]:
    """The steps of these points, but for those that wait for somebody else."""
    lacking = {point.step for point in points if point.is_hers}
    return [step for step in STEPS if step in lacking]


def quality_of(supervisor: Supervisor) -> Quality:
    """How much her profile tells, and what would tell most."""
    return quality.of(supervisor, beside(supervisor))
