"""The recurring jobs of all rooms, run by `flask worker`."""

from datetime import datetime, timedelta

from flask import current_app

from app import changes, instance
from app.introcalls import booking, checking
from app.invitations import cards, companies
from app.licensure import tracks
from app.matching import texts
from app.notifications import outbox
from app.notifications.recurring import Job
from app.openings import freshness, publishing, verdicts
from app.saved import alerts
from app.supervisors import lapses, proofs
from app.web import counts, once


def forget_actions(now: datetime) -> None:
    """A form sent again after two days is a new action."""
    once.forget(before=now - timedelta(days=2))


def forget_letters(now: datetime) -> None:
    """Letters hold names and addresses: ninety days after sending they go."""
    outbox.forget(before=now - timedelta(days=90))


def forget_counts(now: datetime) -> None:
    """Counts of rate limits whose time is over."""
    counts.forget(before=now)


def forget_changes(now: datetime) -> None:
    """What changed two days ago is in every index by now; one that was asleep for so long is made anew."""
    changes.forget(before=now - timedelta(days=2))


def keep_company(now: datetime) -> None:
    """Let cards that waited, or rested until this morning, be shown where there are three alike."""
    cards.turn_off_closed(now)
    companies.end_broken(now)
    companies.bring_together(now)


def judge_anew(now: datetime) -> None:
    """Verdicts move with the date (a license lapses, two years are reached) and with the boards' rules."""
    today = verdicts.today(now)
    if instance.note("judged", f"{today} {tracks.edition()}", now=now):
        verdicts.refresh_all(today)


def keep_fresh(now: datetime) -> None:
    """Ask whether openings are still open, pause those nobody answered for, and delete what was removed long ago."""
    freshness.ask_due(now)
    freshness.pause_unanswered(now)
    publishing.purge(now)


def tell_of_ends(now: datetime) -> None:
    """Letters 60, 14 and 0 days before a license ends."""
    lapses.remind(verdicts.today(now), now)


def tell_of_news(now: datetime) -> None:
    """Letters about what is new in saved searches."""
    alerts.tell_due(now)


def sweep_proofs(now: datetime) -> None:
    """Files that a crash left without a credential."""
    proofs.sweep(current_app.config["SC"].instance_path / "proofs", now=now)


JOBS = (
    Job("end holds that ran out", timedelta(minutes=1), booking.expire_holds),
    Job("read busy calendars", timedelta(minutes=1), checking.check_due, outside=True),
    Job("judge every opening anew", timedelta(minutes=1), judge_anew),
    Job("ask whether openings are still open", timedelta(days=1), keep_fresh),
    Job("tell of licenses that end", timedelta(hours=6), tell_of_ends),
    Job("tell what is new in saved searches", timedelta(minutes=3), tell_of_news, outside=True),
    Job("forget old alerts", timedelta(days=1), alerts.forget),
    Job("keep the words of the search", timedelta(minutes=10), texts.keep_current, outside=True),
    Job("give company to cards", timedelta(minutes=10), keep_company),
    Job("tell of cards that end", timedelta(hours=1), cards.see_to_ends),
    Job("sweep proofs of nothing", timedelta(days=1), sweep_proofs),
    Job("forget old actions", timedelta(hours=6), forget_actions),
    Job("forget old letters", timedelta(days=1), forget_letters),
    Job("forget old counts", timedelta(hours=1), forget_counts),
    Job("forget old changes", timedelta(hours=6), forget_changes),
)
