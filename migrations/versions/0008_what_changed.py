"""what changed, for the index, and the words of the search

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-25 16:33:00

"""
from alembic import op
import sqlalchemy as sa


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
