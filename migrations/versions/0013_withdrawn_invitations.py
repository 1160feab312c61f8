"""when an invitation was withdrawn

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-26 03:50:00

"""
from alembic import op
import sqlalchemy as sa


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('invitations', sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.drop_column('invitations', 'withdrawn_at')
