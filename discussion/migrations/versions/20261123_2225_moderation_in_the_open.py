"""Moderation in the open."""

import sqlalchemy as sa
from alembic import op

from discussion.audit.chain import BEGINNING, Entry, digest
from discussion.db import Moment
from discussion.migrations.append_only import guard, unguard

revision = "20261123_2225_moderation_in_the_"
down_revision = "20261123_2000_first_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("final_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_batch_made_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("public_id", name=op.f("uq_batch_public_id")),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_made_by_id"), ["made_by_id"], unique=False)

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_claim_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_claim_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_claim_kind_subject_id")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_series_id"), ["series_id"], unique=False)

    op.create_table(
        "data_copy",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_data_copy_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_copy")),
        sa.UniqueConstraint("public_id", name=op.f("uq_data_copy_public_id")),
    )
    with op.batch_alter_table("data_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_data_copy_person_id"), ["person_id"], unique=False)

    op.create_table(
        "duty_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("code_version", sa.String(length=120), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("what_changed", sa.String(length=300), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_duty_record_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_record")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_duty_record_kind_version")),
    )
    op.create_table(
        "leaving",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=8), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_leaving_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaving")),
        sa.UniqueConstraint("public_id", name=op.f("uq_leaving_public_id")),
    )
    with op.batch_alter_table("leaving", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leaving_person_id"), ["person_id"], unique=False)

    op.create_table(
        "batch_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=20), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_batch_item_batch_id_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_item")),
    )
    with op.batch_alter_table("batch_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_item_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_batch_item_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "heading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_heading_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heading")),
    )
    with op.batch_alter_table("heading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_heading_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "link_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("status_code", sa.Integer(), nullable=True),
        sa.Column("leads_to", sa.String(length=500), nullable=False),
        sa.Column("problem", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["evidence_item.id"], name=op.f("fk_link_check_item_id_evidence_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_check")),
    )
    with op.batch_alter_table("link_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_check_item_id"), ["item_id"], unique=False)

    op.create_table(
        "mute",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("muted_id", sa.Integer(), nullable=False),
        sa.Column("attribution", sa.String(length=16), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["muted_id"], ["person.id"], name=op.f("fk_mute_muted_id_person")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mute_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_mute_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mute")),
        sa.UniqueConstraint(
            "person_id",
            "muted_id",
            "attribution",
            "thread_id",
            name=op.f("uq_mute_person_id_muted_id_attribution_thread_id"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_mute_public_id")),
    )
    with op.batch_alter_table("mute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mute_person_id"), ["person_id"], unique=False)

    op.create_table(
        "related_thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"], ["thread.id"], name=op.f("fk_related_thread_other_id_thread")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_related_thread_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_related_thread")),
        sa.UniqueConstraint(
            "thread_id", "other_id", name=op.f("uq_related_thread_thread_id_other_id")
        ),
    )
    with op.batch_alter_table("related_thread", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_related_thread_other_id"), ["other_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_related_thread_thread_id"), ["thread_id"], unique=False
        )

    op.create_table(
        "thread_summary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_thread_summary_thread_id_thread")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_thread_summary_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_summary")),
        sa.UniqueConstraint(
            "thread_id", "version", name=op.f("uq_thread_summary_thread_id_version")
        ),
    )
    with op.batch_alter_table("thread_summary", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_thread_summary_thread_id"), ["thread_id"], unique=False
        )

    op.create_table(
        "appeal",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_appeal_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_appeal_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_appeal_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_appeal_decision_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_appeal_public_id")),
    )
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appeal_made_by_id"), ["made_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_series_id"), ["series_id"], unique=False)

    op.create_table(
        "redaction",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=20), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroy_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_redaction_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_redaction_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
        sa.UniqueConstraint("public_id", name=op.f("uq_redaction_public_id")),
    )
    with op.batch_alter_table("redaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_redaction_series_id"), ["series_id"], unique=False)
        batch_op.create_index("ix_redaction_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "regrouping",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_regrouping_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["thread.id"], name=op.f("fk_regrouping_source_id_thread")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["thread.id"], name=op.f("fk_regrouping_target_id_thread")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk_regrouping_undone_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrouping")),
        sa.UniqueConstraint("public_id", name=op.f("uq_regrouping_public_id")),
    )
    with op.batch_alter_table("regrouping", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_regrouping_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_regrouping_target_id"), ["target_id"], unique=False)

    op.create_table(
        "report",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=20), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("reporter_email", sa.String(length=254), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("has_hidden", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_report_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["person.id"], name=op.f("fk_report_reporter_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_report_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_public_id")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_series_id"), ["series_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_status"), ["status"], unique=False)
        batch_op.create_index("ix_report_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "sanction",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("about_kind", sa.String(length=20), nullable=False),
        sa.Column("about_id", sa.String(length=20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_sanction_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sanction_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_sanction_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sanction_public_id")),
    )
    with op.batch_alter_table("sanction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sanction_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sanction_series_id"), ["series_id"], unique=False)

    op.create_table(
        "appeal_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=1000), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_by_role", sa.String(length=16), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["appeal_id"], ["appeal.id"], name=op.f("fk_appeal_outcome_appeal_id_appeal")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_appeal_outcome_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["person.id"], name=op.f("fk_appeal_outcome_reviewed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal_outcome")),
        sa.UniqueConstraint("appeal_id", name=op.f("uq_appeal_outcome_appeal_id")),
    )
    op.create_table(
        "steelman",
        sa.Column("summary_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("said", sa.String(length=400), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_steelman_position_id_position")
        ),
        sa.ForeignKeyConstraint(
            ["summary_id"],
            ["thread_summary.id"],
            name=op.f("fk_steelman_summary_id_thread_summary"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steelman")),
        sa.UniqueConstraint("public_id", name=op.f("uq_steelman_public_id")),
        sa.UniqueConstraint(
            "summary_id", "position_id", name=op.f("uq_steelman_summary_id_position_id")
        ),
    )
    with op.batch_alter_table("steelman", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_steelman_position_id"), ["position_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_steelman_summary_id"), ["summary_id"], unique=False)

    unguard(op, "decision", "audit_event")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("previous", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("hash", sa.String(length=64), nullable=True))
    _chain()
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.alter_column("number", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("previous", existing_type=sa.String(length=64), nullable=False)
        batch_op.alter_column("hash", existing_type=sa.String(length=64), nullable=False)
        batch_op.alter_column("actor_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_unique_constraint(batch_op.f("uq_audit_event_number"), ["number"])

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("facts", sa.String(length=1000), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("marks", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(
            sa.Column("twin_id", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("addressed_to_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_decision_addressed_to_id"), ["addressed_to_id"], unique=False
        )
        batch_op.create_index("ix_decision_series_at", ["series_id", "at"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_decision_addressed_to_id_person"), "person", ["addressed_to_id"], ["id"]
        )

    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_hidden", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("link_state", sa.String(length=12), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("link_checked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("link_settled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("archive_url", sa.String(length=500), nullable=False, server_default="")
        )

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("removed_how", sa.String(length=8), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("wants_warnings", sa.Boolean(), nullable=False, server_default=sa.true())
        )

    with op.batch_alter_table("part_counts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("thread_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE part_counts SET thread_id = "
        "(SELECT thread_id FROM position WHERE position.id = part_counts.position_id)"
    )
    with op.batch_alter_table("part_counts", schema=None) as batch_op:
        batch_op.alter_column("thread_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_constraint(batch_op.f("uq_part_counts_position_id_cycle"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_part_counts_position_id_thread_id_cycle"),
            ["position_id", "thread_id", "cycle"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_part_counts_thread_id_thread"), "thread", ["thread_id"], ["id"]
        )

    op.drop_index("uq_position_one_live_per_person", table_name="position")
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_second", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("is_former", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("heading_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_position_heading_id_heading"), "heading", ["heading_id"], ["id"]
        )

    is_live = sa.text("state IN ('draft', 'published', 'hidden') AND NOT is_second")
    op.create_index(
        "uq_position_one_live_per_person",
        "position",
        ["thread_id", "author_id"],
        unique=True,
        sqlite_where=is_live,
        postgresql_where=is_live,
    )

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_former", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    with op.batch_alter_table("response_text", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_for", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("redacted_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_for", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("redacted_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.add_column(sa.Column("targets", sa.JSON(), nullable=False, server_default="{}"))

    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("slow_minutes", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(
            sa.Column("closed_to", sa.String(length=12), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("closed_until", sa.Date(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_thread_merged_into_id_thread"), "thread", ["merged_into_id"], ["id"]
        )

    with op.batch_alter_table("value_proposal", schema=None) as batch_op:
        batch_op.alter_column("proposed_by_id", existing_type=sa.Integer(), nullable=True)

    op.execute("UPDATE membership SET removed_how = 'removed' WHERE removed_at IS NOT NULL")
    guard(op, "decision", "audit_event", "appeal", "appeal_outcome")


def _chain() -> None:
    """Give the rows that are there their numbers and hashes, in the order they were written."""
    rows = sa.table(
        "audit_event",
        *(sa.column(name) for name in ("id", "number", "previous", "hash")),
        *(sa.column(name) for name in ("series_id", "actor_id", "verb")),
        *(sa.column(name) for name in ("subject_kind", "subject_id", "why")),
        sa.column("details", sa.JSON()),
        sa.column("at", Moment()),
    )
    connection = op.get_bind()
    previous = BEGINNING
    old = connection.execute(sa.select(rows).order_by(rows.c.id)).all()
    for number, row in enumerate(old, start=1):
        entry = Entry(
            number,
            row.series_id,
            row.actor_id,
            row.verb,
            row.subject_kind,
            row.subject_id,
            row.why,
            row.details,
            row.at,
        )
        made = digest(entry, previous)
        connection.execute(
            sa.update(rows)
            .where(rows.c.id == row.id)
            .values(number=number, previous=previous, hash=made)
        )
        previous = made
