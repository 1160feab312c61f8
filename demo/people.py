"""Invented supervisors: who they are, what they say of themselves, when they take intro calls."""

import random
from collections.abc import Callable, Sequence
from typing import Any

import cities
import licenses
import names
import words
import zipcodes

from app.licensure import tracks
from app.licensure.tracks import Track
from app.supervisors.slugs import slug

Person = dict[str, Any]
DISCIPLINES = ("counseling", "social_work", "marriage_family")
PRONOUNS = {"she": "she/her", "he": "he/him", "they": "they/them"}
AFFINITIES = {"she": "woman", "he": "man", "they": "trans-nonbinary"}
OTHER_AFFINITIES = ("lgbtqia", "first-gen", "parent", "neurodivergent", "veteran", "christian", "jewish", "muslim", "buddhist",
                    "secular", "in-recovery", "disabled", "immigrant")  # fmt: skip


class Deck:
    """Cards drawn in a shuffled order, and shuffled anew only when all were drawn."""

    def __init__(self, rng: random.Random, cards: Sequence[Any]) -> None:
        self.rng, self.cards, self.left = rng, list(cards), []

    def draw(self) -> Any:
        if not self.left:
            self.left = self.rng.sample(self.cards, len(self.cards))
        return self.left.pop()


def zips() -> dict[tuple[str, str], list[dict[str, Any]]]:
    """ZIP codes where people live, by state and city."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in zipcodes.list_all():
        if row["zip_code_type"] == "STANDARD" and row["active"] and float(row["lat"]):
            found.setdefault((row["state"], row["city"]), []).append(row)
    return found


ZIPS = zips()


class Names:
    """Names that nobody bears twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.pools = Deck(rng, [name for name, pool in names.POOLS.items() for _ in range(pool.share)])
        self.genders = Deck(rng, ["she"] * 68 + ["he"] * 27 + ["they"] * 5)
        self.surnames = {name: Deck(rng, pool.surnames.split()) for name, pool in names.POOLS.items()}
        self.given = {
            (name, gender): Deck(rng, given.split())
            for name, pool in names.POOLS.items()
            for gender, given in pool.given.items()
        }
        self.used: set[str] = set()

    def draw(self) -> tuple[str, str, str]:
        """A name, its pool and its gender."""
        pool, gender = self.pools.draw(), self.genders.draw()
        while (name := f"{self.given[pool, gender].draw()} {self.surnames[pool].draw()}") in self.used:
            pass
        self.used.add(name)
        return name, pool, gender


def where(rng: random.Random, state: str) -> dict[str, Any]:
    """A place in the state, in its larger cities more often."""
    listed = [city.strip() for city in cities.CITIES[state].split(",")]
    city = rng.choices(listed, [1 / (rank + 1.5) for rank in range(len(listed))])[0]
    return dict(rng.choice(ZIPS[state, city]))


def many(rng: random.Random, options: Sequence[str], least: int, most: int) -> list[str]:
    """So many of the options, in an order of their own."""
    return rng.sample(list(options), rng.randint(least, min(most, len(options))))


def voice(rng: random.Random, person: Person, **more: str) -> dict[str, str]:
    """Some of the person's own words, for the places in a sentence."""
    s, s2 = (words.SPECIALTY[term] for term in rng.sample(person["specialties"], 2))
    p, p2 = (words.POPULATION[term] for term in rng.sample(person["populations"], 2))
    told = {
        "s": s, "s2": s2, "p": p, "p2": p2, "t": words.SETTING[rng.choice(person["settings"])],
        "m": words.MODALITY[rng.choice(person["modalities"])], "city": person["city"], "years": str(person["years"]),
    }  # fmt: skip
    told |= more
    return told | {f"{name}_cap": text[:1].upper() + text[1:] for name, text in told.items()}


def fresh(draw: Callable[[], str], used: set[str], most: int = 200) -> str:
    """What `draw` gives that is not used yet and not too long."""
    while (text := draw()) in used or len(text) > most:
        pass
    used.add(text)
    return text


