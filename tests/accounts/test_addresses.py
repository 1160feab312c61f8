"""When two addresses are the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.addresses import email_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana@example.org", "  Ana@Example.ORG "),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
        ("ana@bücher.example", "ANA@BÜCHER.example"),
        ("\"a@b\"@example.org", "\"A@B\"@EXAMPLE.org"),
    ],
)
def test_these_are_the_same_address(one, other):
    assert email_key(one) == email_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana@example.org", "ana+calls@example.org"),
        ("ana@example.org", "a.na@example.org"),
        ("mike@example.org", "mi\u212ae@example.org"),  # the Kelvin sign, a "k" once case is folded
        ("strasse@example.org", "straße@example.org"),
        ("ana@example.org", "ana@example.com"),
    ],
)
def test_these_are_not(one, other):
    assert email_key(one) != email_key(other)


@given(st.text(max_size=80))
def test_a_key_is_its_own_key_whatever_was_typed(text):
    assert email_key(email_key(text)) == email_key(text)
