"""The people of the site's own pictures and of the demonstration's sign-ins, in Texas."""

from datetime import date
from typing import Any

Written = dict[str, Any]


def _texas(code: str, number: str, issued: date, **more: Any) -> Written:
    return {
        "code": code, "state": "TX", "number": number, "issued": issued, "expires": date(2028, 7, 31), "approved": True,
        "training_hours": 40, "training_on": date(issued.year + 4, 3, 1), "decision": "verified",
        "decided_on": date(2026, 11, 3), "source": "board roster", **more,
    }  # fmt: skip


CALLS = {"call_minutes": 20, "call_buffer": 10, "call_notice_hours": 12, "calls_per_week": None, "phone": ""}

FARIDA: Written = {
    "name": "Farida Nightingale", "email": "farida@demo.example", "pronouns": "she/her", "figure": "e", "city": "Austin", "state": "TX",
    "zip": "78702", "zone": "America/Chicago", "years": 12, "since": 2019, "supervisees": 2,
    "headline": "I supervise the way I learned best: with the recording on, the notes put away, and time to find out what you already know.",
    "about": "I have worked with teens and their families since 2014, first in a school-based clinic and then in my own practice on the "
             "east side of Austin.\n\nWe watch ten minutes of your own session, which you choose, and stop whenever one of us wants to. "
             "Most of what you need is already there; my part is to slow it down until you can see it.\n\n"
             "Between hours you can reach me for ten minutes by phone when it cannot wait. Crisis stays with your site’s protocol, and "
             "we write that down first.",
    "specialties": ["trauma", "anxiety", "school", "family-conflict", "self-harm"],
    "populations": ["teens", "young-adults", "families"], "settings": ["school", "community", "private-practice"],
    "modalities": ["emdr", "tf-cbt", "attachment-based"], "styles": ["developmental", "live-recorded"],
    "languages": ["en", "fa"], "affinities": ["mena", "woman", "immigrant"],
    "calls": {**CALLS, "call_windows": "mon 12:15-13:45; tue 12:15-13:30; tue 17:00-17:30; thu 08:00-09:00; fri 15:30-16:30",
              "join_link": "https://meet.example/farida-nightingale"},
    "papers": [_texas("LPC-S", "61207", date(2014, 5, 1)),
               {**_texas("LPC", "18842", date(2022, 9, 1)), "state": "CO", "expires": date(2027, 8, 31), "approved": None,
                "decision": "pending", "decided_on": date(2026, 11, 20), "source": "sent by the supervisor"}],
    "openings": [
        {"form": "individual", "format": "individual", "seats": 1, "seats_taken": 0, "online": True, "in_person": True, "minutes": 60,
         "title": "Tuesday hour", "times": [(1, 17.5)], "rhythm": "weekly", "nth": None, "fee": 70, "reduced_fee": 50, "reduced_places": 1,
         "line": "Weekly hour with recorded-session review. Strong on trauma work with teens and on the paperwork your site forgets.",
         "about": "Six months at least, then we look again. You bring ten minutes of tape; I bring questions."},
        {"form": "dyad", "format": "individual", "seats": 2, "seats_taken": 1, "online": True, "in_person": True, "minutes": 90,
         "title": "Friday pair", "times": [(4, 9.0)], "rhythm": "fortnightly", "nth": None, "fee": 55, "reduced_fee": None,
         "reduced_places": None, "line": "Two associates, every other Friday morning: one tape each, and a colleague who has seen it too.",
         "about": "The other chair is taken by an associate in a school program who works with families."},
    ],
}  # fmt: skip

