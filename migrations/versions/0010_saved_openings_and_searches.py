"""saved openings and searches

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-25 16:35:00

"""
from alembic import op
import sqlalchemy as sa


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'last_alerts',
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_last_alerts_person_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('person_id', name=op.f('pk_last_alerts')),
    )
    op.create_table(
        'saved_openings',
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('opening_id', sa.Integer(), nullable=False),
        sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('note', sa.String(length=300), nullable=False),
        sa.Column('facts', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['opening_id'], ['openings.id'], name=op.f('fk_saved_openings_opening_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_saved_openings_person_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('person_id', 'opening_id', name=op.f('pk_saved_openings')),
    )
    with op.batch_alter_table('saved_openings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_openings_opening_id'), ['opening_id'], unique=False)
    op.create_table(
        'saved_searches',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('query', sa.Text(), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('zone', sa.String(length=64), nullable=False),
        sa.Column('rhythm', sa.String(length=8), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('known', sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("rhythm in ('at_once','daily','weekly','never')", name=op.f('ck_saved_searches_rhythm')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_saved_searches_person_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_searches')),
        sa.UniqueConstraint('person_id', 'digest', name=op.f('uq_saved_searches_person_id_digest')),
    )
    with op.batch_alter_table('saved_searches', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_searches_due_at'), ['due_at'], unique=False)
    op.create_table(
        'told_openings',
        sa.Column('search_id', sa.Integer(), nullable=False),
        sa.Column('opening_id', sa.Integer(), nullable=False),
        sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['opening_id'], ['openings.id'], name=op.f('fk_told_openings_opening_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['search_id'], ['saved_searches.id'], name=op.f('fk_told_openings_search_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('search_id', 'opening_id', name=op.f('pk_told_openings')),
    )
    with op.batch_alter_table('told_openings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_told_openings_opening_id'), ['opening_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_told_openings_told_at'), ['told_at'], unique=False)
    op.create_table(
        'alert_stops',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('search_id', sa.Integer(), nullable=True),
        sa.Column('scope', sa.String(length=3), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("scope in ('one','all')", name=op.f('ck_alert_stops_scope')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_alert_stops_person_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['search_id'], ['saved_searches.id'], name=op.f('fk_alert_stops_search_id'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_stops')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_alert_stops_token_hash')),
    )
    with op.batch_alter_table('alert_stops', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alert_stops_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_alert_stops_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_alert_stops_search_id'), ['search_id'], unique=False)


def downgrade():
    for table in ('alert_stops', 'told_openings', 'saved_searches', 'saved_openings', 'last_alerts'):
        op.drop_table(table)
