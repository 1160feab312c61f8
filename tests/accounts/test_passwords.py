"""Which passwords are too weak, and how the others are kept."""

import pytest
from argon2 import PasswordHasher, extract_parameters

from app.accounts import passwords

NAME, EMAIL = "Ana O'Brien-Łukasz", "ana.obrien@riverside.example"


@pytest.mark.parametrize(
    "password",
    [
        "a longer walk by the river",
        "tuesday teapot under glass",
        "            twelve or so blanks count",
        "ñandú über Łódź 雨",
        "x9$Kq2!mVb7@",
        "x" * 60 + " and a good deal more that nobody repeats " + "y" * 90,
    ],
)
def test_long_and_unrelated_is_good_whatever_the_characters(password):
    assert passwords.fault(password, NAME, EMAIL) is None


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("short", "at least 12"),
        ("eleven char", "at least 12"),
        ("z" * 201, "200 characters"),
        ("password1234", "among the first"),
        ("iloveyou1234", "among the first"),
        ("qwertyuiop12", "among the first"),
        ("aaaaaaaaaaaa", "among the first"),
        ("123456789012", "among the first"),
        ("letmeinletmein", "among the first"),
        ("second chair 2026", "leans on"),
        ("SecondChair!!", "leans on"),
        ("AnaOBrienLukasz", "leans on"),
        ("o'brien-łukasz 1", "leans on"),
        ("ana.obrien@riverside.example", "leans on"),
        ("obrien-riverside", "leans on"),
    ],
)
def test_what_anyone_would_try_first_is_refused_in_words(password, word):
    assert word in passwords.fault(password, NAME, EMAIL)


def test_a_name_within_a_longer_phrase_does_no_harm():
    assert passwords.fault("obrien waits where lanterns hum", NAME, EMAIL) is None


def test_a_password_is_kept_as_argon2id_at_the_set_cost():
    kept = passwords.hash("a longer walk by the river")
    cost = extract_parameters(kept)
    assert kept.startswith("$argon2id$")
    assert (cost.memory_cost, cost.time_cost, cost.parallelism) == (19 * 1024, 2, 1)
    assert kept != passwords.hash("a longer walk by the river")


def test_two_long_passwords_that_differ_in_the_last_letter_differ():
    kept = passwords.hash("a" * 99 + "b")
    assert passwords.verify("a" * 99 + "b", kept)
    assert not passwords.verify("a" * 99 + "c", kept)


def test_accents_may_be_composed_as_the_keyboard_likes():
    assert passwords.verify("cafe\u0301 at the corner", passwords.hash("café at the corner"))


def test_capitals_and_blanks_count():
    kept = passwords.hash("A longer walk")
    assert not any(passwords.verify(other, kept) for other in ("a longer walk", "A longer walk ", "A  longer walk"))


def test_nobodys_password_is_held_against_a_hash_of_the_same_cost_and_never_right(monkeypatch):
    seen = []
    verify = PasswordHasher.verify

    def watched(self: PasswordHasher, kept: str, typed: str) -> bool:
        seen.append(kept)
        return verify(self, kept, typed)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    assert not passwords.verify("nobody has this password", None)
    assert not passwords.verify("wrong", passwords.hash("right"))
    assert extract_parameters(seen[0]) == extract_parameters(seen[1])


def test_a_hash_of_another_cost_is_known_as_such():
    assert passwords.needs_rehash(PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash("x"))
    assert not passwords.needs_rehash(passwords.hash("x"))


def test_what_is_no_hash_matches_nothing():
    assert not passwords.verify("anything", "not a hash")
