"""Say that a response still stands."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0301_say_that_a_respons"
down_revision = "20261202_0400_keep_what_an_organ"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stands_for_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_response_stands_for_id_revision"), "revision", ["stands_for_id"], ["id"]
        )
