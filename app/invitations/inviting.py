"""Invitations: sent to a card without a name, answered, and what the supervisor learns of the answer and when.

A yes she learns at once. A no she learns the next morning, so that nothing tells when it was read; of a mute, or of
silence, she learns no more than that the invitation ran out. What a mute hides it hides from the next morning on, for
the same reason; until then whatever she sends is quiet. What waits as far as she knows she may withdraw, and then
learns nothing of it any more; it counts as if it waited still, or she could send as many as she likes.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.db import db
from app.formats import when
from app.invitations import companies, letters, seeing, whom
from app.invitations.models import ANSWERS, Card, Invitation, Mute
from app.invitations.mornings import next_morning
from app.messages import threads
from app.openings.models import Opening
from app.refusals import Missing, Refused
from app.supervisors.models import Supervisor

LASTS = timedelta(days=14)
A_DAY, AT_ONCE = 5, 20  # invitations of one supervisor
SHOWN = 100  # invitations on a page
LONGEST = 500
DAY = timedelta(days=1)
MANY = f"You have sent {A_DAY} invitations within 24 hours, which is as many as there may be. The next may go"
WAITING = (
    f"{AT_ONCE} of your invitations wait for an answer, or would if you had not withdrawn them, "
    "which is as many as there may be at once."
)
AGAIN = "They were invited to this opening before, and nobody is invited to the same one twice."
OVER = "This invitation does not wait for an answer any more, so there is nothing to withdraw."


def invite(opening: Opening, card: Card, note: str, *, now: datetime) -> Invitation:
    """Invite whoever shows this card into the opening. Twice is once.

    Refused where that invitation waits no more, and beyond the limits, which count what the supervisor knows of, so
    that they tell her nothing more. Missing if the card was turned off at this very moment.
    """
    _hold_supervisor(opening.supervisor)
    if earlier := _by_card(opening, card.public_id):
        if told(earlier, now) != "waiting":
            raise Refused(AGAIN, status=409)
        return earlier
    note = note.replace("\r\n", "\n").strip()
    if len(note) > LONGEST:
        raise Refused(f"Please keep this to {LONGEST} characters; it has {len(note)} now.", "note")
    _keep_to_limits(opening.supervisor, now)
    _hold(card)
    invitation = Invitation(
        public_id=secrets.token_urlsafe(16), supervisor=opening.supervisor, opening=opening, person=card.person,
        card=card.public_id, note=note, sent_at=now, expires_at=now + LASTS, answer="",
        is_quiet=_is_unheard(opening, card),
    )  # fmt: skip
    db.session.add(invitation)
    db.session.flush()
    if not invitation.is_quiet:
        letters.tell_invited(invitation, now=now)
    return invitation


def told(invitation: Invitation, now: datetime) -> str:
    """What its sender knows of it: "yes", "withdrawn", "no" for "not this time", or "waiting"."""
    if invitation.answer == "yes":
        return "yes"
    if invitation.withdrawn_at:
        return "withdrawn"
    declined_at = invitation.answered_at if invitation.answer == "no" else None
    is_known = declined_at is not None and now >= next_morning(declined_at)
    return "no" if is_known or now >= invitation.expires_at else "waiting"


def withdraw(invitation: Invitation, *, now: datetime) -> None:
    """Take back what waits for an answer as far as its sender knows, whatever was answered. Twice is once.

    Refused once she knows of a yes or a "not this time".
    """
    db.session.refresh(invitation, with_for_update={"of": Invitation})
    match told(invitation, now):
        case "waiting":
            invitation.withdrawn_at = now
        case "yes":
            raise Refused(f"Meanwhile {invitation.person.name} has answered yes.", status=409)
        case "no":
            raise Refused(OVER, status=409)


def by_card(opening: Opening, card: str) -> Invitation:
    """The invitation into this opening that went to the card of this public id. Missing if none did."""
    if invitation := _by_card(opening, card):
        return invitation
    raise Missing


def own(person: Person, public_id: str) -> Invitation:
    """An invitation that this person got. Missing for everybody else, its sender too."""
    mine = Invitation.public_id == public_id[:32], Invitation.person_id == person.id, ~Invitation.is_quiet
    if invitation := db.session.scalar(select(Invitation).where(*mine)):
        return invitation
    raise Missing


def answer(invitation: Invitation, said: str, *, now: datetime) -> Invitation:
    """Carry out yes (both learn each other's name, and a thread opens), no, or mute. The same answer twice is one.

    Refused once another was given; a yes and a no once it was withdrawn or ran out; a yes where no seat is left.
    """
    if said not in ANSWERS:
        raise Refused("Please press one of the three.")
    if said == "mute":
        mute(invitation.person, invitation.supervisor, now=now)
    db.session.refresh(invitation, with_for_update={"of": Invitation})
    if invitation.answer == said or (said == "mute" and invitation.answer == "no"):
        return invitation
    if invitation.answer:
        raise Refused("You have answered this invitation already.", status=409)
    if invitation.withdrawn_at and said != "mute":
        raise Refused(f"Meanwhile {invitation.supervisor.name} has withdrawn this invitation.", status=409)
    if now >= invitation.expires_at and said != "mute":
        raise Refused("This invitation has run out.", status=409)
    if said == "yes":
        _open_thread(invitation, now)
    invitation.answer, invitation.answered_at = said, now
    return invitation


def mute(person: Person, supervisor: Supervisor, *, now: datetime) -> None:
    """Never show this supervisor the person's card again, and answer so whatever of hers waits. Twice is once.

    Who has invited her sees what is shown already until the morning, or the hour of the mute would show.
    """
    _hold_supervisor(supervisor)
    hers = Invitation.person_id == person.id, Invitation.supervisor_id == supervisor.id
    held = select(Invitation).where(*hers).order_by(Invitation.id).with_for_update()
    got = db.session.scalars(held, execution_options={"populate_existing": True}).all()
    if db.session.get(Mute, (person.id, supervisor.id)) is None:
        hides_from = next_morning(now) if got else None
        db.session.add(Mute(person_id=person.id, supervisor_id=supervisor.id, since=now, hides_from=hides_from))
    for one in got:
        if not (one.answer or one.withdrawn_at) and one.expires_at > now:
            one.answer, one.answered_at = "mute", now
    db.session.flush()


def mute_whom(person: Person, text: str, *, now: datetime) -> Supervisor:
    """The same, at once, of whoever is meant: a name, or the address of a profile. Refused where that is not clear."""
    supervisor = whom.meant(text)
    if supervisor.person_id == person.id:
        raise Refused("This is you, and nobody sees her own card among others.", "whom")
    mute(person, supervisor, now=now)
    return supervisor


def unmute(person: Person, supervisor_id: int, *, now: datetime) -> None:
    """Show it again, as to others: from the morning on, with other company. Missing if she was not muted."""
    muted = db.session.get(Mute, (person.id, min(supervisor_id, 2**31 - 1)))
    if muted is None:
        raise Missing
    db.session.delete(muted)
    if card := db.session.scalar(select(Card).where(Card.person_id == person.id)):
        companies.leave(card, now=now)


def muted_by(person: Person) -> Sequence[Mute]:
    """Whom she muted, the latest first."""
    return db.session.scalars(select(Mute).where(Mute.person_id == person.id).order_by(Mute.since.desc())).all()


def received(person: Person) -> Sequence[Invitation]:
    """What she was invited to, the latest first."""
    mine = select(Invitation).where(Invitation.person_id == person.id, ~Invitation.is_quiet)
    return _latest_first(mine.options(joinedload(Invitation.supervisor), joinedload(Invitation.opening)))


def is_invited(person: Person, opening: Opening) -> bool:
    """Whether she has got an invitation into this opening."""
    hers = Invitation.person_id == person.id, Invitation.opening_id == opening.id, ~Invitation.is_quiet
    return db.session.scalar(select(Invitation.id).where(*hers)) is not None


def sent(supervisor: Supervisor) -> Sequence[Invitation]:
    """Whom she invited, the latest first."""
    hers = select(Invitation).where(Invitation.supervisor_id == supervisor.id)
    return _latest_first(hers.options(joinedload(Invitation.person), joinedload(Invitation.opening)))


def invited(opening: Opening) -> dict[str, str]:
    """The cards that were invited into this opening, by their public ids, each with "invited" or "withdrawn"."""
    rows = select(Invitation.card, Invitation.withdrawn_at).where(Invitation.opening_id == opening.id)
    return {card: "withdrawn" if withdrawn_at else "invited" for card, withdrawn_at in db.session.execute(rows)}


def why_no_yes(invitation: Invitation, now: datetime) -> str | None:
    """Why it cannot be answered with yes any more; None if it can."""
    opening, supervisor = invitation.opening, invitation.supervisor
    if supervisor.person.closed_at:
        return f"Meanwhile {supervisor.name} has left the site."
    if opening.status != "published" or supervisor.published_at is None:
        return f"Meanwhile {supervisor.name} has taken this opening off the site."
    if not seeing.is_verified(supervisor, now):
        return f"The license of {supervisor.name} is not verified any more, so your name is not told."
    if not opening.open_seats:
        return "Meanwhile all seats of this opening are taken."
    return None


def _latest_first(query: Select[Invitation]) -> Sequence[Invitation]:
    return db.session.scalars(query.order_by(Invitation.sent_at.desc(), Invitation.id.desc()).limit(SHOWN)).all()


def _by_card(opening: Opening, card: str) -> Invitation | None:
    same = Invitation.opening_id == opening.id, Invitation.card == card
    return db.session.scalar(select(Invitation).where(*same))


def _hold_supervisor(supervisor: Supervisor) -> None:
    """Whoever answers meanwhile writes her id, which is no reason to wait for each other."""
    db.session.refresh(supervisor, ["version"], with_for_update={"key_share": True})


def _hold(card: Card) -> None:
    address = card.public_id
    db.session.refresh(card, with_for_update=True)
    if card.on_at is None or card.public_id != address:
        raise Missing


def _is_unheard(opening: Opening, card: Card) -> bool:
    """Whether she was invited to this opening before, or has muted who invites. Nobody is told so."""
    before = select(Invitation.id).where(Invitation.opening_id == opening.id, Invitation.person_id == card.person_id)
    return bool(
        db.session.get(Mute, (card.person_id, opening.supervisor_id)) or db.session.scalar(before.limit(1)) is not None
    )


def _keep_to_limits(supervisor: Supervisor, now: datetime) -> None:
    lately = select(Invitation).where(Invitation.supervisor_id == supervisor.id, Invitation.sent_at > now - LASTS)
    rows = db.session.scalars(lately.order_by(Invitation.sent_at)).all()
    today = [one for one in rows if one.sent_at > now - DAY]
    if len(today) >= A_DAY:
        raise Refused(f"{MANY} {when(today[-A_DAY].sent_at + DAY, supervisor.zone)}.", status=429)
    if sum(1 for one in rows if told(one, now) in ("waiting", "withdrawn")) >= AT_ONCE:
        raise Refused(WAITING, status=429)


def _open_thread(invitation: Invitation, now: datetime) -> None:
    if words := why_no_yes(invitation, now):
        raise Refused(words, status=409)
    person, supervisor = invitation.person, invitation.supervisor
    thread = threads.open_between(supervisor.person, person, about=invitation.opening, now=now)
    if invitation.note:
        threads.put(thread, supervisor.person, invitation.note, at=invitation.sent_at)
    threads.note(thread, f"{person.name} answered the invitation with yes", by=person, now=now)
    invitation.thread = thread
    letters.tell_accepted(invitation, now=now)
