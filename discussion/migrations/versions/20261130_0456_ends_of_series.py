"""Of which last day a series' conveners were asked, and when."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_0456_ends_of_series"
down_revision = "20261130_0457_withheld_words"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.add_column(sa.Column("end_asked_for", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("end_asked_at", sa.DateTime(timezone=True), nullable=True))
