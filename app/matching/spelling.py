"""What a misspelled question could have meant: a dictionary of the words of all documents, found by their trigrams."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

from sqlalchemy import bindparam, delete, func, insert, select, text, update

from app.db import begin_writing, db
from app.matching import words
from app.matching.models import SearchTrigram, SearchWord

SHORTEST = 3  # letters of a word worth putting right
NEAREST = 3  # corrections of one word that are tried
TRIES = 6  # corrections of a question that are tried
CANDIDATES = 60
BATCH = 2000

_OCCURRING = {
    "sqlite": text("SELECT term, doc FROM search_words_known"),
    "postgresql": text("SELECT word, ndoc FROM ts_stat('SELECT words FROM search_texts')"),
}
dictionary, trigrams = SearchWord.__table__.c, SearchTrigram.__table__.c
_LIKE = (
    select(dictionary.word, dictionary.documents)
    .join(SearchTrigram.__table__, trigrams.word == dictionary.word)
    .where(trigrams.trigram.in_(bindparam("trigrams", expanding=True)))
    .group_by(dictionary.word, dictionary.documents)
    .order_by(func.count().desc(), dictionary.documents.desc(), dictionary.word)
    .limit(CANDIDATES)
)


def corrections(question: str, unknown: set[str]) -> Iterator[str]:
    """The question with the `unknown` ones of its words put right, the likeliest first; none if one cannot be."""
    nearest = {word: _nearest(word) for word in sorted(unknown)}
    for chosen in islice(product(*nearest.values()), TRIES):
        yield _put_right(question, dict(zip(nearest, chosen, strict=True)))


def gather() -> int:
    """Bring the dictionary up to the documents; how many words changed. Commits; call it with no transaction open."""
    dialect = db.session.connection().dialect.name
    wanted = {word: count for word, count in db.session.execute(_OCCURRING[dialect]) if _is_worth(word)}
    kept = {row.word: row.documents for row in db.session.execute(select(dictionary.word, dictionary.documents))}
    db.session.rollback()
    gone, new = kept.keys() - wanted.keys(), wanted.keys() - kept.keys()
    moved = [word for word in kept.keys() & wanted.keys() if kept[word] != wanted[word]]
    change = update(SearchWord).where(dictionary.word == bindparam("which"))
    for few in _in_transactions(gone):
        db.session.execute(delete(SearchWord).where(dictionary.word.in_(few)))
    for few in _in_transactions(moved):
        rows = [{"which": word, "documents": wanted[word]} for word in few]
        db.session.connection().execute(change.values(documents=bindparam("documents")), rows)
    for few in _in_transactions(new):
        db.session.execute(insert(SearchWord), [{"word": word, "documents": wanted[word]} for word in few])
        parts = [{"trigram": part, "word": word} for word in few for part in sorted(_trigrams(word))]
        db.session.execute(insert(SearchTrigram), parts)
    return len(gone) + len(moved) + len(new)


def _in_transactions(changed: Iterable[str]) -> Iterator[Sequence[str]]:
    """Some words at a time, what is done with them committed."""
    every = sorted(changed)
    for start in range(0, len(every), BATCH):
        begin_writing()
        yield every[start : start + BATCH]
        db.session.commit()


def _is_worth(word: str) -> bool:
    return len(word) >= SHORTEST and not word.isdecimal()


def _nearest(word: str) -> list[str]:
    """Words of the dictionary that one or two slips of the fingers turn into this one, the likeliest first."""
    if len(word) < SHORTEST:
        return []
    found = db.session.execute(_LIKE, {"trigrams": sorted(_trigrams(word))}).all()
    slips = {row.word: distance(word, row.word) for row in found}
    likely = [row for row in found if 0 < slips[row.word] <= (1 if len(word) < 5 else 2)]
    return [row.word for row in sorted(likely, key=lambda row: (slips[row.word], -row.documents, row.word))[:NEAREST]]


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def distance(one: str, other: str) -> int:
    """How many letters were left out, added, changed, or swapped with their neighbor."""
    before, last = list[int](), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        now = [i]
        for j, b in enumerate(other, 1):
            least = min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, before[j - 2] + 1)
            now.append(least)
        before, last = last, now
    return last[-1]


def _put_right(question: str, better: Mapping[str, str]) -> str:
    """Each part of the question that has a misspelled word as its words, the others as they were typed."""
    return " ".join(_part(part, better) for part in question.split())


def _part(part: str, better: Mapping[str, str]) -> str:
    found = words.folded(part)
    return " ".join(better.get(word, word) for word in found) if better.keys() & set(found) else part
