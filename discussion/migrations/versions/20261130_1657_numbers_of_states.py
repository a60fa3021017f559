"""Numbers of states."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1657_numbers_of_states"
down_revision = "20261130_1657_find_what_waits_by"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "state_number",
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("made_in", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "subject", "made_in", name=op.f("pk_state_number")),
    )
