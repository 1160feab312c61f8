"""The rule of each track: a jurisdiction and a discipline, as read from jurisdictions/XX.toml.

A missing key means *not known*, never *no limit*: it is None (or an empty tuple) here too.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from app.licensure import kinds
from app.licensure.kinds import DISCIPLINES, Row

SHIPPED = Path(__file__).parent / "jurisdictions"


@dataclass(frozen=True)
class Frequency:
    """So many `hours` of supervision each `every` weeks, months, hours of client contact or hours of work."""

    hours: float
    per: str
    every: int = 1


@dataclass(frozen=True)
class Source:
    """Where a rule was read: `as_of` as the page dates itself, `via` the table it was read through."""

    cite: str
    url: str | None = None
    as_of: str | None = None
    via: str | None = None


@dataclass(frozen=True, eq=False)
class Track:
    """One board's rule for one license. Compared and hashed as an object, for verdicts are kept by track."""

    state: str
    state_name: str
    discipline: str
    board: str
    target_license: str
    confidence: str
    board_url: str | None = None
    target_title: str | None = None
    associate_license: str | None = None
    supervised_hours: int | None = None
    direct_client_hours: int | None = None
    min_months: int | None = None
    max_months: int | None = None
    supervision_hours: int | None = None
    individual_hours_min: int | None = None
    frequency: Frequency | None = None
    group_max_share: float | None = None
    individual_max_people: int | None = None
    group_max_people: int | None = None
    supervisor_credentials: tuple[str, ...] = ()
    own_discipline_min_share: float | None = None
    board_approval_required: bool | None = None
    supervisor_min_years: float | None = None
    supervisor_training_hours: float | None = None
    max_supervisees: int | None = None
    remote: str | None = None
    remote_max_share: float | None = None
    secondary_keys: frozenset[str] = frozenset()
    notes: str | None = None
    sources: tuple[Source, ...] = ()

    @cached_property
    def id(self) -> str:
        """Such as "TX/counseling"."""
        return f"{self.state}/{self.discipline}"

    @cached_property
    def label(self) -> str:
        """Such as "Texas LPC"."""
        return f"{self.state_name} {self.target_license}"

    @cached_property
    def short(self) -> str:
        """Such as "TX LPC"."""
        return f"{self.state} {self.target_license}"

    @cached_property
    def accepts(self) -> frozenset[str]:
        """The codes in `supervisor_credentials`."""
        return frozenset(self.supervisor_credentials)

    def is_doubtful(self, *keys: str) -> bool:
        """Whether any of `keys` was read only on others' pages."""
        return self.confidence == "secondary" or not self.secondary_keys.isdisjoint(keys)


@dataclass(frozen=True, eq=False)
class Jurisdiction:
    """A state, or the District of Columbia, with its tracks in the order of the disciplines."""

    code: str
    name: str
    tracks: tuple[Track, ...]

    def track(self, discipline: str) -> Track | None:
        return next((track for track in self.tracks if track.discipline == discipline), None)


class Rules:
    """All jurisdictions, by name; iterating goes over their tracks."""

    def __init__(self, jurisdictions: list[Jurisdiction]) -> None:
        self.jurisdictions = tuple(sorted(jurisdictions, key=lambda jurisdiction: jurisdiction.name))
        self.tracks = tuple(track for jurisdiction in self.jurisdictions for track in jurisdiction.tracks)
        self._jurisdictions = {jurisdiction.code: jurisdiction for jurisdiction in self.jurisdictions}
        self._tracks = {track.id: track for track in self.tracks}

    def __iter__(self) -> Iterator[Track]:
        return iter(self.tracks)

    def __len__(self) -> int:
        return len(self.tracks)

    def jurisdiction(self, code: str) -> Jurisdiction:
        """The jurisdiction of a postal code such as "TX". KeyError if there is none."""
        return self._jurisdictions[code]

    def track(self, id: str) -> Track:
        """The track of an id such as "TX/counseling". KeyError if there is none."""
        return self._tracks[id]

    def find(self, state: str | None, discipline: str | None) -> Track | None:
        """The track of a state and a discipline, either of which may be missing or unknown."""
        return self._tracks.get(f"{state}/{discipline}")