SOLOMON: Written = {
    "name": "Solomon Birdsong", "pronouns": "he/him", "figure": "i", "city": "Austin", "state": "TX", "zip": "78751",
    "zone": "America/Chicago", "years": 20, "since": 2009, "supervisees": 3,
    "headline": "A table, a case, and people who have thought about it before they speak.",
    "about": "I have run a group on Thursday evenings since 2009. It began with three of us and a borrowed kitchen.\n\nMy own work is with "
             "couples and with men who were sent by someone else. I am licensed in counseling and in marriage and family therapy.\n\n"
             "What is said at the table belongs to the table.",
    "specialties": ["relationships", "trauma", "grief", "identity-development"], "populations": ["adults", "couples", "bipoc"],
    "settings": ["private-practice", "community"], "modalities": ["relational", "narrative", "systemic"],
    "styles": ["reflective", "systemic"], "languages": ["en"], "affinities": ["black", "man", "parent"],
    "calls": {**CALLS, "call_windows": "mon 09:00-10:00; wed 12:00-13:00; fri 09:00-10:30", "join_link": "https://meet.example/solomon-birdsong"},
    "papers": [_texas("LPC-S", "40118", date(2006, 6, 15)), _texas("LMFT-S", "20554", date(2008, 2, 1))],
    "openings": [
        {"form": "group", "format": "group", "seats": 6, "seats_taken": 4, "online": False, "in_person": True, "minutes": 120,
         "title": "The Thursday Table", "times": [(3, 18.0)], "rhythm": "weekly", "nth": None, "fee": 45, "reduced_fee": None,
         "reduced_places": None,
         "line": "Six associates, one long table, a case on it every week. Each of you presents every sixth meeting.",
         "about": "We arrive, we pour something, and one of you puts a case in the middle. The rest of us listen for what it does in the room. "
                  "After forty minutes the presenter goes quiet and hears the table think."},
    ],
}  # fmt: skip

LUPE: Written = {
    "name": "Lupe Marigold", "pronouns": "she/her", "figure": "a", "city": "San Antonio", "state": "TX", "zip": "78207",
    "zone": "America/Chicago", "years": 15, "since": 2017, "supervisees": 4,
    "headline": "Bilingual work deserves bilingual supervision, or at least someone who hears what was lost between the languages.",
    "about": "I practice and supervise in English and Spanish on the west side of San Antonio.\n\nWe look at what changes when a client "
             "changes language in the middle of a sentence, and at what you do then.\n\nI keep two reduced places for people in public service.",
    "specialties": ["immigration", "trauma", "family-conflict", "parenting"], "populations": ["immigrants", "families", "children", "teens"],
    "settings": ["community", "nonprofit"], "modalities": ["play", "systemic", "trauma-informed"],
    "styles": ["feminist-multicultural", "collaborative"], "languages": ["en", "es"], "affinities": ["latine", "woman", "first-gen"],
    "calls": {**CALLS, "call_windows": "mon 08:30-09:30; wed 08:30-09:30; thu 17:00-18:00", "join_link": "https://meet.example/lupe-marigold"},
    "papers": [_texas("LPC-S", "52230", date(2011, 8, 20))],
    "openings": [
        {"form": "individual", "format": "individual", "seats": 1, "seats_taken": 0, "online": True, "in_person": True, "minutes": 90,
         "title": "Wednesday noon", "times": [(2, 12.0)], "rhythm": "fortnightly", "nth": None, "fee": 95, "reduced_fee": 60, "reduced_places": 2,
         "line": "Bilingual supervision for bilingual work. Sessions in English, Spanish, or whichever the case speaks.",
         "about": "Every other Wednesday, an hour and a half, in my office or online."},
    ],
}  # fmt: skip

ADAEZE: Written = {
    "name": "Adaeze Rivermoss", "pronouns": "she/her", "figure": "c", "city": "Round Rock", "state": "TX", "zip": "78664",
    "zone": "America/Chicago", "years": 11, "since": 2020, "supervisees": 1,
    "headline": "From community mental health to a practice of your own, without losing what the clinic taught you.",
    "about": "I worked nine years in community mental health before I opened a practice in Round Rock.\n\nWe look at cases first and at "
             "your next step second: contracts, insurance, rent, and what you are allowed to say on a website.\n\n"
             "I answer messages within a day, Sundays excepted.",
    "specialties": ["depression", "racial-trauma", "burnout", "trauma"], "populations": ["adults", "bipoc", "health-workers"],
    "settings": ["community", "private-practice"], "modalities": ["cbt", "liberation", "compassion-focused"],
    "styles": ["competency", "business"], "languages": ["en"], "affinities": ["black", "woman", "christian"],
    "calls": {**CALLS, "call_windows": "tue 18:00-19:00; sat 09:00-10:00", "join_link": "https://meet.example/adaeze-rivermoss"},
    "papers": [_texas("LPC-S", "63391", date(2015, 1, 10))],
    "openings": [
        {"form": "individual", "format": "individual", "seats": 1, "seats_taken": 0, "online": False, "in_person": True, "minutes": 60,
         "title": "Saturday hour", "times": [(5, 10.0)], "rhythm": "weekly", "nth": None, "fee": 80, "reduced_fee": None, "reduced_places": None,
         "line": "Community mental health to private practice: she has done the crossing and will walk it with you.",
         "about": "Saturdays at ten, in Round Rock. There is parking."},
    ],
}  # fmt: skip

