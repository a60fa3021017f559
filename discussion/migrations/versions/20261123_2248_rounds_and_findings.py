"""Rounds and findings."""

import sqlalchemy as sa
from alembic import op

from discussion.migrations.append_only import guard

revision = "20261123_2248_rounds_and_finding"
down_revision = "20261123_2225_moderation_in_the_"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "round",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("order_rule", sa.String(length=12), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("thresholds", sa.JSON(), nullable=False),
        sa.Column("min_group", sa.Integer(), nullable=False),
        sa.Column("stop_rule", sa.JSON(), nullable=False),
        sa.Column("who_may_rate", sa.String(length=12), nullable=False),
        sa.Column("feedback", sa.String(length=12), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_round_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_round_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("public_id", name=op.f("uq_round_public_id")),
        sa.UniqueConstraint("thread_id", "number", name=op.f("uq_round_thread_id_number")),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_round_thread_id"), ["thread_id"], unique=False)
        batch_op.create_index(
            "uq_round_one_open_per_thread",
            ["thread_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "statement",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("is_moderators_own", sa.Boolean(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_statement_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_statement_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_statement_public_id")),
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "finding_snapshot",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("because", sa.String(length=12), nullable=False),
        sa.Column("inputs_hash", sa.String(length=64), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("code_version", sa.String(length=40), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_finding_snapshot_round_id_round")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_finding_snapshot_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_snapshot")),
        sa.UniqueConstraint("public_id", name=op.f("uq_finding_snapshot_public_id")),
        sa.UniqueConstraint(
            "thread_id", "version", name=op.f("uq_finding_snapshot_thread_id_version")
        ),
    )
    with op.batch_alter_table("finding_snapshot", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finding_snapshot_round_id"), ["round_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finding_snapshot_thread_id"), ["thread_id"], unique=False
        )

    op.create_table(
        "statement_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("is_editorial", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_statement_version_statement_id_statement"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_statement_version_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_version")),
        sa.UniqueConstraint(
            "statement_id", "version", name=op.f("uq_statement_version_statement_id_version")
        ),
    )
    with op.batch_alter_table("statement_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_statement_version_statement_id"), ["statement_id"], unique=False
        )

    op.create_table(
        "confirmation",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("said", sa.String(length=400), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_confirmation_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_confirmation_position_id_position")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["statement_version.id"],
            name=op.f("fk_confirmation_version_id_statement_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_confirmation_public_id")),
        sa.UniqueConstraint(
            "version_id", "person_id", name=op.f("uq_confirmation_version_id_person_id")
        ),
    )
    with op.batch_alter_table("confirmation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_confirmation_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_confirmation_version_id"), ["version_id"], unique=False
        )

    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("rater_key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=10), nullable=False),
        sa.Column("reasonable", sa.String(length=10), nullable=False),
        sa.Column("is_crux", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_rating_round_id_round")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["statement_version.id"],
            name=op.f("fk_rating_version_id_statement_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint(
            "round_id",
            "rater_key",
            "version_id",
            name=op.f("uq_rating_round_id_rater_key_version_id"),
        ),
    )
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_round_id"), ["round_id"], unique=False)

    op.create_table(
        "round_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_statement_round_id_round")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["statement_version.id"],
            name=op.f("fk_round_statement_version_id_statement_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_statement")),
        sa.UniqueConstraint("round_id", "code", name=op.f("uq_round_statement_round_id_code")),
        sa.UniqueConstraint(
            "round_id", "version_id", name=op.f("uq_round_statement_round_id_version_id")
        ),
    )
    with op.batch_alter_table("round_statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_statement_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_round_statement_version_id"), ["version_id"], unique=False
        )

    op.create_table(
        "statement_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_statement_source_position_id_position")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_statement_source_statement_id_statement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_source")),
        sa.UniqueConstraint(
            "statement_id", "position_id", name=op.f("uq_statement_source_statement_id_position_id")
        ),
    )
    with op.batch_alter_table("statement_source", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_statement_source_position_id"), ["position_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_statement_source_statement_id"), ["statement_id"], unique=False
        )
    guard(op, "finding_snapshot")