@dataclass(frozen=True)
class RuleError:
    """What is wrong, and where: `track` is the discipline, empty where the file as a whole is meant."""

    file: str
    track: str
    key: str
    words: str

    def __str__(self) -> str:
        return f"{self.file}: {self.track or '-'}: {self.key or '-'}: {self.words}"


class RulesRefused(Exception):
    """The rules cannot be used; `errors` has every reason."""

    def __init__(self, errors: list[RuleError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


def _track(state: str, name: str, row: Row) -> Track:
    values = dict(row)
    if "frequency" in row:
        values["frequency"] = Frequency(**row["frequency"])
    values["sources"] = tuple(Source(**source) for source in row.get("sources", ()))
    values["supervisor_credentials"] = tuple(row.get("supervisor_credentials", ()))
    values["secondary_keys"] = frozenset(row.get("secondary_keys", ()))
    return Track(state=state, state_name=name, **values)


def _of_file(path: Path, data: Row) -> list[RuleError]:
    """What is wrong with the file as a whole."""
    wrong = [(key, "unknown key") for key in data if key not in ("jurisdiction", "name", "track")]
    for key in ("jurisdiction", "name"):
        wrong += [(key, words) for words in (kinds.text(data[key]) if key in data else ("is missing",))]
    if "jurisdiction" in data and data["jurisdiction"] != path.stem:
        wrong.append(("jurisdiction", f"is {data['jurisdiction']!r}, but the file is named {path.stem}"))
    rows = data.get("track")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        wrong.append(("track", "must be one or more [[track]] tables"))
    else:
        disciplines = [str(row["discipline"]) for row in rows if "discipline" in row]
        twice = sorted({name for name in disciplines if disciplines.count(name) > 1})
        wrong += [("discipline", f"{name} has two tracks") for name in twice]
    return [RuleError(path.name, "", key, words) for key, words in wrong]


def _file(path: Path) -> tuple[Jurisdiction | None, list[RuleError]]:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return None, [RuleError(path.name, "", "", f"cannot be read: {error}")]
    errors = _of_file(path, data)
    rows = data["track"] if not any(error.key == "track" for error in errors) else []
    for number, row in enumerate(rows, 1):
        track = str(row.get("discipline", f"track {number}"))
        errors += [RuleError(path.name, track, key, words) for key, words in kinds.wrong(row)]
    if errors:
        return None, errors
    tracks = [_track(data["jurisdiction"], data["name"], row) for row in rows]
    tracks.sort(key=lambda track: list(DISCIPLINES).index(track.discipline))
    return Jurisdiction(data["jurisdiction"], data["name"], tuple(tracks)), []


def _read(path: Path) -> tuple[list[Jurisdiction], list[RuleError]]:
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        return [], [RuleError(path.name, "", "", "has no .toml files")]
    read = [_file(file) for file in files]
    return [found for found, _ in read if found], [error for _, errors in read for error in errors]


def check(path: Path) -> list[RuleError]:
    """Every error in the file, or in all .toml files of the folder, at `path`."""
    return _read(path)[1]


@cache
def load(path: Path | None = None) -> Rules:
    """The rules in the folder at `path`, by default those shipped; read once. RulesRefused if anything is wrong."""
    jurisdictions, errors = _read(path or SHIPPED)
    if errors:
        raise RulesRefused(errors)
    return Rules(jurisdictions)


@cache
def edition() -> str:
    """Sixteen letters that change whenever a shipped rule file or the table of credentials does."""
    files = [*sorted(SHIPPED.glob("*.toml")), SHIPPED.parent / "credentials.toml"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
