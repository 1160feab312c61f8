"""Wishes in words: short, in order, a must named as one, and what is private told to nobody else."""

import pytest

from app.wishes import steps, telling, week
from app.wishes.wishes import EMPTY, WISHES, Wishes

ANAS = Wishes(
    state="TX", discipline="counseling", format=("group",), zip="78701", max_fee=90, specialty=("trauma",),
    free=week.spans([(1, "evening"), (3, "evening")], ()), zone="America/Chicago",
    population=("teens",), language=("es",), affinity=("black", "parent"), musts=frozenset({"fee", "affinity"}),
)  # fmt: skip


def test_a_summary_is_short_and_in_the_order_of_the_questions():
    assert telling.summary(ANAS) == [
        "hours that count for Texas LPC",
        "a group",
        "online or within 25 miles of 78701",
        "Tuesday or Thursday evenings in Central time",
        "at most $90 (a must)",
        "trauma and PTSD",
        "teens",
        "Spanish if possible",
    ]


def test_nothing_has_no_words():
    assert telling.summary(EMPTY, private=True) == []


def test_what_is_private_is_told_to_her_alone():
    assert telling.summary(ANAS, private=True)[-1] == "Black or African American and Parent (a must)"
    assert not [words for words in telling.summary(ANAS) if "Black" in words or "Parent" in words]


def test_without_what_is_private_nothing_hints_at_it():
    bare = telling.without_private(ANAS)
    assert bare.affinity == ()
    assert bare.musts == {"fee"}
    assert telling.without_private(bare) == bare


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        (Wishes(discipline="consultation"), "consultation"),
        (Wishes(format=("individual", "group")), "alone or in a group"),
        (Wishes(delivery="online", zip="78701"), "online"),
        (Wishes(delivery="in_person"), "in person"),
        (Wishes(delivery="in_person", zip="78701", within=1), "in person within 1 mile of 78701"),
        (Wishes(modality=("emdr", "jungian", "cbt")), "EMDR, Jungian and cognitive behavioral (CBT)"),
        (Wishes(style=("developmental", "live-recorded")), "developmental and live or recorded session review"),
        (Wishes(specialty=("anxiety", "grief", "ocd", "adhd")), "anxiety, grief and loss, OCD and 1 more"),
        (Wishes(language=("es",), musts=frozenset({"language"})), "Spanish (a must)"),
    ],
)
def test_each_wish_in_words(wishes, words):
    assert telling.summary(wishes) == [words]


def test_every_wish_is_asked_at_one_step():
    assert sorted(name for step in steps.STEPS.values() for name in step.asks) == sorted(WISHES)


def test_a_step_is_open_while_nothing_is_said_at_it():
    assert steps.first_open(EMPTY) == "goal"
    assert steps.first_open(Wishes(state="TX", discipline="counseling", max_fee=90)) == "meeting"
    assert steps.is_open("home", telling.without_private(ANAS))
    assert not steps.is_open("home", ANAS)
