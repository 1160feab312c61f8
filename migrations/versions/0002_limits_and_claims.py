"""Counts of rate limits, and what is claimed at sign-up beside the link that proves it.

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-25 13:37:17.941081

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('limit_counts',
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_limit_counts'))
    )
    with op.batch_alter_table('limit_counts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_limit_counts_expires_at'), ['expires_at'], unique=False)

    with op.batch_alter_table('links', schema=None) as batch_op:
        batch_op.add_column(sa.Column('claims', sa.JSON(), nullable=True))



def downgrade():
    with op.batch_alter_table('links', schema=None) as batch_op:
        batch_op.drop_column('claims')

    with op.batch_alter_table('limit_counts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_limit_counts_expires_at'))

    op.drop_table('limit_counts')
