"""Find what waits by the few that do."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1657_find_what_waits_by"
down_revision = "20261130_1048_forms_that_are_kep"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.create_index(
            "ix_evidence_item_broken",
            ["link_state"],
            unique=False,
            sqlite_where=sa.text("link_state IN ('dead', 'moved') AND link_settled_at IS NULL"),
            postgresql_where=sa.text("link_state IN ('dead', 'moved') AND link_settled_at IS NULL"),
        )
        batch_op.create_index(
            "ix_evidence_item_not_standing",
            ["status"],
            unique=False,
            sqlite_where=sa.text("status IN ('retracted', 'superseded')"),
            postgresql_where=sa.text("status IN ('retracted', 'superseded')"),
        )
        batch_op.create_index(
            "ix_evidence_item_unchecked",
            ["series_id", "created_at"],
            unique=False,
            sqlite_where=sa.text(
                "link_checked_at IS NULL AND (doi IS NOT NULL OR url IS NOT NULL)"
            ),
            postgresql_where=sa.text(
                "link_checked_at IS NULL AND (doi IS NOT NULL OR url IS NOT NULL)"
            ),
        )

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_status"))
        batch_op.create_index(
            "ix_report_waiting",
            ["status", "series_id"],
            unique=False,
            sqlite_where=sa.text("status = 'waiting'"),
            postgresql_where=sa.text("status = 'waiting'"),
        )

    with op.batch_alter_table("response_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_text_status"))
        batch_op.create_index(
            "ix_response_text_pending",
            ["status", "response_id"],
            unique=False,
            sqlite_where=sa.text("status = 'pending'"),
            postgresql_where=sa.text("status = 'pending'"),
        )

    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_status"))
        batch_op.create_index(
            "ix_revision_pending",
            ["status", "position_id"],
            unique=False,
            sqlite_where=sa.text("status = 'pending'"),
            postgresql_where=sa.text("status = 'pending'"),
        )

    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.create_index(
            "ix_thread_proposed",
            ["stage", "series_id"],
            unique=False,
            sqlite_where=sa.text("stage = 'proposed'"),
            postgresql_where=sa.text("stage = 'proposed'"),
        )
        batch_op.create_index(
            "ix_thread_to_close",
            ["closed_on"],
            unique=False,
            sqlite_where=sa.text("stage = 'making_sense'"),
            postgresql_where=sa.text("stage = 'making_sense'"),
        )
        batch_op.create_index(
            "ix_thread_to_make_sense",
            ["making_sense_on"],
            unique=False,
            sqlite_where=sa.text("stage = 'weighing'"),
            postgresql_where=sa.text("stage = 'weighing'"),
        )
        batch_op.create_index(
            "ix_thread_to_review",
            ["review_on"],
            unique=False,
            sqlite_where=sa.text("stage = 'closed'"),
            postgresql_where=sa.text("stage = 'closed'"),
        )
        batch_op.create_index(
            "ix_thread_to_weigh",
            ["weighing_on"],
            unique=False,
            sqlite_where=sa.text("stage = 'open'"),
            postgresql_where=sa.text("stage = 'open'"),
        )