def supervisor(
    rng: random.Random, state: str, track: Track, papers: list[licenses.Credential], drawn: tuple[str, str, str]
) -> Person:
    """Everything about one person but her sentences."""
    name, pool_name, gender = drawn
    pool, place = names.POOLS[pool_name], where(rng, state)
    issued = min((one["issued"] for one in papers if one["issued"] and one["state"] == state), default=None)
    years = licenses.TODAY.year - issued.year if issued else 9
    person: Person = {
        "name": name, "gender": gender, "city": place["city"], "state": state, "zip": place["zip_code"], "years": years,
        "zone": place["timezone"], "area_codes": place["area_codes"], "discipline": track.discipline, "papers": papers,
        "pronouns": PRONOUNS[gender] if rng.random() < 0.9 else "",
        "specialties": many(rng, tuple(words.SPECIALTY), 3, 6), "populations": many(rng, tuple(words.POPULATION), 2, 5),
        "modalities": many(rng, tuple(words.MODALITY), 2, 4), "settings": many(rng, tuple(words.SETTING), 1, 3),
        "styles": many(rng, words.STYLES, 1, 3),
        "figure": rng.choice(pool.figures[gender]) if rng.random() < 0.5 else "",
        "since": min(licenses.TODAY.year, licenses.TODAY.year - years + 3 + rng.randrange(5)) if years > 3 else 2026,
        "supervisees": rng.choice((None, 0, 1, 1, 2, 2, 3, 3, 4, 5, 7)),
    }  # fmt: skip
    person["languages"] = ["en", *_languages(rng, pool)]
    person["affinities"] = _affinities(rng, pool, gender)
    return person


def _languages(rng: random.Random, pool: names.Pool) -> list[str]:
    chance = 0.08 if "white" in pool.affinities else 0.4
    spoken = [rng.choice(pool.languages)] if rng.random() < chance else []
    if rng.random() < 0.06 and "es" not in spoken:
        spoken.append("es")
    return [*spoken, "ase"] if rng.random() < 0.02 else spoken


def _affinities(rng: random.Random, pool: names.Pool, gender: str) -> list[str]:
    if rng.random() < 0.4:
        return []
    told = [*pool.affinities] if rng.random() < (0.15 if "white" in pool.affinities else 0.75) else []
    if rng.random() < 0.5:
        told.append(AFFINITIES[gender])
    return list(dict.fromkeys([*told, *many(rng, OTHER_AFFINITIES, 0, 2)]))


class Telling:
    """Sentences of a state's people, drawn so that neighbors do not sound alike."""

    used: set[str] = set()  # noqa: RUF012 - over all states: no two people say the same

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.headlines, self.background = Deck(rng, words.HEADLINES), Deck(rng, words.BACKGROUND)
        self.method, self.practical = Deck(rng, words.METHOD), Deck(rng, words.PRACTICAL)

    def tell(self, person: Person) -> None:
        """Give her a headline and a text about herself."""
        person["headline"] = fresh(lambda: self._sentence(self.headlines, person), self.used)
        parts = [
            self._sentence(self.background, person),
            f"{self._two(self.method, person)}",
            self._two(self.practical, person),
        ]
        person["about"] = "\n\n".join(parts)

    def _two(self, deck: Deck, person: Person) -> str:
        return " ".join(self._sentence(deck, person) for _ in range(self.rng.choice((1, 2, 2))))

    def _sentence(self, deck: Deck, person: Person) -> str:
        template = deck.draw()
        while "{years}" in template and person["years"] < 6:
            template = deck.draw()
        return str(template.format(**voice(self.rng, person)))


def calls(rng: random.Random, person: Person) -> dict[str, Any]:
    """When she takes intro calls; one in ten does not."""
    if rng.random() < 0.1 and not person.get("is_anchor"):
        return {}
    stretches = (
        (8, 9),
        (9, 10.5),
        (11.5, 13),
        (12, 13),
        (12, 13.5),
        (15, 16.5),
        (16, 17),
        (17, 18.5),
        (18, 19),
        (19, 20),
    )
    days = rng.sample(range(7), rng.randint(2, 4)) if rng.random() < 0.2 else rng.sample(range(5), rng.randint(2, 4))
    windows = [(day, *rng.choice(stretches)) for day in sorted(days)]
    by_phone = rng.random() < 0.15
    slug_ = slug(person["name"])
    return {
        "call_minutes": rng.choice((15, 20, 20, 20)), "call_buffer": rng.choice((5, 10, 10, 15)),
        "call_notice_hours": rng.choice((4, 12, 24, 24, 24, 48)), "calls_per_week": rng.choice((None, None, 3, 4, 5, 6)),
        "call_windows": "; ".join(f"{DAYS[day]} {clock(start)}-{clock(end)}" for day, start, end in windows),
        "join_link": "" if by_phone else f"https://meet.example/{slug_}",
        "phone": f"({rng.choice(person['area_codes'])}) 555-01{rng.randrange(100):02d}" if by_phone else "",
    }  # fmt: skip


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def clock(hour: float) -> str:
    """17.5 → "17:30"."""
    return f"{int(hour):02d}:{round(hour % 1 * 60):02d}"


def tracks_of(state: str) -> dict[str, Track]:
    """The state's tracks by discipline."""
    return {track.discipline: track for track in tracks.load() if track.state == state}
