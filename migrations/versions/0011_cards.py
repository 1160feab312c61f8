"""cards, invitations and threads

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-25 16:36:00

"""
from alembic import op
import sqlalchemy as sa


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def instant(name, nullable=False):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def key(table, column, to, ondelete):
    return sa.ForeignKeyConstraint([column], [f'{to}.id'], name=op.f(f'fk_{table}_{column}'), ondelete=ondelete)


def upgrade():
    op.create_table('threads',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=32), nullable=False),
    sa.Column('opening_id', sa.Integer(), nullable=True),
    instant('begun_at'),
    instant('last_at'),
    key('threads', 'opening_id', 'openings', 'SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_threads')),
    sa.UniqueConstraint('public_id', name=op.f('uq_threads_public_id'))
    )
    op.create_index(op.f('ix_threads_opening_id'), 'threads', ['opening_id'])

    op.create_table('thread_sides',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('thread_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('read_no', sa.Integer(), nullable=False),
    instant('told_at', nullable=True),
    key('thread_sides', 'thread_id', 'threads', 'CASCADE'),
    key('thread_sides', 'person_id', 'people', 'SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_thread_sides')),
    sa.UniqueConstraint('thread_id', 'person_id', name=op.f('uq_thread_sides_thread_id_person_id'))
    )
    op.create_index(op.f('ix_thread_sides_person_id'), 'thread_sides', ['person_id'])

    op.create_table('messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('thread_id', sa.Integer(), nullable=False),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    instant('at'),
    key('messages', 'thread_id', 'threads', 'CASCADE'),
    key('messages', 'author_id', 'people', 'SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages')),
    sa.UniqueConstraint('thread_id', 'no', name=op.f('uq_messages_thread_id_no'))
    )
    op.create_index('ix_messages_author_id_at', 'messages', ['author_id', 'at'])

    op.create_table('card_companies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('goal', sa.String(length=24), nullable=False),
    sa.Column('says', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_companies'))
    )
    op.create_index(op.f('ix_card_companies_goal'), 'card_companies', ['goal'])

    op.create_table('cards',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=True),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('draft', sa.String(length=200), nullable=False),
    sa.Column('says', sa.JSON(), nullable=False),
    sa.Column('line', sa.String(length=200), nullable=False),
    instant('on_at', nullable=True),
    instant('rests_until', nullable=True),
    instant('expires_at', nullable=True),
    instant('warned_at', nullable=True),
    key('cards', 'person_id', 'people', 'CASCADE'),
    key('cards', 'company_id', 'card_companies', 'SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cards')),
    sa.UniqueConstraint('person_id', name=op.f('uq_cards_person_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_cards_public_id'))
    )
    op.create_index(op.f('ix_cards_company_id'), 'cards', ['company_id'])
    op.create_index(op.f('ix_cards_expires_at'), 'cards', ['expires_at'])

    op.create_table('card_mutes',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('supervisor_id', sa.Integer(), nullable=False),
    instant('since'),
    key('card_mutes', 'person_id', 'people', 'CASCADE'),
    key('card_mutes', 'supervisor_id', 'supervisors', 'CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'supervisor_id', name=op.f('pk_card_mutes'))
    )
    op.create_index(op.f('ix_card_mutes_supervisor_id'), 'card_mutes', ['supervisor_id'])

    op.create_table('invitations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=32), nullable=False),
    sa.Column('supervisor_id', sa.Integer(), nullable=False),
    sa.Column('opening_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('card', sa.String(length=32), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('is_quiet', sa.Boolean(), nullable=False),
    instant('sent_at'),
    instant('expires_at'),
    sa.Column('answer', sa.String(length=4), nullable=False),
    instant('answered_at', nullable=True),
    sa.Column('thread_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("answer in ('','yes','no','mute')", name=op.f('ck_invitations_answer')),
    key('invitations', 'supervisor_id', 'supervisors', 'CASCADE'),
    key('invitations', 'opening_id', 'openings', 'CASCADE'),
    key('invitations', 'person_id', 'people', 'CASCADE'),
    key('invitations', 'thread_id', 'threads', 'SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('opening_id', 'card', name=op.f('uq_invitations_opening_id_card')),
    sa.UniqueConstraint('public_id', name=op.f('uq_invitations_public_id'))
    )
    op.create_index(op.f('ix_invitations_person_id'), 'invitations', ['person_id'])
    op.create_index(op.f('ix_invitations_supervisor_id'), 'invitations', ['supervisor_id'])
    op.create_index('uq_invitations_opening_person', 'invitations', ['opening_id', 'person_id'], unique=True,
                    sqlite_where=sa.text('NOT is_quiet'), postgresql_where=sa.text('NOT is_quiet'))


def downgrade():
    for name in ('invitations', 'card_mutes', 'cards', 'card_companies', 'messages', 'thread_sides', 'threads'):
        op.drop_table(name)
