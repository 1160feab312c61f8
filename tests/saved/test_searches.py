"""Searches that a person keeps: one of each, so many at most, hers alone."""

import pytest
from sqlalchemy import delete, select

from app.accounts.models import Person
from app.refusals import Missing, Refused
from app.saved import finding, searches
from app.saved.models import AlertStop, SavedSearch
from tests.people import make_opening


def test_the_same_search_in_another_order_or_on_another_page_is_one(ana, keep):
    first = keep("state=TX&format=group")
    assert keep("format=group&state=tx&sort=fee&page=3&nonsense=1") is first
    assert (first.query, searches.count(ana)) == ("state=TX&format=group", 1)


def test_a_search_is_called_by_what_it_asks_without_what_is_private(ana, keep):
    assert keep("state=TX&discipline=counseling&format=group&max_fee=60").name == "Texas, LPC, Group, At most $60"
    assert keep("affinity=veteran&delivery=online").name == "Online"
    assert keep("").name == "All openings"


def test_a_name_is_never_too_long(keep):
    every = "&".join(f"specialty={term}" for term in ("trauma", "anxiety", "depression", "grief", "ocd", "couples"))
    saved = keep(f"{every}&population=teens&population=children&language=es&setting=schools")
    assert 0 < len(saved.name) <= 80


@pytest.mark.parametrize("query", ["zip=00000", "state=ZZ", "max_fee=none", "verdict=counts"])
def test_what_cannot_be_asked_is_left_out(app, query):
    assert finding.canonical(f"format=group&{query}").query() == "format=group"


def test_twenty_is_the_most(ana, keep):
    for dollars in range(searches.MOST):
        keep(f"max_fee={dollars + 50}")
    with pytest.raises(Refused, match="20 searches"):
        keep("max_fee=99")
    keep("max_fee=50")  # one that is there already
    assert searches.count(ana) == searches.MOST


def test_what_is_new_is_counted_until_she_has_seen_it(db, ana, sam, keep, clock):
    make_opening(sam)
    saved = keep("format=individual")
    assert searches.news(ana, clock.now()) == [(saved, 0)]
    make_opening(sam)
    db.session.commit()
    assert searches.news(ana, clock.now()) == [(saved, 1)]
    searches.see(saved, now=clock.now())
    assert searches.news(ana, clock.now()) == [(saved, 0)]


def test_after_a_time_without_letters_she_hears_of_what_comes_then(db, sam, keep, tell, clock):
    saved = keep(rhythm="never")
    make_opening(sam)
    db.session.commit()
    searches.change(saved, saved.name, "at_once", now=clock.now())
    assert tell() == 0


@pytest.mark.parametrize(("name", "rhythm"), [("", "daily"), ("x" * 81, "daily"), ("Groups", "hourly")])
def test_an_odd_name_or_rhythm_is_refused(keep, clock, name, rhythm):
    with pytest.raises(Refused):
        searches.change(keep(), name, rhythm, now=clock.now())


def test_nobody_else_has_it(ben, keep):
    with pytest.raises(Missing):
        searches.own(ben, keep().id)
    with pytest.raises(Missing):
        searches.own(ben, 2**40)


def test_all_goes_with_the_person(db, ana, sam, keep, tell):
    keep(rhythm="at_once")
    make_opening(sam)
    assert tell() == 1
    db.session.execute(delete(Person).where(Person.id == ana.id))
    assert [db.session.scalars(select(table)).all() for table in (SavedSearch, AlertStop)] == [[], []]
