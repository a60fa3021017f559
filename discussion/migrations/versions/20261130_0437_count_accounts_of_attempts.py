"""Count of how many accounts attempts are made from one network."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_0437_count_accounts_of_"
down_revision = "20261130_0432_sets_of_raters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM attempt")  # counted in other ways from now on; kept for a day at most
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("part", sa.String(length=64), server_default="", nullable=False)
        )
