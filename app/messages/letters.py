"""What is written about threads: that something stands in one which has not been read."""

from datetime import datetime

from app.accounts.models import Person
from app.messages.models import Message, Thread
from app.notifications.outbox import post
from app.openings import words


def tell(thread: Thread, message: Message, author: Person, reader: Person, *, now: datetime) -> None:
    """Tell the reader that somebody has written. What was written stays on the site: mail travels openly."""
    about = thread.opening
    post(
        "messages/new",
        to_email=reader.email,
        to_name=reader.name,
        key=f"thread/{thread.public_id}/{message.no}",
        now=now,
        facts={
            "author": author.name,
            "opening": words.heading(about.format, about.seats, about.title, about.supervisor.name) if about else "",
            "path": f"/messages/{thread.public_id}",
        },
    )
