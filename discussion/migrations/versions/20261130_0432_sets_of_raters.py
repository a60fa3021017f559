"""Whose answers a round's numbers are sums of, sealed, so that rounds are judged together."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_0432_sets_of_raters"
down_revision = "20261130_0425_how_cycles_ended"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rater_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_rater_sets_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rater_sets")),
        sa.UniqueConstraint("round_id", name=op.f("uq_rater_sets_round_id")),
    )
