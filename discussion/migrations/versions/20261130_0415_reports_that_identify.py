"""Put reports that somebody is identified ahead of the queue, where they wait."""

from alembic import op

revision = "20261130_0415_reports_that_ident"
down_revision = "20261128_1836_let_imported_state"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE report SET is_urgent = true WHERE reason = 'identifies' AND status = 'waiting'"
    )
