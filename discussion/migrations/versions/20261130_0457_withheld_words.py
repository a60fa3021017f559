"""Statements whose words moderators withhold, and those out of which words were taken."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_0457_withheld_words"
down_revision = "20261130_0433_sessions_are_rows"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("statement_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withheld_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("withheld_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("redacted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_statement_version_withheld_by_id_person"),
            "person",
            ["withheld_by_id"],
            ["id"],
        )
