"""An opening with a free seat, and one whose card was invited into it."""

import pytest

from app import clock
from app.accounts.models import Person
from app.invitations import inviting
from app.invitations.models import Invitation
from app.openings.models import Opening
from app.supervisors.models import Supervisor
from tests.invitations.cast import card_of, seat_at, three


@pytest.fixture
def opening(sam: Supervisor) -> Opening:
    """A seat at Sam's."""
    return seat_at(sam)


@pytest.fixture
def ida(opening: Opening) -> Person:
    """Ida Lowell, whose card stands beside two others."""
    return three()[0]


@pytest.fixture
def invited(opening: Opening, ida: Person) -> Invitation:
    """Sam's invitation to Ida."""
    return inviting.invite(opening, card_of(ida), "We begin in January.", now=clock.now())
