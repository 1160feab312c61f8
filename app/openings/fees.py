"""The fee of a session and that of a month, each worked out from the other. Pure; cents."""

from dataclasses import dataclass
from fractions import Fraction

# Meetings a month of somebody who comes to one of the times: a year has 52 weeks.
MEETINGS = {"weekly": Fraction(52, 12), "fortnightly": Fraction(26, 12), "monthly": Fraction(1)}


@dataclass(frozen=True)
class Fee:
    """Cents for one session, and for a month in whole dollars; both None where neither is said."""

    session: int | None
    month: int | None


def month(session: int, rhythm: str) -> int:
    """What a month costs at this fee a session, rounded to whole dollars."""
    return round(session * MEETINGS[rhythm] / 100) * 100


def session(month: int, rhythm: str) -> int:
    """The fee of a session that makes a month cost this much, to the cent."""
    return round(month / MEETINGS[rhythm])


def settle(typed: Fee, shown: Fee, rhythm: str) -> Fee:
    """Both fees from the one she typed: that which is no longer what the page showed her.

    If both are, or neither, the fee of the session stands; so it does when only the rhythm changed.
    """
    typed_month = typed.month is not None and typed.month != shown.month
    if typed_month and (typed.session is None or typed.session == shown.session):
        return Fee(session(typed.month or 0, rhythm), typed.month)
    if typed.session is None:
        return Fee(None, None)
    return Fee(typed.session, month(typed.session, rhythm))
