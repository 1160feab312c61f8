"""Steps 10 to 15 of a verdict: the opening's format and delivery before the board. Findings as in supervisor_steps."""

from app.licensure.facts import Offer
from app.licensure.tracks import Track
from app.licensure.verdict import Finding, Value
from app.licensure.words import counted, number, share

NO, CHECK, PARTLY, COUNTS = Value


def individual(track: Track, offer: Offer) -> Finding | None:
    """10: up to `individual_max_people` seats are individual, above that a group."""
    seats = offer.seats
    if _is_group(track, offer):
        return None
    if seats == 1:
        return Finding(10, COUNTS, lambda: "Individual: one supervisee at a time.")
    return Finding(10, COUNTS, lambda: f"{seats} seats still count as individual with your board.", _format_keys(track))


def group_size(track: Track, offer: Offer) -> Finding | None:
    """11: a group no larger than the board allows."""
    most, seats, keys = track.group_max_people, offer.seats, (*_format_keys(track), "group_max_people")
    if most is None or not _is_group(track, offer):
        return None
    if seats > most:
        return Finding(
            11,
            NO,
            lambda: f"A group may have {counted(most, 'person')} with your board; this one has {seats} seats.",
            keys,
        )
    return Finding(11, COUNTS, lambda: f"{seats} seats, within the {most} your board allows in a group.", keys)


def group_share(track: Track, offer: Offer) -> Finding | None:
    """12: the share of supervision that may be in a group, or else the hours that must not be."""
    most, alone = track.group_max_share, track.individual_hours_min
    if not _is_group(track, offer) or (most is None and alone is None):
        return None
    keys = (*_format_keys(track), "individual_hours_min" if most is None else "group_max_share")
    if most == 0:
        return Finding(
            12, NO, lambda: f"No supervision in a group counts with your board; this one has {offer.seats} seats.", keys
        )
    if most == 1:
        return Finding(12, COUNTS, lambda: "All of your supervision may be in a group.", keys)
    if most is not None:
        return Finding(12, PARTLY, lambda: f"At most {share(most)} of your supervision may be in a group.", keys)
    return Finding(12, PARTLY, lambda: _all_but(track), keys)


def _all_but(track: Track) -> str:
    alone, total = track.individual_hours_min, track.supervision_hours
    if alone is not None and total == alone:
        return f"Your board wants {alone} hours to be individual, all that it asks for; a group can only add to them."
    of_all = f" of the {number(total)}" if total else ""
    return f"Your board wants {number(alone or 0)} hours{of_all} to be individual; the others may be in a group."


def group_unknown(track: Track, offer: Offer) -> Finding | None:
    """13: a group, and no figure for groups."""
    if not _is_group(track, offer) or not (track.group_max_share is None and track.individual_hours_min is None):
        return None
    return Finding(
        13, CHECK, lambda: "We do not know how much of your supervision may be in a group.", _format_keys(track)
    )


def video(track: Track, offer: Offer) -> Finding | None:
    """14: online only, and what the rule says of live video."""
    if offer.in_person:
        return None if offer.online else Finding(14, COUNTS, lambda: "Meets in person.")
    value, words = VIDEO[track.remote]
    most = track.remote_max_share
    keys = ("remote",) if most is None else ("remote", "remote_max_share")
    limit = "within limits we do not know" if most is None else f"for at most {share(most)} of your supervision"
    return Finding(14, value, lambda: words.format(limit=limit), keys)


VIDEO = {
    "allowed": (COUNTS, "Supervision by live video counts with your board."),
    "limited": (PARTLY, "Live video counts {limit}; this opening is online only."),
    "not_allowed": (NO, "Supervision by live video does not count with your board; this opening is online only."),
    "silent": (CHECK, "The rule does not say whether live video counts; this opening is online only."),
    None: (CHECK, "We do not know whether live video counts; this opening is online only."),
}


def either(track: Track, offer: Offer) -> Finding | None:
    """15: in person or online as one likes. Nothing against it, whatever the rule says of video: so no keys."""
    if not (offer.in_person and offer.online):
        return None
    if track.remote == "allowed" and not track.is_doubtful("remote"):
        return Finding(15, COUNTS, lambda: "In person or by live video: your board takes both.")
    return Finding(15, COUNTS, lambda: "In person it counts the same; online hours may not count.", caution=True)


STEPS = (individual, group_size, group_share, group_unknown, video, either)


def _is_group(track: Track, offer: Offer) -> bool:
    return offer.seats > (track.individual_max_people or 1)


def _format_keys(track: Track) -> tuple[str, ...]:
    return () if track.individual_max_people is None else ("individual_max_people",)
