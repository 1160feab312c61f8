"""A rule's figures in words, as a colleague would say them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.formats import listed
from app.licensure.credentials import CODES
from app.licensure.kinds import DISCIPLINES
from app.licensure.tracks import Frequency, Source, Track

UNKNOWN = "we do not know"
SILENT = "the rule does not say"

SHARES = {
    0.0: "none",
    0.2: "a fifth",
    0.25: "a quarter",
    0.333: "a third",
    0.5: "half",
    0.667: "two thirds",
    0.75: "three quarters",
    1.0: "all",
}
PERIODS = {
    "week": ("each week", "every {} weeks"),
    "month": ("a month", "every {} months"),
    "client_hours": ("for each hour with clients", "for every {} hours with clients"),
    "work_hours": ("for each hour of work", "for every {} hours of work"),
}
CONFIDENCE = {
    "regulation": "we read the code or statute",
    "board_page": "we read the board’s own page",
    "secondary": "we read it only on others’ pages",
    "none": "we have not found the rule",
}
# What a key is called in "we read … only on others' pages".
NAMES = {
    "supervisor_credentials": "who may supervise",
    "supervisor_min_years": "the years",
    "board_approval_required": "whether approval is needed",
    "supervisor_training_hours": "the hours of training",
    "max_supervisees": "the limit of supervisees",
    "individual_max_people": "how many people still count as individual",
    "group_max_people": "the size of a group",
    "group_max_share": "the share for groups",
    "individual_hours_min": "the individual hours",
    "own_discipline_min_share": "the share of one’s own discipline",
    "remote": "whether video counts",
    "remote_max_share": "the share by video",
}


def number(figure: float) -> str:
    """3000 → "3,000", 6.5 → "6.5", 2.0 → "2"."""
    return f"{figure:,.10g}"


def counted(figure: float, noun: str) -> str:
    """ "1 hour", "3,000 hours", "1 person", "6 people"."""
    many = "people" if noun == "person" else f"{noun}s"
    return f"{number(figure)} {noun if figure == 1 else many}"


def share(figure: float) -> str:
    """0.5 → "half", 0.333 → "a third", 0.4 → "40%", 0.423 → "about 42%"."""
    percent = round(figure * 100, 3)
    exact = f"{percent:.0f}%" if percent == round(percent) else f"about {percent:.0f}%"
    return SHARES.get(round(figure, 3), exact)


def day(on: date) -> str:
    """ "November 3, 2026"."""
    return f"{on:%B} {on.day}, {on.year}"


def as_of(text: str) -> str:
    """The date a page shows, which may be a year or a month alone."""
    shown = date.fromisoformat(text + "2000-01-01"[len(text) :])
    return {4: text, 7: f"{shown:%B} {shown.year}", 10: day(shown)}[len(text)]


def span(months: float) -> str:
    """14 → "14 months", 24 → "2 years", 18 → "18 months"."""
    return counted(months, "month") if months % 12 or not months else counted(months / 12, "year")


def often(frequency: Frequency) -> str:
    """ "1 hour each week", "1 hour for every 20 hours with clients"."""
    one, many = PERIODS[frequency.per]
    return f"{counted(frequency.hours, 'hour')} {one if frequency.every == 1 else many.format(frequency.every)}"


def read(source: Source) -> str:
    """When and how a source was read, as far as it is known: "as of March 2026, through a public table"."""
    dated = f"as of {as_of(source.as_of)}" if source.as_of else "undated"
    return f"{dated}, read through: {source.via}" if source.via else dated


@dataclass(frozen=True)
class Figure:
    """One question about a track and its answer: `state` is known, unknown or silent."""

    question: str
    words: str
    state: str
    doubtful: bool


def _hours(figure: float) -> str:
    return counted(figure, "hour")


def _months(figure: float) -> str:
    return counted(figure, "month")


def _alone(people: float) -> str:
    return "one person only" if people == 1 else f"up to {counted(people, 'person')}"


def _up_to(people: float) -> str:
    return f"up to {counted(people, 'person')}"


def _own(figure: float) -> str:
    return f"at least {share(figure)}" if figure else "no share is set"


def _approval(required: bool) -> str:
    return "needed" if required else "not needed"


def _years(years: float) -> str:
    return f"at least {span(years * 12)}" if years else "no minimum"


def _training(hours: float) -> str:
    return _hours(hours) if hours else "none asked for"


# Sections of questions: the question, its key, the words of a value.
SECTIONS: Mapping[str, tuple[tuple[str, str, Callable[..., str]], ...]] = {
    "Your hours": (
        ("License you hold meanwhile", "associate_license", str),
        ("Hours in all", "supervised_hours", number),
        ("Of these, with clients", "direct_client_hours", number),
        ("It takes at least", "min_months", _months),
        ("And at most", "max_months", _months),
    ),
    "Your supervision": (
        ("Supervision in all", "supervision_hours", _hours),
        ("How often", "frequency", often),
        ("Individual, at least", "individual_hours_min", _hours),
        ("Counts as individual", "individual_max_people", _alone),
        ("In a group, at most", "group_max_share", share),
        ("People in a group", "group_max_people", _up_to),
        ("By live video", "remote", str),
        ("With your own discipline", "own_discipline_min_share", _own),
    ),
    "Your supervisor": (
        ("Who may supervise", "supervisor_credentials", lambda codes: listed(codes, "or")),
        ("Approved by the board", "board_approval_required", _approval),
        ("Licensed for", "supervisor_min_years", _years),
        ("Trained in supervision", "supervisor_training_hours", _training),
        ("Supervisees at once", "max_supervisees", _up_to),
    ),
}


def figures(section: str, track: Track) -> list[Figure]:
    """The answers of a track in one of SECTIONS, in the order of its questions."""
    return [
        _video(question, track) if key == "remote" else _figure(question, key, words, track)
        for question, key, words in SECTIONS[section]
    ]


def side_by_side(tracks: Sequence[Track]) -> list[tuple[str, list[tuple[Figure, ...]]]]:
    """Each section with its rows: one question's figure for each of `tracks`."""
    return [(section, list(zip(*(figures(section, track) for track in tracks), strict=True))) for section in SECTIONS]


def _figure(question: str, key: str, words: Callable[..., str], track: Track) -> Figure:
    value = getattr(track, key)
    if value is None or value == ():
        return Figure(question, UNKNOWN, "unknown", doubtful=False)
    return Figure(question, words(value), "known", track.is_doubtful(key))


def _video(question: str, track: Track) -> Figure:
    most = track.remote_max_share
    limited = "counts within limits; we do not know the share" if most is None else f"counts, up to {share(most)}"
    said = {"allowed": "counts", "limited": limited, "not_allowed": "does not count", "silent": SILENT, None: UNKNOWN}
    state = {"silent": "silent", None: "unknown"}.get(track.remote, "known")
    doubtful = state != "unknown" and track.is_doubtful("remote", "remote_max_share")
    return Figure(question, said[track.remote], state, doubtful)


def letters(tracks: Iterable[Track]) -> list[tuple[str, str]]:
    """The codes that may supervise on any of `tracks`, each with its full name."""
    return sorted({(code, CODES[code].name) for track in tracks for code in track.supervisor_credentials})


def discipline(id: str | None) -> str:
    """The name of a discipline, or that it is none of the three."""
    return DISCIPLINES[id] if id else "none of the three disciplines"
