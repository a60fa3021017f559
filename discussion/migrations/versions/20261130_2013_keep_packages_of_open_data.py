"""Keep packages of open data."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_2013_keep_packages_of_o"
down_revision = "20261130_1705_keep_briefings_and"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "data_package",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_rows", sa.Integer(), nullable=False),
        sa.Column("all_rows", sa.Integer(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("states", sa.JSON(), nullable=False),
        sa.Column("shown", sa.LargeBinary(), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_why", sa.String(length=12), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_data_package_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_package")),
        sa.UniqueConstraint("public_id", name=op.f("uq_data_package_public_id")),
        sa.UniqueConstraint("series_id", "number", name=op.f("uq_data_package_series_id_number")),
    )
    with op.batch_alter_table("data_package", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_data_package_series_id"), ["series_id"], unique=False)

    op.create_table(
        "data_terms",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("licence", sa.String(length=20), nullable=False),
        sa.Column("ratings", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_data_terms_series_id_series")
        ),
        sa.PrimaryKeyConstraint("series_id", name=op.f("pk_data_terms")),
    )
    op.create_table(
        "data_piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["package_id"], ["data_package.id"], name=op.f("fk_data_piece_package_id_data_package")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_piece")),
        sa.UniqueConstraint("package_id", "number", name=op.f("uq_data_piece_package_id_number")),
    )
