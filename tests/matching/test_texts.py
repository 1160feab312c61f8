"""Full text: who is found by which words, on both databases, at once after every change."""

from collections.abc import Callable

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import delete, select

from app import clock
from app.matching import documents, spelling, texts, words
from app.matching.models import SearchText, SearchWord
from app.openings.models import Opening
from app.supervisors.models import Supervisor, SupervisorTerm
from tests.people import make_credential, make_opening, make_person, make_supervisor

Found = Callable[[str], list[str]]


@pytest.fixture
def found(db: SQLAlchemy) -> Found:
    """found("emdr"): names of those whose words answer, after what the test has done is committed."""

    def names(question: str) -> list[str]:
        db.session.commit()
        ids = texts.matching(question)
        assert ids is not None, "the question has no word"
        return sorted(db.session.scalars(select(Supervisor.name).where(Supervisor.id.in_(ids.tolist()))))

    return names


@pytest.mark.parametrize(
    "question",
    [
        "obrien lukasz",
        "o'brien",
        "O’Brien-Łukasz",
        "SIOBHÁN",
        "siobhan o brien",
        "obrienlukasz",
        "Łukas",
        "lukasz, siobhan",
    ],
)
def test_a_name_is_found_however_it_is_typed(found: Found, question: str):
    make_supervisor("Siobhán O'Brien-Łukasz")
    make_supervisor("Brienne Luka")
    assert found(question) == ["Siobhán O'Brien-Łukasz"]


def test_every_word_must_occur_in_any_order(found: Found):
    make_supervisor("Ada Stone", headline="I work with firefighters after hard calls.")
    make_supervisor("Bea Stone", headline="Gardens, mostly.")
    assert found("calls firefighters") == ["Ada Stone"]
    assert found("gardens firefighters") == []


def test_a_word_is_found_by_its_beginning(found: Found):
    make_supervisor("Ada Stone", about="Narrative exposure for **refugees**.")
    assert found("refu expo") == ["Ada Stone"]
    assert found("fugees") == []


def test_two_letters_are_a_word_and_no_beginning(found: Found):
    make_supervisor("Jo Adler")
    make_supervisor("Joanna Adler")
    assert found("jo") == ["Jo Adler"]


@pytest.mark.parametrize("question", ["EMDR", "emdr", "eye movement desensitization", "eye mov", "Reprocessing"])
def test_who_ticked_a_term_is_found_by_all_that_it_is_called(found: Found, question: str):
    ada = make_supervisor("Ada Stone")
    ada.terms.append(SupervisorTerm(kind="modality", term="emdr"))
    make_supervisor("Bea Stone")
    assert found(question) == ["Ada Stone"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Trained in CBT.", "cognitive behavioral"),
        ("Cognitive behavioral therapy, plainly.", "cbt"),
        ("I see kids.", "children"),
        ("Children and their parents.", "kids"),
        ("Years with adolescents.", "teens"),
        ("ACT and patience.", "acceptance and commitment"),
        ("Complex-PTSD", "c-ptsd"),
        ("Español", "spanish"),
    ],
)
def test_synonyms_hold_both_ways(found: Found, written: str, asked: str):
    make_supervisor("Ada Stone", headline=written)
    assert found(asked) == ["Ada Stone"]


def test_an_abbreviation_is_one_only_in_capitals(found: Found):
    make_supervisor("Ada Stone", headline="I act as a sounding board for active listeners.")
    assert found("acceptance") == []
    assert found("act") == ["Ada Stone"]


def test_an_abbreviation_is_searched_for_as_a_whole_word(found: Found):
    make_supervisor("Ada Stone", headline="Active listening.")
    assert found("ACT") == []
    assert found("activ") == ["Ada Stone"]


@pytest.mark.parametrize("question", ["LPC-S", "lpcs", "licensed professional counselor supervisor"])
def test_credentials_are_found_by_code_and_by_name(found: Found, question: str):
    make_supervisor("Ada Stone", code="LPC-S", state="TX")
    make_supervisor("Bea Stone", code="LCSW", state="TX")
    assert found(question) == ["Ada Stone"]


def test_a_refused_credential_is_not_found(found: Found):
    make_supervisor("Ada Stone", code="LMFT", status="refused")
    assert found("lmft") == []


def test_published_openings_are_found_and_drafts_are_not(found: Found):
    ada = make_supervisor("Ada Stone")
    make_opening(ada, title="Thursday circle", line="For school counselors")
    make_opening(ada, title="Sunday salon", status="draft")
    assert found("circle school") == ["Ada Stone"]
    assert found("salon") == []


def test_a_place_is_found_by_city_and_state(found: Found):
    make_supervisor("Ada Stone")
    assert found("tucson arizona") == found("Tucson AZ") == ["Ada Stone"]


@pytest.mark.parametrize("question", ["", "   ", "!!!", "'\"*()", "–", "🙂"])
def test_a_question_without_words_asks_for_nothing(db: SQLAlchemy, question: str):
    assert texts.matching(question) is None
    assert texts.suggest(question) is None


@pytest.mark.parametrize(
    "question",
    [
        '"stone', "stone AND", "stone OR ada", "NOT x", "NEAR(ada stone)", "ada*", "words:stone", "^stone", "-stone",
        "(stone", "'; DROP TABLE search_texts; --", "stone' | 'x", "stone & !ada", "stone:*", "ada\\", "stone <-> ada",
        "a" * 5000, "ada " * 3000, "Ada' OR '1'='1", "{words} : ada", "ada + stone", "\u202eada",
        "ﷺ", "ada\u0301", "१२३ ada",
    ],
)  # fmt: skip
def test_nothing_in_a_question_is_an_operator(db: SQLAlchemy, found: Found, question: str):
    make_supervisor("Ada Stone")
    assert set(found(question)) <= {"Ada Stone"}
    texts.suggest(question)
    assert db.session.scalar(select(SearchText.supervisor_id)) is not None


