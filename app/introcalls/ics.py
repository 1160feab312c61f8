"""A call as calendars read it: an iCalendar text, and links that add it to Google's and Outlook's. Pure."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from icalendar import Calendar, Event, vCalAddress

PRODUCT = "-//Second Chair//intro calls//EN"


@dataclass(frozen=True)
class Organizer:
    """Who sends invitations: the site, by its name, its sender's address and the address of its pages."""

    name: str = "Second Chair"
    email: str = "no-reply@second-chair.example"
    base_url: str = ""


@dataclass(frozen=True)
class Meeting:
    """A call in a calendar. Instants are UTC; `attendees` are (name, e-mail); `sequence` counts its changes."""

    uid: str
    summary: str
    description: str
    location: str
    url: str
    starts_at: datetime
    ends_at: datetime
    attendees: tuple[tuple[str, str], ...]
    sequence: int
    told_at: datetime


def invitation(meeting: Meeting, organizer: Organizer, method: str) -> str:
    """The .ics text. `method` is REQUEST (a new or changed call), CANCEL, or PUBLISH (a file to keep)."""
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.told_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", meeting.summary)
    event.add("description", meeting.description)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("transp", "OPAQUE")
    for name, value in (("location", meeting.location), ("url", meeting.url)):
        if value:
            event.add(name, value)
    event.add("organizer", _address(organizer.name, organizer.email), encode=False)
    for name, email in meeting.attendees:
        event.add("attendee", _attendee(name, email), encode=False)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def google_link(meeting: Meeting) -> str:
    """An address that offers to add the call to a Google calendar."""
    return "https://calendar.google.com/calendar/render?" + urlencode(
        {
            "action": "TEMPLATE",
            "text": meeting.summary,
            "dates": f"{meeting.starts_at:%Y%m%dT%H%M%SZ}/{meeting.ends_at:%Y%m%dT%H%M%SZ}",
            "details": meeting.description,
            "location": meeting.location,
        }
    )


def outlook_link(meeting: Meeting) -> str:
    """An address that offers to add the call to an Outlook calendar."""
    return "https://outlook.live.com/calendar/0/action/compose?" + urlencode(
        {
            "rru": "addevent",
            "subject": meeting.summary,
            "startdt": f"{meeting.starts_at:%Y-%m-%dT%H:%M:%SZ}",
            "enddt": f"{meeting.ends_at:%Y-%m-%dT%H:%M:%SZ}",
            "body": meeting.description,
            "location": meeting.location,
        }
    )


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["cn"] = name.replace('"', "'")  # a quoted parameter cannot hold a quote
    return address


def _attendee(name: str, email: str) -> vCalAddress:
    attendee = _address(name, email)
    attendee.params.update({"cutype": "INDIVIDUAL", "role": "REQ-PARTICIPANT", "partstat": "ACCEPTED", "rsvp": "FALSE"})
    return attendee
