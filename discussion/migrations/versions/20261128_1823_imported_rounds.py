"""Rounds that were held elsewhere and imported, with whom their data is owed to."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1823_imported_rounds"
down_revision = "20261123_2248_rounds_and_finding"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("imported_from", sa.String(length=12), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("attribution", sa.String(length=600), nullable=False, server_default="")
        )
