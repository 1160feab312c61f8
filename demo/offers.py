"""Invented openings: who can come, when, for how much, and how they are described."""

import random
from datetime import date, timedelta
from typing import Any

import cities
import licenses
import people
import words
from people import Deck, Person, clock

Opening = dict[str, Any]
NUMBERS = {
    2: "two",
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    8: "eight",
    9: "nine",
    10: "ten",
    12: "twelve",
}
TURNS = {3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 10: "tenth", 12: "twelfth"}
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WHEN = {
    "morning": (7, 7.5, 8, 8.5, 9, 9, 9.5, 10, 10.5, 11), "noon": (12, 12, 12.5, 13), "afternoon": (13.5, 14, 15, 15.5, 16, 16.5),
    "evening": (17, 17.5, 17.5, 18, 18, 18.5, 19, 19.5),
}  # fmt: skip


class Offering:
    """Openings of a state's people, drawn so that neighbors do not sound alike."""

    used: set[str] = set()  # noqa: RUF012 - over all states: no two cards read the same

    def __init__(self, rng: random.Random, forms: Deck, deliveries: Deck) -> None:
        self.rng, self.forms, self.deliveries = rng, forms, deliveries
        self.what = {form: Deck(rng, cards) for form, cards in (
            ("individual", words.LINE_WHAT), ("dyad", words.DYAD_WHAT), ("group", words.GROUP_WHAT))}  # fmt: skip
        self.how, self.group_how = Deck(rng, words.LINE_HOW), Deck(rng, words.GROUP_HOW)
        self.titles, self.topics = Deck(rng, words.GROUP_TITLES), Deck(rng, words.TOPIC_TITLES)

    def make(self, person: Person, form: str | None = None, delivery: str | None = None) -> Opening:
        """One opening of the person, of the form drawn unless it is given."""
        rng, form = self.rng, form or self.forms.draw()
        seats = {"individual": 1, "dyad": 2}.get(form) or rng.choice((3, 4, 4, 5, 5, 6, 6, 6, 6, 7, 8, 8, 10, 12))
        times = self._times(form)
        minutes = {"individual": rng.choice((50, 60, 60, 60)), "dyad": rng.choice((60, 75, 90))}.get(
            form
        ) or rng.choice((75, 90, 90, 120))
        online, in_person = {"online": (True, False), "in_person": (False, True), "both": (True, True)}[
            delivery or self.deliveries.draw()
        ]
        opening: Opening = {
            "form": form, "format": "group" if form == "group" else "individual", "seats": seats, "minutes": minutes,
            "seats_taken": self._taken(form, seats, person), "online": online, "in_person": in_person, "times": times,
            **self._rhythm(form), **self._fee(form, person), **self._days(),
        }  # fmt: skip
        self._describe(opening, person)
        return opening

    def _times(self, form: str) -> list[tuple[int, float]]:
        rng = self.rng
        parts = rng.choices(("morning", "noon", "afternoon", "evening"), (24, 16, 18, 42))[0]
        day = rng.choices(range(7), (17, 20, 19, 19, 13, 9, 3))[0]
        start = rng.choice(WHEN["morning" if day > 4 and rng.random() < 0.7 else parts])
        times = [(day, start)]
        if form == "individual" and rng.random() < 0.25:
            times.append((rng.choice([other for other in range(5) if other != day]), rng.choice(WHEN[parts])))
        return sorted(times)

    def _taken(self, form: str, seats: int, person: Person) -> int:
        rng = self.rng
        if person.get("is_anchor") or form == "individual":
            return 0 if person.get("is_anchor") or rng.random() < 0.95 else 1
        if rng.random() < 0.08:
            return seats
        return rng.randrange(0, seats)

    def _rhythm(self, form: str) -> dict[str, Any]:
        weights = (45, 40, 15) if form == "group" else (64, 27, 9)
        rhythm = self.rng.choices(("weekly", "fortnightly", "monthly"), weights)[0]
        return {"rhythm": rhythm, "nth": self.rng.choice((1, 2, 3, 4, 5)) if rhythm == "monthly" else None}

    def _fee(self, form: str, person: Person) -> dict[str, Any]:
        """Individual $60–175 around 100, dyads around 65, groups $35–75; a third with a lower fee for some."""
        rng = self.rng
        low, high, middle = {"individual": (60, 175, 100), "dyad": (45, 95, 63)}.get(form, (35, 75, 50))
        spread = {"individual": 0.26, "dyad": 0.16}.get(form, 0.2)
        drawn = middle * cities.DEAR.get(person["state"], 1.0) * rng.lognormvariate(0, spread)
        fee = min(high, max(low, 5 * round(drawn / 5)))
        if rng.random() >= 0.34:
            return {"fee": fee, "reduced_fee": None, "reduced_places": None}
        reduced = 5 * round(fee * rng.choice((0.55, 0.6, 0.7, 0.75)) / 5)
        return {"fee": fee, "reduced_fee": reduced, "reduced_places": rng.choice((1, 1, 1, 2, None))}

    def _days(self) -> dict[str, Any]:
        rng = self.rng
        # Most have said of late that the place is open; some have not, and sink.
        days = rng.randrange(0, 29) if rng.random() < 0.92 else rng.randrange(31, 44)
        confirmed = licenses.TODAY - timedelta(days=days)
        published = confirmed - timedelta(days=rng.choice((0, rng.randrange(1, 40), rng.randrange(20, 300))))
        starts: date | None = licenses.TODAY + timedelta(days=rng.randrange(5, 60)) if rng.random() < 0.3 else None
        return {"confirmed_on": confirmed, "published_on": published, "starts_on": starts, "status": "published"}

    def _describe(self, opening: Opening, person: Person) -> None:
        form, (day, start) = opening["form"], opening["times"][0]
        n, turn = NUMBERS[opening["seats"]] if form == "group" else "", TURNS.get(opening["seats"], "third")
        told = people.voice(self.rng, person, n=n, turn=turn, day=DAY_NAMES[day])
        how = self.group_how if form == "group" else self.how

        def line() -> str:
            return " ".join(deck.draw().format(**told) for deck in (self.what[form], how))

        opening["line"] = people.fresh(line, self.used)
        opening["title"] = self._title(form, day, start, told)
        about = words.GROUP_ABOUT if form == "group" else words.OPENING_ABOUT
        opening["about"] = self.rng.choice(about).format(**told) if self.rng.random() < 0.85 else ""

    def _title(self, form: str, day: int, start: float, told: dict[str, str]) -> str:
        if form == "group":
            title = str((self.titles if self.rng.random() < 0.55 else self.topics).draw()).format(**told)
            return title.replace("Thursday", DAY_NAMES[day])
        part = "morning" if start < 12 else "noon" if start < 13 else "afternoon" if start < 17 else "evening"
        options = (f"{DAY_NAMES[day]} hour", f"{DAY_NAMES[day]} {part}", f"{part.capitalize()} hour") if form == "individual" else (
            f"{DAY_NAMES[day]} pair", f"Two on {DAY_NAMES[day]} {part}", "A dyad")  # fmt: skip
        return str(self.rng.choice(options))


def times_cell(opening: Opening) -> str:
    """ "tue 17:30; thu 18:00"."""
    return "; ".join(f"{people.DAYS[day]} {clock(start)}" for day, start in opening["times"])
