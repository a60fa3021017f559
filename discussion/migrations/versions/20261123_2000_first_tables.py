"""First tables."""

import sqlalchemy as sa
from alembic import op

from discussion.migrations.append_only import guard

revision = "20261123_2000_first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index("ix_attempt_key_at", "attempt", ["key", "at"], unique=False)
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("once_key", sa.String(length=120), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(length=40), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("once_key", name=op.f("uq_job_once_key")),
    )
    op.create_index("ix_job_waiting", "job", ["done_at", "failed_at", "run_after"], unique=False)
    op.create_table(
        "person",
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("session_generation", sa.Integer(), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("phases", sa.JSON(), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.Column("organisation_type", sa.String(length=40), nullable=False),
        sa.Column("organisation_size", sa.String(length=20), nullable=False),
        sa.Column("shows_organisation", sa.Boolean(), nullable=False),
        sa.Column("shows_region", sa.Boolean(), nullable=False),
        sa.Column("interests", sa.String(length=300), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("is_guest", sa.Boolean(), nullable=False),
        sa.Column("is_invented", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    op.create_table(
        "series",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("host", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("visibility", sa.String(length=12), nullable=False),
        sa.Column("who_may_post", sa.String(length=12), nullable=False),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("moderation", sa.String(length=8), nullable=False),
        sa.Column("attribution", sa.String(length=16), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("rules_html", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=False),
        sa.Column("provenance", sa.String(length=300), nullable=False),
        sa.Column("provenance_url", sa.String(length=500), nullable=False),
        sa.Column("thresholds", sa.JSON(), nullable=False),
        sa.Column("min_group", sa.Integer(), nullable=False),
        sa.Column("value_set_version", sa.Integer(), nullable=False),
        sa.Column("decides_within_hours", sa.Integer(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("public_id", name=op.f("uq_series_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_series_slug")),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=20), nullable=False),
        sa.Column("why", sa.String(length=600), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_audit_event_actor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_audit_event_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_index(op.f("ix_audit_event_series_id"), "audit_event", ["series_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_consent_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_table(
        "evidence_item",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_folded", sa.String(length=600), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("publisher", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("doi", sa.String(length=200), nullable=True),
        sa.Column("citation", sa.String(length=600), nullable=False),
        sa.Column("accessed_on", sa.Date(), nullable=True),
        sa.Column("licence_note", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("question_type", sa.String(length=30), nullable=False),
        sa.Column("strength_scale", sa.String(length=20), nullable=False),
        sa.Column("strength_value", sa.String(length=20), nullable=False),
        sa.Column("strength_by", sa.String(length=20), nullable=False),
        sa.Column("strength_note", sa.String(length=300), nullable=False),
        sa.Column("population", sa.String(length=300), nullable=False),
        sa.Column("context", sa.String(length=300), nullable=False),
        sa.Column("outcome", sa.String(length=600), nullable=False),
        sa.Column("effect", sa.String(length=200), nullable=False),
        sa.Column("months_progress", sa.Integer(), nullable=True),
        sa.Column("cost", sa.String(length=200), nullable=False),
        sa.Column("limitations", sa.String(length=600), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("status_note", sa.String(length=300), nullable=False),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("consent", sa.String(length=12), nullable=False),
        sa.Column("no_pupil_confirmed", sa.Boolean(), nullable=False),
        sa.Column("verified", sa.JSON(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_evidence_item_added_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_evidence_item_series_id_series")
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"],
            ["evidence_item.id"],
            name=op.f("fk_evidence_item_superseded_by_id_evidence_item"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_item")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_item_public_id")),
        sa.UniqueConstraint("series_id", "doi", name=op.f("uq_evidence_item_series_id_doi")),
        sa.UniqueConstraint("series_id", "url", name=op.f("uq_evidence_item_series_id_url")),
    )
    op.create_index(
        op.f("ix_evidence_item_series_id"), "evidence_item", ["series_id"], unique=False
    )
    op.create_index(
        "ix_evidence_item_series_title",
        "evidence_item",
        ["series_id", "title_folded"],
        unique=False,
    )
    op.create_table(
        "invitation",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("max_uses", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_invitation_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_invitation_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitation_public_id")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_invitation_secret_hash")),
    )
    op.create_index(op.f("ix_invitation_series_id"), "invitation", ["series_id"], unique=False)
    op.create_table(
        "kept_draft",
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.String(length=20), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_kept_draft_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_draft")),
        sa.UniqueConstraint(
            "person_id", "kind", "subject_id", name=op.f("uq_kept_draft_person_id_kind_subject_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_kept_draft_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_kept_draft_token_hash")),
    )
    op.create_index(op.f("ix_kept_draft_person_id"), "kept_draft", ["person_id"], unique=False)
    op.create_table(
        "mailed_link",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("carries", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mailed_link_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailed_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mailed_link_public_id")),
    )
    op.create_index(op.f("ix_mailed_link_person_id"), "mailed_link", ["person_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("posting_role", sa.String(length=40), nullable=False),
        sa.Column("posting_phase", sa.String(length=40), nullable=False),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("admitted_how", sa.String(length=12), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_membership_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "series_id", "person_id", name=op.f("uq_membership_series_id_person_id")
        ),
    )
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_index(op.f("ix_membership_series_id"), "membership", ["series_id"], unique=False)
    op.create_table(
        "reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("explanation", sa.String(length=400), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_reason_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason")),
        sa.UniqueConstraint("series_id", "slug", name=op.f("uq_reason_series_id_slug")),
    )
    op.create_index(op.f("ix_reason_series_id"), "reason", ["series_id"], unique=False)
    op.create_table(
        "scale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("low", sa.String(length=60), nullable=False),
        sa.Column("high", sa.String(length=60), nullable=False),
        sa.Column("definition", sa.String(length=300), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_scale_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scale")),
        sa.UniqueConstraint("series_id", "slug", name=op.f("uq_scale_series_id_slug")),
    )
    op.create_index(op.f("ix_scale_series_id"), "scale", ["series_id"], unique=False)
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("summary_html", sa.Text(), nullable=False),
        sa.Column("provenance", sa.String(length=200), nullable=False),
        sa.Column("provenance_url", sa.String(length=500), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_theme_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("series_id", "slug", name=op.f("uq_theme_series_id_slug")),
    )
    op.create_index(op.f("ix_theme_series_id"), "theme", ["series_id"], unique=False)
    op.create_table(
        "thread",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("context_html", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("attribution", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("open_on", sa.Date(), nullable=True),
        sa.Column("weighing_on", sa.Date(), nullable=True),
        sa.Column("making_sense_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("use_of_result", sa.String(length=600), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("outcome_html", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("question_source", sa.String(length=300), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_thread_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_thread_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint("public_id", name=op.f("uq_thread_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_thread_slug")),
    )
    op.create_index(op.f("ix_thread_series_id"), "thread", ["series_id"], unique=False)
    op.create_index(op.f("ix_thread_stage"), "thread", ["stage"], unique=False)
    op.create_table(
        "value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("family", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("definition", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["value.id"], name=op.f("fk_value_replaced_by_id_value")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_value_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value")),
        sa.UniqueConstraint("series_id", "slug", name=op.f("uq_value_series_id_slug")),
    )
    op.create_index(op.f("ix_value_series_id"), "value", ["series_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=20), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=600), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_by_role", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_decision_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reason_id"], ["reason.id"], name=op.f("fk_decision_reason_id_reason")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_decision_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("public_id", name=op.f("uq_decision_public_id")),
    )
    op.create_index(op.f("ix_decision_series_id"), "decision", ["series_id"], unique=False)
    op.create_index(op.f("ix_decision_subject_id"), "decision", ["subject_id"], unique=False)
    op.create_table(
        "old_address",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_old_address_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_old_address")),
    )
    op.create_table(
        "position",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("attribution", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("label_role", sa.String(length=40), nullable=False),
        sa.Column("label_phase", sa.String(length=40), nullable=False),
        sa.Column("label_step", sa.Integer(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=True),
        sa.Column("is_featured", sa.Boolean(), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("live_revision_id", sa.Integer(), nullable=True),
        sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_position_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_position_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["live_revision_id"], ["revision.id"], name="fk_position_live_revision", use_alter=True
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_position_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_position_public_id")),
        sa.UniqueConstraint("thread_id", "number", name=op.f("uq_position_thread_id_number")),
    )
    op.create_index(op.f("ix_position_author_id"), "position", ["author_id"], unique=False)
    op.create_index(op.f("ix_position_state"), "position", ["state"], unique=False)
    op.create_index(op.f("ix_position_thread_id"), "position", ["thread_id"], unique=False)
    op.create_index(
        "uq_position_one_live_per_person",
        "position",
        ["thread_id", "author_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'published', 'hidden')"),
        postgresql_where=sa.text("state IN ('draft', 'published', 'hidden')"),
    )
    op.create_table(
        "stage_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=16), nullable=False),
        sa.Column("after", sa.String(length=16), nullable=False),
        sa.Column("moved_by_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["moved_by_id"], ["person.id"], name=op.f("fk_stage_move_moved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_stage_move_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_move")),
    )
    op.create_index(op.f("ix_stage_move_thread_id"), "stage_move", ["thread_id"], unique=False)
    op.create_table(
        "theme_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_theme_wording_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_wording")),
    )
    op.create_index(op.f("ix_theme_wording_theme_id"), "theme_wording", ["theme_id"], unique=False)
    op.create_table(
        "thread_scale",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("scale_id", sa.Integer(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scale_id"], ["scale.id"], name=op.f("fk_thread_scale_scale_id_scale")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_thread_scale_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("thread_id", "scale_id", name=op.f("pk_thread_scale")),
    )
    op.create_table(
        "thread_theme",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_thread_theme_theme_id_theme")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_thread_theme_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("thread_id", "theme_id", name=op.f("pk_thread_theme")),
    )
    op.create_table(
        "value_crosswalk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("value_id", sa.Integer(), nullable=False),
        sa.Column("framework", sa.String(length=80), nullable=False),
        sa.Column("term", sa.String(length=120), nullable=False),
        sa.Column("relation", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["value_id"], ["value.id"], name=op.f("fk_value_crosswalk_value_id_value")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_crosswalk")),
    )
    op.create_index(
        op.f("ix_value_crosswalk_value_id"), "value_crosswalk", ["value_id"], unique=False
    )
    op.create_table(
        "value_proposal",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("value_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_value_proposal_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_value_proposal_series_id_series")
        ),
        sa.ForeignKeyConstraint(
            ["value_id"], ["value.id"], name=op.f("fk_value_proposal_value_id_value")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_proposal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_value_proposal_public_id")),
    )
    op.create_index(
        op.f("ix_value_proposal_series_id"), "value_proposal", ["series_id"], unique=False
    )
    op.create_table(
        "value_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("value_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("definition", sa.String(length=200), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["value_id"], ["value.id"], name=op.f("fk_value_wording_value_id_value")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_wording")),
    )
    op.create_index(op.f("ix_value_wording_value_id"), "value_wording", ["value_id"], unique=False)
    op.create_table(
        "voice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("attribution", sa.String(length=16), nullable=False),
        sa.Column("letter", sa.String(length=4), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_voice_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_voice_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice")),
        sa.UniqueConstraint(
            "thread_id", "attribution", "letter", name=op.f("uq_voice_thread_id_attribution_letter")
        ),
        sa.UniqueConstraint(
            "thread_id",
            "person_id",
            "attribution",
            name=op.f("uq_voice_thread_id_person_id_attribution"),
        ),
    )
    op.create_index(op.f("ix_voice_person_id"), "voice", ["person_id"], unique=False)
    op.create_index(op.f("ix_voice_thread_id"), "voice", ["thread_id"], unique=False)
    op.create_table(
        "editors_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_editors_note_position_id_position")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_editors_note_thread_id_thread")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_editors_note_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editors_note")),
    )
    op.create_index(
        op.f("ix_editors_note_position_id"), "editors_note", ["position_id"], unique=False
    )
    op.create_index(op.f("ix_editors_note_thread_id"), "editors_note", ["thread_id"], unique=False)
    op.create_table(
        "part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(length=10), nullable=False),
        sa.Column("over", sa.JSON(), nullable=False),
        sa.Column("reasonable", sa.String(length=10), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_part_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_part_position_id_position")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part")),
        sa.UniqueConstraint("position_id", "person_id", name=op.f("uq_part_position_id_person_id")),
    )
    op.create_index(op.f("ix_part_person_id"), "part", ["person_id"], unique=False)
    op.create_index(op.f("ix_part_position_id"), "part", ["position_id"], unique=False)
    op.create_table(
        "part_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_part_counts_position_id_position")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_counts")),
        sa.UniqueConstraint("position_id", "cycle", name=op.f("uq_part_counts_position_id_cycle")),
    )
    op.create_index(
        op.f("ix_part_counts_position_id"), "part_counts", ["position_id"], unique=False
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("claim", sa.String(length=280), nullable=False),
        sa.Column("reasoning", sa.Text(), nullable=False),
        sa.Column("reasoning_html", sa.Text(), nullable=False),
        sa.Column("renderer_version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("phases", sa.JSON(), nullable=False),
        sa.Column("setting", sa.String(length=200), nullable=False),
        sa.Column("placements", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.Column("objection", sa.String(length=600), nullable=False),
        sa.Column("change_mind", sa.JSON(), nullable=False),
        sa.Column("change_mind_text", sa.String(length=300), nullable=False),
        sa.Column("is_without_study", sa.Boolean(), nullable=False),
        sa.Column("interests", sa.String(length=300), nullable=False),
        sa.Column("change_reason", sa.String(length=20), nullable=False),
        sa.Column("nobody_identified", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("live_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_revision_position_id_position")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("position_id", "version", name=op.f("uq_revision_position_id_version")),
    )
    op.create_index(op.f("ix_revision_position_id"), "revision", ["position_id"], unique=False)
    op.create_index(op.f("ix_revision_status"), "revision", ["status"], unique=False)
    op.create_table(
        "evidence_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(length=12), nullable=False),
        sa.Column("warrant", sa.String(length=600), nullable=False),
        sa.Column("transfer", sa.String(length=12), nullable=False),
        sa.Column("transfer_note", sa.String(length=300), nullable=False),
        sa.Column("locator", sa.String(length=120), nullable=False),
        sa.Column("rebuttal", sa.String(length=600), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["evidence_item.id"], name=op.f("fk_evidence_link_item_id_evidence_item")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_evidence_link_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_link")),
        sa.UniqueConstraint(
            "revision_id",
            "item_id",
            "stance",
            name=op.f("uq_evidence_link_revision_id_item_id_stance"),
        ),
    )
    op.create_index(op.f("ix_evidence_link_item_id"), "evidence_link", ["item_id"], unique=False)
    op.create_index(
        op.f("ix_evidence_link_revision_id"), "evidence_link", ["revision_id"], unique=False
    )
    op.create_table(
        "response",
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("attribution", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("label_role", sa.String(length=40), nullable=False),
        sa.Column("label_phase", sa.String(length=40), nullable=False),
        sa.Column("label_step", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("value_id", sa.Integer(), nullable=True),
        sa.Column("live_text_id", sa.Integer(), nullable=True),
        sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_response_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["evidence_item.id"], name=op.f("fk_response_item_id_evidence_item")
        ),
        sa.ForeignKeyConstraint(
            ["live_text_id"], ["response_text.id"], name="fk_response_live_text", use_alter=True
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_response_position_id_position")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_response_revision_id_revision")
        ),
        sa.ForeignKeyConstraint(
            ["value_id"], ["value.id"], name=op.f("fk_response_value_id_value")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint("public_id", name=op.f("uq_response_public_id")),
    )
    op.create_index(op.f("ix_response_author_id"), "response", ["author_id"], unique=False)
    op.create_index(op.f("ix_response_position_id"), "response", ["position_id"], unique=False)
    op.create_index(op.f("ix_response_state"), "response", ["state"], unique=False)
    op.create_table(
        "value_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("value_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("is_outweighed", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("gloss", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(value_id IS NULL) <> (proposal_id IS NULL)", name=op.f("ck_value_tag_one_value")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["value_proposal.id"],
            name=op.f("fk_value_tag_proposal_id_value_proposal"),
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_value_tag_revision_id_revision")
        ),
        sa.ForeignKeyConstraint(
            ["value_id"], ["value.id"], name=op.f("fk_value_tag_value_id_value")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_tag")),
        sa.UniqueConstraint(
            "revision_id",
            "is_outweighed",
            "rank",
            name=op.f("uq_value_tag_revision_id_is_outweighed_rank"),
        ),
        sa.UniqueConstraint(
            "revision_id", "value_id", name=op.f("uq_value_tag_revision_id_value_id")
        ),
    )
    op.create_index(op.f("ix_value_tag_revision_id"), "value_tag", ["revision_id"], unique=False)
    op.create_index(op.f("ix_value_tag_value_id"), "value_tag", ["value_id"], unique=False)
    op.create_table(
        "response_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("renderer_version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("nobody_identified", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("live_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_response_text_response_id_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_text")),
    )
    op.create_index(
        op.f("ix_response_text_response_id"), "response_text", ["response_id"], unique=False
    )
    op.create_index(op.f("ix_response_text_status"), "response_text", ["status"], unique=False)
    if op.get_bind().dialect.name != "sqlite":  # SQLite wrote these with their tables
        op.create_foreign_key(
            "fk_position_live_revision", "position", "revision", ["live_revision_id"], ["id"]
        )
        op.create_foreign_key(
            "fk_response_live_text", "response", "response_text", ["live_text_id"], ["id"]
        )
    guard(op, "decision", "audit_event")
