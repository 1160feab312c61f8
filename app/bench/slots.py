"""A diary to measure free starts on, and a real supervisor's slot page."""

import re
from datetime import datetime

from app.bench.timing import SEARCH, Caller
from app.introcalls.diaries import Diary
from app.introcalls.slots import DAY, Habits, minute


def busy_diary(now: datetime) -> Diary:
    """Two stretches on each of five days, an exception, and a call on each of the next twenty days."""
    noon = (minute(now) // DAY) * DAY + 17 * 60
    return Diary(
        Habits("America/New_York"),
        windows={day: [(9 * 60, 10 * 60), (12 * 60, 13 * 60 + 30)] for day in range(5)},
        exceptions={now.date(): []},
        taken=[(noon + n * DAY, noon + n * DAY + 30) for n in range(20)],
    )


def a_page(caller: Caller) -> str:
    """The address of the slot picker of the first supervisor that a search shows."""
    found = re.search(r'href="(/openings/\d+)', caller.get(SEARCH).decode())
    if found is None:
        raise RuntimeError("The search shows no opening.")
    page = caller.get(found[1]).decode()
    slugs = re.search(r'"/supervisors/([a-z0-9-]+)/calls"', page)
    if slugs is None:
        raise RuntimeError("The opening's page has no slot picker.")
    return f"/supervisors/{slugs[1]}/slots"
