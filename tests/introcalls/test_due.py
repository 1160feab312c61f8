"""What a supervisor should do first."""

from datetime import date, timedelta

import pytest

from app.introcalls import due
from app.introcalls.models import Call
from app.openings.models import Opening
from app.supervisors.models import Credential, CredentialCheck, Supervisor
from tests.conftest import TUESDAY

TODAY = date(2026, 11, 24)


def supervisor(ends_in: int | None = 700, status: str = "verified", is_published: bool = True) -> Supervisor:
    ends = None if ends_in is None else TODAY + timedelta(days=ends_in)
    license = Credential(id=1, code="LPC", state="AZ", status=status, expires_on=ends)
    return Supervisor(credentials=[license], published_at=TUESDAY if is_published else None)


def call(hours: float) -> Call:
    return Call(starts_at=TUESDAY + timedelta(hours=hours))


def opening(days: int, status: str = "published", id: int = 1) -> Opening:
    return Opening(id=id, status=status, confirmed_at=TUESDAY - timedelta(days=days))


@pytest.mark.parametrize(
    ("who", "calls", "openings", "kind"),
    [
        (supervisor(), [], [], "nothing"),
        (supervisor(), [call(24)], [opening(40)], "call"),
        (supervisor(), [call(25)], [opening(29)], "unconfirmed"),
        (supervisor(), [call(25)], [opening(28)], "call"),
        (supervisor(), [], [opening(40, "paused")], "nothing"),
        (supervisor(ends_in=60), [call(25)], [], "lapses"),
        (supervisor(ends_in=61), [call(25)], [], "call"),
        (supervisor(ends_in=-60), [], [], "lapses"),
        (supervisor(ends_in=-61), [], [], "nothing"),
        (supervisor(ends_in=10, status="refused"), [], [], "nothing"),
        (supervisor(ends_in=None), [], [], "nothing"),
        (supervisor(ends_in=10), [], [opening(29)], "unconfirmed"),
        (supervisor(is_published=False), [], [opening(0, "draft")], "hidden"),
        (supervisor(), [], [opening(0, "draft")], "draft"),
    ],
)
def test_one_thing_comes_first(who, calls, openings, kind):
    assert due.first(who, calls, openings, now=TUESDAY, today=TODAY).kind == kind


def test_a_question_of_a_steward_comes_before_all_but_a_call_within_a_day():
    asked = supervisor(status="pending")
    asked.credentials[0].checks = [CredentialCheck(decision="pending"), CredentialCheck(decision="asked")]
    told = [due.first(asked, calls, [opening(40)], now=TUESDAY, today=TODAY).kind for calls in ([call(25)], [call(2)])]
    assert told == ["asked", "call"]


def test_of_several_openings_the_one_longest_unconfirmed():
    found = due.first(supervisor(), [], [opening(31, id=1), opening(44, id=2)], now=TUESDAY, today=TODAY)
    assert (found.opening.id, found.days) == (2, 44)
