"""Finds the same text by an index."""

from alembic import op

revision = "20261201_0121_finds_the_same_tex"
down_revision = "20261201_0112_keep_what_can_be_f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index("ix_revision_claim", ["claim"], unique=False)
