"""Free starts: a table of every kind of clock change and edge, and a slow reference that asks the zone every time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.introcalls.slots import DAY, Habits, UnknownZone, free, instant, is_free, minute

EVERY_DAY = range(7)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def starts(zone, on, stretch, *, step=30, minutes=20, days=1, taken=(), exceptions=None, now=None, **habits):
    """Free starts of `days` local days, as local clock with offset, for one stretch on every weekday."""
    there = ZoneInfo(zone)
    first = datetime.combine(date.fromisoformat(on), datetime.min.time(), there)
    last = datetime.combine(first.date() + timedelta(days=days), datetime.min.time(), there)
    how = Habits(zone, minutes=minutes, step=step, **{"buffer": 0, "notice": 0, **habits})
    found = free(
        {day: [stretch] for day in EVERY_DAY}, exceptions or {}, taken, how,
        now=now or first.astimezone(UTC) - timedelta(days=2), since=first, until=last,
    )
    return [f"{s.astimezone(there):%H:%M%z}" for s in found]


def clock(found: list[str]) -> list[str]:
    return [text[:5] for text in found]


CHANGES = [
    # the hour that New York skips
    ("America/New_York", "2026-03-08", (60, 240), ["01:00-0500", "01:30-0500", "03:00-0400", "03:30-0400"]),
    # the hour that it has twice: four real hours from midnight to three, both 1:00s, each with its offset
    (
        "America/New_York", "2026-11-01", (0, 180),
        [
            "00:00-0400", "00:30-0400", "01:00-0400", "01:30-0400",
            "01:00-0500", "01:30-0500", "02:00-0500", "02:30-0500",
        ],
    ),
    # a change of half an hour
    ("Australia/Lord_Howe", "2026-10-04", (90, 180), ["01:30+1030", "02:30+1100"]),
    ("Australia/Lord_Howe", "2026-04-05", (90, 150), ["01:30+1100", "01:30+1030", "02:00+1030"]),
    # changes at midnight: the day begins at one
    ("America/Havana", "2026-03-08", (0, 120), ["01:00-0400", "01:30-0400"]),
    ("Asia/Beirut", "2026-03-29", (0, 120), ["01:00+0300", "01:30+0300"]),
    # zones that never change
    ("America/Phoenix", "2026-03-08", (60, 180), ["01:00-0700", "01:30-0700", "02:00-0700", "02:30-0700"]),
    ("Pacific/Honolulu", "2026-11-01", (0, 60), ["00:00-1000", "00:30-1000"]),
    # an odd offset, and an old name
    ("Asia/Kathmandu", "2026-06-01", (540, 600), ["09:00+0545", "09:30+0545"]),
    ("US/Pacific", "2026-07-01", (540, 600), ["09:00-0700", "09:30-0700"]),
    # a day that a zone left out altogether
    ("Pacific/Apia", "2011-12-30", (540, 600), []),
]


@pytest.mark.parametrize(("zone", "on", "stretch", "expected"), CHANGES)
def test_clock_changes(zone, on, stretch, expected):
    assert starts(zone, on, stretch) == expected


def test_a_call_that_would_straddle_a_change_is_not_offered():
    forward = starts("America/New_York", "2026-03-08", (60, 240), step=15)
    assert clock(forward) == ["01:00", "01:15", "01:30", "03:00", "03:15", "03:30"]  # 1:45 would end past two
    back = starts("America/New_York", "2026-11-01", (60, 120), step=15, minutes=20)
    assert back == ["01:00-0400", "01:15-0400", "01:30-0400", "01:00-0500", "01:15-0500", "01:30-0500"]


def test_no_instant_is_offered_twice():
    overlapping = {6: [(0, 180), (60, 180), (90, 120)]}
    how = Habits("America/New_York", step=15, buffer=0, notice=0)
    found = list(free(overlapping, {}, (), how, now=utc("2026-10-31 00:00"), until=utc("2026-11-02 00:00")))
    assert found == sorted(set(found))


def test_a_weekly_half_past_five_stays_at_half_past_five_and_its_instant_moves():
    how = Habits("America/Chicago", notice=0)
    found = list(free({6: [(1050, 1080)]}, {}, (), how, now=utc("2026-10-20 00:00"), until=utc("2026-11-10 00:00")))
    assert found == [utc("2026-10-25 22:30"), utc("2026-11-01 23:30"), utc("2026-11-08 23:30")]


def test_zones_whose_changes_lie_weeks_apart():
    how = Habits("Europe/London", step=60, notice=0)
    found = free({0: [(900, 930)]}, {}, (), how, now=utc("2026-03-01 00:00"), until=utc("2026-04-07 00:00"))
    seen = [f"{s.astimezone(ZoneInfo('America/New_York')):%m-%d %H:%M}" for s in found]
    assert seen == ["03-02 10:00", "03-09 11:00", "03-16 11:00", "03-23 11:00", "03-30 10:00", "04-06 10:00"]


def test_the_weekday_differs_for_the_reader():
    how = Habits("America/Los_Angeles", notice=0)
    found = next(free({0: [(1320, 1350)]}, {}, (), how, now=utc("2026-11-24 00:00")))
    assert f"{found.astimezone(ZoneInfo('America/Los_Angeles')):%a}" == "Mon"
    assert f"{found.astimezone(ZoneInfo('America/New_York')):%a}" == "Tue"


def test_a_window_to_midnight():
    assert clock(starts("America/Chicago", "2026-11-24", (1380, 1440))) == ["23:00", "23:30"]


MONDAY = "2026-11-30"
NINE = minute(utc("2026-11-30 15:00"))  # in Chicago


@pytest.mark.parametrize(
    ("buffer", "taken", "expected"),
    [
        (0, [(NINE, NINE + 20)], ["09:20", "09:40"]),  # ends exactly where a start is
        (10, [(NINE, NINE + 30)], ["09:40"]),  # and with the pause after it
        (10, [(NINE + 40, NINE + 70)], ["09:00"]),  # 9:20 to 9:40 would leave no pause before the next
        (0, [(NINE + 40, NINE + 60)], ["09:00", "09:20"]),
        (0, [(NINE + 5, NINE + 10)], ["09:20", "09:40"]),  # inside
        (0, [(NINE - 30, NINE + 90)], []),  # around
        (0, [(NINE - 30, NINE), (NINE + 60, NINE + 80)], ["09:00", "09:20", "09:40"]),  # on both sides
        (0, [(NINE, NINE + 15), (NINE + 10, NINE + 40)], ["09:40"]),  # overlapping one another
    ],
)
def test_what_is_taken(buffer, taken, expected):
    assert clock(starts("America/Chicago", MONDAY, (540, 600), step=20, buffer=buffer, taken=taken)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [("2026-11-29 15:00:00", ["09:00", "09:20", "09:40"]), ("2026-11-29 15:00:01", ["09:20", "09:40"])],
)
def test_notice_exactly_on_a_start(now, expected):
    assert clock(starts("America/Chicago", MONDAY, (540, 600), step=20, now=utc(now), notice=DAY)) == expected


@pytest.mark.parametrize(
    ("now", "expected"), [("2026-11-23 15:20:00", ["09:00", "09:20"]), ("2026-11-23 15:19:59", ["09:00"])]
)
def test_horizon_exactly_on_a_start(now, expected):
    assert clock(starts("America/Chicago", MONDAY, (540, 600), step=20, now=utc(now), horizon_days=7)) == expected


def test_an_exception_replaces_the_day_and_an_empty_one_frees_it():
    other = {date(2026, 11, 30): [(600, 640)], date(2026, 12, 1): []}
    found = starts("America/Chicago", MONDAY, (540, 580), step=20, days=3, exceptions=other)
    assert clock(found) == ["10:00", "10:20", "09:00", "09:20"]


def test_no_calls_before_a_date():
    found = starts("America/Chicago", MONDAY, (540, 560), days=3, no_calls_before=date(2026, 12, 2))
    assert clock(found) == ["09:00"]


@pytest.mark.parametrize(("limit", "this_week", "next_week"), [(None, 7, 7), (3, 7, 7), (2, 0, 7), (0, 0, 0)])
def test_a_full_week_offers_nothing_more_and_the_next_one_does(limit, this_week, next_week):
    calls = [(NINE + day * DAY, NINE + day * DAY + 20) for day in (-7, 0, 1)]
    how = Habits("America/Chicago", notice=0, max_per_week=limit)
    windows = {day: [(600, 620)] for day in EVERY_DAY}
    found = list(free(windows, {}, calls, how, now=instant(NINE), until=instant(NINE + 14 * DAY)))
    sunday_night = utc("2026-12-07 06:00")
    assert [sum(s < sunday_night for s in found), sum(s >= sunday_night for s in found)] == [this_week, next_week]


def test_a_start_is_free_or_it_is_not():
    def ask(starts_at: str) -> bool:
        how = Habits("America/Chicago", step=20, notice=0)
        return is_free({0: [(540, 600)]}, {}, (), how, now=utc("2026-11-24 00:00"), starts_at=utc(starts_at))

    assert ask("2026-11-30 15:20")
    assert not ask("2026-11-30 15:25")
    assert not ask("2026-11-30 15:20:30")
    assert not ask("2026-12-01 15:20")


@pytest.mark.parametrize("name", ["America/Nowhere", "", "../etc/passwd", "America", "UTC\0"])
def test_an_unknown_zone_is_named(name):
    with pytest.raises(UnknownZone, match="is not the name of a time zone"):
        next(free({0: [(540, 600)]}, {}, (), Habits(name), now=utc("2026-11-24 00:00")))


# The plain way: look at every fifth minute of the range, ask the zone what time it is there, and apply each rule anew.


def reference(windows, exceptions, taken, how, *, now, since, until):
    there = ZoneInfo(how.zone)

    def monday(at):
        local = instant(at).astimezone(there)
        return local.date() - timedelta(days=local.weekday())

    def fits(at):
        begin, last = instant(at).astimezone(there), instant(at + how.minutes - 1).astimezone(there)
        on, clock_minute = begin.date(), begin.hour * 60 + begin.minute
        stretches = exceptions[on] if on in exceptions else windows.get(on.weekday(), [])
        return (
            any(a <= clock_minute <= b - how.minutes and (clock_minute - a) % how.step == 0 for a, b in stretches)
            and begin.utcoffset() == last.utcoffset()
            and now + timedelta(minutes=how.notice) <= instant(at) <= now + timedelta(days=how.horizon_days)
            and not any(a < at + how.minutes + how.buffer and at < b for a, b in taken)
            and (how.max_per_week is None or [monday(a) for a, _ in taken].count(monday(at)) < how.max_per_week)
        )

    return [instant(at) for at in range(minute(since), minute(until), 5) if fits(at)]


def fives(low, high):
    return st.integers(low // 5, high // 5).map(lambda n: n * 5)


stretches = st.lists(
    st.tuples(fives(0, 1435), fives(5, 1440)).map(sorted).map(tuple).filter(lambda s: s[0] < s[1]), max_size=3
)
changes = st.sampled_from(
    [
        ("America/New_York", date(2026, 3, 6)), ("America/New_York", date(2026, 10, 30)),
        ("America/Havana", date(2026, 3, 6)), ("America/Havana", date(2026, 10, 30)),
        ("Australia/Lord_Howe", date(2026, 4, 3)), ("Australia/Lord_Howe", date(2026, 10, 2)),
        ("Africa/Casablanca", date(2026, 2, 13)), ("Africa/Casablanca", date(2026, 3, 20)),
        ("Asia/Beirut", date(2026, 3, 27)), ("America/St_Johns", date(2026, 10, 30)),
        ("Pacific/Apia", date(2011, 12, 28)), ("America/Phoenix", date(2026, 3, 6)),
    ]
)
habits = st.builds(
    Habits, zone=st.just("UTC"), minutes=st.sampled_from([15, 20]), step=fives(5, 60), buffer=fives(0, 30),
    notice=st.integers(0, 2000), horizon_days=st.integers(2, 4), max_per_week=st.none() | st.integers(0, 3),
)


@given(
    change=changes,
    how=habits,
    windows=st.dictionaries(st.integers(0, 6), stretches),
    special=st.dictionaries(st.integers(0, 3), stretches, max_size=2),
    claims=st.lists(st.tuples(fives(0, 5000), fives(5, 90)), max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_the_quick_way_equals_the_plain_one(change, how, windows, special, claims):
    zone, begin = change
    how, now = replace(how, zone=zone), datetime.combine(begin, datetime.min.time(), UTC)
    exceptions = {begin + timedelta(days=n): there for n, there in special.items()}
    taken = [(minute(now) + start, minute(now) + start + length) for start, length in claims]
    within = {"now": now, "since": now, "until": now + timedelta(days=4)}
    assert list(free(windows, exceptions, taken, how, **within)) == reference(windows, exceptions, taken, how, **within)
