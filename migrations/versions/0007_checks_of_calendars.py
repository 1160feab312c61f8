"""when a busy calendar is checked next, and how often it failed

Revision ID: 0007
Revises: 0003
Create Date: 2026-11-25 14:36:00

"""
from alembic import op
import sqlalchemy as sa


revision = '0007'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('busy_calendars', schema=None) as batch_op:
        # Calendars that are there already are due at once.
        batch_op.add_column(
            sa.Column('check_at', sa.DateTime(timezone=True), server_default='2026-01-01 00:00:00', nullable=False)
        )
        batch_op.add_column(sa.Column('failures', sa.Integer(), server_default='0', nullable=False))
        batch_op.create_index(batch_op.f('ix_busy_calendars_check_at'), ['check_at'], unique=False)
    with op.batch_alter_table('busy_calendars', schema=None) as batch_op:
        batch_op.alter_column('check_at', server_default=None)


def downgrade():
    with op.batch_alter_table('busy_calendars', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_busy_calendars_check_at'))
        batch_op.drop_column('failures')
        batch_op.drop_column('check_at')
