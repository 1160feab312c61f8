"""The profile of a supervisor."""

import re
from datetime import date

import pytest

from app.openings import verdicts
from app.supervisors.models import CredentialCheck, SupervisorTerm
from tests.people import make_call_settings, make_credential, make_opening, make_supervisor


@pytest.fixture
def farida(app):
    return make_supervisor("Farida Nightingale", code="LPC-S", state="TX", pronouns="she/her", city="Austin")


def test_the_profile_says_who_she_is_and_what_is_open(client, farida):
    make_call_settings(farida)
    opening = make_opening(farida)
    page = client.get(f"/supervisors/{farida.slug}")
    assert page.status_code == 200
    for words in ("Farida Nightingale", "she/her", "Austin", "1 opening", "License verified", "Trauma and PTSD"):
        assert words in page.text
    assert f'data-opening="{opening.id}"' in page.text
    assert 'name="starts_at"' in page.text


def test_each_license_says_who_verified_it_when(client, farida, clock):
    credential = make_credential(farida, "LPC", state="CO", status="pending")
    credential.checks.append(CredentialCheck(decision="pending", at=clock.now()))
    make_credential(farida, "LPC", state="OK", expires_on=date(2026, 7, 31))
    make_credential(farida, "ACS", state=None, status="self_reported")
    page = client.get(f"/supervisors/{farida.slug}").text
    for words in ("LPC-S, Texas", "verified</span> the board&#39;s public look-up, Nov 24, 2026",
                  "being verified</span> sent Nov 24, 2026", "lapsed</span> on Jul 31, 2026",
                  "ACS, national", "self-reported</span>"):  # fmt: skip
        assert words in page


def test_how_she_supervises_is_told_in_the_fields_words(client, farida):
    farida.terms += [SupervisorTerm(kind="modality", term="emdr"), SupervisorTerm(kind="language", term="es")]
    page = client.get(f"/supervisors/{farida.slug}").text
    assert "<dt>Approaches</dt><dd>EMDR</dd>" in page
    assert "<dt>Languages</dt><dd>Spanish</dd>" in page


def test_her_cards_carry_the_readers_verdict(client, farida, db, clock):
    opening = make_opening(farida, online=False, in_person=True, state="TX")
    verdicts.refresh([opening.id], verdicts.today(clock.now()))
    client.set_cookie("track", "TX/counseling")
    page = client.get(f"/supervisors/{farida.slug}").text
    assert 'data-verdict="counts"' in page
    assert "Does it count for you?" not in page


def test_many_openings_are_told_a_page_at_a_time(client, farida):
    newest = [make_opening(farida).id for _ in range(23)][::-1]
    address = f"/supervisors/{farida.slug}"
    shown = [re.findall(r'data-opening="(\d+)"', client.get(f"{address}?page={page}").text) for page in (1, 2, "x", 99)]
    assert [len(page) for page in shown] == [20, 3, 20, 3]
    assert [int(one) for page in shown[:2] for one in page] == newest
    assert f'href="{address}?page=2"' in client.get(address).text


def test_an_unverified_supervisor_is_said_to_be_one(client, pat):
    assert "License self-reported" in client.get(f"/supervisors/{pat.slug}").text


@pytest.mark.parametrize("slug", ["nobody", "x" * 300, "%27%22%3E"])
def test_a_profile_that_is_not_there_is_not_found(client, slug):
    assert client.get(f"/supervisors/{slug}").status_code == 404


def test_a_hidden_profile_is_not_found(client, app):
    hidden = make_supervisor("Hidden Person", is_published=False)
    assert client.get(f"/supervisors/{hidden.slug}").status_code == 404


def test_what_she_wrote_is_plain_markdown(client, app):
    sam = make_supervisor("Sam Okafor", about="# Hello\n\n<script>alert(1)</script>\n\n![x](https://example.org/x.png)")
    page = client.get(f"/supervisors/{sam.slug}").text
    assert "<h3>Hello</h3>" in page
    assert "<script>alert" not in page
    assert "<img" not in page
