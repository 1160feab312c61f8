"""Write the demonstration: supervisors.csv, credentials.csv and openings.csv beside this file.

Every person is invented. The same seed gives the same bytes; run it again after the rules have changed:

    python demo/make_demo.py [FOLDER]
"""

import csv
import random
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import cities  # noqa: E402
import licenses  # noqa: E402
import people  # noqa: E402
from cast import CAST  # noqa: E402
from licenses import TODAY  # noqa: E402
from offers import Offering, times_cell  # noqa: E402
from people import DISCIPLINES, Deck, Names, Person, Telling  # noqa: E402

from app.supervisors.slugs import slug  # noqa: E402

SEED = 20261120
PER_MILLION = 1.72
# Of a hundred, in counseling, social work, marriage and family. Texas, where the demonstration's Ana looks, has more in
# counseling, and more rooms to meet in: its rule says nothing of video.
SHARES = {"": (52, 29, 19), "TX": (78, 12, 10)}
WORDS = ("specialties", "modalities", "populations", "settings", "styles", "languages", "affinities")
SUPERVISORS = (
    "key", "email", "name", "pronouns", "headline", "about", "city", "state", "zip", "zone", *WORDS, "supervisees",
    "supervising_since", "call_minutes", "call_windows", "call_buffer", "call_notice_hours", "calls_per_week", "join_link",
    "phone", "figure",
)  # fmt: skip
CREDENTIALS = ("supervisor_key", "code", "state", "number", "issued", "expires", "approved", "training_hours", "training_on",
               "decision", "decided_on", "source")  # fmt: skip
OPENINGS = (
    "key", "supervisor_key", "format", "seats", "seats_taken", "title", "line", "about", "online", "in_person", "rhythm", "nth",
    "minutes", "times", "starts_on", "fee", "reduced_fee", "reduced_places", "status", "published_on", "confirmed_on",
)  # fmt: skip


def everyone(rng: random.Random) -> list[Person]:
    """All supervisors with their papers and openings, state by state."""
    names = Names(rng)
    names.used.update(str(one["name"]) for one in CAST)
    fates = Deck(rng, [fate for fate, share in licenses.FATES.items() for _ in range(share)])
    forms = Deck(rng, ["individual"] * 56 + ["dyad"] * 10 + ["group"] * 34)
    usual = Deck(rng, ["online"] * 44 + ["both"] * 34 + ["in_person"] * 22)
    texan = Deck(rng, ["online"] * 25 + ["both"] * 47 + ["in_person"] * 28)
    found = [_written(rng, one) for one in CAST]
    for state in sorted(cities.PEOPLE):
        offering = Offering(rng, forms, texan if state == "TX" else usual)
        found += _of_state(rng, state, names, fates, offering)
    return found


def _of_state(rng: random.Random, state: str, names: Names, fates: Deck, offering: Offering) -> list[Person]:
    tracks, telling = people.tracks_of(state), Telling(rng)
    count = max(3, round(cities.PEOPLE[state] * PER_MILLION))
    found = []
    for number in range(count):
        is_anchor = number < len(DISCIPLINES)
        discipline = DISCIPLINES[number] if is_anchor else rng.choices(DISCIPLINES, SHARES.get(state, SHARES[""]))[0]
        track, fate = tracks[discipline], "anchor" if is_anchor else fates.draw()
        if is_anchor:
            papers = licenses.anchor(rng, track)
        elif rng.random() < 0.03:
            papers = licenses.psychologist(rng, state)
        else:
            papers = licenses.papers_of(rng, track, fate)
        person = people.supervisor(rng, state, track, papers, names.draw())
        if is_anchor:
            person |= {"is_anchor": True, "supervisees": rng.choice((0, 1, 2))}
        telling.tell(person)
        person["calls"] = people.calls(rng, person)
        person["openings"] = _openings(rng, person, offering)
        found.append(person)
    return found


def _openings(rng: random.Random, person: Person, offering: Offering) -> list[dict[str, Any]]:
    count = rng.choices((1, 2, 3), (60, 30, 10))[0]
    if not person.get("is_anchor"):
        return [offering.make(person) for _ in range(count)]
    delivery = "in_person" if rng.random() < 0.3 else "both"
    return [offering.make(person, "individual", delivery), *(offering.make(person) for _ in range(count - 1))]


def _written(rng: random.Random, one: dict[str, Any]) -> Person:
    """A person of the cast; what her openings leave open is the usual."""
    usual = {"status": "published", "starts_on": None, "published_on": TODAY, "confirmed_on": TODAY}
    return {**one, "openings": [{**usual, **opening} for opening in one["openings"]]}


def cells(row: dict[str, Any]) -> dict[str, str]:
    """Values as a spreadsheet shows them."""
    shown = {True: "yes", False: "no", None: ""}
    return {
        name: shown[value] if value is None or isinstance(value, bool) else str(value) for name, value in row.items()
    }


def sheets(found: list[Person]) -> dict[str, list[dict[str, str]]]:
    """The rows of the three files."""
    supervisors, credentials, openings = [], [], []
    emails: set[str] = {str(one["email"]) for one in CAST if "email" in one}
    for number, person in enumerate(found, 1):
        key = f"D-{number:04d}"
        email = person.get("email") or _email(person["name"], emails)
        told = {name: "; ".join(person[name]) for name in WORDS} | person["calls"]
        supervisors.append(cells({**dict.fromkeys(SUPERVISORS, ""), **person, **told, "key": key, "email": email,
                                  "supervising_since": person["since"]}))  # fmt: skip
        credentials += [cells({**one, "supervisor_key": key}) for one in person["papers"]]
        for nth, opening in enumerate(person["openings"], 1):
            openings.append(
                cells({**opening, "key": f"{key}-{nth}", "supervisor_key": key, "times": times_cell(opening)})
            )
    return {"supervisors": supervisors, "credentials": credentials, "openings": openings}


def _email(name: str, taken: set[str]) -> str:
    email = f"{slug(name).replace('-', '.')}@demo.example"
    taken.add(email)
    return email


def write(folder: Path) -> None:
    """Write the three files into the folder."""
    rows = sheets(everyone(random.Random(SEED)))
    for name, columns in (("supervisors", SUPERVISORS), ("credentials", CREDENTIALS), ("openings", OPENINGS)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[name])


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
