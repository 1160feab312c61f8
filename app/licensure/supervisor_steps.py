"""Steps 1 to 9 and 16 of a verdict: the supervisor before the board.

Each looks at one thing and gives a finding, or None where it is not touched. A finding that speaks for the supervisor
has the value COUNTS: it is there to be read, and to be doubted where the figure it rests on is doubtful. Its `keys`
name those figures; a finding without keys rests on the person's own facts, and stands.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date

from app.formats import listed
from app.licensure.credentials import CODES, INCLUDES
from app.licensure.facts import Case, Held
from app.licensure.tracks import Track
from app.licensure.verdict import Finding, Value
from app.licensure.words import counted, day, discipline, number, share, span

NO, CHECK, PARTLY, COUNTS = Value


def known(track: Track) -> Finding | None:
    """1: do we know who may supervise? If not, nothing else is looked at."""
    if track.confidence == "none":
        return Finding(1, CHECK, lambda: f"We have not found the board’s rule for {track.label}.")
    if not track.supervisor_credentials:
        return Finding(1, CHECK, lambda: "We do not know whose supervision your board accepts.")
    return None


def read_elsewhere(case: Case) -> Finding | None:
    """1, continued: a rule known only from others' pages never counts for sure."""
    if case.track.confidence != "secondary":
        return None
    words = "We know this rule only from others’ pages, not from the board’s own text."
    return Finding(1, CHECK, lambda: words, doubtful=True)


def licensed(case: Case) -> Finding | None:
    """2: a license of the state. A national designation does not stand in for one, nor for one that has lapsed."""
    lapsed = _lapses(case.licenses, case.on)
    if len(lapsed) < len(case.licenses):
        return None
    if lapsed and case.current:
        return Finding(2, CHECK, lambda: _says_lapsed(case, lapsed))
    if lapsed:
        return None
    if case.accepted:
        return Finding(
            2, CHECK, lambda: f"{_holds(case)}, which your board accepts, but lists no {_state(case)} license."
        )
    return Finding(2, NO, lambda: f"Your board wants a supervisor licensed in {_state(case)}; {_elsewhere(case)}.")


def accepted(case: Case) -> Finding | None:
    """3: a credential that the board accepts."""
    if not case.licenses:
        return None
    keys = ("supervisor_credentials",)
    if not case.accepted:
        return Finding(
            3, NO, lambda: f"Your board accepts {_accepts(case)}; {case.name} holds {_codes(case.licenses)}.", keys
        )
    return Finding(3, COUNTS, lambda: f"{_holds(case)}, which your board accepts.", keys)


def current(case: Case) -> Finding | None:
    """4: at least one accepted credential that has not lapsed."""
    if case.current or not case.accepted:
        return None
    return Finding(4, NO, lambda: f"{case.name}’s {listed(_ends(one, case.on) for one in _sorted(case.accepted))}.")


def verified(case: Case) -> Finding | None:
    """5: at least one accepted, current credential that somebody checked."""
    best = case.best
    if best is None:
        return None
    if not best.verified:
        return Finding(
            5, CHECK, lambda: f"{case.name}’s {_codes(case.current)} is self-reported so far; we have not checked it."
        )
    return Finding(5, COUNTS, lambda: f"{case.name}’s {best.code} {_checked(best)}.")


def years(case: Case) -> Finding | None:
    """6: licensed for long enough, by the best credential; the board's own designation or approval implies it."""
    least, best, name = case.track.supervisor_min_years, case.best, case.name
    if least is None or best is None:
        return None
    value, says = _long_enough(case, best, round(least * 12))
    asks = "Your board wants a supervisor licensed"
    return Finding(6, value, lambda: f"{asks} {span(least * 12)}; {name}{says()}.", ("supervisor_min_years",))


def _long_enough(case: Case, best: Held, months: int) -> tuple[Value, Callable[[], str]]:
    since, endorsed = best.issued, case.endorsed
    if since and _months_after(since, months) <= case.on:
        return COUNTS, lambda: f" has been since {since.year}"
    if endorsed:
        return COUNTS, lambda: f"’s {endorsed.code}, which we verified, implies it"
    if since is None:
        return CHECK, lambda: " has not said since when"
    months = _months_between(since, case.on)
    return NO, lambda: f" has been for {counted(months, 'month')}, since {since:%B} {since.year}"


def approval(case: Case) -> Finding | None:
    """7: the board's approval or designation, where it wants one."""
    required, name, keys = case.track.board_approval_required, case.name, ("board_approval_required",)
    says_none = any(one.approved is False for one in case.licenses) and not any(one.endorses for one in case.accepted)
    if required is None or not (case.accepted or says_none):
        return None
    if not required:
        return Finding(7, COUNTS, lambda: "Your board asks for no approval of its own.", keys)
    if says_none:
        return Finding(
            7, NO, lambda: f"Your board approves each supervisor; {name} says there is no approval yet.", keys
        )
    if endorsed := case.endorsed:
        return Finding(
            7, COUNTS, lambda: f"Your board approves each supervisor; {name}’s {endorsed.code} shows it.", keys
        )
    return Finding(7, CHECK, lambda: f"Your board approves each supervisor; we have not seen {name}’s approval.", keys)


