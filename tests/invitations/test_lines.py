"""The line on a card without a name stays without one."""

import pytest

from app.invitations import lines


@pytest.mark.parametrize(
    "line",
    [
        "write to ana.ruiz@example.org", "ana (at) example (dot) org", "reach me at example dot org", "ＡＮＡ＠example",
        "https://example.org/me", "see www.example.org", "my site: ruiz-therapy.com", "example . com",
        "call 520-555-0101", "(520) 555 0101", "+1 520 555 01 01", "5 2 0 5 5 5 0 1 0 1",
        "five two zero, five five five oh one oh one", "ZIP 85701", "License LAC-19422", "find me on LinkedIn",
        "anaruiz elsewhere", "Ruiz_Ana82", "A n a R u i z", "I am Ana", "ANA, in Tucson", "Señora Ruíz here",
        "Ru\u200biz",
    ],
)  # fmt: skip
def test_a_line_that_leads_to_her_is_refused(line: str):
    assert lines.fault(line, "Ana Ruiz")


@pytest.mark.parametrize(
    "line",
    [
        "", "Second-year associate in a school, 24 hours a week", "Analytic at heart", "I work at a clinic. I like it",
        "From 2024 to 2026 in a hospice", "Looking for 2:1 hours, about 100 in all", "At home with grief",
        "3,000 hours to go, 1,200 of them done", "One or two clients an hour, eight in all", "Two one-hour meetings",
    ],
)  # fmt: skip
def test_a_line_about_the_work_is_taken(line: str):
    assert lines.fault(line, "Ana Ruiz") is None


@pytest.mark.parametrize(
    "line",
    [
        "I am Lukasz", "Łukasz here", "LUKASZ", "O’Brien by name", "OBrien, second year", "obrien-lukasz", "O Brien",
        "𝐋ukasz",
    ],
)  # fmt: skip
def test_a_name_is_known_in_every_spelling(line: str):
    assert lines.fault(line, "Siân O'Brien-Łukasz")


@pytest.mark.parametrize(
    "line",
    ["I like structure. Co-leading a group, too", "New to the clinic. Me and a team of six", "In a hospice, 2024-2026"],
)
def test_two_sentences_are_no_link_and_years_no_telephone_number(line: str):
    assert lines.fault(line, "Ana Ruiz") is None


def test_a_name_of_two_letters_is_not_looked_for_in_sentences():
    assert lines.fault("I work in oncology", "Li In") is None
