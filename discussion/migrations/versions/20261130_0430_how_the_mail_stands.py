"""Keep how the mail stands, which addresses are refused, and what was promised once."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_0430_how_the_mail_stand"
down_revision = "20261130_0437_count_accounts_of_"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_key",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept_key")),
    )
    op.create_table(
        "standing",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("is_well", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("waits_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_standing")),
    )
    op.create_table(
        "refused_address",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("about", sa.String(length=10), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_refused_address")),
    )