THEODORA: Written = {
    "name": "Theodora Wintle", "pronouns": "she/her", "figure": "d", "city": "Dallas", "state": "TX", "zip": "75214",
    "zone": "America/Chicago", "years": 18, "since": 2014, "supervisees": 2,
    "headline": "Couples work, read slowly. Transcripts tell you things that memory has already tidied.",
    "about": "I have practiced emotionally focused therapy since 2010 and supervise couples work only.\n\nWe read two pages of a session "
             "aloud. It takes longer than you think, and it shows where the turn was.\n\nMembers stay for a year as a rule.",
    "specialties": ["relationships", "infidelity", "attachment"], "populations": ["couples", "adults"],
    "settings": ["private-practice", "telehealth"], "modalities": ["eft", "gottman", "attachment-based"],
    "styles": ["live-recorded", "systemic"], "languages": ["en"], "affinities": [],
    "calls": {**CALLS, "call_windows": "wed 10:45-12:00; thu 10:45-12:00", "join_link": "https://meet.example/theodora-wintle"},
    "papers": [_texas("LMFT-S", "00412", date(2008, 4, 1), decision="pending", decided_on=date(2026, 11, 18), source="sent by the supervisor")],
    "openings": [
        {"form": "group", "format": "group", "seats": 4, "seats_taken": 3, "online": True, "in_person": False, "minutes": 120,
         "title": "Couples on Zoom", "times": [(4, 9.0)], "rhythm": "fortnightly", "nth": None, "fee": 55, "reduced_fee": None,
         "reduced_places": None, "line": "An EFT consultation group that reads transcripts slowly. Bring two pages, leave with one question.",
         "about": "Every other Friday, four people, two pages. Transcripts are anonymous before they reach the group."},
    ],
}  # fmt: skip

COSMO: Written = {
    "name": "Cosmo Ardenfield", "pronouns": "he/him", "figure": "h", "city": "Fort Worth", "state": "TX", "zip": "76107",
    "zone": "America/Chicago", "years": 14, "since": 2018, "supervisees": 2,
    "headline": "For counselors in schools, before the first bell.",
    "about": "I was a school counselor for eight years and still spend two days a week in buildings with bells.\n\nThe group meets early "
             "and ends on time, because you have to be somewhere.\n\nSchool settings only; the rest of the world has other groups.",
    "specialties": ["school", "child-behavior", "crisis"], "populations": ["children", "teens", "families"],
    "settings": ["school"], "modalities": ["solution-focused", "play", "cbt"], "styles": ["solution-focused", "directive"],
    "languages": ["en"], "affinities": ["man", "parent"],
    "calls": {**CALLS, "call_windows": "mon 16:00-17:00; thu 16:00-17:00", "join_link": "https://meet.example/cosmo-ardenfield"},
    "papers": [_texas("LPC-S", "00655", date(2012, 6, 1), expires=date(2027, 12, 31))],
    "openings": [
        {"form": "group", "format": "group", "seats": 5, "seats_taken": 5, "online": True, "in_person": False, "minutes": 90,
         "title": "Second Cup", "times": [(2, 7.5)], "rhythm": "weekly", "nth": None, "fee": 35, "reduced_fee": None, "reduced_places": None,
         "line": "A morning group for associates in schools. Full for now; the list moves about twice a year.",
         "about": "Five school people, one case, coffee. We stop at nine."},
    ],
}  # fmt: skip

CAST = (FARIDA, SOLOMON, LUPE, ADAEZE, THEODORA, COSMO)
