"""The words that the search reads, and those that a question could have meant."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class SearchText(Base):
    """The words under which a published supervisor is found, written by documents.py.

    On SQLite a list in one text, which the FTS5 table `search_words` reads (app/guards.py); on PostgreSQL a tsvector.
    """

    __tablename__ = "search_texts"

    supervisor_id: Mapped[int] = mapped_column(ForeignKey("supervisors.id", ondelete="CASCADE"), primary_key=True)
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))


class SearchWord(Base):
    """A word that occurs in documents, and in how many: what a question could have meant (spelling.py)."""

    __tablename__ = "search_dictionary"

    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    documents: Mapped[int]


class SearchTrigram(Base):
    """Three letters in a row, and a word of the dictionary that has them."""

    __tablename__ = "search_trigrams"

    trigram: Mapped[str] = mapped_column(String(3), primary_key=True)
    word: Mapped[str] = mapped_column(ForeignKey("search_dictionary.word", ondelete="CASCADE"), primary_key=True)
