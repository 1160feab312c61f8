"""ends of threads, sizes of companies, and from when a mute hides

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-25 20:12:00

"""
from alembic import op
import sqlalchemy as sa


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


# Columns are added one by one and none is tightened: SQLite would make these tables anew for that, and dropping the
# old one takes whatever leans on its rows along.
def upgrade():
    op.add_column('thread_sides', sa.Column('left_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('card_mutes', sa.Column('hides_from', sa.DateTime(timezone=True), nullable=True))
    op.add_column('card_companies', sa.Column('size', sa.Integer(), nullable=False, server_default='0'))
    op.execute(
        'UPDATE card_companies SET size = (SELECT count(*) FROM cards WHERE cards.company_id = card_companies.id)'
    )


def downgrade():
    op.drop_column('card_companies', 'size')
    op.drop_column('card_mutes', 'hides_from')
    op.drop_column('thread_sides', 'left_at')