def training(case: Case) -> Finding | None:
    """8: hours of training in supervision; a designation or approval implies hours not told."""
    least, best, name = case.track.supervisor_training_hours, case.best, case.name
    if least is None or best is None:
        return None
    value, says = _trained(case, best, least)
    asks = "of training in supervision"
    keys = ("supervisor_training_hours",)
    return Finding(8, value, lambda: f"Your board wants {counted(least, 'hour')} {asks}; {name}{says()}.", keys)


def _trained(case: Case, best: Held, least: float) -> tuple[Value, Callable[[], str]]:
    hours, endorsed = best.training_hours, case.endorsed
    if hours is not None:
        return (NO if hours < least else COUNTS), lambda: f" has {number(hours)}"
    if endorsed:
        return COUNTS, lambda: f"’s {endorsed.code}, which we verified, implies it"
    return CHECK, lambda: " has not said how many"


def supervisees(case: Case) -> Finding | None:
    """9: room for one more by the board's limit; placements here alone may reach it."""
    most, elsewhere = case.track.max_supervisees, case.supervisor.supervisees
    if most is None or not (case.accepted or case.licenses):
        return None
    told, keys = case.supervisor.placements + (elsewhere or 0), ("max_supervisees",)
    if told >= most:
        return Finding(9, NO, lambda: f"{_limit(case, most, told)} and is full by that rule.", keys)
    return None if elsewhere is None else Finding(9, COUNTS, lambda: f"{_limit(case, most, told)}.", keys)


def _limit(case: Case, most: int, told: int) -> str:
    return f"A supervisor may have {counted(most, 'supervisee')} with your board; {case.name} has {told}"


def own_discipline(case: Case) -> Finding | None:
    """16: the share that must be with one's own discipline, where the best credential is of another."""
    least, best, keys = case.track.own_discipline_min_share, case.best, ("own_discipline_min_share",)
    if not least or best is None:
        return None
    own = discipline(case.track.discipline)
    asks = f"At least {share(least)} of your supervision must be with your own discipline, {own}"
    if case.is_own(best):
        return Finding(16, COUNTS, lambda: f"{asks}; {case.name}’s {best.code} is.", keys)
    return Finding(
        16, PARTLY, lambda: f"{asks}; {case.name}’s {best.code} is of {discipline(CODES[best.code].discipline)}.", keys
    )


STEPS = (
    read_elsewhere, licensed, accepted, current, verified, years, approval, training, supervisees, own_discipline,
)  # fmt: skip


def _lapses(credentials: Iterable[Held], on: date) -> list[date]:
    return [end for one in credentials if (end := one.lapsed(on))]


def _months_after(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _months_between(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months - (end.day < start.day))


def _state(case: Case) -> str:
    return case.track.state_name


def _sorted(credentials: Iterable[Held]) -> list[Held]:
    return sorted(credentials, key=lambda one: (one.code, str(one.expires), str(one.suspended)))


def _codes(credentials: Iterable[Held]) -> str:
    return listed(sorted({one.code for one in credentials}))


def _accepts(case: Case) -> str:
    return listed(case.track.supervisor_credentials, "or")


def _holds(case: Case) -> str:
    codes = sorted({one.code for one in case.current or case.accepted})
    base = sorted(
        {base for code in codes if code not in case.track.accepts for base in INCLUDES[code] & case.track.accepts}
    )
    return f"{case.name} holds {listed(codes)}" + (f", and with it {listed(base)}" if base else "")


def _elsewhere(case: Case) -> str:
    held = sorted(f"{one.code} ({one.state})" for one in case.supervisor.credentials if one.state)
    return f"{case.name} holds {listed(held)}" if held else f"{case.name} lists no license"


def _says_lapsed(case: Case, lapsed: list[date]) -> str:
    alone = f"{_codes(case.current)} alone may not be enough"
    return f"{case.name}’s {_state(case)} license lapsed on {day(max(lapsed))}; {alone}."


def _ends(held: Held, on: date) -> str:
    end = held.lapsed(on)
    how = "was suspended" if end == held.suspended else "expired"
    return f"{held.code} {how} on {day(end)}" if end else held.code


def _checked(held: Held) -> str:
    when = f" on {day(held.verified_on)}" if held.verified_on else ""
    who = f" by {held.verified_by}" if held.verified_by else ""
    until = f" and is current to {day(held.expires)}" if held.expires else ""
    return f"was verified{when}{who}{until}"
