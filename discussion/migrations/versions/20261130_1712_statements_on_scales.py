"""Where a statement on what to do lies on a scale of its thread, as moderators say beforehand."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1712_statements_on_scal"
down_revision = "20261130_1657_numbers_of_states"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("placements", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_column("placements")
