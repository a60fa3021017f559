"""Let webhooks be changed."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0302_let_webhooks_be_ch"
down_revision = "20261202_0301_say_that_a_respons"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("webhook", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("kinds_since", sa.JSON(), nullable=False, server_default="{}")
        )
