"""Keep what would settle a fact for who rated it."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_2201_keep_what_would_se"
down_revision = "20261130_2014_keeps_questions_of"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shown_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_shown_lines_round_id_round")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["statement_version.id"],
            name=op.f("fk_shown_lines_version_id_statement_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_lines")),
        sa.UniqueConstraint(
            "round_id", "version_id", name=op.f("uq_shown_lines_round_id_version_id")
        ),
    )
    with op.batch_alter_table("shown_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shown_lines_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shown_lines_version_id"), ["version_id"], unique=False)

    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("settles", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("may_show", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("line_state", sa.String(length=10), nullable=False, server_default="")
        )
