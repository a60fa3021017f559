"""Keep what is restated, and what follows at a level."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0600_keep_what_is_resta"
down_revision = "20261202_0500_tell_of_a_sector_i"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("decided_at", sa.String(length=40), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("speaks_of", sa.String(length=40), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("consequence", sa.String(length=14), server_default="", nullable=False)
        )

    with op.batch_alter_table("response_text", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("fair", sa.String(length=10), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("wants", sa.String(length=400), server_default="", nullable=False)
        )
