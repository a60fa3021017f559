"""Keep which letters came back."""

import sqlalchemy as sa
from alembic import op

revision = "20261201_0136_keep_which_letters"
down_revision = "20261201_0109_hide_who_looks_int"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bounced",
        sa.Column("letter", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("letter", name=op.f("pk_bounced")),
    )
    with op.batch_alter_table("bounced", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bounced_email"), ["email"], unique=False)
