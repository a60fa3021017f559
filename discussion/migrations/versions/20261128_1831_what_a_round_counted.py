"""What was counted in a round: coarsely while it is open, and once for all as it closes."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1831_what_a_round_count"
down_revision = "20261128_1823_imported_rounds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("counted", sa.JSON(), nullable=False, server_default="{}"))
