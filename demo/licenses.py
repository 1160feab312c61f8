"""What invented supervisors hold: credentials that this state's tracks accept, or nearly accept."""

import random
from datetime import date, timedelta
from typing import Any

from app.licensure import eligibility, tracks
from app.licensure.credentials import CODES
from app.licensure.facts import Facts, Held, Offer
from app.licensure.tracks import Track
from app.licensure.verdict import Value

TODAY = date(2026, 11, 20)  # the newest day in the files; loading moves it to the day of loading
SOURCES = ("board roster", "board’s public look-up", "board’s public look-up", "copy of the license")
Credential = dict[str, Any]
BEST = Offer(seats=1, online=True, in_person=True)

# What becomes of a supervisor's papers, in how many of a hundred.
FATES = {"solid": 57, "self_reported": 18, "pending": 11, "expired": 4, "junior": 4, "unapproved": 3, "undated": 3}


def own_codes(track: Track) -> list[str]:
    """Codes of the track's own discipline that its state gives, a designation first."""
    accepted = [code for code in track.supervisor_credentials if CODES[code].discipline == track.discipline]
    local = [code for code in accepted if CODES[code].kind != "national"]
    local.sort(key=lambda code: CODES[code].kind != "designation")
    target = [track.target_license] if track.target_license in CODES else []
    return list(dict.fromkeys([*local, *target])) or [
        {"counseling": "LPC", "marriage_family": "LMFT"}.get(track.discipline, "LCSW")
    ]


def held(rng: random.Random, code: str, state: str | None, years: int) -> Credential:
    """A credential held for so many years, good until its next birthday or the one after."""
    issued = TODAY - timedelta(days=years * 365 + rng.randrange(20, 340))
    expires = date(rng.choice((2027, 2027, 2028, 2028, 2029)), rng.randrange(1, 13), rng.choice((15, 28)))
    hours = rng.choice((15, 20, 24, 30, 30, 40, 45, 45, 60))
    return {
        "code": code, "state": state, "number": str(rng.randrange(1200, 98000)), "issued": issued, "expires": expires,
        "approved": None, "training_hours": hours if rng.random() < 0.8 else None, "training_on": min(issued + timedelta(days=900), TODAY - timedelta(days=200)),
        "decision": "", "decided_on": None, "source": "",
    }  # fmt: skip


def decide(rng: random.Random, credential: Credential, decision: str = "verified") -> None:
    """A steward's decision on it, in the last ten months; a pending one in the last days."""
    days = rng.randrange(1, 8) if decision == "pending" else rng.randrange(6, 300)
    source = "sent by the supervisor" if decision == "pending" else rng.choice(SOURCES)
    credential |= {"decision": decision, "decided_on": TODAY - timedelta(days=days), "source": source}


def anchor(rng: random.Random, track: Track) -> list[Credential]:
    """Papers with which an opening counts on the track, if any can: the first that do, or the nearest."""
    years = max(12, int(track.supervisor_min_years or 0) + 6) + rng.randrange(6)
    tried = [_papers(rng, track, code, years) for code in _ways(track)]
    return max(tried, key=lambda papers: _value(track, papers))


def _ways(track: Track) -> list[str]:
    accepted = sorted(track.supervisor_credentials, key=lambda code: CODES[code].discipline != track.discipline)
    return list(dict.fromkeys([*own_codes(track), *accepted]))


def _papers(rng: random.Random, track: Track, code: str, years: int) -> list[Credential]:
    """This code with everything the track asks for; a national one beside the state's own license."""
    codes = [own_codes(track)[0], code] if CODES[code].kind == "national" else [code]
    papers = [held(rng, one, None if CODES[one].kind == "national" else track.state, years) for one in codes]
    for one in papers:
        one["training_hours"] = max(45, int(track.supervisor_training_hours or 0))
        if one["state"]:
            one["approved"] = True
        decide(rng, one)
    return papers


def papers_of(rng: random.Random, track: Track, fate: str) -> list[Credential]:
    """Papers of somebody on the track's board's list, as FATES has it."""
    least = int(track.supervisor_min_years or 2)
    years = least + 2 + rng.randrange(18)
    code = own_codes(track)[0]
    first = held(rng, code, track.state, years)
    first["approved"] = True if track.board_approval_required else None
    if track.supervisor_training_hours:
        first["training_hours"] = max(first["training_hours"] or 0, int(track.supervisor_training_hours) + 1)
    if fate in {"solid", "expired", "junior", "unapproved", "undated"}:
        decide(rng, first)
    if fate == "pending":
        decide(rng, first, "pending")
    if fate == "expired":
        first["expires"] = TODAY - timedelta(days=rng.randrange(20, 200))
    if fate == "junior":
        _make_junior(rng, first)
    if fate == "unapproved":
        first |= {"code": CODES[code].on[0] if CODES[code].on else code, "approved": False}
    if fate == "undated":
        first |= {"issued": None, "training_hours": None, "training_on": None, "approved": None}
    return [first, *_beside(rng, track, years)]


def _make_junior(rng: random.Random, first: Credential) -> None:
    """Licensed a year or so ago; the training is not complete."""
    code = CODES[first["code"]]
    first |= {
        "code": code.on[0] if code.on else code.code, "issued": TODAY - timedelta(days=rng.randrange(260, 480)),
        "training_hours": rng.choice((None, 3, 6)), "training_on": None, "approved": None,
    }  # fmt: skip


def _beside(rng: random.Random, track: Track, years: int) -> list[Credential]:
    """What some hold besides: a license next door, a designation of a national body."""
    papers = []
    if rng.random() < 0.12:
        other = rng.choice(
            [one for one in tracks.load() if one.discipline == track.discipline and one.state != track.state]
        )
        papers.append(held(rng, own_codes(other)[-1], other.state, max(1, years - 5)))
        if rng.random() < 0.6:
            decide(rng, papers[-1])
    national = {"counseling": "ACS", "marriage_family": "AAMFT-AS"}.get(track.discipline)
    if national and rng.random() < (0.25 if national == "AAMFT-AS" else 0.1):
        papers.append(held(rng, national, None, max(1, years - 6)))
        if rng.random() < 0.5:
            decide(rng, papers[-1])
    return papers


def psychologist(rng: random.Random, state: str) -> list[Credential]:
    """A psychologist, whom some boards accept and others do not."""
    paper = held(rng, "PSY", state, 5 + rng.randrange(20))
    decide(rng, paper)
    return [paper]


def _value(track: Track, papers: list[Credential]) -> Value:
    return eligibility.value(track, BEST, facts(papers), TODAY)


def facts(papers: list[Credential], supervisees: int | None = None, placements: int = 0) -> Facts:
    """The papers as the rules see them."""
    return Facts("Demo", tuple(_held(one) for one in papers), supervisees, placements)


def _held(one: Credential) -> Held:
    return Held(
        code=one["code"], state=one["state"], issued=one["issued"], expires=one["expires"], approved=one["approved"],
        training_hours=one["training_hours"], verified=one["decision"] == "verified",
    )  # fmt: skip
