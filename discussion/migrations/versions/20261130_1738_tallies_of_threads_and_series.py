"""Tallies of threads and series."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1738_tallies_of_threads"
down_revision = "20261130_1712_statements_on_scal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series_tally",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_series_tally_series_id_series")
        ),
        sa.PrimaryKeyConstraint("series_id", "kind", "subject_id", name=op.f("pk_series_tally")),
    )
    op.create_table(
        "tallied_thread",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.BigInteger(), nullable=False),
        sa.Column("meaning", sa.String(length=16), nullable=False),
        sa.Column("is_summed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_tallied_thread_series_id_series")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_tallied_thread_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_tallied_thread")),
    )
    with op.batch_alter_table("tallied_thread", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tallied_thread_series_id"), ["series_id"], unique=False
        )

    op.create_table(
        "thread_tally",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_thread_tally_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("thread_id", "kind", "subject_id", name=op.f("pk_thread_tally")),
    )
    with op.batch_alter_table("thread_tally", schema=None) as batch_op:
        batch_op.create_index("ix_thread_tally_subject", ["kind", "subject_id"], unique=False)
