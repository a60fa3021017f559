"""A rating stands under one statement of its round."""

from alembic import op

revision = "20261201_0036_a_rating_stands_un"
down_revision = "20261130_2201_keep_what_would_se"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_round_id"))
        batch_op.drop_constraint(batch_op.f("fk_rating_round_id_round"), type_="foreignkey")
        batch_op.drop_constraint(
            batch_op.f("fk_rating_version_id_statement_version"), type_="foreignkey"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_rating_round_id_version_id_round_statement"),
            "round_statement",
            ["round_id", "version_id"],
            ["round_id", "version_id"],
        )