def test_stop_words_are_no_hurdle(found: Found):
    make_supervisor("Ada Stone", headline="Grief after the loss of a child")
    assert found("the loss of your child") == ["Ada Stone"]


def test_a_name_that_is_a_stop_word_is_found(found: Found):
    make_supervisor("An Do")
    assert found("an do") == ["An Do"]


class TestKeptUp:
    """What is changed is found at the next question, what is gone is not."""

    def test_a_headline(self, found: Found):
        ada = make_supervisor("Ada Stone", headline="Gardens")
        assert found("gardens") == ["Ada Stone"]
        ada.headline = "Harbors"
        assert found("harbors") == ["Ada Stone"]
        assert found("gardens") == []

    def test_a_term(self, found: Found):
        ada = make_supervisor("Ada Stone")
        assert found("emdr") == []
        ada.terms.append(SupervisorTerm(kind="modality", term="emdr"))
        assert found("emdr") == ["Ada Stone"]
        ada.terms = []
        assert found("emdr") == []

    def test_an_opening(self, found: Found):
        opening = make_opening(make_supervisor("Ada Stone"), title="Thursday circle")
        assert found("circle") == ["Ada Stone"]
        opening.title = "Friday pair"
        assert found("circle") == []
        opening.status = "paused"
        assert found("pair") == []

    def test_a_credential(self, found: Found):
        ada = make_supervisor("Ada Stone")
        make_credential(ada, "LMFT", status="self_reported")
        assert found("lmft") == ["Ada Stone"]

    def test_a_profile_that_is_taken_back(self, found: Found):
        ada = make_supervisor("Ada Stone")
        assert found("ada") == ["Ada Stone"]
        ada.published_at = None
        assert found("ada") == []
        ada.published_at = clock.now()
        assert found("ada") == ["Ada Stone"]

    def test_a_supervisor_who_is_gone(self, db: SQLAlchemy, found: Found):
        ada = make_supervisor("Ada Stone", person=make_person("Ada Stone", roles=("supervisor",)))
        assert found("ada") == ["Ada Stone"]
        db.session.delete(ada)
        db.session.commit()
        ids = texts.matching("ada")
        assert ids is not None
        assert ids.size == 0

    def test_what_is_rolled_back_is_not_found(self, db: SQLAlchemy, found: Found):
        ada = make_supervisor("Ada Stone", headline="Gardens")
        assert found("gardens") == ["Ada Stone"]
        ada.headline = "Harbors"
        db.session.flush()
        db.session.rollback()
        assert found("gardens") == ["Ada Stone"]
        assert found("harbors") == []


def test_documents_that_are_missing_are_written_once_the_words_are_of_another_edition(db: SQLAlchemy, found: Found):
    make_opening(make_supervisor("Ada Stone"))
    db.session.commit()
    db.session.execute(delete(SearchText))
    assert found("ada") == []
    texts.keep_current(clock.now())
    assert found("ada") == ["Ada Stone"]


def test_the_edition_moves_with_the_vocabularies(monkeypatch: pytest.MonkeyPatch):
    before = documents.edition()
    monkeypatch.setattr(words, "STOP", frozenset({"the"}))
    assert documents.edition() != before


class TestDidYouMean:
    """Suggestions for misspelled words, from the words of the documents."""

    @pytest.fixture(autouse=True)
    def known(self, db: SQLAlchemy) -> None:
        make_supervisor("Siobhán O'Brien", headline="Perfectionism and anxiety in musicians")
        make_supervisor("Marisol Quintanilla", headline="Perfectionists welcome")
        db.session.commit()
        spelling.gather()

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("perfectonism", "perfectionism"),
            ("anxeity", "anxiety"),
            ("quintanila", "quintanilla"),
            ("Marisol Qintanilla", "Marisol quintanilla"),
            ("siobahn", "siobhan"),
            ("musicans anxiety", "musicians anxiety"),
            ("the anxeity", "the anxiety"),
            ("o'brein", "obrien"),
        ],
    )
    def test_a_slip_is_put_right(self, typed: str, meant: str):
        assert texts.suggest(typed) == meant

    @pytest.mark.parametrize("typed", ["anxiety", "perf", "xylophone", "zq", "musicians quintanilla", "qqqqqqqqqq"])
    def test_nothing_is_suggested_where_nothing_better_is_known(self, typed: str):
        assert texts.suggest(typed) is None

    def test_a_suggestion_finds_somebody(self):
        assert texts.suggest("marisol musicans") is None  # Marisol says nothing of them

    def test_words_that_are_gone_are_forgotten(self, db: SQLAlchemy):
        db.session.execute(delete(Supervisor))
        db.session.commit()
        spelling.gather()
        assert db.session.scalar(select(SearchWord.word)) is None

    def test_gathering_twice_changes_nothing(self):
        assert spelling.gather() == 0


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("", "ab", 2), ("kitten", "sitting", 3)],
)
def test_slips_are_counted(one: str, other: str, slips: int):
    assert spelling.distance(one, other) == spelling.distance(other, one) == slips


def test_an_opening_that_only_changes_its_seats_leaves_the_words_alone(db: SQLAlchemy):
    opening = make_opening(make_supervisor("Ada Stone"), seats=2)
    db.session.commit()
    before = db.session.scalars(select(SearchText.words)).all()
    db.session.get_one(Opening, opening.id).confirmed_at = clock.now()
    db.session.commit()
    assert db.session.scalars(select(SearchText.words)).all() == before
