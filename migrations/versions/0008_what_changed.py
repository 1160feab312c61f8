"""what changed, for the index, and the words of the search

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-25 16:33:00

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('change_log',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_change_log')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('change_log', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_log_at'), ['at'], unique=False)
    _create_search_words()


def downgrade():
    _drop_search_words()
    with op.batch_alter_table('change_log', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_change_log_at'))
    op.drop_table('change_log')


def _create_search_words():
    op.create_table('search_texts',
    sa.Column('supervisor_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text().with_variant(postgresql.TSVECTOR(), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['supervisor_id'], ['supervisors.id'], name=op.f('fk_search_texts_supervisor_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('supervisor_id', name=op.f('pk_search_texts'))
    )
    op.create_table('search_dictionary',
    sa.Column('word', sa.String(length=40), nullable=False),
    sa.Column('documents', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('word', name=op.f('pk_search_dictionary'))
    )
    op.create_table('search_trigrams',
    sa.Column('trigram', sa.String(length=3), nullable=False),
    sa.Column('word', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['word'], ['search_dictionary.word'], name=op.f('fk_search_trigrams_word'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('trigram', 'word', name=op.f('pk_search_trigrams'))
    )
    # What reads the words: Alembic knows neither of these (migrations/env.py leaves them out of its comparison).
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5(words, content='search_texts', content_rowid='supervisor_id', "
            "detail=none, columnsize=0, tokenize='ascii')"
        )
        op.execute("CREATE VIRTUAL TABLE search_words_known USING fts5vocab('search_words', 'row')")
    else:
        op.execute('CREATE INDEX ix_search_texts_words ON search_texts USING gin (words) WITH (fastupdate = off)')


def _drop_search_words():
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE search_words_known')
        op.execute('DROP TABLE search_words')
    op.drop_table('search_trigrams')
    op.drop_table('search_dictionary')
    op.drop_table('search_texts')
