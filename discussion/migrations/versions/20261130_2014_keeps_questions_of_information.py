"""Keeps questions of information."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_2014_keeps_questions_of"
down_revision = "20261130_2041_keep_how_the_doi_o"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "needed_question",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(length=280), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("is_answered", sa.Boolean(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["evidence_item.id"],
            name=op.f("fk_needed_question_answer_id_evidence_item"),
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["needed_question.id"], name="fk_needed_question_merged_into"
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_needed_question_series_id_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needed_question")),
        sa.UniqueConstraint("public_id", name=op.f("uq_needed_question_public_id")),
    )
    with op.batch_alter_table("needed_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_needed_question_answer_id"), ["answer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_needed_question_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index("ix_needed_question_order", ["series_id", "order"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_needed_question_series_id"), ["series_id"], unique=False
        )

    op.create_table(
        "needed_looking",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("who", sa.String(length=120), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("how", sa.String(length=300), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_needed_looking_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_needed_looking_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["needed_question.id"],
            name=op.f("fk_needed_looking_question_id_needed_question"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needed_looking")),
        sa.UniqueConstraint("public_id", name=op.f("uq_needed_looking_public_id")),
    )
    with op.batch_alter_table("needed_looking", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_needed_looking_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_needed_looking_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "needed_origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["needed_question.id"],
            name=op.f("fk_needed_origin_question_id_needed_question"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needed_origin")),
        sa.UniqueConstraint(
            "question_id",
            "reason",
            "subject",
            name=op.f("uq_needed_origin_question_id_reason_subject"),
        ),
    )
    with op.batch_alter_table("needed_origin", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_needed_origin_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "needed_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["needed_question.id"],
            name=op.f("fk_needed_step_question_id_needed_question"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needed_step")),
    )
    with op.batch_alter_table("needed_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_needed_step_question_id"), ["question_id"], unique=False
        )
