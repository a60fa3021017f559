"""Let imported statements be longer."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1836_let_imported_state"
down_revision = "20261128_1831_what_a_round_count"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("statement_version", schema=None) as batch_op:
        batch_op.alter_column(
            "text", existing_type=sa.VARCHAR(length=200), type_=sa.Text(), existing_nullable=False
        )
