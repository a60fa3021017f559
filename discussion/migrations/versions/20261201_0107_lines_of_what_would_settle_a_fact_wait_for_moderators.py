"""Lines of what would settle a fact wait for moderators."""

import sqlalchemy as sa
from alembic import op

revision = "20261201_0107_lines_of_what_woul"
down_revision = "20261201_0043_keep_notices_and_h"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rating_asked",
            ["round_id"],
            unique=False,
            sqlite_where=sa.text("line_state = 'asked'"),
            postgresql_where=sa.text("line_state = 'asked'"),
        )
