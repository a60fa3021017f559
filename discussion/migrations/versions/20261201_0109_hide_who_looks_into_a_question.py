"""Hide who looks into a question."""

import sqlalchemy as sa
from alembic import op

revision = "20261201_0109_hide_who_looks_int"
down_revision = "20261201_0106_tell_other_program"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("needed_looking", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_hidden", sa.Boolean(), nullable=False, server_default=sa.false())
        )
