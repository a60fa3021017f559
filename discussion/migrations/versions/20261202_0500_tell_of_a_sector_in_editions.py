"""Tell of a sector in editions."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0500_tell_of_a_sector_i"
down_revision = "20261202_0302_let_webhooks_be_ch"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "practice_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("runs", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["evidence_item.id"],
            name=op.f("fk_practice_edition_item_id_evidence_item"),
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_practice_edition_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_edition")),
        sa.UniqueConstraint(
            "series_id", "number", name=op.f("uq_practice_edition_series_id_number")
        ),
    )
    with op.batch_alter_table("practice_edition", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practice_edition_series_id"), ["series_id"], unique=False
        )
